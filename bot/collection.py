"""A collection: the folder with the articles, the settings and the index of one Footnote.

```
FOLDER/articles/     the articles
FOLDER/aliases.txt   other names, where there are any
FOLDER/.env          the settings
FOLDER/.footnote/    the index and the state
```

Which one is meant, unless a setting names other folders: the nearest at or above the working
folder; else that of the checkout that the program runs from; else the one in the user's data
folder. A checkout keeps its articles in `corpus/articles`.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from platformdirs import user_data_path

from footnote.bot.errors import BotError
from footnote.corpus.processes import package_root
from footnote.corpus.whole_file import write_whole

_ARTICLES, _ALIASES, _HOME, _SETTINGS = "articles", "aliases.txt", ".footnote", ".env"


@dataclass(frozen=True, slots=True)
class Collection:
    """`found` says why it is this one, in words."""

    folder: Path
    articles: Path
    found: str

    @property
    def home(self) -> Path:
        return self.folder / _HOME

    @property
    def settings_file(self) -> Path:
        return self.folder / _SETTINGS

    def holds_working_folder(self) -> bool:
        """Whether one stands in it, or in a folder below."""
        folder = self.folder.resolve()
        return any(working.resolve() == folder for working in _working_folders())


@dataclass(frozen=True, slots=True)
class Created:
    """What was made of a collection that may have been there before: names below its folder."""

    collection: Collection
    new: tuple[str, ...]
    sample: int
    """How many articles of the sample were added."""


def find_collection() -> Collection:
    """The one that is meant; nothing says that its folders are there."""
    checkout = _checkout()
    for folder in _working_folders():
        if checkout is not None and folder == checkout.folder:
            return checkout
        if _is_collection(folder):
            return Collection(folder, folder / _ARTICLES, "found from the working folder")
    return checkout or _own()


def create_collection(folder: Path | None = None, *, sample: bool = False) -> Created:
    """Make a folder a collection, the user's own by default; what is there already stays as it is.

    `sample`: with the articles and the other names that come with Footnote. Raises BotError where
    it can't be one, and OSError.
    """
    checkout = _checkout()
    if checkout and (folder is None or _in(folder).folder.resolve() == checkout.folder.resolve()):
        raise BotError(_of_its_own(checkout))
    collection = _in(folder) if folder else _own()
    for part in (collection.folder, collection.articles, collection.home):
        if part.exists() and not part.is_dir():
            raise BotError(f"{part} is a file, and has to be a folder")
    collection.articles.mkdir(parents=True, exist_ok=True)
    new = list(_write_settings(collection))
    added = 0
    if sample:
        added = sum(_copy(file, collection.articles / file.name) for file in sample_articles())
        if _copy(_resources() / _ALIASES, collection.folder / _ALIASES):
            new.append(_ALIASES)
    collection.home.mkdir(mode=0o700, exist_ok=True)  # last: only now it is found
    return Created(collection, tuple(new), added)


def sample_articles() -> list[Traversable]:
    """The files of the articles that come with Footnote."""
    found = (_resources() / _ARTICLES).iterdir()
    return sorted((file for file in found if file.name.endswith(".md")), key=lambda f: f.name)


def _checkout() -> Collection | None:
    folder = package_root()
    articles = folder / "corpus" / _ARTICLES
    if (folder / "pyproject.toml").is_file() and articles.is_dir():
        return Collection(folder, articles, "that of the checkout")
    return None


def _of_its_own(checkout: Collection) -> str:
    """Why a program that runs from a checkout makes no collection there, nor where none is named:
    in the data folder it would not be the one that is used."""
    if checkout.holds_working_folder():
        return (
            f"This is Footnote's checkout {checkout.folder}, which has a collection of its own:"
            " name a folder for another one, such as 'footnote init ~/articles'"
        )
    return (
        f"No collection was made: this Footnote runs from the checkout {checkout.folder}, whose"
        " collection it uses here, too. 'footnote init .' makes one in this folder"
    )


def _own() -> Collection:
    folder = user_data_path("footnote", appauthor=False)
    return Collection(folder, folder / _ARTICLES, "that of your data folder")


def _in(folder: Path) -> Collection:
    try:
        folder = folder.expanduser().absolute()
    except RuntimeError as error:  # ~somebody who is nobody here
        raise BotError(f"{folder} cannot be looked at ({error})") from None
    return Collection(folder, folder / _ARTICLES, "the one named")


def _working_folders() -> Iterator[Path]:
    try:
        folder = Path.cwd()
    except OSError:  # it was removed
        return
    yield from (folder, *folder.parents)


def _is_collection(folder: Path) -> bool:
    """Only one's own: its settings say where questions and tokens are sent."""
    home = folder / _HOME
    try:
        return (
            home.is_dir()
            and (folder / _ARTICLES).is_dir()
            and folder.stat().st_uid == home.stat().st_uid == os.geteuid()
        )
    except OSError:
        return False


def _write_settings(collection: Collection) -> Iterator[str]:
    """The template, in a file that only its owner reads: a token will stand there."""
    file = collection.settings_file
    template = files("footnote.bot").joinpath("env.example").read_bytes()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as written:
        written.write(template)
    yield _SETTINGS


def _copy(source: Traversable, target: Path) -> bool:
    """Whether it was not there yet."""
    try:
        write_whole(target, source.read_bytes(), new=True)
    except FileExistsError:
        return False
    return True


def _resources() -> Traversable:
    return files("footnote.corpus")
