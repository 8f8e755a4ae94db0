"""Files of the formats that programs write, made here so that it is known what is in them."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

CROSSING = "The ferry left Skarn at ten past six, with eleven passengers, two bicycles and a dog."
SPEECH = "Nobody made a speech, and the captain sounded the horn twice, as he had always done."
ELAN = "Ålesund’s élan – “so it was said” – came with the 12.40 train from Tromsø."

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(*pages: list[str], title: str = "", author: str = "", password: str = "") -> bytes:
    """A PDF with a running header and page numbers; a paragraph that begins with # is a heading."""
    styles = getSampleStyleSheet()
    story: list[object] = []
    for number, paragraphs in enumerate(pages):
        story += [PageBreak()] if number else []
        for text in paragraphs:
            style = "Heading1" if text.startswith("#") else "BodyText"
            story.append(Paragraph(text.removeprefix("# "), styles[style]))

    def edges(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.drawString(72, 800, "The Journal of Ferries")
        canvas.drawString(300, 30, f"Page {document.page} of {len(pages)}")

    written = io.BytesIO()
    locked = StandardEncryption(password) if password else None
    SimpleDocTemplate(written, title=title, author=author, encrypt=locked).build(
        story, onFirstPage=edges, onLaterPages=edges
    )
    return written.getvalue()


def scan() -> bytes:
    """A PDF of two pages with nothing but shapes on them."""
    written = io.BytesIO()
    canvas = Canvas(written)
    for _ in range(2):
        canvas.rect(100, 100, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def docx(body: str, *, more: Mapping[str, str] | None = None) -> bytes:
    """A document of Word; `body` is WordprocessingML."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/><Default'
        ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{_style('Titel', 'Title')}"
        f"{_style('berschrift1', 'heading 1')}</w:styles>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship'
        f' Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">'
        "<dc:title>A title of the program</dc:title><dc:creator>Ada Winter;Bo Ek</dc:creator>"
        "<dcterms:created>2021-03-04T10:11:12Z</dcterms:created></cp:coreProperties>",
    }
    return packed(parts | dict(more or {}))


def _style(identifier: str, name: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/></w:style>'
    )


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of Word."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def odt(body: str) -> bytes:
    """A text of LibreOffice; `body` is OpenDocument."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("table", "table"))
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "meta.xml": '<o:meta xmlns:o="o" xmlns:m="m" xmlns:dc="d">'
            "<dc:title>Of ferries</dc:title>"
            "<m:initial-creator>Ada Winter</m:initial-creator>"
            "<m:creation-date>2021-03-04T10:11:12</m:creation-date></o:meta>",
        }
    )


def epub(
    *chapters: str,
    more: Mapping[str, str] | None = None,
    dates: str = "<dc:date>2019-05-06</dc:date>",
) -> bytes:
    """A book; each chapter is the inside of a body in XHTML, `dates` are elements of its head."""
    items = "".join(
        f'<item id="c{n}" href="text/chapter%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        'container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="d" '
        'xmlns:opf="o"><metadata>'
        "<dc:title>The Ferry Book</dc:title><dc:creator>Ada Winter</dc:creator><dc:creator>Bo Ek"
        f"</dc:creator>{dates}<dc:language>en-GB</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    parts |= {
        f"OPS/text/chapter {n}.xhtml": '<?xml version="1.0" encoding="utf-8"?><html xmlns='
        f'"http://www.w3.org/1999/xhtml"><head><title/></head><body>{chapter}</body></html>'
        for n, chapter in enumerate(chapters)
    }
    return packed(parts | dict(more or {}))


def letter(text: str, *, page: str | None = None, subject: str = "The ferry") -> bytes:
    """A letter, with a part in HTML and an attachment if `page` is given."""
    message = EmailMessage()
    message["From"] = "Ada Winter <ada@example.org>"
    message["To"] = "bo@example.org"
    message["Subject"] = subject
    message["Date"] = "Thu, 04 Mar 2021 10:11:12 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    if page is not None:
        message.add_alternative(page, subtype="html")
        message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="x.pdf")
    return message.as_bytes()


def mhtml(page: str, *, address: str = "https://example.org/ferry") -> bytes:
    """A page as Chromium saves it."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = address
    message["Subject"] = "A page"
    message["MIME-Version"] = "1.0"
    message.make_related()
    message.add_related(page, subtype="html", cte="quoted-printable")
    message.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<i@x>")
    return message.as_bytes()
