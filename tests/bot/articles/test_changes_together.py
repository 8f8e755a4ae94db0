"""Changes that were made together, on each kind of database."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from footnote.bot.articles.changes import Changes
from footnote.bot.database.opening import Place, open_database
from footnote.bot.database.tables import CHANGES_PART, together


@pytest.fixture
def changes(place: Place) -> Iterator[Changes]:
    with closing(Changes(place, Path("/articles"))) as opened:
        yield opened


def note(changes: Changes, article: str, first: int | None = None) -> int:
    return changes.note(article, "added", "Ada", before=None, after=b"text", first=first)


def test_those_made_together_are_found_from_each_of_them(changes: Changes) -> None:
    note(changes, "alone")
    first = note(changes, "one")
    note(changes, "of another")
    note(changes, "two", first)
    note(changes, "three", first)
    for change in changes.recent():
        found = [one.article for one in changes.made_with(change)]
        lone = change.article in ("alone", "of another")
        assert found == ([change.article] if lone else ["three", "two", "one"])


def test_nothing_is_kept_of_what_is_struck_out(changes: Changes, place: Place) -> None:
    first = note(changes, "one")
    second, third = note(changes, "two", first), note(changes, "three", first)
    changes.remove(first)
    assert [change.number for change in changes.made_with(changes.recent()[0])] == [third, second]
    changes.remove(second)
    changes.remove(third)
    with closing(open_database(place, CHANGES_PART)) as database:
        assert database.rows(select(func.count()).select_from(together)) == [(0,)]
