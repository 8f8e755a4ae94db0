"""Whose thing or doing is asked about, and sentences that tell that of another."""

import pytest

from footnote.corpus.span import Span
from footnote.index.finding.whose import bears_out_of_another, tells_of_another
from footnote.index.passages import Passage


def passage(text: str) -> Passage:
    return Passage(1, "a", "r", "News", "en", Span(0, len(text)), text)


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("What is the headquarters of the Union?", "Its headquarters are in Oslo.", True),
        ("Where are the Union's headquarters?", "Its headquarters are in Oslo.", True),
        ("Where is the headquarters of the Guard?", "Its headquarters are in Oslo.", False),
        ("Where is the Union's coast guard?", "Its headquarters are in Oslo.", False),
        ("Who is the head of the Union?", "Its headquarters are in Oslo.", False),
        ("When was the Union founded?", "It was founded in 1990.", True),
        ("When was the Coast Guard founded?", "It was founded in 1990.", False),
        ("When was the Union's guard founded?", "It was founded in 1990.", False),
        ("When was the Union founded?", "Anything was founded in 1990.", False),
    ],
)
def test_pronoun_stands_for_the_subject_of_the_sentence_before(
    question: str, text: str, another: bool
) -> None:
    whole = f"The Coast Guard (CG) is a body of the Union. {text}"
    place = passage(whole)
    span = Span(len(whole) - len(text), len(whole))
    assert tells_of_another([question], place, span) is another


def test_thing_of_the_one_before_may_be_asked_for_by_another_name() -> None:
    whole = "The Coast Guard is a body of the Union. It was founded in 1990."
    span = Span(whole.index("It"), len(whole))
    wordings = ["When was the Union founded?", "When was the Coast Guard founded?"]
    assert not tells_of_another(wordings, passage(whole), span)


@pytest.mark.parametrize(
    ("wordings", "another"),
    [
        (["When was the Guard founded?"], True),
        (["And where was the Guard founded?"], True),
        (["When was the League founded?"], False),
        (["When was the LU founded?"], False),
        (["When was the Fleet founded?"], False),
        (["When was the Guard dissolved?"], False),
        (["Who founded the Guard?"], False),
        (["When was the Guard founded?", "When was the Watch of Ulm founded?"], True),
        (["When was the Guard founded?", "When was the LU founded?"], False),
    ],
)
def test_what_is_said_in_an_aside_is_said_of_the_name_before_it(
    wordings: list[str], another: bool
) -> None:
    text = "The Guard is like the League of Ulm (LU), founded in 1990."
    assert tells_of_another(wordings, passage(text), Span(0, len(text))) is another


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("Who is the mayor of Velmar?", "Ida Holm, the mayor of Skarvik, resigned.", True),
        ("Who is the mayor of Velmar?", "Skarvik's new mayor is Ida Holm.", True),
        ("Who is Velmar's mayor?", "Ida Holm, the mayor of Skarvik, resigned.", True),
        ("Who is the mayor of Velmar?", "Ida Holm, the mayor of Skarvik, visited Velmar.", True),
        ("Who is the mayor of Velmar?", "Skarvik's mayor met Velmar's mayor, Jo Ek.", False),
        ("When was the mayor of Velmar born?", "The mayor of Skarvik, Jo Ek, was born.", False),
        ("Who is the mayor of Velmar?", "Ida Holm, the mayor, resigned.", False),
        ("Who leads Velmar?", "Ida Holm, the mayor of Skarvik, resigned.", False),
    ],
)
def test_another_s_thing_is_not_that_of_what_is_asked_about(
    question: str, sentence: str, another: bool
) -> None:
    assert tells_of_another([question], passage(sentence), Span(0, len(sentence))) is another


