import random

from bench.fit_languages import Row, fitted
from footnote.index.finding.confidence import logistic

NAMES = ("cosine", "words")


def made(many: int, *, is_foreign: bool) -> list[Row]:
    """Questions that are answered the more likely the higher both are; if they are foreign, what
    answers has a cosine that is lower by .3."""
    drawn = random.Random(7)
    rows = []
    for _ in range(many):
        cosine, words = drawn.uniform(0.2, 0.9), drawn.uniform(0, 1)
        is_right = drawn.random() < 1 / (1 + 2.7 ** -(8 * (cosine - 0.5) + 2 * (words - 0.5)))
        told = cosine - 0.3 if is_foreign else cosine
        name = "foreign" if is_foreign else "english"
        rows.append(Row(name, "in", {"cosine": told, "words": words}, is_right, is_foreign))
    return rows


def test_weights_are_those_of_the_foreign_questions() -> None:
    foreign = made(2000, is_foreign=True)
    weights = fitted([*foreign, *made(2000, is_foreign=False)], NAMES)
    told = [logistic(weights, row.values) for row in foreign]
    share = sum(row.is_right for row in foreign) / len(foreign)
    assert abs(sum(told) / len(told) - share) < 0.03
    assert weights["cosine"] > 4
    assert weights["words"] > 0.5
