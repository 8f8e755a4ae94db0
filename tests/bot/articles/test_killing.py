"""Killed at every step of a change, or at any moment: what was is there, or what was to be."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from footnote.bot.composition import Footnote, compose
from footnote.bot.settings import Settings
from footnote.corpus.article import Draft
from footnote.corpus.readers import Reading
from tests.bot.indexed import ARTICLES
from tests.corpus.bucket import address_of
from tests.fakes import WordsModel
from tests.index import other_process
from tests.index.home import assert_level

pytestmark = pytest.mark.slow

FERRY = Reading(Draft(title="Ferry", text="The ferry of Lorne. " * 30, url="https://e.org/f"))
LATER = Reading(Draft(title="Ferry", text="The ferry of Skarn. " * 30, url="https://e.org/f"))
KILLED = 9
KINDS = ["folder", "store"]
_WRITING = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate"}

CHANGES: dict[str, Callable[[Footnote], object]] = {
    "add": lambda footnote: footnote.library.add(FERRY, who="Ada"),
    "replace": lambda footnote: footnote.library.replace("tea", LATER),
    "rename": lambda footnote: footnote.library.rename("tea", "Another title"),
    "remove": lambda footnote: footnote.library.remove("tea"),
    "undo": lambda footnote: footnote.library.undo(),
}


def opened(articles: Path, home: Path, kind: str = "folder") -> Footnote:
    place = articles if kind == "folder" else address_of(articles)
    settings = Settings(_env_file=None, articles=place, home=home)
    return compose(settings, purpose="a test", model=WordsModel())


def contents(articles: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in articles.glob("*.md")}


def change_until(articles: Path, home: Path, change: str, step: int, kind: str) -> None:
    """Carries the change out, and dies before the `step`th time that it writes a file."""
    footnote = opened(articles, home, kind)
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if (event in _WRITING or writes) and _concerns(arguments, articles, home):
            left -= 1
            if left < 0:
                os._exit(KILLED)

    sys.addaudithook(count)
    CHANGES[change](footnote)
    os._exit(0)


def _concerns(arguments: tuple[object, ...], *folders: Path) -> bool:
    return any(str(a).startswith(str(folder)) for a in arguments for folder in folders)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", CHANGES)
def test_killed_at_any_step_of_a_change_the_old_state_is_there_or_the_new_one(
    change: str, kind: str, articles: Path, home: Path
) -> None:
    footnote = opened(articles, home, kind)
    if change == "undo":
        footnote.library.remove("tea")
    old = contents(articles)
    CHANGES[change](footnote)
    new = contents(articles)
    footnote.close()
    assert old != new
    seen, step, ended = set[bool](), 0, KILLED
    while ended == KILLED:
        _put(articles, home, old, change, kind)
        process = other_process.start(change_until, articles, home, change, step, kind)
        process.join(120)
        ended = process.exitcode or 0
        footnote = opened(articles, home, kind)
        mended = footnote.library._mend()
        now = contents(articles)
        assert now in (old, new), f"killed before step {step}"
        assert len(mended) <= 1
        if now == new and change not in ("undo", "add"):
            assert footnote.library.undo().change.article == "tea"
            assert contents(articles) == old
        footnote.close()
        seen.add(now == new)
        step += 1
    assert ended == 0
    assert step > 3
    assert seen == {True, False}


def _put(articles: Path, home: Path, old: dict[str, bytes], change: str, kind: str) -> None:
    """The folder and what was changed so far, as they were before the change."""
    for file in articles.iterdir():
        file.unlink()
    for file in home.glob("changes.sqlite*"):
        file.unlink()
    for name, content in old.items():
        (articles / name).write_bytes(content)
    if change == "undo":
        shutil.copy(ARTICLES / "tea.md", articles)
        footnote = opened(articles, home, kind)
        footnote.library.remove("tea")
        footnote.close()


def go_on(articles: Path, home: Path, seed: int, kind: str) -> None:
    """Adds, replaces, removes, takes back and rebuilds until it is killed."""
    footnote = opened(articles, home, kind)
    chosen = random.Random(seed)
    while True:
        number = chosen.randrange(8)
        text = " ".join(chosen.choices(("harbour", "lantern", "willow", "copper"), k=300))
        reading = Reading(Draft(title=f"Article {number}", text=f"{text} {seed}."))
        footnote.library.add(reading, copies=True)
        ids = list(footnote.store.stamps())
        if len(ids) > 8:
            footnote.library.remove(chosen.choice(ids))
        if chosen.random() < 0.3:
            footnote.library.rename(chosen.choice(list(footnote.store.stamps())), text[:40])
        if chosen.random() < 0.3:
            footnote.library.undo()
        footnote.library.sync(rebuild=chosen.random() < 0.2)
        (home / "turned").touch()


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_any_moment_the_next_start_has_a_whole_state(
    kind: str, articles: Path, home: Path
) -> None:
    chosen = random.Random(1)
    for seed in range(6):
        (home / "turned").unlink(missing_ok=True)
        process = other_process.start(go_on, articles, home, seed, kind)
        end = time.monotonic() + 60
        while not (home / "turned").exists():
            assert time.monotonic() < end
            assert process.is_alive()
            time.sleep(0.02)
        time.sleep(chosen.uniform(0, 1.0))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join(120)
        footnote = opened(articles, home, kind)
        footnote.library.sync()
        assert_level(footnote.passage_index.build(), footnote.store)
        # The beginning of a file is left alone for an hour, for another process may be at it.
        footnote.store.files.clear_leftovers(older_than_seconds=0)
        assert not list(articles.glob("*.part"))
        footnote.close()
