import random
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from footnote.corpus.address import identity
from footnote.corpus.article import Article
from footnote.corpus.article_files import Stamp
from footnote.corpus.normalise import normalise
from footnote.corpus.printed_pages import page_starts, with_pages
from footnote.corpus.span import Span
from footnote.corpus.timespan import Timespan
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.catalogue import Catalogue, Coming, Known, Trace
from footnote.index.keeping.catalogue_file import CatalogueFile, copy_catalogue
from footnote.index.keeping.catalogue_tables import mark
from footnote.index.keeping.pieces import cut, packed, unpacked
from footnote.index.keeping.storage import Storage
from footnote.index.keeping.token_codes import TokenCodes
from footnote.index.results import Reference
from tests.index.keeping.conftest import KINDS
from tests.index.keeping.storages import held, storage_at, storage_here

TODAY = "2024-05-03"
KNOWN = Known(b"digest", Stamp(5, 6))
CODES = TokenCodes((0, 1), np.full((1, 16), 7, np.uint8), np.full((1, 64), 9, np.uint8))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


def opened(file: Path, *, create: bool = False) -> Catalogue:
    return Catalogue(CatalogueFile(file, create=create))


@pytest.fixture
def in_file(file: Path) -> Iterator[Catalogue]:
    """One of SQLite's, whose file the test looks into."""
    with closing(opened(file, create=True)) as catalogue:
        yield catalogue


@pytest.fixture
def folder(storage: Storage) -> Path:
    folder = storage.folders.new()
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def catalogue(storage: Storage, folder: Path) -> Iterator[Catalogue]:
    """On each kind of database."""
    with closing(storage.catalogues.create(folder, lambda: None)) as catalogue:
        yield catalogue


def article(name: str = "a", text: str = "Rain fell. Snow fell.", **known: Any) -> Article:
    return Article(id=name, title=known.pop("title", "Weather"), text=text, **known)


def begin(catalogue: Catalogue, added: Article, *spans: Span) -> tuple[int, list[int]]:
    whole = [Span(0, len(added.text))]
    passages = [(span, "Heading") for span in spans or whole]
    return catalogue.begin([Coming(added, KNOWN, passages, TODAY)])[0]


def publish(catalogue: Catalogue, added: Article, *spans: Span) -> list[int]:
    version, keys = begin(catalogue, added, *spans)
    catalogue.publish([version], tokens=[(key, CODES) for key in keys])
    return keys


def test_article_is_nowhere_to_be_seen_before_it_is_published(catalogue: Catalogue) -> None:
    version, keys = begin(catalogue, article())
    assert catalogue.known() == catalogue.passages(keys) == {}
    assert catalogue.listing() == catalogue.spans("a") == []
    assert catalogue.indexed("a") is None
    assert catalogue.article("a") is None
    assert catalogue.with_text_of(Trace.of(article())) == []
    assert catalogue.keys() == []
    assert catalogue.languages() == set()
    assert (catalogue.empty(), catalogue.counts()) == (True, (0, 0))
    assert catalogue.leftovers() == {version: keys}


def test_published_version_takes_the_place_of_the_old_one_in_one_step(catalogue: Catalogue) -> None:
    old_keys = publish(catalogue, article(text="Old."))
    version, keys = begin(catalogue, article(text="New."))
    assert [passage.text for passage in catalogue.passages(old_keys + keys).values()] == ["Old."]
    catalogue.publish([version])
    assert [passage.text for passage in catalogue.passages(old_keys + keys).values()] == ["New."]
    assert list(catalogue.leftovers().values()) == [old_keys]


def test_gone_article_leaves_and_is_forgotten_with_its_passages(catalogue: Catalogue) -> None:
    keys = publish(catalogue, article(), Span(0, 10), Span(11, 21))
    catalogue.publish([], ["a", "never there"])
    assert catalogue.empty()
    left = catalogue.leftovers()
    assert list(left.values()) == [keys]
    catalogue.forget(left)
    assert catalogue.leftovers() == {}


def test_version_without_passages_is_left_over_too(catalogue: Catalogue) -> None:
    [(version, keys)] = catalogue.begin([Coming(article(text="***"), KNOWN, [], TODAY)])
    assert (keys, catalogue.leftovers()) == ([], {version: []})


