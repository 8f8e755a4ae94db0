"""The buttons under answers and passages, and what a press of one stands for.

A button carries a receipt's id and numbers, or numbers alone, looked up on disk: it works after a
restart and years later. Its data may be forged, and is at most 64 bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from footnote.bot.answers.feedback import Tally
from footnote.bot.answers.receipts import Receipt
from footnote.bot.articles.link_tokens import number_of
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.rendering.mini_app_button import Pages
from footnote.bot.telegram.texts import Texts
from footnote.index.results import Answer, Listing, Nearest

_BUTTONS_IN_A_ROW = 8  # the most that Telegram shows
_CARDS_IN_A_ROW = 4  # a thumb hits eight in a row less well


_RECEIPT, _NONE = True, False  # whether a receipt's id stands between the letters and the numbers
_SHOWS = True


class Action(StrEnum):
    """What a press asks for: a row for each, which is all that a button's data is checked by.

    The letters that the data begins with, whether the id of a receipt follows, how many numbers
    (at least and at most) come after that, and whether it shows more of the articles, which is
    limited for each person; with letters alone it has no receipt and one number. What answers a
    press is in `PRESSES` of `bot/telegram/handlers.py`.
    """

    of_receipt: bool
    numbers: tuple[int, int]
    shows: bool

    PASSAGE = "p", _RECEIPT, (1, 2), _SHOWS  # the footnote, and by how many passages to move on
    WHOLE = "w", _RECEIPT, (1, 1), _SHOWS  # the footnote whose article
    ANSWER = "a", _RECEIPT, (0, 0)
    UP = "u", _RECEIPT, (0, 0)
    DOWN = "d", _RECEIPT, (0, 0)
    WRONG = "x", _RECEIPT, (0, 0)
    LISTED = "y", _RECEIPT, (1, 1), _SHOWS  # the place, from 1, of the article whose card
    INVITE = "i"  # a role
    DISMISS = "D"  # a person
    DISMISS_GROUP = "G"  # a chat
    LET_IN = "E"  # a person who was dismissed
    REVOKE = "I"  # an invitation
    ADD = "ja"  # a submission, as the five that follow
    TITLE = "jt"
    CANCEL = "jc"
    AGAIN = "jr"
    OPEN_FEED = "je"
    FOLLOW_FEED = "jf"
    UNFOLLOW = "fu"  # a feed's digest
    # Of the list of articles: the token of the words it was searched for (or 0), and the page
    LIST = "l", _NONE, (2, 2), _SHOWS
    SEARCH = "s", _NONE, (2, 2), _SHOWS
    # Of an article: its token, then whence it was opened, as for the list
    CARD = "c", _NONE, (3, 3), _SHOWS
    OPEN = "o", _NONE, (3, 3), _SHOWS
    RENAME = "r", _NONE, (3, 3)
    REPLACE = "t", _NONE, (3, 3)
    REMOVE = "k", _NONE, (3, 3)
    REMOVE_NOW = "K", _NONE, (4, 4)  # and a number that stands for the content that was shown
    UNDO = "z"  # the number of a change

    def __new__(
        cls,
        letters: str,
        of_receipt: bool = False,
        numbers: tuple[int, int] = (1, 1),
        shows: bool = False,
    ) -> "Action":
        action = str.__new__(cls, letters)
        action._value_ = letters
        action.of_receipt, action.numbers, action.shows = of_receipt, numbers, shows
        return action


_RECEIPT_ID = re.compile(r"[A-Za-z0-9_-]{12}")


@dataclass(frozen=True, slots=True)
class Press:
    """What a button's data says: an act, on a receipt where it is about one, with numbers."""

    action: Action
    receipt: str
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, data: str | None) -> "Press | None":
        action, _, rest = (data or "").partition(":")
        receipt, *numbers = rest.split(":")
        try:
            press = cls(Action(action), receipt, tuple(_number(text) for text in numbers))
        except ValueError:
            return None
        fewest, most = press.action.numbers
        is_one = _RECEIPT_ID.fullmatch(receipt) if press.action.of_receipt else not receipt
        return press if is_one and fewest <= len(numbers) <= most else None

    @property
    def data(self) -> str:
        return ":".join([self.action, self.receipt, *map(str, self.numbers)])


def plain_button(text: str, action: Action, *numbers: int) -> InlineKeyboardButton:
    """One that is about no receipt."""
    return InlineKeyboardButton(text, callback_data=Press(action, "", numbers).data)


def card_button(texts: Texts, article: str) -> InlineKeyboardButton:
    """Opens an article's card, from which one gets to the first page of all articles."""
    return plain_button(texts.to_card, Action.CARD, number_of(article), 0, 0)


def danger_button(text: str, action: Action, *numbers: int) -> InlineKeyboardButton:
    """The same in red, where the client has that."""
    data = Press(action, "", numbers).data
    return InlineKeyboardButton(text, callback_data=data, style=KeyboardButtonStyle.DANGER)


