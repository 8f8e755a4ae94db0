import numpy as np

from footnote.index.keeping.kept_vectors import KeptVectors

ONE, OTHER = np.eye(2, dtype=np.float32)


def test_those_asked_for_last_are_kept() -> None:
    kept = KeptVectors(2)
    kept.keep({1: ONE, 2: OTHER})
    assert set(kept.found([1])) == {1}
    kept.keep({3: ONE})
    assert set(kept.found([1, 2, 3])) == {1, 3}


def test_what_is_forgotten_is_not_found() -> None:
    kept = KeptVectors(2)
    kept.keep({1: ONE, 2: OTHER})
    kept.forget([1, 7])
    assert list(kept.found([2, 1]).items()) == [(2, OTHER)]
