"""Reading e-mails (.eml) and web pages that browsers save as MHTML."""

import email
import email.policy
import re
from copy import deepcopy
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from lxml import etree

from footnote.corpus.charsets import codec_of
from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.normalise import normalise
from footnote.corpus.readers.encoding import decode
from footnote.corpus.readers.html import read_html
from footnote.corpus.readers.markup_blocks import blocks_of_html, parse_xhtml
from footnote.corpus.readers.quoted_mail import MIN_LETTERS, own_words, without_earlier
from footnote.corpus.readers.reading import Reading, finish
from footnote.corpus.readers.text import unwrap

_HEADER = re.compile(rb"([!-9;-~]{1,60}):[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n)*")
_MAX_HEADERS = 200
# Of these an e-mail has at least two; a text that begins "Title: …" and "Author: …" has none.
_TELLING = {"mime-version", "message-id", "received", "return-path", "delivered-to", "from"}
_TELLING |= {"content-type", "date", "dkim-signature", "snapshot-content-location"}
_BROKEN = (MessageError, AttributeError, LookupError, TypeError, ValueError)


def is_mail(data: bytes) -> bool:
    """Whether it begins with the headers of an e-mail."""
    names, at = set[str](), 0
    while len(names) < _MAX_HEADERS and (header := _HEADER.match(data, at)):
        names.add(header[1].decode("ascii").lower())
        at = header.end()
    return len(names & _TELLING) >= 2 and data.startswith((b"\n", b"\r\n"), at)


def read_mail(data: bytes, *, name: str) -> Reading:
    """The e-mail, without what is attached to it and what it quotes of earlier ones; or the article
    of a saved page."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        page = _part(message, "html")
        saved = message.get_content_type() == "multipart/related" or (
            message.get_content_type() == "text/html" and "snapshot-content-location" in message
        )
        if saved and page is not None:
            address = message["Snapshot-Content-Location"] or _location(message)
            return _page(page, address, name)
        return _email(message, page, name)
    except _BROKEN as error:
        raise Unreadable(Fault.BROKEN_HEADERS.of(name=name, reason=type(error).__name__)) from error


def _page(page: str, address: str | None, name: str) -> Reading:
    return read_html(page, name=name, url=address)


def _email(message: EmailMessage, page: str | None, name: str) -> Reading:
    written = _part(message, "plain")
    formatted = "\n\n".join(_blocks(page)) if page is not None else ""
    left_out: tuple[str, ...] = ()
    # Many programs put no more than "see the other part" into the plain one.
    if written is not None and len(written) * 2 >= len(formatted):
        own, left_out = own_words(written)
        text = unwrap(normalise(own))
    else:
        text = formatted
    sender = message["From"]
    people = [a.display_name or a.addr_spec for a in sender.addresses] if sender else []
    reading = finish(
        text,
        name=name,
        title=str(message["Subject"] or "") or None,
        author=", ".join(people) or None,
        date=_day(message),
    )
    return replace(reading, dropped=(*left_out, *reading.dropped))


def _part(message: EmailMessage, kind: str) -> str | None:
    """The first part of text of this kind that is no attachment."""
    for part in message.walk():
        if part.get_content_type() == f"text/{kind}" and not part.is_attachment():
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(payload, bytes):
                return _decoded(payload, charset)
    return None


def _decoded(payload: bytes, charset: str | None) -> str:
    try:
        return payload.decode(codec_of(charset or "utf-8") or "ascii")
    except UnicodeError:
        return decode(payload, name="the e-mail").text


def _location(message: EmailMessage) -> str | None:
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return str(part["Content-Location"] or "") or None
    return None


def _blocks(page: str) -> list[str]:
    try:
        root = parse_xhtml(page)
        whole = deepcopy(root)
        without_earlier(root)
        own = list(blocks_of_html(root))
        enough = sum(map(str.isalpha, "".join(own))) >= MIN_LETTERS
        return own if enough else list(blocks_of_html(whole))
    except (etree.LxmlError, ValueError):
        return []


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return None
