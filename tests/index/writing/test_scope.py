import time

import pytest

from footnote.index.writing.scope import Scope, scope_of


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Compare the CSTO and NATO.", ("the CSTO", "NATO")),
        ("Compare Sibi with Gwadar", ("Sibi", "Gwadar")),
        ("What are the differences between the CSTO and NATO?", ("the CSTO", "NATO")),
        ("How does Sibi differ from Gwadar?", ("Sibi", "Gwadar")),
        ("How do Sibi and Gwadar differ?", ("Sibi", "Gwadar")),
        ("Sibi versus Gwadar?", ("Sibi", "Gwadar")),
        (
            "Compare Sibi with Gwadar in terms of rainfall",
            ("Sibi in terms of rainfall", "Gwadar in terms of rainfall"),
        ),
        ("Compare Sibi, Quetta and Gwadar", ("Sibi", "Quetta", "Gwadar")),
        ("Vergleiche Sibi mit Gwadar!", ("Sibi", "Gwadar")),
        ("Was ist der Unterschied zwischen Sibi und Gwadar?", ("Sibi", "Gwadar")),
        ("¿Qué diferencia hay entre Sibi y Gwadar?", ("Sibi", "Gwadar")),
        ("Чем Сиби отличается от Гвадара?", ("Сиби", "Гвадара")),
        ("تفاوت بین سیبی و گوادر؟", ("سیبی", "گوادر")),
        ("سبی اور گوادر میں کیا فرق ہے؟", ("سبی", "گوادر")),
    ],
)
def test_the_things_of_a_comparison_are_told_apart(question: str, sides: tuple[str, ...]) -> None:
    assert scope_of(question) == Scope(sides)


@pytest.mark.parametrize(
    "question",
    [
        "What do we know about the flood of Sibi?",
        "Tell me more about Sibi.",
        "Summarise what the articles say on Sibi",
        "What do the articles say about Sibi?",
        "What is known about the CSTO?",
        "Was wissen wir über die Flut?",
        "¿Qué sabemos de la inundación?",
        "Что известно о наводнении?",
        "سبی کے بارے میں کیا معلوم ہے؟",
        "چه می‌دانیم درباره سیبی؟",
    ],
)
def test_a_question_for_all_there_is_on_a_topic_is_broad(question: str) -> None:
    assert scope_of(question) == Scope(broad=True)


def test_a_summary_of_one_article_is_told_from_one_of_a_topic() -> None:
    assert scope_of("Summarise the article on Sibi").article
    assert not scope_of("Summarise what is known of Sibi").article


@pytest.mark.parametrize(
    "question",
    [
        "Which river flooded Sibi?",
        "Who told the minister about the flood?",
        "When did the war between Iran and Iraq end?",
        "Is Sibi and its bridge old?",
        "",
        "?" * 500,
        "compare " + "a, " * 200,
    ],
)
def test_an_ordinary_question_has_the_best_passages(question: str) -> None:
    assert scope_of(question).plain


@pytest.mark.parametrize("text", ["compare ", "a and ", "vs ", "как и ", "what do we know ", ", "])
def test_no_question_takes_long_to_look_at(text: str) -> None:
    begun = time.process_time()
    for length in range(250, 301, 10):
        scope_of((text * 300)[:length])
    assert time.process_time() - begun < 0.5
