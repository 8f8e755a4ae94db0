"""Results as Telegram messages."""

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.receipts import Receipt
from bot.telegram import texts
from bot.telegram.message import Message
from bot.wording import one_line
from corpus.article import Article
from index.catalogue import Listed
from index.citation import Abstention, Answer, Citation, Reason, Reference

_BUTTONS_IN_A_ROW = 8  # the most that Telegram shows
_MOST_LISTED = 50
_MOST_NEAR_CHARACTERS = 200
_REASONS = {
    Reason.NO_QUESTION: texts.NO_QUESTION,
    Reason.NO_ARTICLES: texts.NO_ARTICLES,
    Reason.NOT_ANSWERED: texts.NOT_ANSWERED,
}


def result_message(result: Answer | Abstention) -> Message:
    return answer_message(result) if isinstance(result, Answer) else abstention_message(result)


def answer_message(answer: Answer) -> Message:
    """Each claim with its numbers, a paragraph each, then the sources."""
    message = Message()
    for claim in answer.claims:
        message.add(one_line(claim.text))
        for citation in claim.citations:
            message.add(" ").add(f"[{citation.n}]", MessageEntity.BOLD)
        message.add("\n\n")
    message.add(texts.SOURCES, MessageEntity.BOLD)
    for numbers, reference in _sources(answer.citations.values()):
        message.add("\n" + "".join(f"[{n}]" for n in numbers) + " ")
        _add_source(message, reference)
    return message


def abstention_message(abstention: Abstention) -> Message:
    """One sentence, and the nearest articles under words that say they are no answer."""
    message = Message().add(_REASONS[abstention.reason])
    if abstention.nearest:
        message.add("\n\n").add(texts.NEAR, MessageEntity.BOLD)
    for near in abstention.nearest:
        text = one_line(near.text)
        cut = "…" if len(text) > _MOST_NEAR_CHARACTERS else ""
        message.add("\n• ")
        _add_source(message, near.reference)
        message.add("\n").add(text[:_MOST_NEAR_CHARACTERS] + cut, MessageEntity.ITALIC)
    return message


def passage_message(citation: Citation, current: Article | None) -> Message:
    """The source, then the passage in an expandable quotation with the quoted sentence marked.

    `current` is the article as it is now, None where it is gone.
    """
    message = Message().add(f"[{citation.n}] ")
    _add_source(message, citation.reference)
    if current is None:
        message.add("\n").add(texts.GONE, MessageEntity.ITALIC)
    elif current.revision != citation.reference.revision:
        message.add("\n").add(texts.CHANGED, MessageEntity.ITALIC)
    message.add("\n\n")
    quotation = len(message.text)
    marked = citation.span.shifted(-citation.passage.start)
    message.add(citation.passage_text[: marked.start])
    message.add(citation.quotation, MessageEntity.BOLD, MessageEntity.UNDERLINE)
    message.add(citation.passage_text[marked.end :])
    return message.enclose(quotation, MessageEntity.EXPANDABLE_BLOCKQUOTE)


def articles_message(listed: Sequence[Listed]) -> Message:
    """The titles with their dates, newest first; those without a date at the end."""
    if not listed:
        return Message().add(texts.NO_ARTICLES)
    message = Message().add(f"{texts.ARTICLES} ({len(listed):,})", MessageEntity.BOLD)
    newest = sorted(listed, key=lambda line: line.date or "", reverse=True)
    for line in newest[:_MOST_LISTED]:
        message.add("\n• ").add(line.title, url=line.url)
        message.add(f" · {line.date}" if line.date else "")
    if len(newest) > _MOST_LISTED:
        message.add("\n" + texts.MORE.format(count=len(newest) - _MOST_LISTED))
    return message


def number_buttons(receipt: Receipt) -> InlineKeyboardMarkup | None:
    """A button for each footnote of an answer; none under an abstention."""
    if not isinstance(receipt.result, Answer):
        return None
    buttons = [
        InlineKeyboardButton(f"[{n}]", callback_data=f"{PASSAGE}:{receipt.id}:{n}")
        for n in receipt.result.citations
    ]
    rows = [buttons[i : i + _BUTTONS_IN_A_ROW] for i in range(0, len(buttons), _BUTTONS_IN_A_ROW)]
    return InlineKeyboardMarkup(rows)


PASSAGE = "p"
"""What the data of a number button begins with; the receipt's id and the number follow."""


def _sources(citations: Iterable[Citation]) -> Iterable[tuple[list[int], Reference]]:
    numbers: dict[Reference, list[int]] = {}
    for citation in citations:
        numbers.setdefault(citation.reference, []).append(citation.n)
    return [(of, reference) for reference, of in numbers.items()]


def _add_source(message: Message, reference: Reference) -> None:
    message.add(
        reference.title, *([] if reference.url else [MessageEntity.BOLD]), url=reference.url
    )
    about = [part for part in (reference.author, reference.date, reference.source) if part]
    message.add("".join(f" · {part}" for part in about))
