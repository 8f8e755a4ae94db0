import pytest

from footnote.corpus.span import Span
from footnote.index.finding.subject import is_about_another, names_asked
from footnote.index.passages import Passage


def passage(text: str, heading: str | None, title: str = "Harbour news") -> Passage:
    return Passage(1, "a", "r", title, "en", Span(0, len(text)), text, heading)


def about_another(
    question: str, sentence: str, *, text: str = "", heading: str | None = None, title: str = "News"
) -> bool:
    text = text or sentence
    place = passage(text, heading, title)
    at = text.index(sentence)
    asked = names_asked([question], [f"{title}\n{heading or ''}\n{text}"])
    return is_about_another(asked, place, Span(at, at + len(sentence)))


REJECTED = "The mayor of Skarvik, Ida Holm, rejected the plan for a tunnel."


def test_sentence_under_the_heading_of_another_does_not_answer() -> None:
    assert about_another("What did the mayor of Brekka reject?", REJECTED, heading="SKARVIK")
    assert not about_another("What did the mayor of Skarvik reject?", REJECTED, heading="SKARVIK")
    assert about_another(
        "How tall is the lighthouse in Brekka?", "It is 46 metres high.", heading="SKARVIK"
    )


def test_sentence_whose_subject_has_another_name_does_not_answer() -> None:
    assert about_another("Who founded the CSTO?", "The SCO was founded by Boris Jelen.")
    assert not about_another(
        "Who founded the CSTO?", "The SCO was founded by Boris.", title="The CSTO"
    )


def test_name_beside_the_sentence_is_enough() -> None:
    text = f"Brekka has a mayor, too. {REJECTED}"
    assert not about_another("What did the mayor of Brekka reject?", REJECTED, text=text)


def test_another_spelling_of_the_name_is_the_name() -> None:
    assert not about_another("Who does Hanna visit?", "Hannah visits Laura in Leeds.")


def test_question_or_sentence_without_a_name_is_about_nothing_else() -> None:
    assert not about_another("Who rejected the plan?", REJECTED)
    assert not about_another("What did Brekka reject?", "The plan for a tunnel was rejected.")


def test_name_in_small_letters_is_known_where_the_articles_write_it_with_capitals() -> None:
    texts = ["The ferry to Brekka is late. A ferry is a ship."]
    assert names_asked(["when is the ferry to brekka late"], texts) == {"brekka"}


def test_greeting_and_thanks_name_nothing() -> None:
    question = "Hi there! I read of Brekka. When is the ferry late? Thanks"
    assert names_asked([question], []) == {"Brekka"}


@pytest.mark.parametrize("language", ["de", "de-AT"])
def test_nothing_is_known_where_every_noun_has_a_capital_letter(language: str) -> None:
    text = "Die Bürgermeisterin von Skarvik lehnte den Plan ab."
    place = Passage(1, "a", "r", "T", language, Span(0, len(text)), text, "Skarvik")
    assert not is_about_another(frozenset({"Brekka"}), place, Span(0, len(text)))


def test_first_word_of_a_question_in_spanish_is_no_name() -> None:
    assert names_asked(["¿Por qué se rechazó el hotel de Arvik?"], ["Se rechazó."]) == {"Arvik"}
    assert not names_asked(["¿Quién lo rechazó?"], ["Lo rechazó."])
