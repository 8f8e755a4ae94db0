"""What the data of a button says, and what is refused as forged."""

import pytest

from footnote.bot.telegram.handlers import PRESSES
from footnote.bot.telegram.rendering.keyboards import Action, Press

RECEIPT = "aZ09_-aZ09_-"
# Buttons stay in chats for years: what was released is read for ever.
LETTERS = {
    "PASSAGE": "p", "WHOLE": "w", "ANSWER": "a", "UP": "u", "DOWN": "d", "WRONG": "x",
    "LISTED": "y", "INVITE": "i", "DISMISS": "D", "DISMISS_GROUP": "G", "LET_IN": "E",
    "REVOKE": "I", "ADD": "ja", "TITLE": "jt", "CANCEL": "jc", "AGAIN": "jr", "OPEN_FEED": "je",
    "FOLLOW_FEED": "jf", "UNFOLLOW": "fu", "LIST": "l", "SEARCH": "s", "CARD": "c", "OPEN": "o",
    "RENAME": "r", "REPLACE": "t", "REMOVE": "k", "REMOVE_NOW": "K", "UNDO": "z",
}  # fmt: skip


def test_the_letters_of_a_button_never_change() -> None:
    assert {action.name: action.value for action in Action} == LETTERS


def test_every_button_is_answered() -> None:
    assert set(PRESSES) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_data_is_read_as_it_was_written(action: Action) -> None:
    receipt = RECEIPT if action.of_receipt else ""
    for count in range(action.numbers[0], action.numbers[1] + 1):
        press = Press(action, receipt, tuple(range(-1, count - 1)))
        assert Press.of(press.data) == press
        assert len(press.data.encode()) <= 64


@pytest.mark.parametrize("action", Action)
def test_data_with_too_few_or_too_many_numbers_or_another_receipt_is_refused(
    action: Action,
) -> None:
    fewest, most = action.numbers
    receipt, other = (RECEIPT, "") if action.of_receipt else ("", RECEIPT)
    for count in (fewest - 1, most + 1):
        if count >= 0:
            assert Press.of(Press(action, receipt, (1,) * count).data) is None
    assert Press.of(Press(action, other, (1,) * fewest).data) is None


@pytest.mark.parametrize(
    "data",
    [None, "", "p", "q::1", f"p:{RECEIPT}x:1", f"p:{RECEIPT}:01", f"p:{RECEIPT}:1.0", "D::٣",
     f"D::{1 << 63}", "l::0:0:0", "D:: 1", "PASSAGE::1"],
)  # fmt: skip
def test_data_that_no_button_has_is_refused(data: str | None) -> None:
    assert Press.of(data) is None
