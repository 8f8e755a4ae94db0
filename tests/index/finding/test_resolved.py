import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.index.finding.resolved import (
    StandaloneQuestion,
    in_full,
    names_answered,
    names_something,
    possible,
    resolved,
    spoken_of,
)
from footnote.index.question import Question, Turn


def whole(*asked: str) -> StandaloneQuestion | None:
    *before, last = asked
    return resolved(Question(last, tuple(Turn("user", text) for text in before)))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (("Who is James Hansen?", "Where does he teach?"), "Where does James Hansen teach?"),
        (("Who leads the SCO?", "When was it founded?"), "When was the SCO founded?"),
        (("Who leads the SCO?", "And why did it move?"), "And why did the SCO move?"),
        (("Who leads the SCO?", "Who are its members?"), "Who are the SCO’s members?"),
        (
            ("Who won the Worlds 2023 final?", "Against whom?", "Where was it played?"),
            "Where was the Worlds 2023 final played?",
        ),
        (
            ("Who is Eric Schmidt?", "When did he become CEO of Google?", "Where was he before?"),
            "Where was Eric Schmidt before?",
        ),
        (("Who was Ada Winter?", "Did she sue Bo Lund?"), "Did Ada Winter sue Bo Lund?"),
        (
            ("How many airbags does the new Sentra have?", "And the engine?"),
            "What about the engine of Sentra?",
        ),
        (("When did Bo Holt resign?", "Why?"), "Why did Bo Holt resign?"),
        (("Did Bo Holt resign?", "And when?"), "When did Bo Holt resign?"),
        (("When was the strike called off?", "But why?"), "Why was the strike called off?"),
        (
            ("When did Bo Holt resign?", "When did he come back?", "Why?"),
            "Why did Bo Holt come back?",
        ),
        (
            ("When did the strike at Lunde begin?", "How long did it last?"),
            "How long did the strike at Lunde last?",
        ),
        (
            ("When was the old cathedral of Varn begun?", "Who designed it?"),
            "Who designed the old cathedral of Varn?",
        ),
        (
            ("Who is suing Trump?", "What about drones in Illinois?"),
            "Tell me about drones in Illinois.",
        ),
    ],
)
def test_follow_up_is_put_as_it_would_stand_alone(asked: tuple[str, ...], text: str) -> None:
    assert whole(*asked) == StandaloneQuestion(text)


@pytest.mark.parametrize(
    ("asked", "text", "thing"),
    [
        (
            ("When does California raise its wage?", "And Connecticut?"),
            "When does Connecticut raise its wage?",
            "Connecticut",
        ),
        (
            ("When does the Sentra go on sale?", "And in the Philippines?"),
            "When does the Sentra go on sale in the Philippines?",
            "Philippines",
        ),
        (
            ("How much do Americans spend on cable?", "And on TV advertising?"),
            "How much do Americans spend on TV advertising?",
            "TV advertising",
        ),
        (
            ("Who designed the harbour bridge?", "And the ferry?"),
            "Who designed the ferry?",
            "ferry",
        ),
        (
            ("Is India in the SCO?", "And Pakistan?"),
            "Is Pakistan in the SCO?",
            "Pakistan",
        ),
        (("Is India in the SCO?", "And the CSTO?"), "Is India in the CSTO?", "CSTO"),
        (("Who leads the SCO?", "And RATS?"), "Who leads RATS?", "RATS"),
        (("How many died at Sarnik?", "And in Ulm?"), "How many died in Ulm?", "Ulm"),
        (
            ("Is India in the SCO?", "And Pakistan?", "Since when?", "And Iran?"),
            "Is Iran in the SCO?",
            "Iran",
        ),
        (
            ("Who rules in Arvik?", "And in Brekka?", "What about Lund?"),
            "Who rules in Lund?",
            "Lund",
        ),
    ],
)
def test_same_is_asked_of_another_thing(asked: tuple[str, ...], text: str, thing: str) -> None:
    assert whole(*asked) == StandaloneQuestion(text, thing)


@pytest.mark.parametrize(
    "asked",
    [
        ("Where does he teach?",),
        ("Who is suing Trump?", "What is her office?"),  # not Trump
        ("Who sued Trump and James?", "When?"),
        ("Did Trump sue James in Arvik?", "Where did he sue?"),  # which of them?
        ("How many ships are in Arvik?", "Is it true that they left?"),
        ("What is soccer called in America?", "Can women play it?"),
        ("How many ships are in Arvik?", "What about trains?"),
        ("How many ships has Arvik?", "Where do they go?"),
        ("Who leads the SCO?", "Why?"),
        ("Who is Ada Winter?", "When did it open?", "Where did they go?"),
        ("How many died in 2010?", "And in camps?"),
        ("Did the storm close the road?", "And the ferry?"),  # instead of which?
        ("Did India ask China?", "And Pakistan?"),
        ("Who leads the SCO?", "What is TUTAP?"),
        ("wer leitet die soz?", "und seit wann?"),
    ],
)
def test_what_is_not_plain_is_left(asked: tuple[str, ...]) -> None:
    assert whole(*asked) is None


