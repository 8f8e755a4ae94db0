from typing import Any

import pytest

from .. import ImpossibleObject, table
from ..validation import expected, faults, require

TABLE = table.load()


def wrong(value: Any, *types: Any) -> Any:
    return faults(TABLE, value, expected(*types), "it")


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (1, "Integer"),
        (-(2**62), "Integer"),
        (1, "Float"),
        (0.5, "Float"),
        (True, "Boolean"),
        ("", "String"),
        ([], "Array of Integer"),
        ([[{"text": "x"}]], "Array of Array of InlineKeyboardButton"),
        ({}, "CallbackGame"),
    ],
)
def test_a_value_of_the_type_fits(value: Any, type_: Any) -> None:
    assert wrong(value, type_) == []


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (True, "Integer"),
        (1.0, "Integer"),
        ("1", "Integer"),
        (2**63, "Integer"),
        (1, "Boolean"),
        (1, "String"),
        (None, "String"),
        ({}, "Array of Integer"),
        (["x"], "User"),
        ({"x": 1}, "CallbackGame"),
        ("a file", "InputFile"),
    ],
)
def test_a_value_of_another_type_does_not_fit(value: Any, type_: Any) -> None:
    assert wrong(value, type_) != []


def test_any_type_of_a_union_will_do() -> None:
    assert wrong("@channel", "Integer", "String") == []
    assert wrong([], "Integer", "String") == ["it: [] is not Integer or String"]


def test_every_fault_is_told_with_the_way_to_it() -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_dat": "x"}, {"url": 5}]]}
    assert wrong(markup, "InlineKeyboardMarkup") == [
        "it.inline_keyboard[0][0]: InlineKeyboardButton has no field callback_dat",
        "it.inline_keyboard[0][1]: InlineKeyboardButton needs the field text",
        "it.inline_keyboard[0][1].url: 5 is not String",
    ]


def test_the_constant_tells_which_subtype_is_meant() -> None:
    assert wrong({"type": "emoji", "emoji": "👍"}, "ReactionType") == []
    assert wrong({"type": "emoji"}, "ReactionType") == [
        "it: ReactionTypeEmoji needs the field emoji"
    ]
    assert wrong({"type": "sticker"}, "ReactionType") == [
        "it: {'type': 'sticker'} is none of ReactionTypeEmoji, ReactionTypeCustomEmoji, "
        "ReactionTypePaid"
    ]


def test_the_constant_itself_is_required() -> None:
    assert wrong({"chat_id": 1}, "BotCommandScopeChat") == [
        "it: BotCommandScopeChat needs the field type"
    ]


def test_subtypes_without_a_constant_are_told_apart_by_their_fields() -> None:
    assert wrong({"message_text": "x"}, "InputMessageContent") == []
    assert wrong({"message_tex": "x"}, "InputMessageContent") != []


def test_an_impossible_object_is_refused_with_every_reason() -> None:
    with pytest.raises(ImpossibleObject, match=r"needs the field is_bot.*has no field nick"):
        require(TABLE, {"id": 1, "first_name": "A", "nick": "a"}, expected("User"), "a user")
