"""The bot's own words: the same in every language, and no longer than Telegram takes them."""

import re
import string
import unicodedata
from dataclasses import asdict

import pytest

from footnote.bot.telegram.texts import ENGLISH, LANGUAGES, Texts, texts_for
from tools.telegram_server.cleaning import arrange
from tools.telegram_server.detection import found_in

OTHERS = [pytest.param(texts, id=code) for code, texts in LANGUAGES.items() if code != "en"]
ALL = [pytest.param(texts, id=code) for code, texts in LANGUAGES.items()]
# Words that are the same in English by chance, or by their nature.
ALIKE = {("es", "editor")}
NAMES = "FOOTNOTE_OPEN|Telegram|ID|Footnote|PDF|Word|OpenDocument|EPUB|Markdown|RSS|Atom"
SCRIPTS = {"de": "LATIN", "es": "LATIN", "ru": "CYRILLIC", "fa": "ARABIC", "ur": "ARABIC"}


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def commands(text: str) -> list[str]:
    return re.findall(r"/[a-z]+|FOOTNOTE_[A-Z]+|\[n\]", text)


@pytest.mark.parametrize("texts", OTHERS)
def test_every_text_has_the_places_and_commands_of_the_english_one(texts: Texts) -> None:
    for name, english in asdict(ENGLISH).items():
        text = getattr(texts, name)
        assert places(text) == places(english), name
        assert sorted(commands(text)) == sorted(commands(english)), name
        assert text.count("\n") == english.count("\n"), name


@pytest.mark.parametrize("code", sorted(SCRIPTS))
def test_every_text_is_translated_and_in_the_script_of_its_language(code: str) -> None:
    for name, english in asdict(ENGLISH).items():
        text = getattr(LANGUAGES[code], name)
        assert text != english or (code, name) in ALIKE, name
        bare = re.sub(rf"\{{\w+\}}|/[a-z]+|{NAMES}", "", text)
        letters = {unicodedata.name(c).split()[0] for c in bare if c.isalpha()}
        assert letters <= {SCRIPTS[code]}, name


@pytest.mark.parametrize("texts", ALL)
def test_no_text_is_longer_than_telegram_takes_it(texts: Texts) -> None:
    assert len(texts.description) <= 512
    assert len(texts.short_description) <= 120
    for name, text in asdict(texts).items():
        assert text == text.strip(), name
        assert 0 < len(text) <= (256 if name.startswith("command_") else 1000), name
    for toast in ("unknown_button", "thanked", "noted", "taken_back", "owners_only", "private"):
        assert len(getattr(texts, toast)) <= 200


@pytest.mark.parametrize("code", ["fa", "ur"])
def test_lines_in_arabic_letters_run_from_right_to_left(code: str) -> None:
    for name, text in asdict(LANGUAGES[code]).items():
        filled = re.sub(r"\{\w+\}", "Ada", text)
        for line in arrange(filled, []).text.splitlines():
            directions = [unicodedata.bidirectional(character) for character in line]
            if "AL" in directions:
                assert next(d for d in directions if d in ("L", "R", "AL")) != "L", name


@pytest.mark.parametrize("code", ["fa", "ur"])
def test_commands_in_arabic_letters_keep_their_slash_before_them(code: str) -> None:
    for name, text in asdict(LANGUAGES[code]).items():
        arranged = arrange(text, []).text
        assert re.findall(r"(.)/", arranged) == ["\u200e"] * text.count("/"), name
        found = [entity for entity in found_in(arranged) if entity.type == "bot_command"]
        assert len(found) == text.count("/"), name


@pytest.mark.parametrize(
    ("language_code", "code"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("FA", "fa"),
        ("pt-br", "en"),
        ("", "en"),
        (None, "en"),
        ("x", "en"),
    ],
)
def test_the_telegram_language_picks_the_texts(language_code: str | None, code: str) -> None:
    assert texts_for(language_code) is LANGUAGES[code]
