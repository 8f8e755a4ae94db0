"""How texts are said: in the language's own plural forms, numbers and direction."""

import pytest

from footnote.bot.telegram.texts import ENGLISH, LANGUAGES, Texts
from footnote.bot.texts.base import BaseTexts, Translated
from tests.bot.texts.every_text import every_text, names_of

ALL = [pytest.param(texts, id=code) for code, texts in LANGUAGES.items()]


class GardenTexts(BaseTexts):
    hello = Translated("Hello, {garden}")

    def bees(self, *, count: int, garden: str) -> str:
        return self.ngettext(
            "{count} bee in {garden}", "{count} bees in {garden}", count, garden=garden
        )


def test_a_text_that_is_in_no_catalogue_is_said_in_english() -> None:
    texts = GardenTexts("ru")
    assert texts.hello == "Hello, {garden}"  # nothing is filled in where nothing is given
    assert texts.bees(count=1, garden="{x}") == "1 bee in {x}"
    assert texts.bees(count=1200, garden="Kew") == "1\u00a0200 bees in Kew"


@pytest.mark.parametrize(
    ("code", "number", "said"),
    [
        ("en", 1, "wait 1 second,"),
        ("en", 2, "wait 2 seconds,"),
        ("en", 1234, "wait 1,234 seconds,"),
        ("de", 1, "warte 1 Sekunde und"),
        ("de", 1234, "warte 1.234 Sekunden und"),
        ("es", 1, "Espera 1 segundo y"),
        ("es", 30, "Espera 30 segundos y"),
        ("ru", 1, "подождите 1 секунду и"),
        ("ru", 21, "подождите 21 секунду и"),
        ("ru", 3, "подождите 3 секунды и"),
        ("ru", 5, "подождите 5 секунд и"),
        ("ru", 11, "подождите 11 секунд и"),
        ("fa", 1, "1 ثانیه"),
        ("ur", 5, "5 سیکنڈ"),
    ],
)
def test_a_number_has_the_form_of_its_language(code: str, number: int, said: str) -> None:
    assert said in LANGUAGES[code].too_many(number)


def test_persian_and_urdu_have_a_form_of_their_own_for_one() -> None:
    for code in ("fa", "ur"):
        texts = LANGUAGES[code]
        assert "20" in texts.checked_first(20)
        assert texts.checked_first(1) != texts.checked_first(20).replace("20", "1")


@pytest.mark.parametrize("number", [0, 1, 2, 5, 21, 1234, 1_000_000])
@pytest.mark.parametrize("texts", ALL)
def test_every_text_takes_what_is_filled_in(texts: Texts, number: int) -> None:
    for name, text in every_text(texts, number):
        assert text, name
        assert "{" not in text, name


def test_every_language_has_every_text() -> None:
    names = names_of(Texts)
    assert len(names) > 150
    assert len(set(names)) == len(names)
    for code, texts in LANGUAGES.items():
        assert texts.language == code
        if code != "en":
            same = [name for name in names if getattr(texts, name) == getattr(ENGLISH, name)]
            assert len(same) < 20, same
