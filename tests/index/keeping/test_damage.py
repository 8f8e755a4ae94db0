"""Whatever is damaged of an index is found before it is opened, and made anew from the articles."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from footnote.index.answering import Answerer
from footnote.index.errors import IndexUnreadable
from footnote.index.keeping import build as build_module
from footnote.index.keeping import seal, vectors
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import Question
from footnote.index.results import Answer, Nearest
from tests.index.home import Home, assert_whole

pytestmark = pytest.mark.slow

ARTICLES, TOWNS = 2, 13
MORE = "Its people went up into the hills and stayed there until the water was gone. " * 5


ASKED = [f"Which river flooded the town of {name}?" for name in ("Sibi7", "Sibi15", "Sibi25")]

Damage = Callable[[Path], object]


def flipped(file: Path, *, share: float = 0.5, keep_date: bool = False) -> None:
    """Some bits of a file, so far from its beginning."""
    state, data = file.stat(), bytearray(file.read_bytes())
    at = int(len(data) * share)
    for place in range(at, min(at + 40, len(data))):
        data[place] ^= 0xA5
    file.write_bytes(data)
    if keep_date:
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


def cut(file: Path, share: float = 0.5) -> None:
    os.truncate(file, int(file.stat().st_size * share))


def graph(build: Path, name: str) -> Path:
    [file] = build.glob(f"vectors/*/{name}")
    return file


def words(build: Path, ending: str) -> Path:
    return max(build.glob(f"words/*.{ending}"), key=lambda file: file.stat().st_size)


def flip_words(build: Path, *, ending: str) -> None:
    flipped(words(build, ending))


DAMAGES: dict[str, Damage] = {
    "graph flipped": lambda build: flipped(graph(build, "data_level0.bin")),
    "graph flipped by the disk": lambda build: flipped(
        graph(build, "data_level0.bin"), keep_date=True
    ),
    "graph flipped in many places": lambda build: [
        flipped(graph(build, "data_level0.bin"), share=place / 50) for place in range(50)
    ],
    "graph cut": lambda build: cut(graph(build, "data_level0.bin")),
    "graph empty": lambda build: cut(graph(build, "data_level0.bin"), 0),
    "links flipped": lambda build: flipped(graph(build, "link_lists.bin")),
    "header cut": lambda build: cut(graph(build, "header.bin")),
    "header flipped": lambda build: flipped(graph(build, "header.bin"), share=0.1),
    "lengths cut": lambda build: cut(graph(build, "length.bin")),
    "metadata gone": lambda build: graph(build, "index_metadata.pickle").unlink(),
    "metadata flipped": lambda build: flipped(graph(build, "index_metadata.pickle")),
    "vectors' database flipped": lambda build: flipped(build / "vectors" / "chroma.sqlite3"),
    "vectors' database cut": lambda build: cut(build / "vectors" / "chroma.sqlite3"),
    "tokens flipped": lambda build: flipped(build / "tokens.npy"),
    "catalogue flipped": lambda build: flipped(build / "catalogue.sqlite"),
    "catalogue flipped by the disk": lambda build: flipped(
        build / "catalogue.sqlite", keep_date=True
    ),
    "catalogue cut": lambda build: cut(build / "catalogue.sqlite"),
    "record flipped": lambda build: flipped(build / "record.json"),
    **{
        f"words flipped in .{ending}": partial(flip_words, ending=ending)
        for ending in ("term", "idx", "fast", "fieldnorm", "store")
    },
    "words cut": lambda build: cut(words(build, "term")),
    "list of words flipped": lambda build: flipped(build / "words" / "meta.json"),
}

OPEN = (
    *("graph flipped", "graph flipped by the disk", "graph cut", "metadata gone", "tokens flipped"),
    *("vectors' database flipped", "catalogue flipped", "catalogue cut", "words flipped in .term"),
    *("words cut", "list of words flipped"),
)
"""Of what is kept open: for all else it makes no difference."""


@pytest.fixture(autouse=True, scope="module")
def _graph_is_written_early() -> Iterator[None]:
    """Chroma writes its graph for every 1,000 vectors; here, for every 20."""
    with pytest.MonkeyPatch.context() as patch:
        early = {"space": "cosine", "sync_threshold": 20, "batch_size": 10}
        patch.setattr(vectors, "GRAPH", early)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An index that is large enough for Chroma to have written its graph."""
    return made(tmp_path_factory.mktemp("whole"))


