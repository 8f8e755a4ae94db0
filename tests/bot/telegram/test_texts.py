"""The bot's own words: no longer than Telegram takes them, and in the direction of their script."""

import re
import unicodedata
from collections.abc import Iterator

import pytest

from footnote.bot.telegram.commands import COMMANDS
from footnote.bot.telegram.texts import LANGUAGES, Texts, texts_for
from footnote.bot.texts.translations import is_right_to_left
from tests.bot.texts.every_text import every_text, text_of
from tools.telegram_server.cleaning import arrange
from tools.telegram_server.detection import found_in

ALL = [pytest.param(texts, id=code) for code, texts in LANGUAGES.items()]
RIGHT_TO_LEFT = [code for code in LANGUAGES if is_right_to_left(code)]
BUTTONS = [
    "add",
    "add_anyway",
    "edit_title",
    "cancel",
    "try_again",
    "open_feed",
    "follow_feed",
    "unfollow",
    "earlier",
    "later",
    "whole",
    "back",
    "search",
    "newer",
    "older",
    "all_articles",
    "to_list",
    "open",
    "rename",
    "replace",
    "remove",
    "undo",
    "to_card",
    "wrong_passage",
    "invite_editor",
    "invite_reader",
    "dismiss",
    "revoke",
    "let_in",
]


def everything(texts: Texts) -> Iterator[tuple[str, str]]:
    """Every text, and what is said of each command."""
    yield from every_text(texts)
    for command in COMMANDS.values():
        for text in (command.description, command.help):
            if text is not None:
                yield f"/{command.name}", texts.translate(text)


@pytest.mark.parametrize("texts", ALL)
def test_no_text_is_longer_than_telegram_takes_it(texts: Texts) -> None:
    assert len(texts.description) <= 512
    assert len(texts.short_description) <= 120
    for name, text in everything(texts):
        assert 0 < len(text) <= 1000, name
    for name in BUTTONS:  # longer ones are cut on a phone
        assert len(text_of(texts, name)) <= 40, name
    for toast in ("unknown_button", "thanked", "noted", "taken_back", "owners_only", "private"):
        assert len(getattr(texts, toast)) <= 200


@pytest.mark.parametrize("texts", ALL)
def test_a_passage_has_one_name_wherever_passages_are_counted(texts: Texts) -> None:
    assert texts.passages[:5] in texts.size(words=1, passages=1)  # cases differ in their ends


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_lines_in_arabic_letters_run_from_right_to_left(code: str) -> None:
    for name, text in everything(LANGUAGES[code]):
        for line in arrange(text, []).text.splitlines():
            directions = [unicodedata.bidirectional(character) for character in line]
            if "AL" in directions:
                assert next(d for d in directions if d in ("L", "R", "AL")) != "L", name


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_commands_in_arabic_letters_keep_their_slash_before_them(code: str) -> None:
    for name, text in everything(LANGUAGES[code]):
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
