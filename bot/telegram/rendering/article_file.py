"""A whole article for a chat: as a message where it fits in one, else as a file."""

from telegram import MessageEntity

from footnote.bot.telegram.rendering.excerpts import add_prose, beginning
from footnote.bot.telegram.rendering.message import MAX_UNITS, Message, units
from footnote.corpus.article import Article
from footnote.corpus.span import Span

_MAX_CAPTION_CHARACTERS = 200


def fits(message: Message) -> bool:
    return units(message.text) <= MAX_UNITS


def add_quotation(message: Message, text: str, marked: Span | None = None) -> None:
    """A text in a quotation that can be unfolded, with the sentence marked in it."""
    start = len(message.text)
    if marked is None:
        add_prose(message, text)
    else:
        add_prose(message, text[: marked.start])
        message.add(marked.of(text), MessageEntity.BOLD, MessageEntity.UNDERLINE)
        add_prose(message, text[marked.end :])
    message.enclose(start, MessageEntity.EXPANDABLE_BLOCKQUOTE)


def file_of(article: Article) -> tuple[bytes, str, Message]:
    """Content, name and caption of a file: what is known of the article, then its text."""
    known = (article.title, article.author, article.date, article.source, article.url)
    head = "\n".join(line for line in known if line)
    # With the mark by which phones know UTF-8.
    content = f"{head}\n\n{article.text}\n".encode("utf-8-sig")
    caption = Message().add(beginning(article.title, _MAX_CAPTION_CHARACTERS))
    return content, f"{article.id.rpartition('/')[2]}.txt", caption
