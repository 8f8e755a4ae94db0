"""What an e-mail has beside its own text: the e-mails that it quotes, and a signature."""

import re
from collections.abc import Iterator

from lxml import etree

_MARK = re.compile(r"(?:> ?)+")
# Without the space that belongs behind the dashes (RFC 3676, section 4.3) they may part a text.
_MAX_SIGNATURE_LINES = 8
# "On Monday, Piet wrote:" and the like, perhaps over two lines, in the languages that Footnote
# speaks and some more.
_WROTE = re.compile(
    r"(?:wrote|writes|schrieb|schreibt|a\s+écrit|escribió|scrisse|ha\s+scritto|escreveu|schreef"
    r"|написала?|пишет|نوشت|نوشته\s+است|می‌نویسد|نے\s+لکھا)(?:\s+[^\n:]{0,60})?\s?[::]$",
    re.IGNORECASE,
)
_MAX_CHARACTERS, _MAX_ATTRIBUTION_LINES = 200, 3
_SENTENCE_ENDS = tuple(".!?:…。؟۔,")
# The line above an earlier e-mail that is all below it, and that above one that is passed on.
_ORIGINAL = re.compile(
    r"-{2,} ?(?:original message|original appointment|ursprüngliche nachricht"
    r"|originalnachricht|message d'origine|message d’origine|mensaje original|messaggio originale"
    r"|mensagem original|исходное сообщение|первоначальное сообщение|پیام اصلی|اصل پیغام) ?-{2,}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"(?:-{2,} ?)?(?:begin )?(?:forwarded message|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|пересылаемое сообщение"
    r"|пересланное сообщение|پیام هدایت‌شده|پیام فوروارد شده|آگے بھیجا گیا پیغام)(?: ?-{2,}|:)",
    re.IGNORECASE,
)
# The headers that Outlook puts above an earlier e-mail, the first of them.
_FIRST_HEADER = re.compile(r"(?:from|von|de|da|от|из|از|منجانب) ?: \S", re.IGNORECASE)
_HEADER = re.compile(
    r"(?:from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|enviado|fecha|para"
    r"|asunto|envoyé|à|objet|от|отправлено|дата|кому|копия|тема|از|تاریخ|به|موضوع|منجانب|بنام) ?: ",
    re.IGNORECASE,
)
_MIN_HEADERS, _MAX_HEADERS = 3, 12
MIN_LETTERS = 20
# What programs call an earlier e-mail, what leads up to it, and a signature.
_CLASSES = {"gmail_quote", "gmail_signature", "gmail_attr", "moz-cite-prefix", "moz-signature"}
_CLASSES |= {"yahoo_quoted", "protonmail_quote", "protonmail_signature_block"}
_ABOVE_EARLIER = {"divRplyFwdMsg", "appendonsend"}
_UNREAD = "template"


def own_words(text: str) -> tuple[str, tuple[str, ...]]:
    """What the writer of an e-mail says in it, and the lines that are others', or a signature.

    An e-mail that is passed on stays, under a heading that says so. Where the writer says next to
    nothing, all of it stays, without the marks of what is quoted.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    left = set(_left_out(lines))
    own = "\n".join(_passed_on(lines, n) for n in range(len(lines)) if n not in left)
    if sum(map(str.isalpha, own)) < MIN_LETTERS:
        return "\n".join(without_mark(line) for line in lines), ()
    return own, tuple(lines[n] for n in sorted(left) if lines[n].strip())


def without_mark(line: str) -> str:
    """The line without the marks of an e-mail's quotation before it."""
    return _MARK.sub("", line, count=1) if line.startswith(">") else line


def without_earlier(page: etree._Element) -> None:
    """Have what programs mark as an earlier e-mail, or as a signature, passed over by readers."""
    for element in list(page.iter(etree.Element)):
        cited = element.tag == "blockquote" and element.get("type") == "cite"
        if cited or _CLASSES.intersection(str(element.get("class") or "").split()):
            element.tag = _UNREAD
        elif element.get("id") in _ABOVE_EARLIER:
            for below in (element, *element.itersiblings(etree.Element)):
                below.tag = _UNREAD


def _left_out(lines: list[str]) -> Iterator[int]:
    """The numbers of the lines that are not the writer's own."""
    passed_on = next(
        (n for n, line in enumerate(lines) if _FORWARDED.fullmatch(line.strip())), len(lines)
    )
    end = next((n for n in range(passed_on) if _ends_email(lines, n)), passed_on)
    yield from range(end, passed_on)
    yield from _headers(lines, passed_on + 1)
    for number, line in enumerate(lines[:end]):
        if line.startswith(">"):
            yield number
            if number and not lines[number - 1].startswith(">"):
                yield from _attribution(lines, number)


def _ends_email(lines: list[str], number: int) -> bool:
    """Whether the e-mail ends above this line, with a signature or an earlier e-mail below."""
    line = lines[number]
    if line.rstrip() == "--":
        return line == "-- " or len(lines) - number <= _MAX_SIGNATURE_LINES
    if _ORIGINAL.fullmatch(line.strip()):
        return True
    return bool(_FIRST_HEADER.match(line)) and len(list(_headers(lines, number))) >= _MIN_HEADERS


def _headers(lines: list[str], start: int) -> Iterator[int]:
    for number in range(start, min(start + _MAX_HEADERS, len(lines))):
        if lines[number].strip() and not _HEADER.match(lines[number].lstrip("*")):
            return
        yield number


def _attribution(lines: list[str], number: int) -> Iterator[int]:
    """The paragraph above a quotation, where it says no more than whose that is."""
    end = number - 1 if lines[number - 1].strip() else number - 2
    start = end
    while start > 0 and end - start < _MAX_ATTRIBUTION_LINES and lines[start - 1].strip():
        start -= 1
    for first in range(max(start, 0), end + 1):
        words = " ".join(line.strip() for line in lines[first : end + 1])
        above = lines[first - 1].rstrip() if first else ""
        if (
            (not above or above.endswith(_SENTENCE_ENDS))
            and len(words) <= _MAX_CHARACTERS
            and _WROTE.search(words)
        ):
            yield from range(first, end + 1)
            return


def _passed_on(lines: list[str], number: int) -> str:
    line = lines[number].strip()
    if not _FORWARDED.fullmatch(line):
        return lines[number]
    headers = [lines[n] for n in _headers(lines, number + 1)]
    sender = next((h for h in headers if _FIRST_HEADER.match(h.lstrip("*"))), "")
    told = line.strip("- :")
    return f"\n\n## {told}: {sender.strip('* ')}\n\n" if sender else f"\n\n## {told}\n\n"
