import pytest

from footnote.index.finding.full_name import is_of_a_namesake


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who is Imran Khan?", "One of them was Hafiz Saeed Khan, the commander."),
        ("Who is Imran Khan?", "Khan was the commander."),
        ("Who is Imran Khan?", "The plan for a bridge was rejected."),
        ("Who was General Ada Winter?", "General Winter and Bo Winter came."),
        ("Wer ist Michael Jackson?", "Die Stadt ist nach Andrew Jackson benannt."),
        ("¿Quién es Juan Holt?", "La alcaldesa Ida Holt lo rechazó."),
        ("Кто такой Иван Орлов?", "Мэр города, Пётр Орлов, отказался."),
        ("When did Imran Khan die?", "Hafiz Saeed Khan died in 2016."),
        ("What does the American Union do?", "The European Union makes laws."),
        ("When did North Korea join?", "South Korea joined in 1991."),
        ("Who leads the Arvik Line's North Office?", "The South Office is led by Ada Winter."),
        ("When did Imran Khan die?", "He lived in Lahore. Hafiz S. Khan died in 2016."),
        ("Who is Kim Jong-un?", "His brother, Kim Jong-nam, came."),
    ],
)
def test_full_name_is_not_met_by_another_of_that_last_name(question: str, text: str) -> None:
    assert is_of_a_namesake(question, text, f"News\n{text}", "en")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who is Imran Khan?", "Imran Khan was prime minister."),
        ("Who is Imran Khan?", "The prime minister, Imran Ahmed Khan, came."),
        ("Who is Hafiz Saeed Khan?", "A commander, Hafiz Khan, came."),
        ("Who was Mongke Khan?", "Möngke Khan began a war."),
        ("Who is Hannah Winter?", "The mayor, Hanna Winter, came."),
        ("Who is John Winter?", "The mayor, J. Winter, came."),
        ("Who is General Winter?", "Ada Winter is a general."),
        ("WHO IS IMRAN KHAN?", "Imran Khan was prime minister."),
        ("Who is Imran Khan?", "IMRAN KHAN was prime minister."),
        ("Who is Kim Jong-un?", "The leader, Kim Jong Un, came."),
        ("Who is Kim Jong Un?", "The leader, Kim Jong-un, came."),
        ("Who was Bo Holt Jr.?", "The mayor, Bo Holt, came."),
        ("When did World War II end?", "The Second World War ended under Pius II."),
        ("When did Arvik Inc. sell it?", "Arvik sold it to Lund Inc."),
        ("Who is JK Rowling?", "The writer, J.K. Rowling, came."),
        ("Who is Johann Sebastian Bach?", "The composer, J. S. Bach, came."),
        ("Who is Ludwig van Holt?", "Ludwig van Holt is a mayor."),
        ("Who is Ada?", "Ada is the mayor."),
        ("Who is the mayor of Arvik?", "Ada Winter is the mayor of Lund."),
        ("Кто такой Иван Орлов?", "Мэром города был Иван Орлов."),
        ("When did Imran Khan die?", "Khan died in 2016."),
        ("When did Imran Khan die?", "He lived in Lahore. Khan died in 2016."),
        ("When did Imran Khan die?", "The US President Khan died in 2016."),
        ("Which US President signed it?", "He signed it, and Vice President Holt came."),
        ("When did the Seven Years War end?", "The Seven Years' War ended in 1763."),
        ("Which North American cities came?", "The South American cities came."),
        ("What was Lund's Old Bridge called?", "The Old Bridge was called Holm."),
        ("Is New Arvik a town?", "New Arvik and Old Arvik are towns."),
    ],
)
def test_full_name_is_met_by_itself_and_no_name_by_none(question: str, text: str) -> None:
    assert not is_of_a_namesake(question, text, f"News\n{text}", "en")


def test_last_name_is_enough_in_the_sentence_where_the_article_has_the_full_one() -> None:
    article = "Imran Khan was prime minister. Khan was born in Lahore. Hafiz Saeed Khan was not."
    assert not is_of_a_namesake("Who is Imran Khan?", "Khan was born in Lahore.", article, "en")
    assert is_of_a_namesake("Who is Imran Khan?", "Hafiz Saeed Khan was not.", article, "en")


def test_german_nouns_are_no_names() -> None:
    text = "Der alte Bürgermeister Weber kam."
    assert not is_of_a_namesake("Wann kam der Bürgermeister Karl Weber?", text, text, "de")
