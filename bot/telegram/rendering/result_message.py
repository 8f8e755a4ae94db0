"""Results as Telegram messages."""

from collections.abc import Iterable, Sequence

from telegram import MessageEntity

from footnote.bot.answers.receipts import Receipt
from footnote.bot.articles.link_tokens import number_of
from footnote.bot.links import web_link
from footnote.bot.phrases import any_language
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.rendering.deep_links import CardLink, PassageLink
from footnote.bot.telegram.rendering.excerpts import add_facts, add_title, day_of, title_of
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.texts import Texts
from footnote.corpus.normalise import one_line
from footnote.index.results import (
    Abstention,
    Answer,
    Checked,
    CheckedSentence,
    Citation,
    Claim,
    Listing,
    Nearest,
    Reason,
    Reference,
    Unwritten,
    Verdict,
    with_before,
)

_REASONS = {
    Reason.NO_QUESTION: "no_question",
    Reason.NO_ARTICLES: "no_articles",
    Reason.NOTHING_FOUND: "nothing_found",
    Reason.UNCLEAR: "unclear",
    Reason.TOO_LONG: "too_long",
}
_MARKS = {Verdict.SUPPORTED: "✓ ", Verdict.CONTRADICTED: "✗ ", Verdict.UNFOUND: "○ "}
_VERDICTS = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.UNFOUND: "unsupported",
}
_LISTED = {"new": "listed_new", "topic": "listed_topic", "summary": "listed_summary"}
_UNWRITTEN = {
    Unwritten.AWAY: "model_away",
    Unwritten.UNSUPPORTED: "in_their_words",
    Unwritten.DECLINED: "model_declined",
    Unwritten.SPENT: "written_spent",
}


def result_message(receipt: Receipt, texts: Texts, *, bot: str) -> Message:
    """What a receipt says; each [n] in it is a link into the bot, whose username is `bot`."""
    match receipt.result:
        case Answer() as answer:
            return _answer_message(answer, receipt.id, texts, bot)
        case Nearest() as nearest:
            return _nearest_message(nearest, receipt.id, texts, bot)
        case Listing() as listing:
            return _listing_message(listing, receipt, texts, bot)
        case Checked() as checked:
            return _checked_message(checked, receipt.id, texts, bot)
        case Abstention() as abstention:
            return Message().add(_told(abstention.reason, abstention.languages, texts))


def written_so_far(claims: Sequence[Claim], texts: Texts) -> Message:
    """The sentences of an answer that goes on being written; nothing opens their passages yet."""
    message = Message()
    for claim in claims:
        numbers = "".join(f" [{citation.n}]" for citation in claim.citations)
        message.add(f"{_incoming_message(claim, texts)}{numbers}\n\n")
    return message.add("…")


def checked_so_far(sentences: Sequence[CheckedSentence], texts: Texts) -> Message:
    """The verdicts on a text of which more is being checked; nothing opens their passages yet."""
    message = Message()
    for sentence in sentences:
        _add_verdict(message, sentence, texts)
        if sentence.citation:
            message.add(f" [{sentence.citation.n}]")
        message.add("\n\n")
    return message.add("…")


def _answer_message(answer: Answer, receipt: str, texts: Texts, bot: str) -> Message:
    """Each claim with its numbers, a paragraph each, in whose words, then the sources."""
    message = Message()
    _add_claims(message, answer.claims, receipt, texts, bot)
    if answer.as_of:
        message.add(texts.as_of(day=answer.as_of)).add("\n\n")
    for part in answer.missing:
        message.add(texts.missing(part=one_line(part))).add("\n\n")
    if note := _in_whose_words(answer, texts):
        message.add(note, MessageEntity.ITALIC).add("\n\n")
    _add_sources(message, answer.citations.values(), receipt, texts, bot)
    return message


def _nearest_message(nearest: Nearest, receipt: str, texts: Texts, bot: str) -> Message:
    """The sentences under words that say that they may be no answer, the sources, and the question
    whether it was one after all."""
    message = Message().add(texts.nearest).add("\n\n")
    _add_claims(message, nearest.claims, receipt, texts, bot)
    if nearest.unwritten and nearest.unwritten is not Unwritten.UNSUPPORTED:
        message.add(getattr(texts, _UNWRITTEN[nearest.unwritten]), MessageEntity.ITALIC).add("\n\n")
    _add_sources(message, nearest.citations.values(), receipt, texts, bot)
    return message.add("\n\n").add(texts.did_it_answer)


