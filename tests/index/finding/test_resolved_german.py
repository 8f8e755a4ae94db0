import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.index.finding.resolved import StandaloneQuestion, resolved
from footnote.index.question import Question, Turn


def whole(*asked: str) -> StandaloneQuestion | None:
    *before, last = asked
    return resolved(Question(last, tuple(Turn("user", text) for text in before)))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (("Wer ist Ada Winter?", "Wo hat sie studiert?"), "Wo hat Ada Winter studiert?"),
        (
            ("Wer ist der Bürgermeister von Arvik?", "Seit wann ist er im Amt?"),
            "Seit wann ist der Bürgermeister von Arvik im Amt?",
        ),
        (("Wer ist Ada Winter?", "Wie heißt sein Bruder?"), "Wie heißt Ada Winters Bruder?"),
        (
            ("Wer sind Ada und Bo Winter?", "Wo haben sie geheiratet?"),
            "Wo haben Ada und Bo Winter geheiratet?",
        ),
        (
            ("Wer leitet die Deutsche Bahn?", "Wann wurde sie gegründet?"),
            "Wann wurde die Deutsche Bahn gegründet?",
        ),
        (
            ("Wer ist Ada Winter?", "Wo hat sie studiert?", "Wann wurde sie berühmt?"),
            "Wann wurde Ada Winter berühmt?",
        ),
        (
            ("Was kostet eine Fahrt nach Arvik?", "Und nach Brekka?"),
            "Was kostet eine Fahrt nach Brekka?",
        ),
        (("Wie laut ist der Motor?", "Und warum ist er laut?"), "Und warum ist der Motor laut?"),
        (
            ("Wie hoch ist der Turm der Kirche?", "Und warum ist er schief?"),
            "Und warum ist der Turm der Kirche schief?",
        ),
        (
            ("Wie heißt der Bürgermeister von Lund?", "Wie alt ist er?"),
            "Wie alt ist der Bürgermeister von Lund?",
        ),
        (
            ("Wie lang ist die Brücke über den Fluss?", "Wer hat sie gebaut?"),
            "Wer hat die Brücke gebaut?",
        ),
        (
            ("Wie viele Einwohner hat das Dorf?", "Wann wurde es gegründet?"),
            "Wann wurde das Dorf gegründet?",
        ),
        (("Was ist Arvik?", "Wann wurde es gegründet?"), "Wann wurde Arvik gegründet?"),
        (
            ("Wer hat gestern im Einzel gewonnen?", "Und im Doppel?"),
            "Wer hat gestern im Doppel gewonnen?",
        ),
    ],
)
def test_german_follow_up_is_put_as_it_would_stand_alone(asked: tuple[str, ...], text: str) -> None:
    assert whole(*asked) == StandaloneQuestion(text)


def test_article_is_that_of_the_other_thing() -> None:
    asked = whole("Wo schläft der Hund?", "Und die Katze?")
    assert asked == StandaloneQuestion("Wo schläft die Katze?", "Katze")


def test_same_is_asked_in_german_of_another_thing() -> None:
    asked = whole("Wofür ist Thymian gut?", "Und was ist mit dem Salbei?")
    assert asked == StandaloneQuestion("Wofür ist Salbei gut?", "Salbei")


@pytest.mark.parametrize(
    "asked",
    [
        ("Wo hat sie studiert?",),
        ("Wer ist Ada Winter?", "Wie heißt ihr Mann?"),  # "ihr" may be theirs
        ("Wer ist Ada Winter?", "Was meinen Sie?"),
        ("Wer sind Ada und Bo Winter?", "Wo wohnt er?"),  # which of them?
        ("Verklagte Ada Winter gestern Bo Lund?", "Wo hat sie studiert?"),
        ("Was geschah in der Neuen Welt?", "Wer hat sie entdeckt?"),  # not the place, perhaps
        ("Wie viele Schiffe hat Arvik?", "Und Brekka?"),  # ships or Arvik?
        ("Wer schrieb den Roman?", "Wann wurde er geboren?"),  # not the novel
        ("Wer leitet die Deutsche Bahn?", "Warum?"),
        ("Wo schläft die Katze?", "Und warum ist er laut?"),  # not the cat
        ("Was ist das Matterhorn?", "Wann wurde sie gegründet?"),
        ("Wie hoch ist der Turm der Kirche?", "Wann regnet es?"),
        ("Wer ist Ada Winter?", "Wann wurde es gegründet?"),
        ("Wie viele Schiffe hat der Hafen?", "Wann gibt es Eis?"),
        ("Was ist Arvik?", "Wie weit ist es nach Lund?"),
        ("Wer leitet die Deutsche Bahn?", "Und seit wann?"),
    ],
)
def test_what_is_not_plain_in_german_is_left(asked: tuple[str, ...]) -> None:
    assert whole(*asked) is None


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
def test_nothing_that_is_said_is_too_much(asked: list[str]) -> None:
    whole("Wer ist der Bürgermeister von Arvik, und wie heißt er?", *asked)
