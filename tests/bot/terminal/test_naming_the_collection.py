"""Commands that change a collection that one neither names nor stands in say which one that is."""

from pathlib import Path

import pytest

from footnote.bot.collection import Collection
from tests.bot.commands import FERRY, Command

TOLD = "the collection in {}, that of a test.\n"


@pytest.fixture
def found(
    command: Command, tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> Collection:
    """What is found where no folder of articles is named; one stands elsewhere."""
    monkeypatch.delenv("FOOTNOTE_ARTICLES")
    collection = Collection(tmp_path, articles, "that of a test")
    startup = "footnote.bot.terminal.commands.startup"
    monkeypatch.setattr(f"{startup}.find_collection", lambda: collection)
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    return collection


def test_a_change_names_the_collection_that_was_found_elsewhere(
    command: Command, found: Collection
) -> None:
    told = TOLD.format(found.folder)
    assert command("add", "-", typed=FERRY).err.startswith(f"Adding to {told}")
    assert command("sync").err == f"Syncing {told}"
    for change in (
        ("rename", "tea", "Another"),
        ("undo", "--yes"),
        ("remove", "tea", "--yes"),
        ("follow", "--look"),
    ):
        assert command(*change).err.startswith(f"Changing {told}"), change


def test_what_changes_nothing_names_none(command: Command, found: Collection) -> None:
    for looks in (("list",), ("show", "tea"), ("follow",)):
        assert "collection" not in command(*looks).err


@pytest.mark.parametrize("inside", ["", "articles"])
def test_none_is_named_where_one_stands_in_it(
    command: Command, found: Collection, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(found.folder / inside)
    assert "collection" not in command("add", "-", typed=FERRY).err


def test_none_is_named_where_the_folder_of_articles_is_given(
    command: Command, found: Collection, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = command("add", "-", "--articles", str(articles), typed=FERRY)
    assert "collection" not in named.err
    monkeypatch.setenv("FOOTNOTE_ARTICLES", str(articles))
    assert "collection" not in command("rename", "tea", "Another").err