def _listing_message(listing: Listing, receipt: Receipt, texts: Texts, bot: str) -> Message:
    """Each article with its date, and under it the sentences that sum it up.

    Of several the numbers are those of the buttons that open their cards; in a group, where there
    are none, they are links that open them in private.
    """
    message = Message().add(getattr(texts, _LISTED[listing.about]), MessageEntity.BOLD)
    in_group = ChatThread.named(receipt.place).is_group
    for number, article in enumerate(listing.articles, start=1):
        reference = article.reference
        message.add("\n\n")
        if in_group or len(listing.articles) > 1:
            card = CardLink(number_of(reference.article)).address(bot)
            message.add(f"{number}.", url=card if in_group else None).add(" ")
        add_title(message, reference, url=web_link(reference.url))
        add_facts(message, day_of(reference, texts), reference.source)
        for claim, before in with_before(article.claims):
            message.add("\n")
            _add_claim(message, claim, before, receipt.id, texts, bot)
    return message


def _add_claims(
    message: Message, claims: Sequence[Claim], receipt: str, texts: Texts, bot: str
) -> None:
    """A paragraph each, with its numbers, and the date of what it is cited from."""
    for claim, before in with_before(claims):
        _add_claim(message, claim, before, receipt, texts, bot)
        days = (day_of(citation.reference, texts) for citation in claim.citations)
        if not claim.differs:  # then the date is among its words
            add_facts(message, ", ".join(dict.fromkeys(filter(None, days))))
        message.add("\n\n")


def _add_claim(
    message: Message, claim: Claim, before: str | None, receipt: str, texts: Texts, bot: str
) -> None:
    """The sentence with its numbers; what it leans on stands on a line of its own before it, in
    italics and with a sign that nothing else has, so that nobody takes it for what is claimed.

    On a line before both it is said of what stands further up in its article that it does.
    """
    if claim.further_up:
        message.add(texts.further_up).add("\n")
    if before:
        message.add(f"… {one_line(before)}", MessageEntity.ITALIC).add("\n")
    message.add(_incoming_message(claim, texts))
    for citation in claim.citations:
        message.add(" ")
        _add_number(message, citation, receipt, bot)


def _incoming_message(claim: Claim, texts: Texts) -> str:
    """The sentence; where it differs from one before it, whose it is and of when; where it is what
    an older report said, that."""
    if claim.earlier:
        return texts.said_earlier(text=one_line(claim.text))
    if not claim.differs:
        return one_line(claim.text)
    reference = claim.citations[0].reference
    parts = [title_of(reference), day_of(reference, texts)]
    whose = ", ".join(part for part in parts if part)
    return texts.differs(whose=whose, text=one_line(claim.text))


def _in_whose_words(answer: Answer, texts: Texts) -> str | None:
    """None without a language model: then there is only one way."""
    if answer.mode == "written":
        return texts.written
    return getattr(texts, _UNWRITTEN[answer.unwritten]) if answer.unwritten else None


def _checked_message(checked: Checked, receipt: str, texts: Texts, bot: str) -> Message:
    """Each sentence of the text, and under it what supports or contradicts it, if anything does."""
    message = Message()
    for sentence in checked.sentences:
        _add_verdict(message, sentence, texts)
        if sentence.citation:
            message.add(" ")
            _add_number(message, sentence.citation, receipt, bot)
            add_facts(message, day_of(sentence.citation.reference, texts))
        message.add("\n\n")
    if checked.left:
        message.add(texts.checked_first(count=len(checked.sentences))).add("\n\n")
    if checked.languages:
        message.add(_told(Reason.OTHER_LANGUAGE, checked.languages, texts))
    if checked.citations:
        _add_sources(message, checked.citations.values(), receipt, texts, bot)
    return message


def _add_verdict(message: Message, sentence: CheckedSentence, texts: Texts) -> None:
    message.add(_MARKS[sentence.verdict])
    message.add(one_line(sentence.text), MessageEntity.ITALIC).add("\n")
    message.add(getattr(texts, _VERDICTS[sentence.verdict]))
    if sentence.citation:
        message.add(" ").add(one_line(sentence.citation.quotation))


def _told(reason: Reason, languages: Sequence[str], texts: Texts) -> str:
    if reason is Reason.OTHER_LANGUAGE:
        return texts.other_language(any_language(languages, texts.language))
    told: str = getattr(texts, _REASONS[reason])
    return told


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
        add_facts(message, day_of(reference, texts))
