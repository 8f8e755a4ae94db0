"""The measures on examples that can be worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measures import (
    Gold,
    Piece,
    answered_by,
    auroc,
    calibration_error,
    hit,
    holds,
    mrr,
    percentile,
    place,
    recall,
    reliability,
    risk_by_coverage,
    share_held,
    within,
)

SENTENCE = "The ship sank off the cape at dawn on Monday, 3 May 1802."
GOLD = Gold(["wreck"], [SENTENCE])


def test_nine_tenths_of_a_sentence_in_one_run_hold_it() -> None:
    ten = "abcdefghij"
    assert holds(f"x{ten}x", ten)
    assert holds("x abcdefghi x", ten)
    assert holds("x bcdefghij x", ten)
    assert not holds("abcdefgh", ten)
    assert not holds("abcde fghij", ten)  # all of it, but in two runs


def test_sentence_in_another_article_is_no_hit() -> None:
    pieces = [
        Piece("other", SENTENCE),
        Piece("wreck", "Nothing."),
        Piece("wreck", f"A. {SENTENCE}"),
    ]
    assert place(pieces, GOLD) == 3
    assert place(pieces[:2], GOLD) is None


def test_places_become_hits_and_reciprocal_ranks() -> None:
    places = [1, 2, None, 11]
    assert hit(places, 1) == 0.25
    assert hit(places, 10) == 0.5
    assert mrr(places) == (1 + 0.5 + 0 + 0) / 4


def test_sentence_beyond_the_first_characters_is_not_within_them() -> None:
    pieces = [Piece("other", "x" * 100), Piece("wreck", SENTENCE)]
    assert within(pieces, GOLD, characters=100 + len(SENTENCE))
    assert within(pieces, GOLD, characters=100 + len(SENTENCE) - 1)  # nine tenths are
    assert not within(pieces, GOLD, characters=100 + len(SENTENCE) // 2)
    assert not within(pieces, GOLD, characters=100)


def test_recall_counts_articles_once() -> None:
    assert recall(["a", "a", "b"], ["a", "c"]) == 0.5


def test_share_of_the_gold_sentences_that_are_held() -> None:
    gold = Gold(["wreck"], [SENTENCE, "Nobody was saved."])
    assert share_held([Piece("wreck", SENTENCE)], gold) == 0.5


@pytest.mark.parametrize(
    ("article", "text", "found"),
    [
        ("wreck", "In May 1802.", True),
        ("wreck", "In MAY 1802.", True),
        ("wreck", "In May 18025.", False),  # within another number
        ("other", "In May 1802.", False),
    ],
)
def test_answer_is_whole_words_of_the_right_article(article: str, text: str, found: bool) -> None:
    assert answered_by([Piece(article, text)], ["wreck"], ["June 1802", "may 1802"]) is found


def test_auroc_is_how_often_the_positive_scores_higher() -> None:
    # of the six pairs four are right, one is a tie, one is wrong
    assert auroc([0.9, 0.5], [0.1, 0.5, 0.6]) == pytest.approx(4.5 / 6)
    assert auroc([1.0], [0.0]) == 1.0
    assert auroc([0.0], [1.0]) == 0.0


_SCORES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=12)


@given(_SCORES, _SCORES)
def test_auroc_agrees_with_counting_pairs(positive: list[float], negative: list[float]) -> None:
    pairs = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_bins_hold_questions_of_like_confidence() -> None:
    judged = [(0.95, True), (1.0, False), (0.12, False), (0.18, True)]
    low, high = reliability(judged)
    assert (low.confidence, low.right, low.count) == (pytest.approx(0.15), 0.5, 2)
    assert (high.confidence, high.right, high.count) == (pytest.approx(0.975), 0.5, 2)
    assert calibration_error(judged) == pytest.approx((0.35 + 0.475) / 2)


def test_risk_grows_with_less_sure_answers() -> None:
    judged = [(0.2, False), (0.9, True), (0.5, True), (0.7, False)]
    assert risk_by_coverage(judged) == [
        (0.25, 0.0),
        (0.5, 0.5),
        (0.75, pytest.approx(1 / 3)),
        (1.0, 0.5),
    ]


def test_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(1, 101)]
    assert percentile(values, 0.05) == 5
    assert percentile(values, 0.95) == 95
    assert percentile([3.0], 0.5) == 3