def rows(*buttons: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Rows of buttons, without the empty ones."""
    return InlineKeyboardMarkup([row for row in buttons if row])


def answer_buttons(
    receipt: Receipt, texts: Texts, tally: Tally, pages: Pages | None = None
) -> InlineKeyboardMarkup | None:
    """A button for each footnote, and 👍 👎 under what answers or may; none under an abstention.

    Beside the first footnote one opens the article, where there are `pages` for that.

    After a 👎 there is one to say that the passage of an answer was the wrong one. In private a
    listing has one for each article's card, too.
    """
    in_group = ChatThread.named(receipt.place).is_group
    if isinstance(receipt.result, Listing) and not in_group:
        return InlineKeyboardMarkup(
            [
                *_number_rows(receipt, shown=None, pages=pages),
                *_card_rows(receipt.id, receipt.result, texts),
            ]
        )
    if not receipt.result.citations:
        return None
    rows = _number_rows(receipt, shown=None, pages=pages)
    counted = partial(_counted, of_many=in_group)
    if isinstance(receipt.result, Answer | Nearest):
        rows.append(
            [
                _button(counted("👍", tally.up), Action.UP, receipt.id),
                _button(counted("👎", tally.down), Action.DOWN, receipt.id),
            ]
        )
        if tally.down and isinstance(receipt.result, Answer):
            wrong = counted(texts.wrong_passage, tally.wrong_passages)
            rows.append([_button(wrong, Action.WRONG, receipt.id)])
    return InlineKeyboardMarkup(rows)


def passage_buttons(
    receipt: Receipt,
    n: int,
    by: int,
    texts: Texts,
    *,
    earlier: bool,
    later: bool,
    whole: bool,
    pages: Pages | None = None,
) -> InlineKeyboardMarkup:
    """Under the passage of [n], moved `by` so many: the other footnotes, steps, and back.

    Where there are `pages`, the whole article is opened on one.
    """
    rows = _number_rows(receipt, shown=n) if len(_citations(receipt)) > 1 else []
    steps = []
    if earlier:
        steps.append(_button(texts.earlier, Action.PASSAGE, receipt.id, n, by - 1))
    if later:
        steps.append(_button(texts.later, Action.PASSAGE, receipt.id, n, by + 1))
    last = [_button(texts.back, Action.ANSWER, receipt.id)]
    if whole:
        last.append(
            pages.button(receipt, n, texts.whole)
            if pages
            else _button(texts.whole, Action.WHOLE, receipt.id, n)
        )
    return InlineKeyboardMarkup([*rows, *([steps] if steps else []), last])


def whole_buttons(receipt: Receipt, n: int, texts: Texts) -> InlineKeyboardMarkup:
    """Under a whole article: back to the passage of [n]."""
    return InlineKeyboardMarkup([[_button(texts.back, Action.PASSAGE, receipt.id, n)]])


def _number_rows(
    receipt: Receipt, *, shown: int | None, pages: Pages | None = None
) -> list[list[InlineKeyboardButton]]:
    buttons = [
        _button(f"· {n} ·" if n == shown else f"[{n}]", Action.PASSAGE, receipt.id, n)
        for n in _citations(receipt)
    ]
    if pages and buttons:
        buttons.insert(1, pages.button(receipt, _citations(receipt)[0]))
    return [buttons[i : i + _BUTTONS_IN_A_ROW] for i in range(0, len(buttons), _BUTTONS_IN_A_ROW)]


def _card_rows(receipt: str, listing: Listing, texts: Texts) -> list[list[InlineKeyboardButton]]:
    if len(listing.articles) == 1:
        return [[_button(texts.to_card, Action.LISTED, receipt, 1)]]
    buttons = [
        _button(f"{number}.", Action.LISTED, receipt, number)
        for number in range(1, len(listing.articles) + 1)
    ]
    return [buttons[i : i + _CARDS_IN_A_ROW] for i in range(0, len(buttons), _CARDS_IN_A_ROW)]


def back_button(texts: Texts, receipt: str) -> InlineKeyboardButton:
    """Back to what the receipt says."""
    return _button(texts.back, Action.ANSWER, receipt)


def _citations(receipt: Receipt) -> Sequence[int]:
    return tuple(receipt.result.citations)


def number_button(text: str, action: Action, number: int) -> InlineKeyboardButton:
    """One that is about no receipt, but a person, a submission or the like."""
    return _button(text, action, "", number)


def _button(text: str, action: Action, receipt: str, *numbers: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=Press(action, receipt, numbers).data)


def _counted(text: str, count: int, *, of_many: bool) -> str:
    """With how many have pressed it in a group; in private, where one is alone, with a tick."""
    return text if not count else f"{text} {count}" if of_many else f"{text} ✓"


def _number(text: str) -> int:
    """ValueError for anything but a number as Python writes it, of 64 bits: it may be forged."""
    number = int(text[:20])
    if str(number) != text or not -(1 << 63) <= number < 1 << 63:
        raise ValueError(f"{text!r} is not written as a number")
    return number
