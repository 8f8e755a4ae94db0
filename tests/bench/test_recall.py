from pathlib import Path

import numpy as np

from bench.recall import FLOOR, measured, mixtures


def test_mixtures_have_length_1_and_are_like_what_they_are_of() -> None:
    pool = np.eye(8, dtype=np.float32)
    mixed = mixtures(pool, 500)
    assert mixed.shape == (500, 8)
    np.testing.assert_allclose(np.linalg.norm(mixed, axis=1), 1, rtol=1e-5)
    assert np.count_nonzero(mixed > 1e-6, axis=1).max() <= 2
    assert (mixed == mixtures(pool, 500)).all()


def test_the_nearest_vectors_are_found(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    around = rng.standard_normal((40, 64)).repeat(50, axis=0)
    pool = (around + rng.standard_normal(around.shape)).astype(np.float32)
    pool /= np.linalg.norm(pool, axis=1, keepdims=True)
    found = measured(mixtures(pool, 3000), pool[::100], tmp_path)
    assert FLOOR <= found["at_50"] <= 1
