"""What messages show of articles: titles, what else is known of them, and their prose."""

import re

from telegram import MessageEntity

from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.texts import Texts
from footnote.corpus.normalise import one_line
from footnote.index.results import Reference

# Whoever writes an article may write anything into its head; a message has to hold it.
_MAX_TITLE_CHARACTERS, _MAX_ABOUT_CHARACTERS = 200, 80
_HEADING = re.compile(r"^#{1,6} +(?P<words>\S.*)$", re.MULTILINE)


def add_title(message: Message, reference: Reference, *, url: str | None) -> None:
    """The title, as a link where there is one."""
    message.add(title_of(reference), *([] if url else [MessageEntity.BOLD]), url=url)


def add_source(message: Message, reference: Reference, texts: Texts, *, url: str | None) -> None:
    """The title, then author, day and where it was published."""
    add_title(message, reference, url=url)
    add_facts(message, reference.author, day_of(reference, texts), reference.source)


def day_of(reference: Reference, texts: Texts) -> str | None:
    """The article's own date; else the day on which it was added, said to be that."""
    if reference.date or not reference.added:
        return reference.date
    return texts.added_day(day=reference.added)


def add_facts(message: Message, *facts: str | None) -> None:
    """What is known, of what is asked for, behind what stands there already."""
    message.add("".join(f" · {beginning(f, _MAX_ABOUT_CHARACTERS)}" for f in facts if f))


def add_prose(message: Message, text: str) -> None:
    """A text of an article, with its headings in bold and without their marks."""
    at = 0
    for heading in _HEADING.finditer(text):
        message.add(text[at : heading.start()]).add(heading["words"], MessageEntity.BOLD)
        at = heading.end()
    message.add(text[at:])


def title_of(reference: Reference) -> str:
    return beginning(reference.title, _MAX_TITLE_CHARACTERS)


def beginning(text: str, most: int) -> str:
    """In one line, and cut after a word where it is long."""
    text = one_line(text)
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + " …"
