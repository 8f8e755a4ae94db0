"""A model that says the passages do not answer, and one that says something of the articles."""

import pytest

from footnote.index.writing.declining import AGREED, declines
from footnote.index.writing.stream_parser import Piece, StreamedSentence


def sentence(text: str, *cited: int) -> StreamedSentence:
    return StreamedSentence(text, (Piece(text, cited),))


@pytest.mark.parametrize(
    "text",
    [
        AGREED,
        "the passages do not answer this",
        "The passages don’t answer this question.",
        "None of the provided passages says who founded the school.",
        "The provided articles do not contain any information about the price of bread in Sibi.",
        "Based on the given context, there is no mention of a second flood.",
        "There is not enough information in the passages to answer this.",
        "Unfortunately, I cannot answer this question.",
        "I'm sorry, but I couldn't find that.",
        "I don't know the answer.",
        "Die Passagen beantworten das nicht.",
        "Die Artikel enthalten keine Angaben zum Preis.",
        "In den Textstellen wird dazu leider nichts gesagt.",
        "Los pasajes no responden a esto.",
        "Ninguno de los artículos menciona quién fundó la escuela.",
        "Отрывки не отвечают на этот вопрос.",
        "В статьях нет информации об этом.",
        "К сожалению, я не могу ответить на этот вопрос.",
        "این متن‌ها به این پرسش پاسخ نمی‌دهند.",
        "در مقاله‌ها اطلاعاتی در این باره نیامده است.",
        "یہ اقتباسات اس سوال کا جواب نہیں دیتے۔",
        "مضامین میں اس بارے میں کوئی معلومات نہیں ہیں۔",
    ],
)
def test_declining_is_recognised_in_prose_and_in_six_languages(text: str) -> None:
    assert declines(sentence(text))


@pytest.mark.parametrize("text", [AGREED, "Die Passagen beantworten das nicht."])
def test_declining_as_agreed_is_recognised_though_it_cites(text: str) -> None:
    assert declines(sentence(text, 1))


@pytest.mark.parametrize(
    "text",
    [
        "The river Nari flooded Sibi in July 2019.",
        "The article says that nobody died in the flood.",
        "No one was killed when the river flooded Sibi.",
        "The ministry did not say how many houses were lost.",
        "The treaty does not mention Armenia.",
        "Der Fluss trat nicht über die Ufer.",
        "Der Artikel 4 wurde nie angewandt.",
        "El río no inundó la ciudad.",
        "Река не затопила город Сиби.",
        "رودخانه شهر را زیر آب نبرد.",
        "دریا نے شہر کو نہیں ڈبویا۔",
    ],
)
def test_what_is_told_of_the_world_is_not_declining(text: str) -> None:
    assert not declines(sentence(text))


def test_a_long_sentence_with_a_number_is_a_claim_about_the_article() -> None:
    text = "The article on the flood does not say who paid for the new bridge of Sibi."
    assert declines(sentence(text))
    assert not declines(sentence(text, 2))
