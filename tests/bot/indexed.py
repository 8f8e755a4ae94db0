"""The index of the tests' collection, made once in each process and copied to wherever it is used.

To make it takes a third of a second, most of which passes until the disk has it; to copy it a
sixtieth.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from footnote.bot.composition import compose
from footnote.bot.settings import Settings
from tests.fakes import WordsModel

ARTICLES = Path(__file__).with_name("collection")


def put_index(home: Path) -> None:
    """For a copy of the collection in a folder `articles` beside that home."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(_made() / "home" / "index", home / "index")


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="footnote-index-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    articles = shutil.copytree(ARTICLES, folder / "articles")
    settings = Settings(_env_file=None, articles=articles, home=folder / "home")
    footnote = compose(settings, purpose="a test", model=WordsModel())
    footnote.library.sync()
    footnote.close()
    return folder
