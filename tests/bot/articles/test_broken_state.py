"""A full disk, a folder that is closed, a broken index: a plain word, and the articles unharmed."""

import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from footnote.bot.composition import compose
from footnote.bot.errors import BotError
from footnote.bot.settings import Settings
from footnote.corpus.article import Draft
from footnote.corpus.errors import CorpusError, FolderUnusable
from footnote.corpus.readers import Reading
from footnote.index.errors import IndexFault
from tests.bot.articles.test_killing import contents, opened
from tests.bot.commands import Command
from tests.bot.indexed import ARTICLES
from tests.fakes import WordsModel
from tests.index import other_process
from tests.index.home import assert_level

pytestmark = pytest.mark.slow

LONG = Reading(Draft(title="Long", text="Word after word. " * 5000))
LIGHTHOUSE = "Who built the lighthouse of Port Ellis?"


def everything(articles: Path, home: Path) -> Iterator[Callable[[], object]]:
    """What changes anything, one after the other."""
    footnote = opened(articles, home)
    yield footnote.library.sync
    yield lambda: footnote.library.add(LONG)
    yield lambda: footnote.library.rename("tea", "Another title")
    yield footnote.library.sync
    yield lambda: footnote.library.remove("honeybees")
    yield footnote.library.undo
    yield lambda: footnote.library.sync(rebuild=True)


def on_a_full_disk(articles: Path, home: Path, most: int) -> None:
    """No file can grow beyond so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    for change in everything(articles, home):
        # OSError: of the lock, which the command line tells in the same way.
        with suppress(BotError, CorpusError, IndexFault, OSError):
            change()
    os._exit(0)


@pytest.mark.parametrize("most", [0, 1_000, 20_000, 100_000, 200_000])
@pytest.mark.parametrize("begun", [True, False])
def test_on_a_full_disk_there_are_plain_faults_and_all_is_well_with_room(
    most: int, begun: bool, articles: Path, home: Path
) -> None:
    if begun:
        footnote = opened(articles, home)
        footnote.library.sync()
        footnote.close()
    before = contents(articles)
    other_process.run(on_a_full_disk, articles, home, most)
    now = contents(articles)
    assert all(now[name] == before[name] for name in ("honeybees.md", "lighthouse.md"))
    footnote = opened(articles, home)
    footnote.library.sync()
    assert_level(footnote.passage_index.build(), footnote.store)
    footnote.close()


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A folder that every user can reach."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)
    yield place
    shutil.rmtree(place)


def without_rights(place: Path) -> None:
    """What happens to somebody who may read the articles and not write them."""
    if os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)
    articles, home = place / "articles", place / "home"
    settings = Settings(_env_file=None, articles=articles, home=home)
    footnote = compose(settings, purpose="a test", model=WordsModel())
    report = footnote.library.sync()
    file, folder = map(str, report.faults)
    assert file == f"cannot read {articles / 'lighthouse.md'}: Permission denied"
    assert folder == f"{articles / 'closed'}: Permission denied"
    assert report.added == ("honeybees", "tea")
    for change in (
        lambda: footnote.library.add(LONG),
        lambda: footnote.library.rename("tea", "Another title"),
        lambda: footnote.library.remove("tea"),
    ):
        with pytest.raises(FolderUnusable, match="Permission denied"):
            change()
    os._exit(0)


def test_what_may_not_be_read_is_named_and_the_rest_goes_on(nobodys: Path) -> None:
    articles = Path(shutil.copytree(ARTICLES, nobodys / "articles"))
    (articles / "closed").mkdir()
    (articles / "closed" / "secret.md").write_text("Not to be read.")
    (articles / "closed").chmod(0)
    (articles / "lighthouse.md").chmod(0)
    articles.chmod(0o555)
    (nobodys / "home").mkdir(mode=0o777)
    (nobodys / "home").chmod(0o777)
    before = {n: c for n, c in contents(articles).items() if n != "lighthouse.md"}
    other_process.run(without_rights, nobodys)
    (articles / "lighthouse.md").chmod(0o644)
    assert contents(articles).items() >= before.items()
    (articles / "closed").chmod(0o755)
    articles.chmod(0o755)


def test_whatever_file_of_the_index_is_broken_the_next_question_makes_it_good(
    command: Command, articles: Path, home: Path
) -> None:
    before = contents(articles)
    assert command("ask", LIGHTHOUSE).code == 0
    kinds = {file.name: file for file in sorted((home / "index").rglob("*")) if file.is_file()}
    chosen = [
        file
        for name, file in kinds.items()
        if name
        in (
            "current",
            "record.json",
            "catalogue.sqlite",
            "chroma.sqlite3",
            "meta.json",
            "tokens.npy",
        )
        or name.endswith((".idx", ".term", "header.bin"))
    ]
    assert len(chosen) >= 7
    for file in chosen:
        [there] = [f for f in (home / "index").rglob(file.name) if f.is_file()][:1] or [None]
        if there is None:  # a name that is another in every build
            there = next(f for f in (home / "index").rglob(f"*{file.suffix}") if f.is_file())
        there.write_bytes(b"garbage" * 1000)
        ended = command("ask", LIGHTHOUSE)
        assert ended.code == 0
        assert "Mended: " in ended.err
        assert command("sync").out == "Nothing to do: 3 articles, all up to date.\n"
    assert contents(articles) == before
