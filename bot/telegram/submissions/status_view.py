"""The text of status messages: a single submission in detail, several with a line each."""

from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from footnote.bot.links import web_link
from footnote.bot.submissions.intake import OF_TEXT
from footnote.bot.submissions.submission import Stage, Submission
from footnote.bot.submissions.upload import Offer, SubmissionResult
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.rendering.excerpts import beginning
from footnote.bot.telegram.rendering.keyboards import (
    Action,
    card_button,
    number_button,
    plain_button,
)
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.texts import Texts
from footnote.bot.texts.fault_texts import fault_of, sentence
from footnote.corpus.article import Draft
from footnote.corpus.normalise import one_line

View = tuple[Message, InlineKeyboardMarkup | None]

_MAX_TITLE_CHARACTERS, _MAX_ABOUT_CHARACTERS = 200, 80
_MAX_BEGINNING_CHARACTERS = 300
_MAX_FAULT_CHARACTERS = 600
_MAX_DROPPED, _MAX_DROPPED_CHARACTERS = 5, 60
_MAX_LINES, _MAX_LINE_CHARACTERS = 20, 70
_MAX_LINE_FAULT_CHARACTERS = 100
_HOWS = {
    "added": "added",
    "cancelled": "cancelled",
    "expired": "expired",
    "not added": "not_added",
    "followed": "followed",
}


def one_view(submission: Submission, texts: Texts, *, is_begun: bool) -> View | None:
    """All about one; None while there is nothing to be said yet: a text is shown once it is read,
    for more of it may come."""
    match submission.stage:
        case Stage.WAITING if submission.upload.kind == "text" and not submission.approved:
            return None
        case Stage.WAITING:
            return Message().add(_waiting(submission, texts, is_begun)), None
        case Stage.OFFERED:
            assert submission.offer is not None
            return _offer_view(submission, submission.offer, texts)
        case _:
            assert submission.result is not None
            return _result_view(submission, submission.result, texts)


def list_view(submissions: Sequence[Submission], texts: Texts, *, begun: set[int]) -> View:
    """A line for each; where not all of them fit, those that are done first. One button tries all
    again that may get through another time."""
    message, lines = Message(), list(submissions)
    if len(lines) > _MAX_LINES:
        lines.sort(key=lambda s: s.result is None and s.stage is not Stage.OFFERED)
    for submission in lines[:_MAX_LINES]:
        message.add("\n" if message.text else "")
        _add_line(message, submission, texts, submission.number in begun)
    if len(lines) > _MAX_LINES:
        message.add("\n" + texts.more(len(lines) - _MAX_LINES))
    failed = [s.number for s in submissions if s.result and s.result.again]
    row = [number_button(texts.try_again, Action.AGAIN, failed[0])] if failed else []
    return message, InlineKeyboardMarkup([row]) if row else None


def is_final(submissions: Sequence[Submission]) -> bool:
    """Whether nothing more becomes of them without anybody's doing, or not soon."""
    return all(
        s.stage in (Stage.OFFERED, Stage.DONE) or (s.result is not None and s.result.later)
        for s in submissions
    )


def name_of(submission: Submission) -> str:
    """What it is called, in one line."""
    name = one_line(submission.name).removeprefix("https://").removeprefix("http://")
    return beginning(name, _MAX_LINE_CHARACTERS) or "…"


def day(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}"


# One


def _waiting(submission: Submission, texts: Texts, is_begun: bool) -> str:
    told = texts.reading if is_begun else texts.in_line
    return told(name_of(submission))


def _offer_view(submission: Submission, offer: Offer, texts: Texts) -> View:
    draft, upload = offer.reading.draft, submission.upload
    message = Message().add(_asked(offer, texts), MessageEntity.BOLD).add("\n")
    if len(upload.parts) > 1:
        told = texts.parts(parts=len(upload.parts), characters=sum(len(t) for _, t in upload.parts))
        message.add(told + "\n")
    if offer.instead:
        title = beginning(offer.instead, _MAX_TITLE_CHARACTERS)
        message.add(texts.replaces(title=title) + "\n")
    message.add("\n")
    _add_head(message, submission.title or draft.title, draft.url, _about(draft))
    _add_size(message, len(draft.text.split()), offer.passages, texts)
    message.add(f"\n{texts.begins} ").add(
        beginning(draft.text, _MAX_BEGINNING_CHARACTERS), MessageEntity.ITALIC
    )
    _add_dropped(message, offer.reading.dropped, texts)
    if upload.note:
        message.add(f"\n{texts.note} {beginning(upload.note, _MAX_BEGINNING_CHARACTERS)}")
    add = texts.add_anyway if "near copy" in offer.doubts else texts.add
    number = submission.number
    rows = [
        [
            number_button(add, Action.ADD, number),
            number_button(texts.edit_title, Action.TITLE, number),
        ],
        [number_button(texts.cancel, Action.CANCEL, number)],
    ]
    return message, InlineKeyboardMarkup(rows)


