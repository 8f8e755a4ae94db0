"""What is read: a row for each format. To add a format, write its reader and add a row here.

Nothing is imported from here before something is read: the process that takes articles in needs to
know endings and types only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from footnote.corpus.readers.brought import Brought
    from footnote.corpus.readers.reading import Reading

Way: TypeAlias = "tuple[Callable[[Brought], bool], Callable[[Brought], Reading]]"
"""Whether something is of a format, told by its content, and how it is read then."""


@dataclass(frozen=True, slots=True)
class Format:
    """`names` are for people; none where it is known and not read, which `load` gives reasons for.

    Of a folder, the files with one of the `endings` are taken; of what is fetched, also what has
    one of the `media_types` (of those that begin with "text/" each). `load` imports what reads it.
    """

    names: tuple[str, ...]
    endings: tuple[str, ...]
    media_types: tuple[str, ...]
    load: Callable[[], Way]


def _pdf() -> Way:
    from footnote.corpus.readers.pdf import is_pdf, read_pdf

    return is_pdf, lambda brought: read_pdf(brought.data, name=brought.name)


def _docx() -> Way:
    from footnote.corpus.readers.office import is_docx, read_docx

    return is_docx, lambda brought: read_docx(brought.data, brought.packed, name=brought.name)


def _odt() -> Way:
    from footnote.corpus.readers.office import is_odt, read_odt

    return is_odt, lambda brought: read_odt(brought.packed, name=brought.name)


def _epub() -> Way:
    from footnote.corpus.readers.epub import is_epub, read_epub

    return is_epub, lambda brought: read_epub(brought.packed, name=brought.name)


def _other_bytes() -> Way:
    from footnote.corpus.readers.others import is_no_text, refuse_bytes

    return is_no_text, refuse_bytes


def _mail() -> Way:
    from footnote.corpus.readers.mail import is_mail, read_mail

    return lambda brought: is_mail(brought.data), lambda brought: read_mail(
        brought.data, name=brought.name
    )


def _html() -> Way:
    from footnote.corpus.readers.html import is_html, read_html

    return is_html, lambda brought: read_html(brought.text, name=brought.name, url=brought.url)


def _markdown() -> Way:
    from footnote.corpus.readers.markdown import is_markdown, read_markdown

    return is_markdown, lambda brought: read_markdown(brought.text, name=brought.name)


def _other_markup() -> Way:
    from footnote.corpus.readers.others import is_markup, refuse_markup

    return is_markup, refuse_markup


def _values() -> Way:
    from footnote.corpus.readers.text import read_values

    return lambda brought: brought.ending in (".csv", ".tsv"), lambda brought: read_values(
        brought.text, name=brought.name
    )


def _text() -> Way:
    from footnote.corpus.readers.text import read_text

    return lambda _: True, lambda brought: read_text(brought.text, name=brought.name)


FORMATS = (
    Format(("PDF",), (".pdf",), ("application/pdf", "application/x-pdf"), _pdf),
    Format(
        ("DOCX",),
        (".docx",),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml", "application/msword"),
        _docx,
    ),
    Format(("ODT",), (".odt",), ("application/vnd.oasis.opendocument.text",), _odt),
    Format(("EPUB",), (".epub",), ("application/epub+zip",), _epub),
    Format((), (), (), _other_bytes),
    Format(
        ("MHTML", "e-mail (.eml)"),
        (".mht", ".mhtml", ".eml"),
        ("message/rfc822", "multipart/related", "application/x-mimearchive"),
        _mail,
    ),
    Format(("HTML",), (".html", ".htm", ".xhtml"), ("application/xhtml+xml",), _html),
    Format(("Markdown",), (".md", ".markdown"), (), _markdown),
    Format((), (), (), _other_markup),
    Format(("CSV", "TSV"), (".csv", ".tsv"), (), _values),
    Format(("plain text",), (".txt",), (), _text),
)
"""The first that recognises something reads it: bytes before texts, the last takes everything."""

ENDINGS = frozenset(ending for of in FORMATS for ending in of.endings)
"""Of the files that are taken from a folder; a file that is named is read whatever its name."""

MEDIA_TYPES = tuple(media_type for of in FORMATS for media_type in of.media_types)
"""Beginnings of the types that a site may give to what is read, beside texts."""


def what_is_read() -> str:
    """Every format, as people call it."""
    *names, last = [name for of in FORMATS for name in of.names]
    return f"{', '.join(names)} and {last}"
