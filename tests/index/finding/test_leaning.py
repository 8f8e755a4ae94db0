from typing import Any

import pytest

from footnote.corpus.span import Span
from footnote.index.finding.leaning import Context, Leaning, context_of, leaning
from footnote.index.passages import Passage


def context(text: str, sentence: str, *, start: int = 100, language: str = "en") -> Context:
    """Of a sentence of a passage that begins at a place in its article."""
    passage = Passage(
        1, "an-article", "r", "A title", language, Span(start, start + len(text)), text
    )
    at = start + text.index(sentence)
    return context_of(passage, Span(at, at + len(sentence)))


def before(text: str, sentence: str, **options: Any) -> str | None:
    span = context(text, sentence, **options).before
    return span.shifted(-100).of(text) if span else None


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("He was the first leader who did not come from the Mehsud tribe.", "en"),
        ("In 2014 he was killed.", "en"),
        ("The group claimed the attack.", "en"),
        ("Both groups signed the deal.", "en"),
        ("One of the five was Hafiz Saeed Khan.", "en"),
        ("Their leaders met in Doha.", "en"),
        ("However, it was never built.", "en"),
        ("“They had no choice,” she said.", "en"),
        ("Er trat 1990 zurück.", "de"),
        ("Diese Gruppe bekannte sich dazu.", "de"),
        ("Damit stieg der Fahrpreis auf drei Euro.", "de"),
        ("Dafür braucht man ein Boot.", "de"),
        ("Ella dimitió en 1990.", "es"),
        ("Fue fundada en 2001.", "es"),
        ("Она подала в отставку.", "ru"),
        ("Эта группа взяла на себя ответственность.", "ru"),
    ],
)
def test_sentence_that_does_not_name_its_subject_leans(sentence: str, language: str) -> None:
    assert leaning(sentence, language) is Leaning.NAMELESS


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The mayor said that he would resign.", "en"),
        ("The attack on the hospital killed 70 people.", "en"),
        ("Khan and his men fled.", "en"),
        ("It is not known who planted the bomb.", "en"),
        ("It rained for a week.", "en"),
        ("This week the mayor spoke.", "en"),
        ("Both Russia and China signed.", "en"),
        ("One of the five judges of the court was ill.", "en"),
        ("One of the bridges was closed.", "en"),
        ("Der Anschlag auf das Krankenhaus tötete 70 Menschen.", "de"),
        ("Es gibt drei Häfen.", "de"),
        ("Damit die Fähre fährt, muss das Wasser steigen.", "de"),
        ("Damit Kinder mitfahren, ist die Fahrt frei.", "de"),
        ("So lange wie der Fluss ist auch der Kanal.", "de"),
        ("El ataque de Quetta causó 70 muertos.", "es"),
        ("Мэр сообщил, что он уйдёт в отставку.", "ru"),
        ("Il est parti.", "fr"),
    ],
)
def test_sentence_that_names_its_subject_stands_alone(sentence: str, language: str) -> None:
    assert leaning(sentence, language) is Leaning.NOT


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("But Russia refused.", "en"),
        ("Denn ab diesem Tag fährt die Fähre nach Skarn.", "de"),
        ("Deshalb blieb das Boot im Hafen.", "de"),
        ("So lange dauert die Fahrt nach Skarn.", "de"),
        ("So wurde die Brücke gebaut.", "de"),
    ],
)
def test_a_word_that_joins_ties_a_sentence_that_names_its_subject(
    sentence: str, language: str
) -> None:
    assert leaning(sentence, language) is Leaning.LINKED


def test_sentence_before_is_shown_with_one_that_leans_on_it() -> None:
    text = "Ida Holm is the mayor of Skarvik. She rejected the tunnel. Jon Aske disagreed."
    assert before(text, "She rejected the tunnel.") == "Ida Holm is the mayor of Skarvik."
    assert context(text, "She rejected the tunnel.").complete
    assert before(text, "Jon Aske disagreed.") is None


def test_two_sentences_before_are_shown_where_the_nearer_one_leans_too() -> None:
    text = "Ida Holm is the mayor of Skarvik. She is 52. She rejected the tunnel."
    assert (
        before(text, "She rejected the tunnel.") == "Ida Holm is the mayor of Skarvik. She is 52."
    )


def test_nothing_is_complete_where_no_sentence_near_by_names_who_is_meant() -> None:
    text = "She was born here. She is 52. She likes tea. She rejected the tunnel."
    assert not context(text, "She rejected the tunnel.").complete
    assert context(text, "She was born here.") == Context(None, complete=False)


def test_sentence_of_another_paragraph_is_not_shown() -> None:
    text = "Ida Holm is the mayor of Skarvik.\n\nShe rejected the tunnel."
    assert context(text, "She rejected the tunnel.") == Context(None, complete=False)


def test_long_sentence_of_one_kind_of_word_takes_little_time() -> None:
    import time

    began = time.process_time()
    for words in ("of them ", "the ", "it was ", "“", "not still "):
        leaning(words * 5_000, "en")
        leaning("It is " + words * 5_000, "en")
    assert time.process_time() - began < 1