def _asked(offer: Offer, texts: Texts) -> str:
    if "near copy" in offer.doubts:
        title = beginning(offer.like, _MAX_TITLE_CHARACTERS)
        return texts.offer_near_copy(percent=int(100 * offer.likeness), title=title)
    told: str = getattr(texts, f"offer_{offer.doubts[0]}")
    return told


def _result_view(submission: Submission, result: SubmissionResult, texts: Texts) -> View:
    nearly = submission.stage is Stage.INDEXING and not result.later
    told = texts.nearly if nearly else _how(result, texts)
    message = Message()
    if result.how == "not added" and result.fault:  # which begins with a small letter
        told += ":"
    message.add(told, MessageEntity.BOLD)
    if result.how == "not added":
        message.add(" " if result.fault else "\n")
        message.add(_fault(submission, result, texts, _MAX_FAULT_CHARACTERS))
    if result.title:
        message.add("\n")
        _add_head(message, result.title, result.url, result.about)
    if result.is_in:
        _add_size(message, result.words, result.passages, texts)
        _add_dropped(message, result.dropped, texts)
    if result.later:
        message.add("\n\n" + texts.searchable_later(reason=sentence([result.later], texts)))
    return message, _result_buttons(submission, result, texts)


def _result_buttons(
    submission: Submission, result: SubmissionResult, texts: Texts
) -> InlineKeyboardMarkup | None:
    """Articles are opened and changes taken back in private only."""
    row: list[InlineKeyboardButton] = []
    number, in_group = submission.number, ChatThread.named(submission.place).is_group
    if result.again:
        row = [number_button(texts.try_again, Action.AGAIN, number)]
    elif result.article and submission.stage is Stage.DONE and not in_group:
        row = [card_button(texts, result.article)]
        row += [plain_button(texts.undo, Action.UNDO, result.change)] if result.change else []
    elif result.how == "a feed":
        row = [
            number_button(texts.open_feed(count=result.entries), Action.OPEN_FEED, number),
            number_button(texts.follow_feed, Action.FOLLOW_FEED, number),
        ]
    return InlineKeyboardMarkup([row]) if row else None


def _how(result: SubmissionResult, texts: Texts) -> str:
    match result.how:
        case "already here":
            return texts.already_here(date=day(result.since))
        case "new revision":
            return texts.new_revision(added=result.words_added, removed=result.words_removed)
        case "a feed":
            return texts.a_feed(count=result.entries)
        case "opened":
            return texts.opened_feed(count=result.entries)
        case _:
            told: str = getattr(texts, _HOWS[result.how])
            return told


def _fault(submission: Submission, result: SubmissionResult, texts: Texts, most: int) -> str:
    if result.max_megabytes:
        return texts.too_large(megabytes=result.max_megabytes)
    name = submission.upload.name or OF_TEXT
    return beginning(fault_of(result, texts, name=name) or texts.failed, most)


def _add_head(message: Message, title: str, url: str | None, about: Sequence[str]) -> None:
    link = web_link(url)
    message.add(
        beginning(title, _MAX_TITLE_CHARACTERS), *([] if link else [MessageEntity.BOLD]), url=link
    )
    told = " · ".join(beginning(part, _MAX_ABOUT_CHARACTERS) for part in about)
    message.add(f"\n{told}" if told else "")


def _add_size(message: Message, words: int, passages: int, texts: Texts) -> None:
    size = texts.size(words=words, passages=passages or "…")
    message.add(f"\n{size}")


def _add_dropped(message: Message, dropped: Sequence[str], texts: Texts) -> None:
    if dropped:
        shown = [f"“{beginning(d, _MAX_DROPPED_CHARACTERS)}”" for d in dropped[:_MAX_DROPPED]]
        more = " …" if len(dropped) > _MAX_DROPPED else ""
        message.add(f"\n{texts.left_out} {', '.join(shown)}{more}")


def _about(draft: Draft) -> list[str]:
    return [part for part in (draft.author, draft.date, draft.source) if part]


# Several


def _add_line(message: Message, submission: Submission, texts: Texts, is_begun: bool) -> None:
    result = submission.result
    if result is None:
        if submission.stage is Stage.OFFERED:
            message.add(f"❔ {name_of(submission)}: {texts.needs_word}")
        else:
            message.add(f"⏳ {_waiting(submission, texts, is_begun)}")
        return
    if result.how == "not added":
        fault = _fault(submission, result, texts, _MAX_LINE_FAULT_CHARACTERS)
        message.add(f"✗ {name_of(submission)}: {fault}")
        return
    message.add("✓ " if result.is_in else "· ")
    message.add(beginning(result.title, _MAX_LINE_CHARACTERS), url=web_link(result.url))
    told = texts.nearly if submission.stage is Stage.INDEXING else _how(result, texts)
    message.add(f": {told}")
