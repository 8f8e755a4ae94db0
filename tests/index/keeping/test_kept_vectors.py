import numpy as np
import pytest

from footnote.index.keeping.kept_vectors import KEPT_BYTES, KeptVectors

ONE, OTHER = np.eye(2, dtype=np.float32)


@pytest.fixture
def kept() -> KeptVectors:
    return KeptVectors(2 * ONE.nbytes)


def test_those_asked_for_last_are_kept(kept: KeptVectors) -> None:
    kept.keep({1: ONE, 2: OTHER})
    assert set(kept.found([1])) == {1}
    kept.keep({3: ONE})
    assert set(kept.found([1, 2, 3])) == {1, 3}


def test_what_is_forgotten_is_not_found(kept: KeptVectors) -> None:
    kept.keep({1: ONE, 2: OTHER})
    kept.forget([1, 7])
    assert list(kept.found([2, 1]).items()) == [(2, OTHER)]


def test_what_is_kept_twice_or_forgotten_takes_no_room(kept: KeptVectors) -> None:
    for _ in range(3):
        kept.keep({1: ONE, 2: OTHER})
    assert set(kept.found([1, 2])) == {1, 2}
    kept.forget([1])
    kept.keep({3: ONE})
    assert set(kept.found([1, 2, 3])) == {2, 3}


@pytest.mark.parametrize(("dimensions", "count"), [(384, 4096), (3072, 512)])
def test_as_many_are_kept_as_have_room(dimensions: int, count: int) -> None:
    kept, row = KeptVectors(), np.zeros(dimensions, dtype=np.float32)
    assert count * row.nbytes == KEPT_BYTES
    for key in range(count + 10):
        kept.keep({key: row})
    assert list(kept.found(range(count + 10))) == list(range(10, count + 10))
