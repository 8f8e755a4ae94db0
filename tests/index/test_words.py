import pytest

from footnote.index.words import content_words, field_of, stemmed


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fa", "۳٬۴۰۰ خودرو و ۲٫۵ تن", "3٬400 خودرو 2.5 تن"),
        ("fa", "كتابي تازهٔ", "کتابی تازه"),
        ("ur", "۷۰ سال", "70 سال"),
        ("ar", "٣٤٠٠", "3400"),
        ("hi", "१२३", "123"),
    ],
)
def test_same_word_is_found_in_other_digits_and_letters(
    language: str, one: str, other: str
) -> None:
    field = field_of(language)
    assert stemmed(one, field) == stemmed(other, field)


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("fa", "این پل چند سال دارد؟", ["پل", "سال", "دارد"]),
        ("ur", "یہ پل کتنے سال پرانا ہے؟", ["پل", "سال", "پرانا"]),
        ("ru", "Сколько лодок пришло?", ["лодок", "пришло"]),
        ("es", "¿Cuántas barcas llegaron?", ["barcas", "llegaron"]),
    ],
)
def test_words_that_ask_are_no_content(language: str, question: str, words: list[str]) -> None:
    assert [span.of(question) for span in content_words(question, language)] == words
    assert len(stemmed(question, field_of(language))) == len(words)