def meant(*asked: str) -> list[str]:
    *before, last = asked
    question = Question(last, tuple(Turn("user", text) for text in before))
    return [whole.text for whole in possible(question)]


def test_pronoun_may_stand_for_each_of_several_names() -> None:
    assert meant("When did Iran join the SCO?", "And who leads it?") == [
        "And who leads Iran?",
        "And who leads the SCO?",
    ]


def after_an_answer(
    answer: str, last: str, members: str = "The SCO has two members: Iran and Lund."
) -> Question:
    turns = [
        Turn("user", "Which states are members of the SCO?"),
        Turn("assistant", members),
        Turn("user", "When did Iran join?"),
        Turn("assistant", answer),
    ]
    return Question(last, tuple(turns))


def test_pronoun_may_stand_for_what_was_asked_about_earlier_and_is_still_spoken_of() -> None:
    question = after_an_answer("Iran joined the SCO in 2023.", "And who leads it?")
    assert resolved(question) is None
    assert [whole.text for whole in possible(question)] == [
        "And who leads Iran?",
        "And who leads the SCO?",
    ]


@pytest.mark.parametrize(
    ("answer", "last"),
    [
        ("Iran joined the CSTO in 2023.", "And who leads it?"),
        ("Iran joined the SCO in 2023.", "And Lund?"),
    ],
)
def test_what_is_no_longer_spoken_of_is_not_meant(answer: str, last: str) -> None:
    question = after_an_answer(answer, last)
    assert resolved(question) is not None
    assert possible(question) == ()


def test_what_was_asked_about_earlier_is_not_meant_after_a_question_about_another_thing() -> None:
    answer = "Iran joined the SCO in 2023."
    question = after_an_answer(answer, "And who leads it?", members="The SCO has two members.")
    told = resolved(question)
    assert told is not None
    assert told.text == "And who leads Iran?"


@pytest.mark.parametrize(
    "asked",
    [
        ("Who leads the SCO?", "When was it founded?"),  # is plain
        ("When did Arvik and Lund open the bridge?", "How long is it?"),  # the bridge
        ("When did Iran join the SCO?", "And Belarus?"),
        ("When did Iran join the SCO?", "Is it true that they left?"),
        ("Do Arvik and Brekka trade with Lund or Sund?", "Where is it?"),  # too many
    ],
)
def test_pronoun_has_not_several_meanings(asked: tuple[str, ...]) -> None:
    assert meant(*asked) == []


@given(st.lists(st.text(max_size=120), min_size=1, max_size=8))
def test_nothing_that_is_said_is_too_much(asked: list[str]) -> None:
    whole(*asked)
    meant(*asked)


@pytest.mark.parametrize(
    ("asked", "things"),
    [
        (("What was the Arvik fire?", "How many people died?"), ("Arvik",)),
        (("Is India in the SCO?", "And Pakistan?", "Since when?"), ("Pakistan", "SCO")),
        (("What happened in Arvik in July 2016?", "How many people died?"), ("Arvik",)),
        (("What is soccer?", "Who plays?"), ()),
        (("Who plays?",), ()),
    ],
)
def test_what_was_spoken_of_before_a_question(
    asked: tuple[str, ...], things: tuple[str, ...]
) -> None:
    *before, last = asked
    assert spoken_of(Question(last, tuple(Turn("user", text) for text in before))) == things


@pytest.mark.parametrize(
    ("text", "names"),
    [("Who lives in Brekka?", True), ("And in 2010?", True), ("How many people died?", False)],
)
def test_question_that_names_something(text: str, names: bool) -> None:
    assert names_something(Question(text)) is names


def test_names_of_an_answer_are_whole_and_no_countries() -> None:
    answer = "Noor Wali led it, said Dawn of Pakistan."
    question = Question("How?", (Turn("user", "Who led it?"), Turn("assistant", answer)))
    assert names_answered(question) == ("Noor Wali", "Dawn")


def test_mere_why_is_about_what_was_asked_before_even_where_that_leans_on_more() -> None:
    asked = ("Who is the mayor of Arvik?", "And of Brekka?", "Who sued him?", "When did he resign?")
    question = Question("And why?", tuple(Turn("user", text) for text in asked))
    assert resolved(question) is None
    assert in_full(question) == StandaloneQuestion("Why did he resign?")
    assert in_full(Question("Why?")) is None
    assert in_full(Question("Why?", (Turn("user", "Who is the mayor?"),))) is None
