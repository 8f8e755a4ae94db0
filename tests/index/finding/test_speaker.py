import pytest

from footnote.index.finding.speaker import another_speaks, speaker_asked

_BY_GATES = (
    "But Gates said that Tillerson’s relationship with Putin is being mistaken for friendship."
)


def test_whose_words_are_asked_for_is_told_by_a_name() -> None:
    assert speaker_asked("What did Ada Winter say about the bridge?") == {"ada", "winter"}
    assert speaker_asked("What does Hansen think of the agreement?") == {"hansen"}
    assert not speaker_asked("What did the mayor say?")
    assert not speaker_asked("Who said that the bridge was closed?")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What did Putin say about Tillerson?", _BY_GATES),
        (
            "What did Putin say about Tillerson?",
            "Robert Gates on Sunday defended Rex Tillerson over his relationship with Putin.",
        ),
        ("What did Winter say about the bridge?", "The bridge, Carl Holm argued, was not safe."),
    ],
)
def test_words_of_somebody_else_are_told(question: str, sentence: str) -> None:
    assert another_speaks(sentence, question)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What did Gates say about Tillerson?", _BY_GATES),
        (
            "What did Oppenheimer say about the analysis?",
            "“Much of it is credible,” writes Michael Oppenheimer, a climate scientist.",
        ),
        ("What did Oppenheimer say?", "“However, I disagree on the solution.”"),
        ("What did Winter say?", "It was no accident, according to Ada Winter."),
        ("What did Winter say?", "The bridge, Winter, the mayor of Arvik, wrote, is safe."),
        ("What did Winter say?", "In Arvik she called the plan a fraud."),
        ("What did the mayor say?", "The bridge, Carl Holm argued, was not safe."),
    ],
)
def test_words_of_whom_they_are_asked_for_may_answer(question: str, sentence: str) -> None:
    assert not another_speaks(sentence, question)
