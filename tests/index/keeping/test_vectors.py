from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.build_files import FolderFiles
from footnote.index.keeping.engines import EmbeddedChroma, VectorEngine
from footnote.index.keeping.vectors import ChromaVectors, VectorStore
from tests.index import other_process
from tests.index.chroma_run import ChromaRun
from tests.index.fakes import VectorsInMemory

EAST, NORTH, UP, WEST = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [-1, 0, 0]], dtype=np.float32)
NORTH_EAST = (EAST + NORTH) / np.float32(2**0.5)


@pytest.fixture(params=["chroma", "a server", "3 collections on a server", "memory"])
def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    if request.param == "memory":
        yield VectorsInMemory()
        return
    engine: VectorEngine = EmbeddedChroma()
    if "server" in request.param:
        server: ChromaRun = request.getfixturevalue("chroma_server")
        engine = server.engine(server.database(), collections=3 if "3" in request.param else 1)
    store = engine.create(FolderFiles(tmp_path))
    yield store
    store.close()
    engine.close()


def many(count: int) -> np.ndarray:
    found = np.random.default_rng(0).normal(size=(count, 16)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_nearest_come_first_with_their_cosines(vectors: VectorStore) -> None:
    vectors.add([7, 8, 9], np.array([WEST, NORTH, EAST]))
    found = vectors.nearest(NORTH_EAST, 3)
    assert list(found.values()) == pytest.approx([0.5**0.5, 0.5**0.5, -(0.5**0.5)], abs=1e-6)
    assert list(found)[2] == 7
    assert set(found) == {7, 8, 9}


def test_no_more_are_found_than_are_wanted_or_there(vectors: VectorStore) -> None:
    vectors.add([1, 2, 3], np.array([EAST, NORTH, UP]))
    assert list(vectors.nearest(EAST, 1)) == [1]
    assert len(vectors.nearest(EAST, 50)) == 3


def test_nothing_is_found_where_there_is_nothing(vectors: VectorStore) -> None:
    assert vectors.nearest(EAST, 5) == {}
    assert vectors.cosines(EAST, [1]) == {}
    assert vectors.count() == 0


def test_only_those_among_given_keys_are_found(vectors: VectorStore) -> None:
    vectors.add([1, 2, 3], np.eye(3, dtype=np.float32))
    assert set(vectors.nearest(np.eye(3, dtype=np.float32)[0], 5, among=[2, 3])) == {2, 3}
    assert set(vectors.nearest(np.eye(3, dtype=np.float32)[0], 1, among=[1, 2])) == {1}
    assert set(vectors.nearest(np.eye(3, dtype=np.float32)[0], 5, among=[2, 999])) == {2}
    assert vectors.nearest(np.eye(3, dtype=np.float32)[0], 5, among=[]) == {}


@pytest.mark.parametrize("share", [60, 2])
def test_nearest_among_some_keys_are_the_nearest_of_these(vectors: VectorStore, share: int) -> None:
    rows = many(1200)
    vectors.add(range(1200), rows)
    among = range(0, 1200, share)
    exact = (rows[among] @ rows[3]).argsort()[::-1][:5] * share
    assert list(vectors.nearest(rows[3], 5, among=among)) == exact.tolist()


def test_few_keys_are_not_searched_for_among_many_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chroma would go through all of them."""
    vectors = ChromaVectors(tmp_path, create=True)
    vectors.add(range(120), np.eye(120, dtype=np.float32))
    monkeypatch.delattr(type(vectors._collection), "query")
    row = np.eye(120, dtype=np.float32)[3]
    assert list(vectors.nearest(row, 1, among=[2, 3, 4])) == [3]
    with pytest.raises(AttributeError):
        vectors.nearest(row, 1, among=range(60))
    vectors.close()


def test_removed_is_not_found(vectors: VectorStore) -> None:
    vectors.add([1, 2], np.array([EAST, NORTH]))
    assert vectors.cosines(EAST, [1, 2]) == pytest.approx({1: 1.0, 2: 0.0})
    vectors.remove([1])
    assert list(vectors.nearest(EAST, 5)) == [2]
    assert vectors.cosines(EAST, [1, 2]) == pytest.approx({2: 0.0})
    assert vectors.count() == 1


def test_what_is_stored_is_given_back_in_the_order_asked_for(vectors: VectorStore) -> None:
    vectors.add([1, 2, 3], np.array([EAST, NORTH, UP]))
    assert vectors.stored([3, 1]) == pytest.approx(np.array([UP, EAST]))
    with pytest.raises(KeyError):
        vectors.stored([1, 4])


def test_removing_what_is_not_there_changes_nothing(vectors: VectorStore) -> None:
    vectors.add([1], np.array([EAST]))
    vectors.remove([2, 3])
    vectors.remove([])
    assert vectors.count() == 1


def test_adding_nothing_changes_nothing(vectors: VectorStore) -> None:
    vectors.add([], np.zeros((0, 3), dtype=np.float32))
    assert vectors.count() == 0


def test_key_that_is_added_again_has_its_last_vector(vectors: VectorStore) -> None:
    vectors.add([1], np.array([EAST]))
    assert vectors.cosines(UP, [1]) == pytest.approx({1: 0.0})
    vectors.add([1], np.array([UP]))
    assert vectors.nearest(UP, 5) == pytest.approx({1: 1.0})
    assert vectors.cosines(UP, [1]) == pytest.approx({1: 1.0})
    assert vectors.count() == 1


def test_cosines_are_those_of_the_keys_asked_for(vectors: VectorStore) -> None:
    vectors.add([1, 2, 3], np.array([EAST, NORTH, WEST]))
    assert vectors.cosines(EAST, {1, 3, 99}) == pytest.approx({1: 1.0, 3: -1.0})
    assert vectors.cosines(EAST, []) == {}


def test_cosines_are_never_beyond_1(vectors: VectorStore) -> None:
    rows = many(500)
    vectors.add(range(500), rows)
    for key in range(0, 500, 50):
        assert vectors.nearest(rows[key], 1)[key] <= 1.0
        assert vectors.cosines(rows[key], [key])[key] <= 1.0


def test_nearest_are_the_nearest_after_most_were_removed(vectors: VectorStore) -> None:
    rows = many(1500)
    vectors.add(range(1500), rows)
    vectors.remove(range(1400))
    exact = (rows[1400:] @ rows[3]).argsort()[::-1][:20] + 1400
    assert list(vectors.nearest(rows[3], 20)) == exact.tolist()


def test_vector_of_a_text_without_words_is_near_to_nothing(vectors: VectorStore) -> None:
    vectors.add([1], np.array([EAST]))
    assert vectors.nearest(np.zeros(3, dtype=np.float32), 5) == pytest.approx({1: 0.0})


def test_vectors_are_there_when_opened_again(tmp_path: Path) -> None:
    vectors = ChromaVectors(tmp_path, create=True)
    vectors.add([1, 2], np.array([EAST, NORTH]))
    vectors.remove([2])
    vectors.close()
    vectors = ChromaVectors(tmp_path)
    assert vectors.nearest(EAST, 5) == pytest.approx({1: 1.0})
    vectors.close()


def test_write_that_was_interrupted_before_the_graph_costs_nothing(tmp_path: Path) -> None:
    vectors = ChromaVectors(tmp_path, create=True)
    vectors.add(range(1500), many(1500))
    vectors.close()
    (tmp_path / "writing").touch()
    vectors = ChromaVectors(tmp_path)
    assert vectors.count() == 1500
    assert not (tmp_path / "writing").exists()
    vectors.close()


def change_much(folder: Path) -> None:
    """Enough for Chroma to write its graph anew half a dozen times."""
    vectors, rows = ChromaVectors(folder), many(500)
    for start in range(500, 4_500, 500):
        vectors.add(range(start, start + 500), rows)
        vectors.remove(range(start - 500, start, 2))
    vectors.close()
    (folder.parent / "done").touch()


def test_process_that_opens_while_another_writes_breaks_nothing(tmp_path: Path) -> None:
    folder, rows = tmp_path / "vectors", many(500)
    vectors = ChromaVectors(folder, create=True)
    vectors.add(range(500), rows)
    vectors.close()
    process = other_process.start(change_much, folder)
    opened = 0
    while process.is_alive():
        reader = ChromaVectors(folder)
        assert len(reader.nearest(rows[0], 5)) == 5
        reader.close()
        opened += 1
    assert (tmp_path / "done").exists()
    assert opened  # how often depends on what else the machine does
    vectors = ChromaVectors(folder)
    assert vectors.count() == 4_500 - 8 * 250
    assert vectors.cosines(rows[7], [4_007]) == pytest.approx({4_007: 1.0}, abs=1e-5)
    assert list(vectors.nearest(rows[7], 1).values()) == pytest.approx([1.0], abs=1e-5)
    vectors.close()


def test_folder_without_vectors_is_not_opened_as_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(IndexUnreadable, match=r"chroma\.sqlite3 is missing"):
        ChromaVectors(tmp_path)
    assert list(tmp_path.iterdir()) == []