@pytest.mark.parametrize(
    ("question", "sentence", "of_a_part"),
    [
        ("Who built the mill?", "Its machine was built by Bo Voigt in 2009.", True),
        ("Who designed it?", "Its engine was designed by Bo Lahm.", True),
        ("Who designed the dome of Varn?", "The west tower was designed by Bo Lahm.", True),
        ("Who designed the bridge?", "The house at its end, designed by Bo Lahm, is old.", True),
        ("When was the mill founded?", "It burned, and its bank was founded in 1990.", True),
        ("Who built the mill?", "The mill was built by Bo Voigt in 2009.", False),
        ("Who built the machine of the mill?", "Its machine was built by Bo Voigt.", False),
        (
            "Who built the mill?",
            "It was built by Bo Voigt, and its machine was built by him.",
            False,
        ),
        ("Who designed the dome of Varn?", "The church was designed by Bo Lahm.", False),
        ("Who designed it?", "The west tower was designed by Bo Lahm.", False),
        ("Who designed the dome?", "Bo Lahm designed it.", False),
        ("Who designed the dome?", "The dome was planned, and its door was designed by Bo.", True),
        ("Who closed the dome?", "The west tower was designed by Bo Lahm.", False),
    ],
)
def test_what_was_done_to_a_part_was_not_done_to_the_whole(
    question: str, sentence: str, of_a_part: bool
) -> None:
    assert tells_of_another([question], passage(sentence), Span(0, len(sentence))) is of_a_part


@pytest.mark.parametrize(
    ("question", "sentence", "elsewhere"),
    [
        ("How long did the strike at Lunde last?", "In Ostby crews struck for days.", True),
        ("How many died in Hollin in the flood?", "In the town of Maren nobody died.", True),
        ("How long did the strike at Lunde last?", "In Ostby and Lunde it took days.", False),
        ("How many died in May in the flood?", "In the town of Maren nobody died.", False),
        ("How long did the strike at Lunde last?", "In May crews struck for days.", False),
    ],
)
def test_what_begins_with_another_place_is_of_that(
    question: str, sentence: str, elsewhere: bool
) -> None:
    assert tells_of_another([question], passage(sentence), Span(0, len(sentence))) is elsewhere


def test_thing_of_two_words_is_known_again() -> None:
    whole = "The Coast Guard is a body of the Union. Its chief executive, Jo Brekke, is new."
    span = Span(whole.index("Its"), len(whole))
    asked = "Who is the chief executive of the Union?"
    assert tells_of_another([asked], passage(whole), span)
    assert not tells_of_another([asked.replace("Union", "Coast Guard")], passage(whole), span)


@pytest.mark.parametrize(
    ("claim", "of_another"),
    [
        ("The headquarters of the Union are in Oslo.", True),
        ("The Union's headquarters are in Oslo.", True),
        ("The headquarters of the Coast Guard are in Oslo.", False),
        ("The harbour of the Union is in Oslo.", False),
        ("Its headquarters are in Oslo.", False),
    ],
)
def test_claim_is_not_borne_out_by_the_thing_of_another(claim: str, of_another: bool) -> None:
    before, sentence = "The Coast Guard is a body of the Union.", "Its headquarters are in Oslo."
    assert bears_out_of_another(claim, [sentence], before) is of_another
    assert bears_out_of_another(claim, [before, sentence], "") is of_another


@pytest.mark.parametrize(
    ("question", "sentence", "elsewhere"),
    [
        ("How many people died in Velmar?", "In the town of Skarvik, four people died.", True),
        ("How many people died in Velmar?", "In Velmar, four people died.", False),
        ("How many people died in Velmar?", "In Skarvik and in Velmar four people died.", False),
        ("How many people died in Velmar?", "In May 2024, four people died.", False),
        ("How many people died?", "In Skarvik, four people died.", False),
    ],
)
def test_what_begins_with_another_place_happened_elsewhere(
    question: str, sentence: str, elsewhere: bool
) -> None:
    assert tells_of_another([question], passage(sentence), Span(0, len(sentence))) is elsewhere