def test_several_are_begun_together_each_with_keys_of_its_own(catalogue: Catalogue) -> None:
    coming = [
        Coming(article(name), KNOWN, [(Span(0, 10), None), (Span(11, 21), None)], TODAY)
        for name in "abc"
    ]
    begun = catalogue.begin(coming)
    assert dict(begun) == catalogue.leftovers()
    catalogue.publish([version for version, _ in begun])
    assert [catalogue.keys_of_article(name) for name in "abc"] == [keys for _, keys in begun]


def test_key_of_a_forgotten_passage_is_not_given_again(catalogue: Catalogue) -> None:
    version, keys = begin(catalogue, article())
    catalogue.forget([version])
    assert begin(catalogue, article())[1][0] > keys[0]


TEXT = st.text(min_size=1, max_size=60).map(normalise).filter(bool)


@pytest.fixture(scope="module", params=KINDS)
def long_lived(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    make = storage_here
    if request.param == "PostgreSQL":
        make = partial(storage_at, request.getfixturevalue("postgres").database())
    with held(make, tmp_path_factory.mktemp("kept")) as storage:
        folder = storage.folders.new()
        folder.mkdir(parents=True)
        with closing(storage.catalogues.create(folder, lambda: None)) as catalogue:
            yield catalogue


@settings(max_examples=50)
@given(TEXT, st.data())
def test_passage_is_the_exact_slice_of_the_article(
    long_lived: Catalogue, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    [key] = publish(long_lived, article(text=text), span)
    passage = long_lived.passages([key])[key]
    assert (passage.text, passage.span) == (span.of(text), span)
    assert long_lived.article("a") == article(text=text, added=TODAY)


def test_passages_come_with_what_is_known_of_their_article(catalogue: Catalogue) -> None:
    added = article("news/rain", language="en", author="Ann")
    [first, second] = publish(catalogue, added, Span(0, 10), Span(11, 21))
    passage = catalogue.passages([second, 999])[second]
    assert (passage.article, passage.revision, passage.title, passage.language) == (
        "news/rain",
        added.revision,
        "Weather",
        "en",
    )
    assert (passage.key, passage.text, passage.heading) == (second, "Snow fell.", "Heading")
    assert catalogue.spans("news/rain") == [Span(0, 10), Span(11, 21)]
    assert catalogue.indexed("news/rain").passages == 2
    assert catalogue.passages([]) == {}
    assert first != second


def test_known_has_the_stamp_unless_it_cannot_be_relied_on(catalogue: Catalogue) -> None:
    publish(catalogue, article("a"))
    [(version, _)] = catalogue.begin([Coming(article("b"), Known(b"other", None), [], TODAY)])
    catalogue.publish([version])
    assert catalogue.known() == {"a": KNOWN, "b": Known(b"other", None)}
    catalogue.restamp([("b", Stamp(7, 8)), ("c", Stamp(1, 1))])
    assert catalogue.known()["b"] == Known(b"other", Stamp(7, 8))


def test_trace_tells_the_same_text_and_address_again(catalogue: Catalogue) -> None:
    one = article("a", "One.", url="https://www.example.org/1?utm_source=x")
    publish(catalogue, one)
    publish(catalogue, article("b", "Two."))
    again = Trace.of(article("c", "Three.", url="http://m.example.org/1"))
    assert again.identity == identity("http://m.example.org/1")
    assert catalogue.from_address_of(again) == ["a"]
    assert catalogue.from_address_of(Trace.of(article("c", "Two."))) == []
    assert catalogue.with_text_of(Trace.of(article("c", "Two."))) == ["b"]
    assert catalogue.with_text_of(again) == []


def test_version_that_has_been_cleared_away_is_none_and_not_an_empty_text(
    catalogue: Catalogue,
) -> None:
    publish(catalogue, article(text="Old."))
    old = catalogue.indexed("a")
    assert catalogue.article_of(old) == article(text="Old.", added=TODAY)
    publish(catalogue, article(text="New."))
    catalogue.forget(catalogue.leftovers())
    assert catalogue.article_of(old) is None
    assert catalogue.article("a").text == "New."


def test_article_of_which_a_piece_is_missing_is_damaged_and_no_shorter_article(
    in_file: Catalogue, file: Path
) -> None:
    publish(in_file, article(text="Rain fell. " * 1000))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM piece WHERE number = 1")
        connection.commit()
    with pytest.raises(IndexUnreadable, match="the text of a in the index is damaged"):
        in_file.article("a")


def test_pages_of_an_article_are_kept_if_they_are_its_own(catalogue: Catalogue) -> None:
    paged = article(extra={"mine": "x"})
    publish(catalogue, replace(paged, extra=with_pages(paged, [0, 11]).extra))
    found = catalogue.article("a")
    assert found is not None
    assert page_starts(found) == (0, 11)
    stale = {"page_starts": found.extra["page_starts"]}
    publish(catalogue, article("b", "Another text.", extra=stale))
    assert catalogue.article("b").extra == {}


def test_article_was_added_when_it_says_so_else_when_it_was_first_seen(
    catalogue: Catalogue,
) -> None:
    publish(catalogue, article("told", added="2021-03-04"))
    publish(catalogue, article("seen"))
    later = replace(article("seen", "Another wording."), date="2016")
    passages = [(Span(0, len(later.text)), None)]
    [(version, [key])] = catalogue.begin([Coming(later, KNOWN, passages, "2025-01-01")])
    catalogue.publish([version])
    assert catalogue.added() == {"told": "2021-03-04", "seen": TODAY}
    passage = catalogue.passages([key])[key]
    assert (passage.date, passage.added) == ("2016", TODAY)
    assert [(line.added, line.day) for line in catalogue.listing()] == [
        (TODAY, "2016"),
        ("2021-03-04", "2021-03-04"),
    ]


def test_passages_of_some_days_are_those_of_articles_that_may_be_from_one_of_them(
    catalogue: Catalogue,
) -> None:
    [year] = publish(catalogue, article("a", date="2016"))
    [month] = publish(catalogue, article("b", date="2016-08"))
    [day] = publish(catalogue, article("c", date="2016-08-03"))
    [undated] = publish(catalogue, article("d"))
    assert catalogue.keys_of(Timespan.of("2016-08-03")) == [year, month, day]
    assert catalogue.keys_of(Timespan.of("2016-08-04")) == [year, month]
    assert catalogue.keys_of(Timespan(last=date(2016, 7, 31))) == [year]
    assert catalogue.keys_of(Timespan.of(TODAY)) == [undated]
    assert catalogue.keys_of(Timespan()) == [year, month, day, undated]
    catalogue.publish([], ["b"])
    assert catalogue.keys_of(Timespan.of("2016-08-04")) == [year]


def test_copy_has_what_is_live_and_no_byte_of_what_is_gone(
    in_file: Catalogue, tmp_path: Path
) -> None:
    text = "The secret recipe of the lighthouse. " * 400
    publish(in_file, article("a", text))
    keys = publish(in_file, article("b", "Open to everybody."))
    in_file.publish([], gone=["a"])
    in_file.forget(in_file.leftovers())
    assert in_file.cleared()[0] == 1
    in_file.checkpoint()
    copy_catalogue(tmp_path / "catalogue.sqlite", tmp_path / "copy.sqlite")
    copy = opened(tmp_path / "copy.sqlite")
    assert copy.keys() == keys
    assert copy.cleared() == (0, None)
    copy.close()
    for file in tmp_path.iterdir():
        assert not any(packed(piece) in file.read_bytes() for piece in cut(text))


def test_listing_is_in_the_order_of_the_ids_with_counts(catalogue: Catalogue) -> None:
    publish(catalogue, article("b", "Rain fell.", language="en", date="2016"))
    publish(catalogue, article("a", "雨が降った。", language="ja", source="S", author="A"))
    assert [(li.article, li.characters, li.passages) for li in catalogue.listing()] == [
        ("a", 6, 1),
        ("b", 10, 1),
    ]
    assert catalogue.languages() == {"en", "ja"}
    assert catalogue.counts() == (2, 2)


def test_generation_moves_on_with_what_others_write_and_not_with_one_s_own(
    catalogue: Catalogue, storage: Storage, folder: Path
) -> None:
    before = catalogue.generation()
    publish(catalogue, article("a"))
    assert catalogue.generation() == before
    with closing(storage.catalogues.open(folder)) as other:
        publish(other, article("b"))
    assert catalogue.generation() != before


def test_failed_step_changes_nothing(catalogue: Catalogue) -> None:
    keys = publish(catalogue, article())
    whole = Coming(article("b"), KNOWN, [(Span(0, 5), None)], TODAY)
    broken = ((Span(1 // n, 5), None) for n in (1, 0))
    with pytest.raises(ZeroDivisionError):
        catalogue.begin([whole, Coming(article("c"), KNOWN, broken, TODAY)])  # type: ignore[arg-type]
    assert catalogue.leftovers() == {}
    assert list(catalogue.passages(keys)) == keys


def test_forgotten_text_is_gone_from_the_file(file: Path) -> None:
    catalogue = opened(file, create=True)
    text = "unforgettable " * 2000
    publish(catalogue, article("a", text))
    assert any(packed(cut(text)[0]) in f.read_bytes() for f in file.parent.iterdir())
    publish(catalogue, article("b", "Something else."))
    catalogue.publish([], ["a"])
    catalogue.forget(catalogue.leftovers())
    catalogue.close()
    left = b"".join(f.read_bytes() for f in file.parent.iterdir())
    assert not any(packed(piece) in left for piece in cut(text))


def test_catalogue_is_there_when_opened_again(
    catalogue: Catalogue, storage: Storage, folder: Path
) -> None:
    publish(catalogue, article())
    with closing(storage.catalogues.open(folder)) as again:
        assert again.article("a") == article(added=TODAY)


def test_catalogue_that_was_never_made_is_unreadable(storage: Storage, folder: Path) -> None:
    with pytest.raises(IndexUnreadable):
        storage.catalogues.open(folder)


def test_copy_has_what_is_live_and_gives_no_key_of_it_again(
    catalogue: Catalogue, storage: Storage, folder: Path
) -> None:
    publish(catalogue, article("a"))
    keys = publish(catalogue, article("b", words(0, 300)), Span(0, 10), Span(11, 21))
    begin(catalogue, article("c"))
    catalogue.publish([], gone=["a"])
    catalogue.forget(catalogue.leftovers())
    to = storage.folders.new()
    to.mkdir(parents=True)
    storage.catalogues.copy(folder, to)
    with closing(storage.catalogues.open(to)) as copy:
        assert (copy.keys(), copy.cleared()) == (keys, (0, None))
        assert copy.article("b") == catalogue.article("b")
        assert copy.maybe_near(Trace.of(article("d", words(0, 290)))) == ["b"]
        assert [codes.counts for codes in copy.tokens(keys).values()] == [CODES.counts] * 2
        assert publish(copy, article("e"))[0] > max(keys)
        assert catalogue.keys() == keys


@pytest.mark.parametrize("content", [None, b"", b"x" * 5000])
def test_file_that_is_no_catalogue_is_not_opened_as_an_empty_one(
    file: Path, content: bytes | None
) -> None:
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(IndexUnreadable, match=r"catalogue\.sqlite"):
        opened(file)


def test_damage_that_shows_in_a_query_is_unreadable(in_file: Catalogue, file: Path) -> None:
    for number in range(50):
        publish(in_file, article(f"a{number}", "Rain fell. " * 400))
    in_file.close()
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)
    with pytest.raises(IndexUnreadable):
        opened(file).listing()


def test_reading_passages_and_adding_cost_the_same_whatever_else_is_there(
    in_file: Catalogue,
) -> None:
    steps: list[int] = []

    def cost(number: int) -> int:
        steps.clear()
        [key] = publish(in_file, article(f"new-{number}"))
        assert list(in_file.passages([key])) == [key]
        assert list(in_file.known([f"new-{number}"])) == [f"new-{number}"]
        return len(steps)

    database: Any = in_file._database
    database._driver.set_progress_handler(lambda: steps.append(None), 10)
    among_none = cost(0)
    for number in range(200):
        publish(in_file, article(f"a-{number}"))
    assert cost(1) <= 1.3 * among_none


@given(st.data())
@settings(max_examples=30)
def test_passages_of_a_long_article_are_exact_wherever_it_is_cut(
    long_lived: Catalogue, data: st.DataObject
) -> None:
    text = "".join(f"Zeile {number} – ✓\n" for number in range(1200))
    starts = data.draw(st.lists(st.integers(0, len(text) - 2), min_size=1, max_size=5, unique=True))
    lengths = st.integers(1, 9000)
    spans = [Span(s, min(s + data.draw(lengths), len(text))) for s in sorted(starts)]
    keys = publish(long_lived, article(text=text), *spans)
    found = long_lived.passages(keys)
    assert [found[key].text for key in keys] == [span.of(text) for span in spans]
    whole = long_lived.article("a")
    assert whole is not None
    assert whole.text == text
    before = long_lived.text_before(found[keys[-1]], 6001)
    assert before == text[max(spans[-1].end - 6001, 0) : spans[-1].end]


def test_head_tells_of_an_article_what_is_cited_beside_the_text(catalogue: Catalogue) -> None:
    added = article("news/rain", language="en", author="Ann", url="https://example.org/rain")
    whole = with_pages(added, [0, 11])
    publish(catalogue, replace(added, extra=whole.extra))
    head = catalogue.head("news/rain")
    assert head is not None
    assert head.reference == Reference.to(added, added=TODAY)
    assert head.pages == (0, 11)
    assert catalogue.head("news/snow") is None


def test_languages_are_those_of_the_live_articles(catalogue: Catalogue) -> None:
    publish(catalogue, article("a", language="en"))
    publish(catalogue, article("b", language="de"))
    publish(catalogue, article("c", language="en"))
    publish(catalogue, article("d"))
    begin(catalogue, article("e", language="fr"))
    assert catalogue.languages() == {"en", "de", None}
    catalogue.publish([], ["b", "d"])
    assert catalogue.languages() == {"en"}


def test_piece_that_is_damaged_is_found(file: Path, in_file: Catalogue) -> None:
    publish(in_file, article())
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("UPDATE piece SET text = ?", [packed("Rain fell. Snow felt.")])
    with pytest.raises(IndexUnreadable, match="the text of a in the index is damaged"):
        in_file.examine()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("UPDATE piece SET text = x'00'")
    with pytest.raises(IndexUnreadable, match="a text in the index is damaged"):
        in_file.examine()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_piece_is_given_back_as_it_was_and_one_of_an_older_index_too(piece: str) -> None:
    assert unpacked(packed(piece)) == piece
    assert unpacked(piece) == piece


def test_what_is_being_written_keeps_no_reader_waiting(in_file: Catalogue) -> None:
    keys = publish(in_file, article())
    version, _ = begin(in_file, article(text="New."))
    with in_file._database.transaction() as connection, ThreadPoolExecutor(4) as threads:
        connection.exec_driver_sql("UPDATE version SET state = 'leaving' WHERE id <> ?", (version,))
        read = [threads.submit(in_file.passages, keys) for _ in range(8)]
        assert all(future.result(timeout=60).keys() == {*keys} for future in read)
    assert in_file.passages(keys) == {}


def words(seed: int, count: int) -> str:
    rng = random.Random(seed)
    return " ".join(f"w{rng.randrange(10**6)}" for _ in range(count))


@pytest.mark.parametrize(("part", "whole"), [(100, 100), (100, 3000), (400, 8000), (3000, 100)])
def test_near_copies_are_found_whatever_the_length_of_both(
    catalogue: Catalogue, part: int, whole: int
) -> None:
    for number in range(20):
        publish(catalogue, article(f"other-{number}", words(number + 1, 300)))
    shared = words(0, min(part, whole))
    longer = f"{words(100, whole - len(shared.split()))} {shared}"
    publish(catalogue, article("there", longer if whole > part else shared))
    come = article("new", shared if whole >= part else f"{shared} {words(101, part - whole)}")
    assert catalogue.maybe_near(Trace.of(come)) == ["there"]
    catalogue.publish([], ["there"])
    assert catalogue.maybe_near(Trace.of(come)) == []


def test_looking_for_near_copies_and_leftovers_does_not_go_through_all_articles(
    in_file: Catalogue,
) -> None:
    publish(in_file, article("there", words(0, 300)))
    come = Trace.of(article("new", words(0, 290)))

    def steps() -> int:
        """Of SQLite's machine."""
        counted = [0]
        database: Any = in_file._database
        [connection] = database._idle
        connection.set_progress_handler(lambda: counted.__setitem__(0, counted[0] + 1), 1)
        assert in_file.maybe_near(come) == ["there"]
        assert in_file.with_text_of(come) == in_file.from_address_of(come) == []
        assert in_file.leftovers() == {}
        connection.set_progress_handler(None, 1)
        return counted[0]

    in_file.counts()
    few = steps()
    for number in range(200):
        publish(in_file, article(f"other-{number}", words(number + 1, 300)))
    assert steps() < 1.2 * few


def test_nothing_is_left_of_what_a_forgotten_article_was_found_by(
    file: Path, in_file: Catalogue
) -> None:
    version, _ = begin(in_file, article("a", words(0, 300)))
    in_file.forget([version])
    assert in_file._database.rows(select(func.count()).select_from(mark)) == [(0,)]
