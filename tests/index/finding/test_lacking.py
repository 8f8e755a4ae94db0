import pytest

from footnote.index.finding.lacking import (
    cannot_answer,
    has_another_ordinal,
    lacks,
    share_missing,
)


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("How many members of parliament voted for it?", "It passed in January 2015.", True),
        ("How many soldiers took part?", "About 2,000 Russian soldiers came.", False),
        ("How many witnesses were heard?", "Witnesses numbered 45.", False),
        ("How many people died in the attack?", "The attackers killed 22 people.", False),
        ("How many people work there?", "It moved to Tashkent in 2004.", True),
        ("How many of the boys got well?", "It rained.", True),
        ("How old was Mehsud when he died?", "Mehsud died in August 2009.", True),
        ("How old was he?", "He was aged 35.", False),
        ("What is the budget of the SCO?", "The SCO has two permanent bodies.", True),
        ("What did the campaign cost?", "It cost 190 billion rupees.", False),
        ("Who led it before Zhang Ming?", "Zhang Ming has led it since 2022.", True),
        (
            "Who led it before Zhang Ming?",
            "Zhang Ming followed Norov, and preceded Yermekbayev.",
            False,
        ),
        ("Who led it?", "Zhang Ming led it.", False),
        ("Who leads it?", "Ada Winter, who had led the club, became its head in 2013.", True),
        ("Who leads it?", "Ada Winter directed it from January 2016 to 2018.", True),
        ("Who leads it?", "It has been led since 2018 by Ada Winter, a former mayor.", False),
        ("Who leads it?", "Ada Winter, who had served as its deputy, leads it.", False),
        ("Who leads it?", "Ada Winter took over from her predecessor in 2018.", False),
        ("Who leads it?", "After Bo Holt was killed, Ada Winter became its leader.", False),
        ("Who leads it?", "Ada Winter became its leader in 2013, and died in 2018.", True),
        ("Who led it?", "Ada Winter had led it until 2013.", False),
        ("How many were there?", "Many came after the amnesty of 17 August 1944.", False),
        ("How many were there?", "They came after the amnesty of 17 August 1944.", True),
        ("How many people were killed?", "Nobody was killed on 2 July 2024.", False),
        ("How many children has he?", "He has a son and a daughter.", False),
        ("Who was its first leader?", "As of 2024 its leader is Bo.", True),
        ("Who was its first leader?", "As of 2024 Bo, its founding leader, lives.", False),
        ("How many were there?", "By May 1944 they had 800,000 men.", False),
        ("When was it used?", "An attack on one is an attack on all.", True),
        ("And when?", "Russia sent soldiers.", True),
        ("When was it used?", "It was used after the fire.", False),
        ("When was it used?", "It was used twice, in 1990.", False),
        ("When ships meet, who yields?", "The smaller ship yields.", False),
        ("Who founded the League?", "The League is an alliance of former colonies.", True),
        ("Who founded the League?", "Ada Winter founded it in 1990.", False),
        ("When was the League founded?", "The League has had ten members since 1990.", False),
        ("When was the League founded?", "The League met in Oslo in 1990.", True),
        ("Where was the body found?", "The body lay in the river.", False),
        ("Who was its first leader?", "He was the first leader who came from Oslo.", True),
        ("Who was its first leader?", "Bo was the first leader of the League who was poor.", True),
        ("Who was its first leader?", "Bo, who came from Oslo, was its first leader.", False),
        ("Who was its first leader?", "Bo was its first leader, who came from Oslo.", False),
        ("Who was the first who came from Oslo?", "Bo was the first who came from Oslo.", False),
        ("When did he first sing?", "He was the first boy who sang there.", False),
    ],
)
def test_amount_or_order_that_is_asked_for_and_not_told_is_lacking(
    question: str, sentence: str, lacking: bool
) -> None:
    assert lacks(sentence, question) is lacking


