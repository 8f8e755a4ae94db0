"""Reading PDF files: their text in paragraphs, and where each page begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.normalise import normalise
from footnote.corpus.printed_pages import with_pages
from footnote.corpus.readers.brought import Brought
from footnote.corpus.readers.lines import (
    HYPHEN,
    PAGE,
    Line,
    body_size,
    paragraphs,
    title_of,
    without_edges,
    without_title,
)
from footnote.corpus.readers.reading import Reading, finish

_MARK = b"%PDF-"
_BYTES_BEFORE_MARK = 1024  # as much as Acrobat passes over
MAX_PAGES = 5_000

_GENERATED_HYPHENS = "\x02\ufffe"
_DAY = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"(?i)untitled|\(?unspecified\)?|microsoft word|.*\.(?:docx?|indd|qxp|tex|pdf|odt|html?)"
)


def is_pdf(brought: Brought) -> bool:
    data = brought.data
    return data.lstrip().startswith(_MARK) or (
        _MARK in data[:_BYTES_BEFORE_MARK] and brought.is_binary
    )


def read_pdf(data: bytes, *, name: str) -> Reading:
    """The text of a PDF; Unreadable for a scan, a locked file or one that is broken."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                raise Unreadable(
                    Fault.TOO_MANY_PAGES.of(name=name, pages=len(document), most=MAX_PAGES)
                )
            known = document.get_metadata_dict()
            pages = [list(_lines(page, number)) for number, page in enumerate(document)]
    except pypdfium2.PdfiumError as error:
        raise _refused(name, error) from error
    if not any(pages):
        raise Unreadable(Fault.A_SCAN.of(name=name))
    lines = [line for page in without_edges(pages) for line in page]
    title = _clean(known.get("Title", ""))
    body = body_size(lines)
    if title:
        lines = without_title(title, lines)
    else:
        title, lines = title_of(lines, body)
    reading = finish(
        "\n\n".join(paragraphs(lines, body)),
        name=name,
        title=title,
        author=_clean(known.get("Author", "")),
        file_date=_date(known.get("CreationDate", "")),
    )
    return _with_pages(reading, len(pages))


def _refused(name: str, error: pypdfium2.PdfiumError) -> Unreadable:
    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return Unreadable(Fault.LOCKED.of(name=name))
    return Unreadable(Fault.BROKEN_PDF.of(name=name, reason=str(error)))


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    text_page = page.get_textpage()
    start, codes = (
        0,
        [raw.FPDFText_GetUnicode(text_page.raw, i) for i in range(text_page.count_chars())],
    )
    for end, code in enumerate([*codes, 10]):
        if code in (10, 13):
            if line := _line(text_page, codes, start, end, number):
                yield line
            start = end + 1
    text_page.close()
    page.close()


def _line(
    text_page: pypdfium2.PdfTextPage, codes: Sequence[int], start: int, end: int, number: int
) -> Line | None:
    text = "".join(map(_character, codes[start:end])).replace(PAGE, "")
    if not text.strip():
        return None
    seen = [i for i in range(start, end) if not _character(codes[i]).isspace()]
    left, first_bottom, _, top = text_page.get_charbox(seen[0], loose=True)
    _, bottom, right, _ = text_page.get_charbox(seen[-1], loose=True)
    size = round(top - first_bottom, 1)
    return Line(text.strip(), number, left, right, first_bottom, bottom, size)


def _character(code: int) -> str:
    """Surrogates come one by one; what is no code point comes as 0 or beyond the last."""
    character = chr(code) if 0 < code < 0x110000 else ""
    return HYPHEN if character and character in _GENERATED_HYPHENS else character


def _clean(value: str) -> str | None:
    value = " ".join(value.split())
    return None if not any(map(str.isalpha, value)) or _NO_TITLE.fullmatch(value) else value


def _date(moment: str) -> str | None:
    match = _DAY.match(moment)
    return "-".join(part for part in match.groups() if part) if match else None


def _with_pages(reading: Reading, count: int) -> Reading:
    """The marks taken out of the text, and what they marked written down."""
    pieces = reading.draft.text.split(PAGE)
    text = "".join(pieces)
    starts = [0]
    for piece in pieces[:-1]:
        starts.append(starts[-1] + len(piece))
    draft = replace(
        reading.draft, text=normalise(text), title=reading.draft.title.replace(PAGE, "")
    )
    if draft.text == text and len(starts) <= count:
        draft = with_pages(draft, starts)
    dropped = tuple(line.replace(PAGE, "") for line in reading.dropped)
    return Reading(draft, dropped, reading.untitled)
