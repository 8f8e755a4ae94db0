"""Results as Telegram messages."""

from collections.abc import Iterable, Sequence

from telegram import MessageEntity

from bot.answers.receipts import Receipt
from bot.telegram.rendering.excerpts import add_facts, add_title, beginning, title_of
from bot.telegram.rendering.links import PassageLink, web_link
from bot.telegram.rendering.message import Message
from bot.telegram.texts import Texts, locale_of
from bot.wording import any_language, one_line
from index.checking import Checked
from index.citation import Abstention, Answer, Citation, Claim, Reason, Reference, Unwritten
from index.support.judge import Verdict

_MOST_NEAR_CHARACTERS = 160
_REASONS = {
    Reason.NO_QUESTION: "no_question",
    Reason.NO_ARTICLES: "no_articles",
    Reason.NOT_ANSWERED: "not_answered",
    Reason.OTHER_LANGUAGE: "other_language",
}
_MARKS = {Verdict.SUPPORTED: "✓ ", Verdict.CONTRADICTED: "✗ ", Verdict.UNFOUND: "○ "}
_VERDICTS = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.UNFOUND: "unsupported",
}
_UNWRITTEN = {
    Unwritten.AWAY: "model_away",
    Unwritten.UNSUPPORTED: "in_their_words",
    Unwritten.SPENT: "written_spent",
}


def result_message(receipt: Receipt, texts: Texts, *, bot: str) -> Message:
    """What a receipt says; each [n] in it is a link into the bot, whose username is `bot`."""
    match receipt.result:
        case Answer() as answer:
            return _answer_message(answer, receipt.id, texts, bot)
        case Checked() as checked:
            return _checked_message(checked, receipt.id, texts, bot)
        case Abstention() as abstention:
            return _abstention_message(abstention, texts)


def written_so_far(claims: Sequence[Claim], texts: Texts) -> Message:
    """The sentences of an answer that goes on being written; nothing opens their passages yet."""
    message = Message()
    for claim in claims:
        numbers = "".join(f" [{citation.n}]" for citation in claim.citations)
        message.add(f"{_said(claim, texts)}{numbers}\n\n")
    return message.add("…")


def _answer_message(answer: Answer, receipt: str, texts: Texts, bot: str) -> Message:
    """Each claim with its numbers, a paragraph each, in whose words, then the sources."""
    message = Message()
    for claim in answer.claims:
        message.add(_said(claim, texts))
        for citation in claim.citations:
            message.add(" ")
            _add_number(message, citation, receipt, bot)
        message.add("\n\n")
    if note := _in_whose_words(answer, texts):
        message.add(note, MessageEntity.ITALIC).add("\n\n")
    _add_sources(message, answer.citations.values(), receipt, texts, bot)
    return message


def _said(claim: Claim, texts: Texts) -> str:
    """The sentence; where it differs from one before it, whose it is and of when."""
    if not claim.differs:
        return one_line(claim.text)
    reference = claim.citations[0].reference
    parts = [title_of(reference), reference.date]
    whose = ", ".join(part for part in parts if part)
    return texts.differs.format(whose=whose, text=one_line(claim.text))


def _in_whose_words(answer: Answer, texts: Texts) -> str | None:
    """None without a language model: then there is only one way."""
    if answer.mode == "written":
        return texts.written
    return getattr(texts, _UNWRITTEN[answer.unwritten]) if answer.unwritten else None


def _checked_message(checked: Checked, receipt: str, texts: Texts, bot: str) -> Message:
    """Each sentence of the text, and under it what supports or contradicts it, if anything does."""
    message = Message()
    for sentence in checked.sentences:
        message.add(_MARKS[sentence.verdict])
        message.add(one_line(sentence.text), MessageEntity.ITALIC).add("\n")
        message.add(getattr(texts, _VERDICTS[sentence.verdict]))
        if sentence.citation:
            message.add(" ").add(one_line(sentence.citation.quotation)).add(" ")
            _add_number(message, sentence.citation, receipt, bot)
        message.add("\n\n")
    if checked.left:
        message.add(texts.checked_first.format(count=len(checked.sentences))).add("\n\n")
    if checked.languages:
        message.add(_told(Reason.OTHER_LANGUAGE, checked.languages, texts))
    if checked.citations:
        _add_sources(message, checked.citations.values(), receipt, texts, bot)
    return message


def _abstention_message(abstention: Abstention, texts: Texts) -> Message:
    """One sentence, and the nearest articles under words that say they are no answer."""
    message = Message().add(_told(abstention.reason, abstention.languages, texts))
    if abstention.nearest:
        message.add("\n\n").add(texts.near, MessageEntity.BOLD)
    for near in abstention.nearest:
        message.add("\n• ")
        add_title(message, near.reference, url=web_link(near.reference.url))
        message.add("\n").add(beginning(near.text, _MOST_NEAR_CHARACTERS), MessageEntity.ITALIC)
    return message


def _told(reason: Reason, languages: Sequence[str], texts: Texts) -> str:
    told: str = getattr(texts, _REASONS[reason])
    return told.format(languages=any_language(languages, locale_of(texts)))


def _add_number(message: Message, citation: Citation, receipt: str, bot: str) -> None:
    message.add(f"[{citation.n}]", url=PassageLink(receipt, citation.n).address(bot))


def _add_sources(
    message: Message, citations: Iterable[Citation], receipt: str, texts: Texts, bot: str
) -> None:
    """Titles and dates, a line on a phone; the rest is told with the passage."""
    message.add(texts.sources, MessageEntity.BOLD)
    by_article: dict[Reference, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.reference, []).append(citation)
    for reference, cited in by_article.items():
        message.add("\n")
        for citation in cited:
            _add_number(message, citation, receipt, bot)
        message.add(" ")
        add_title(message, reference, url=web_link(reference.url))
        add_facts(message, reference.date)
