"""What one question may take of the processor, whatever is asked."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from footnote.index.answering import Answerer
from footnote.index.budget import TooLong, at_most, look_at_budget, most_overdue, uncounted
from footnote.index.checking import Checker
from footnote.index.finding.finder import Finder
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import MAX_CHARACTERS, Question
from footnote.index.results import Abstention, Answer, Reason
from tests.index.home import Home

TEXT = "The river Nari flooded Sibi in July. Ninety houses were swept away by the water."


def burn(seconds: float) -> None:
    """In Python, as a stage of answering would."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


class Burning:
    """A reranker that takes its time."""

    def order(self, question: str, texts: Sequence[str]) -> list[int]:
        burn(0.3)
        return list(range(len(texts)))


@pytest.fixture
def passage_index(tmp_path: Path) -> Iterator[PassageIndex]:
    home = Home(tmp_path)
    home.write("flood", TEXT, title="Sibi flood")
    home.sync()
    with home.open(keep=False) as opened:
        yield opened


def test_a_thread_that_has_used_what_it_may_is_stopped_at_the_next_look() -> None:
    with at_most(0.05):
        look_at_budget()
        burn(0.1)
        with pytest.raises(TooLong):
            look_at_budget()
    look_at_budget()


def test_what_is_done_once_for_all_questions_is_on_account_of_none() -> None:
    with at_most(0.2):
        with at_most(0.1):
            with uncounted():
                burn(0.3)
                look_at_budget()
            look_at_budget()
            burn(0.15)
            with pytest.raises(TooLong):
                look_at_budget()
        look_at_budget()
        burn(0.1)
        with pytest.raises(TooLong):
            look_at_budget()


def test_what_is_done_once_within_what_is_done_once_is_taken_off_once() -> None:
    with at_most(0.2):
        with at_most(10), uncounted(), uncounted():
            burn(0.2)
        burn(0.25)
        with pytest.raises(TooLong):
            look_at_budget()


def test_nobody_is_overdue_for_it() -> None:
    with at_most(0.05), uncounted():
        burn(0.1)
        assert most_overdue() == 0.0


def test_waiting_uses_nothing() -> None:
    with at_most(0.2):
        time.sleep(0.4)
        look_at_budget()


def test_what_another_thread_uses_is_its_own() -> None:
    with at_most(0.1):
        other = threading.Thread(target=burn, args=(0.3,))
        other.start()
        other.join()
        look_at_budget()


def test_the_limit_that_ends_first_counts() -> None:
    with at_most(0.05), at_most(60):
        burn(0.1)
        with pytest.raises(TooLong):
            look_at_budget()


def test_a_thread_that_does_not_look_is_seen_from_outside() -> None:
    def work() -> None:
        with at_most(0.1):
            burn(1.0)

    worker = threading.Thread(target=work)
    worker.start()
    seen = 0.0
    while worker.is_alive():
        seen = max(seen, most_overdue())
        time.sleep(0.02)
    assert seen > 0.3
    assert most_overdue() == 0.0


def test_a_question_that_takes_too_long_is_set_aside(
    passage_index: PassageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.answering.ANSWER_SECONDS", 0.1)
    slow = Answerer(passage_index, sure=0, reranker=Burning())
    asked = Question("When did the river Nari flood Sibi?")
    assert slow.answer(asked) == Abstention(asked.text, Reason.TOO_LONG)
    assert isinstance(Answerer(passage_index, sure=0).answer(asked), Answer)


def test_of_what_is_longer_than_any_question_the_beginning_is_looked_for(
    passage_index: PassageIndex,
) -> None:
    text = f"{'Sibi? ' * MAX_CHARACTERS}When did the river Nari flood Sibi?"
    before = time.thread_time()
    result = Answerer(passage_index).answer(Question(text))
    assert result.question == text
    assert time.thread_time() - before < 2


def test_a_text_is_checked_as_far_as_there_is_time(
    passage_index: PassageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.checking.CHECK_SECONDS", 0.0)
    checked = Checker(passage_index).check(f"{TEXT} The mayor of Sibi left.")
    assert [sentence.text for sentence in checked.sentences] == [TEXT.partition(". ")[0] + "."]
    assert checked.left
    monkeypatch.setattr("footnote.index.checking.ANSWER_SECONDS", -1.0)
    assert Checker(passage_index).check(TEXT) == Abstention(TEXT, Reason.TOO_LONG)


def test_looking_for_words_that_takes_too_long_is_told(
    passage_index: PassageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.finding.finder.ANSWER_SECONDS", -1.0)
    with pytest.raises(TooLong):
        Finder(passage_index).find("flooded Sibi")


HOSTILE = {
    "names": " ".join(f"Aa{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x" for n in range(900)),
    "one word": "x" * 4096,
    "dates": "1 May 2016 " * 400,
    "figures": " ".join(str(n) for n in range(1000, 2000)),
    "signs": "?!a" * 1365,
    "brackets": "what is (" * 455,
    "spaces": "what is a" + " " * 4000 + "b?x",
    "a definition": f"what is {'e' * 3000}?x",
    "an address": f"What is https://example.org/{'a-b/c.d_e?f=g&' * 250} about?",
    "words that are nearly known": "river rivers rivr flod floodd Sibbi Nary " * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_of_the_length_of_a_message_takes_long(
    passage_index: PassageIndex, name: str
) -> None:
    """Most take hundredths of a second here; with a real model of language tenths."""
    text = HOSTILE[name][:4096]
    before = time.thread_time()
    Answerer(passage_index).answer(Question(text))
    Finder(passage_index).find(text)
    Checker(passage_index).check(text)
    assert time.thread_time() - before < 4.0