def made(place: Path) -> Home:
    home = Home(place)
    for number in range(ARTICLES):
        towns = range(number * TOWNS, (number + 1) * TOWNS)
        told = [f"The river Nari{town} flooded the town of Sibi{town}. {MORE}" for town in towns]
        home.write(f"floods{number}", "\n\n".join(told))
    home.sync()
    assert graph(home.current, "index_metadata.pickle").is_file()
    return home


@pytest.fixture
def home(whole: Home, tmp_path: Path) -> Home:
    shutil.copytree(whole.place, tmp_path / "copy")
    return Home(tmp_path / "copy")


def answers(passage_index: PassageIndex) -> list[str]:
    answerer = Answerer(passage_index)
    found = [answerer.answer(Question(asked)) for asked in ASKED]
    return [one.claims[0].text for one in found if isinstance(one, Answer | Nearest)]


@pytest.fixture(scope="module")
def expected(whole: Home) -> list[str]:
    with whole.open() as passage_index:
        told = answers(passage_index)
    assert told == [f"The river Nari{town} flooded the town of Sibi{town}." for town in (7, 15, 25)]
    return told


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_anew_by_the_next_sync(
    home: Home, expected: list[str], damage: str
) -> None:
    DAMAGES[damage](home.current)
    with home.open() as passage_index:
        [told] = passage_index.sync().mended
        assert told.startswith("the index was damaged, and was made anew from the articles (")
        assert answers(passage_index) == expected
        assert passage_index.sync().mended == ()
    assert [folder.name for folder in home.current.parent.glob("build-*")] == ["build-2"]
    with home.open() as passage_index:
        assert passage_index.sync().did_nothing
        assert passage_index.sync().mended == ()


@pytest.mark.parametrize("damage", DAMAGES)
def test_who_only_reads_is_told_so_and_opens_nothing(home: Home, damage: str) -> None:
    DAMAGES[damage](home.current)
    with home.open(keep=False) as passage_index, pytest.raises(IndexUnreadable):
        passage_index.build()


@pytest.mark.parametrize("damage", OPEN)
def test_what_is_damaged_while_it_is_open_is_made_anew_and_answers_meanwhile(
    home: Home, expected: list[str], damage: str
) -> None:
    with home.open() as passage_index:
        passage_index.sync()
        assert answers(passage_index) == expected
        DAMAGES[damage](home.current)
        if "by the disk" in damage:  # nobody touched it: seen once something fails
            passage_index.suspected = True
        assert len(passage_index.sync().mended) == 1
        assert answers(passage_index) == expected


def test_nothing_is_made_anew_where_only_dates_have_changed(home: Home) -> None:
    for file in home.current.rglob("*"):
        file.touch()
    with home.open() as passage_index:
        report = passage_index.sync()
    assert (report.mended, report.did_nothing) == ((), True)
    assert home.model.embedded == []


def test_what_fails_with_all_its_files_whole_is_opened_anew_and_in_the_end_made_anew(
    home: Home,
) -> None:
    with home.open() as passage_index:
        passage_index.sync()
        for _ in range(2):
            before = passage_index.build()
            with pytest.raises(IndexUnreadable), passage_index.reading():
                raise IndexUnreadable("a fault of which nobody knows")
            assert passage_index.sync().mended == ()
            assert passage_index.build() is not before
        with pytest.raises(IndexUnreadable), passage_index.reading():
            raise IndexUnreadable("a fault of which nobody knows")
        assert len(passage_index.sync().mended) == 1


@pytest.fixture
def _nothing_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """As of an index of a million passages: no file is read at every write or opening."""
    monkeypatch.setattr(seal, "MAX_BYTES", 0)
    monkeypatch.setattr(seal, "SMALL_BYTES", 0)
    monkeypatch.setattr(build_module, "_MAX_SEALED_BYTES", 0)
    monkeypatch.setattr(seal.Seal.renew, "__kwdefaults__", {"max_bytes": 0})


@pytest.mark.usefixtures("_nothing_is_small")
@pytest.mark.parametrize(
    "damage", ["graph empty", "header cut", "vectors' database cut", "catalogue cut", "words cut"]
)
def test_of_what_is_too_large_to_be_read_each_time_what_has_changed_is_tried_elsewhere(
    tmp_path: Path, damage: str
) -> None:
    home = made(tmp_path)
    DAMAGES[damage](home.current)
    with home.open() as passage_index:
        assert len(passage_index.sync().mended) == 1
        assert_whole(passage_index.build())
