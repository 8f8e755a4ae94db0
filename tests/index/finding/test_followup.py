"""Which questions lean on the one before, and how the others are put."""

import pytest

from footnote.index.finding.followup import leant_on, previous_weights, thing_of_its_own
from footnote.index.question import Question, Turn

BEFORE = (Turn("user", "What is the Lahore Declaration?"), Turn("assistant", "It is a treaty."))


def weights(text: str, terms: str, *, known: bool = True) -> tuple[float, ...]:
    return previous_weights(Question(text, BEFORE), terms.split(), known=known)


def test_first_question_of_a_conversation_leans_on_nothing() -> None:
    assert previous_weights(Question("Who signed it?"), ["sign"], known=True) == (0.0,)


def test_word_that_stands_for_something_said_leans_on_it() -> None:
    [weight] = weights(
        "Why was it signed by both prime ministers in Lahore?", "sign prime minist lahor"
    )
    assert weight > 0


def test_question_with_hardly_a_word_of_its_own_leans_most() -> None:
    [hardly_any] = weights("Who signed?", "sign")
    [few] = weights("Which newspapers printed objections?", "newspap print object")
    assert hardly_any > few > 0


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Which rivers flooded the plains of Sindh in July?", "river flood plain sindh juli"),
        ("which rivers flooded several villages yesterday", "river flood sever villag yesterday"),
    ],
)
def test_question_that_says_enough_stands_alone(text: str, terms: str) -> None:
    assert weights(text, terms) == (0.0,)


def test_short_question_with_a_name_stands_alone_first_and_leans_then() -> None:
    alone, then = weights("When did Iran join?", "iran join")
    assert alone == 0.0 < then


def test_short_question_about_something_unknown_never_leans() -> None:
    assert weights("What is the capital of Peru?", "capit peru", known=False) == (0.0,)


@pytest.mark.parametrize("text", ["What about Russia?", "And Iran?", "how about the Taliban?"])
def test_question_that_goes_on_from_the_last_leans_on_it(text: str) -> None:
    [weight] = weights(text, "russia")
    assert weight > 0


def test_number_counts_as_a_name() -> None:
    assert weights("what happened in 1971?", "happen 1971")[0] == 0.0


def test_answer_is_that_to_the_last_question() -> None:
    assert Question("And Iran?", BEFORE).answered == "It is a treaty."
    assert Question("And Iran?", (*BEFORE, Turn("user", "Who signed it?"))).answered is None
    assert Question("And Iran?").answered is None


def conversation(*said: str) -> Question:
    *before, text = said
    return Question(text, tuple(Turn("user", one) for one in before))


def test_question_that_leans_itself_takes_in_what_it_leans_on() -> None:
    topic, then = "Who owns Arvik Ferries?", "Who leads it?"
    assert leant_on(conversation(topic, then, "And in May?")) == f"{topic} {then}"
    assert leant_on(conversation(topic, "Who owns the moon?", "And Mars?")) == "Who owns the moon?"
    assert leant_on(conversation(topic)) is None


def test_no_more_than_three_questions_are_leant_on() -> None:
    said = ["Who owns Arvik Ferries?", "Who leads it?", "And before?", "And then?", "Why that?"]
    assert leant_on(conversation(*said)) == "Who leads it? And before? And then?"


@pytest.mark.parametrize(
    ("text", "terms", "thing"),
    [
        ("Who owns the moon?", "own moon", "moon"),
        ("What is the capital of Peru?", "capit peru", "peru"),
        ("Why did they hide the painting?", "hide paint", None),
        ("What was the final toll?", "final toll", None),
        ("How high is the second bridge?", "high second bridg", None),
        ("Who claimed responsibility?", "claim respons", None),
        ("Who paid the costs for it?", "paid cost", None),
        ("The moon?", "moon", None),
        ("Wem gehört der Mond?", "gehort mond", "mond"),
        ("¿Quién compró la luna?", "compr lun", "lun"),
    ],
)
def test_question_that_ends_on_a_thing_may_be_about_another(
    text: str, terms: str, thing: str | None
) -> None:
    assert thing_of_its_own(text, terms.split()) == thing