@pytest.mark.parametrize(
    ("question", "sentence", "cannot"),
    [
        ("How much does the Sentra cost?", "With 6 million cars sold, we are proud.", True),
        ("How much does the Sentra cost?", "It costs about 20,000 in the US.", False),
        ("How much did they spend?", "They spent half of it.", False),
        ("What was the price of the ferry?", "The ferry is priced at €4 million.", False),
        ("How old is Faker?", "It’s been seven years since Faker won.", True),
        ("How old is Faker?", "Faker, 27, won again.", False),
        (
            "Who is Berta Quill's husband?",
            "Berta Quill, who chairs the club, wants a bridge.",
            True,
        ),
        ("Who is Berta Quill’s husband?", "Berta Quill is married to Carl Holm.", False),
        ("Who is the mayor?", "Berta Quill is the mayor.", False),
        ("Who leads the SCO?", "Lund, a leading member of the SCO, left.", True),
        ("Who leads the SCO?", "It has a deputy foreign minister of Lund.", True),
        ("And who leads it?", "Lund is leading it.", False),
        ("Who leads the SCO?", "Zhang Ming is its Secretary-General.", False),
        ("Who leads the party?", "Ada Winter is its general secretary.", False),
        ("Who leads the cup?", "Lund are two points ahead of Holm.", False),
        ("Who heads the university?", "Ada Winter is the rector.", False),
        ("Who runs the museum?", "Ada Winter is its curator.", False),
        ("Who runs the harbour?", "Ada Winter is in charge of the harbour.", False),
        ("Who runs the harbour?", "The harbour is operated by Arvik Line.", False),
        ("Who led the attack?", "Ada Winter attacked the fort.", False),
        ("Wie alt ist Lena Orsk?", "Lena Orsk wurde mit 53 Prozent der Stimmen gewählt.", True),
        ("Wie alt ist Lena Orsk?", "Die 41-jährige Lena Orsk wurde gewählt.", False),
        ("¿Cuántos años tiene Ada?", "Ada nació en 1960.", False),
        ("Сколько лет Аде?", "Ада получила 53 процента.", True),
        ("Which country has the most forest?", "Of 50 countries the Union of Lund has most.", True),
        ("Which country has the most forest?", "The Swedish forest is the largest.", False),
        ("Which country has the most forest?", "South Korea has.", False),
        ("Which country song was the first?", "It was “Lonely Mill”.", False),
        ("Which country was she born in?", "She was born in the Soviet Union.", False),
        ("Which countries signed?", "All member states signed.", False),
        ("Which country house did he buy?", "He bought Arvik Hall.", False),
        ("How heavy is the wreck?", "It has a mass of 40t.", False),
        ("How heavy was the rain?", "In an hour 40 mm fell.", False),
        ("How cold was the water?", "It was at 4C.", False),
        ("Wie schwer ist die Prüfung?", "Die Prüfung ist schwer: 40 Prozent fallen durch.", False),
        ("Wie viel Prozent zahlen bar?", "60 Prozent zahlen bar.", False),
        ("How heavy is the probe?", "The probe has 4 cameras.", True),
        ("How much does the probe weigh?", "The probe, of 310 kilograms, has landed.", False),
        ("How hot was it?", "It was the hottest of 40 summers.", True),
        ("How hot was it?", "It was 41 °C.", False),
        ("Wie schwer ist die Sonde?", "Seit zwei Wochen fliegt die Sonde.", True),
        ("Wie schwer ist die Sonde?", "Mit 310 Kilogramm ist sie klein.", False),
        ("Wie heiß wird der Grill?", "Der Grill gehört zu den 10 besten.", True),
        ("Wie heiß wird der Grill?", "Er erreicht 800 Grad.", False),
        ("Wie viel verdient Ada Winter?", "Ada Winter kommt am 1. Juni.", True),
        ("Wie viel verdient Ada Winter?", "Sie bekommt 80.000 Euro im Jahr.", False),
        ("¿Cuánto cuesta la entrada?", "La isla tiene 11.800 visitantes, según Ada.", True),
        ("¿Cuánto cuesta la entrada?", "La entrada cuesta 12 coronas.", False),
        ("Wie viel kostet die Fähre?", "Die Fähre fährt seit 1998 nach Holm.", True),
        ("Was kostet die Fähre?", "Für 8,50 Euro geht es nach Holm.", False),
        ("Сколько стоит билет?", "Паром ходит в Хольм с 1998 года.", True),
        ("Сколько стоил билет?", "За билет брали 300 рублей.", False),
        ("What did Holm say?", "Ada Winter, the mayor, closed the bridge of Holm.", True),
        ("Why do costs rise?", "Steel has become dear.", False),
    ],
)
def test_sentence_without_the_sum_or_age_or_speaker_asked_for_cannot_answer(
    question: str, sentence: str, cannot: bool
) -> None:
    assert cannot_answer(sentence, question) is cannot


def test_names_and_figures_that_a_text_has_not_are_missing_from_it() -> None:
    text = "Pakistan banned the group in 2008."
    assert share_missing("When did Pakistan's army fight India in 1971?", text) == 2 / 3
    assert share_missing("Did Pakistan ban it in 2008?", text) == 0
    assert share_missing("who won", text) == 0


def test_an_adjective_of_a_country_that_is_named_is_not_missing() -> None:
    assert share_missing("What does the typical American bill come to?", "Of U.S. bills.") == 0
    assert share_missing("Who coaches the Australian swimmers?", "He coaches in Australia.") == 0
    assert share_missing("Who coaches the Austrian swimmers?", "He coaches in Australia.") == 1


def test_what_stands_around_a_question_is_no_name_or_figure_of_it() -> None:
    text = "Pakistan banned the group in 2008."
    question = (
        "Hello, I have read https://example.org/2019/07?id=33. Please, When did Pakistan act?"
    )
    assert share_missing(question, text) == 0
    assert share_missing("What did the report of the WHO say?", text) == 1


def test_what_is_said_of_another_in_a_row_is_of_another_ordinal() -> None:
    ninth = "The ninth conference was held in Dushanbe."
    assert has_another_ordinal(ninth, "Where was the tenth conference held?")
    assert has_another_ordinal(ninth, "Where was the 10th conference held?")
    assert not has_another_ordinal(ninth, "Where was the ninth conference held?")
    assert not has_another_ordinal(ninth, "Where was the 9th conference held?")
    assert not has_another_ordinal("It was held in Dushanbe.", "Where was the tenth one held?")
    assert not has_another_ordinal(ninth, "Where was the last conference held?")
