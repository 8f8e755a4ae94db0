"""Questions in a language that none of the articles is in."""

import pytest

from bench.sets import OWN, read_set
from footnote.index.finding.languages import codes, is_foreign, language_spoken


@pytest.mark.parametrize(
    "question",
    [
        "Кто возглавляет ТТП?",
        "¿Quién dirige el TTP?",
        "Wer leitet die TTP?",
        "رهبر تحریک طالبان کیست؟",
        "ٹی ٹی پی کی قیادت کون کرتا ہے؟",
        "谁领导巴基斯坦塔利班？",
    ],
)
def test_a_question_is_foreign_to_articles_of_other_languages(question: str) -> None:
    assert is_foreign(question, ["en"])
    assert not is_foreign(question, ["de", "en", "es", "fa", "ru", "ur", "zh"])


@pytest.mark.parametrize(
    "text",
    ["TUTAP", "Tehrik-i-Taliban Pakistan", "CSTO 2022", "😀", "2016", "\ud800", "", "x " * 10**6],
)
def test_what_is_in_no_language_for_certain_is_not_foreign(text: str) -> None:
    assert not is_foreign(text, ["en"])


def test_no_question_of_the_benchmark_is_foreign_to_its_articles() -> None:
    questions = [case.question.text for of in read_set(OWN) for case in of.cases]
    assert [text for text in questions if is_foreign(text, ["en"])] == []


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wer leitet die TTP?", "de"),
        ("Кто возглавляет ТТП?", "ru"),
        ("谁领导巴基斯坦塔利班？", "en"),  # is not among them
        ("WHO warnt vor der Grippe: wen traf es im letzten Winter?", "de"),
        ("Howard: wer hat ihn in den Ausschuss gewählt?", "de"),
        ("  Who leads it?", "en"),
        ("TUTAP", "en"),
        ("😀", "en"),
        ("", "en"),
    ],
)
def test_language_of_a_question_is_told_where_it_is_sure(question: str, language: str) -> None:
    assert language_spoken(question, ["en", "de", "ru"]) == language


def test_every_question_of_the_benchmark_is_in_english() -> None:
    questions = [case.question.text for of in read_set(OWN) for case in of.cases]
    assert {language_spoken(text, ["en", "de", "es", "ru", "ur", "fa"]) for text in questions} == {
        "en"
    }


def test_nothing_is_foreign_to_articles_whose_language_is_not_known() -> None:
    assert not is_foreign("Кто возглавляет ТТП?", [])
    assert not is_foreign("Кто возглавляет ТТП?", ["tlh"])


def test_languages_are_known_by_their_codes_however_articles_write_them() -> None:
    assert codes(["en-GB", "EN", None, "de_AT", "en"]) == ("de", "en")
