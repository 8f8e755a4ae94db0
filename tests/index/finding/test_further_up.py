"""What stands before the best sentence in its article is told to stand there, and who "he" is."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from footnote.index.answering import Answerer
from footnote.index.question import Question
from footnote.index.results import Answer, Claim
from tests.index.home import Home

FAZLULLAH = "Fazlullah of Swat led the TTP from 2013."
HE = "He was the first leader of the TTP who did not come from the Mehsud tribe."
NOOR = "Noor Wali Mehsud has led the TTP since 2018."
LATER = "Noor Wali Mehsud still led the TTP in May."
QUESTION = "Who leads the TTP?"


class Scores:
    """A reader that takes sentences to answer as likely as it is told, and all others not at all.

    By log-odds.
    """

    name = "scores"

    def __init__(self, of: Mapping[str, float]) -> None:
        self._of = of

    def read(self, question: str, title: str, sentences: Sequence[str]) -> list[float]:
        return [self._of.get(sentence, -8.0) for sentence in sentences]

    def length(self, text: str) -> int:
        return len(text.split())


def claims(place: Path, text: str, *, question: str = QUESTION, **read: float) -> Sequence[Claim]:
    """Those of the answer from an article with that text; `read` by the names of the sentences."""
    home = Home(place)
    home.write("ttp", text, title="Leaders")
    home.sync()
    reader = Scores({globals()[name]: value for name, value in read.items()})
    with home.open(keep=False) as passage_index:
        result = Answerer(passage_index, sure=0, reader=reader).answer(Question(question))
    assert isinstance(result, Answer)
    assert sorted(result.citations) == list(range(1, len(result.claims) + 1))
    return result.claims


def test_the_best_stays_first_and_what_stands_before_it_is_told_to(tmp_path: Path) -> None:
    text = f"{FAZLULLAH}\n\n{NOOR} {LATER}"
    best, after, above = claims(tmp_path, text, NOOR=4, FAZLULLAH=3.9, LATER=3.8)
    assert [best.text, after.text, above.text] == [NOOR, LATER, FAZLULLAH]
    assert [claim.further_up for claim in (best, after, above)] == [False, False, True]
    assert above.citations[0].span < best.citations[0].span


def test_he_of_before_the_best_stands_behind_the_sentence_that_names_him(tmp_path: Path) -> None:
    best, he = claims(tmp_path, f"{FAZLULLAH} {HE}\n\n{NOOR}", NOOR=4, HE=3.9)
    assert (best.text, he.text, he.further_up) == (NOOR, HE, True)
    assert he.citations[0].before_text == FAZLULLAH


@pytest.mark.parametrize("before", ["", "The group has had several.\n\n"])
def test_he_of_before_the_best_is_not_shown_where_nothing_names_him(
    tmp_path: Path, before: str
) -> None:
    assert [
        claim.text for claim in claims(tmp_path, f"{before}{HE}\n\n{NOOR}", NOOR=4, HE=3.9)
    ] == [NOOR]


def test_what_answers_much_less_likely_is_not_told_out_of_its_place(tmp_path: Path) -> None:
    text = f"{FAZLULLAH}\n\n{NOOR}"
    assert [claim.text for claim in claims(tmp_path, text, NOOR=4, FAZLULLAH=-4)] == [NOOR]


def test_a_list_is_told_in_the_order_of_its_article(tmp_path: Path) -> None:
    text, question = f"{FAZLULLAH}\n\n{NOOR}", "Which leaders did the TTP have?"
    told = claims(tmp_path, text, question=question, NOOR=4, FAZLULLAH=3.9)
    assert [(claim.text, claim.further_up) for claim in told] == [(FAZLULLAH, False), (NOOR, False)]
