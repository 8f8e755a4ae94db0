"""Web pages and PDF files made of real texts, with what sites and printers put around them."""

import html
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
)

_MENU = ("Home", "World", "Business", "Opinion", "Culture", "Sport", "Weather", "Podcasts", "Jobs")
_FOOTER = (
    "About us", "Contact", "Privacy policy", "Terms of use", "Advertise with us", "Sitemap",
    "© 2024 The Daily Ledger. All rights reserved.",
)  # fmt: skip
_COOKIES = (
    "We use cookies to improve your experience. By continuing to use this site you accept them."
)
_SHARE = ("Share on Facebook", "Share on X", "Share on WhatsApp", "Email this article", "Print")
_COMMENTS = (
    "Great read, thanks for putting this together!", "I disagree with the second point entirely.",
    "Does anybody have a source for these numbers?", "First!",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and the title and the text that are in it, without what stands around them."""

    name: str
    data: bytes
    title: str
    text: str


def pages(articles: Sequence[tuple[str, str]], count: int) -> list[Made]:
    """So many web pages of five builds, from articles as title and text."""
    made = []
    for number in range(count):
        title, text = articles[number % len(articles)]
        chosen = random.Random(number)
        build = _BUILDS[number % len(_BUILDS)]
        others = [chosen.choice(articles)[0] for _ in range(8)]
        title = f"{title}, {number}"
        data = build(title, _paragraphs(text), others).encode()
        made.append(Made(f"page-{number}.html", data, title, text))
    return made


def prints(articles: Sequence[tuple[str, str]], count: int) -> list[Made]:
    """So many PDF files of the longest, in one column or two, with headers and page numbers."""
    made = []
    longest = sorted(articles, key=lambda article: -len(article[1]))[:count]
    for number, (title, text) in enumerate(longest):
        title = f"{title}, {number}"
        data = _pdf(title, _paragraphs(text), columns=1 + number % 2)
        made.append(Made(f"print-{number}.pdf", data, title, text))
    return made


def _paragraphs(text: str) -> list[str]:
    """As they are; a text in one piece is cut after every fifth sentence."""
    found = [part for part in text.split("\n") if part.strip()]
    if len(found) > 1:
        return found
    sentences = text.split(". ")
    return [". ".join(sentences[n : n + 5]) for n in range(0, len(sentences), 5)]


def _list(items: Sequence[str], *, link: bool = True) -> str:
    cell = '<li><a href="/x">{}</a></li>' if link else "<li>{}</li>"
    return "<ul>" + "".join(cell.format(html.escape(item)) for item in items) + "</ul>"


def _body(paragraphs: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)


def _news(title: str, paragraphs: Sequence[str], others: Sequence[str]) -> str:
    middle = len(paragraphs) // 2
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{html.escape(title)} | The Daily Ledger"
        f"</title><meta property='og:title' content='{html.escape(title)}'></head><body>"
        f"<div class='cookie-banner'><p>{_COOKIES}</p><button>Accept</button></div>"
        f"<header><nav>{_list(_MENU)}</nav></header><main><article><h1>{html.escape(title)}</h1>"
        f"<div class='share'>{_list(_SHARE)}</div>{_body(paragraphs[:middle])}"
        f"<aside class='related'><h3>Related articles</h3>{_list(others)}</aside>"
        f"{_body(paragraphs[middle:])}</article></main>"
        f"<section id='comments'><h2>4 comments</h2>{_list(_COMMENTS, link=False)}</section>"
        f"<footer>{_list(_FOOTER)}</footer></body></html>"
    )


def _blog(title: str, paragraphs: Sequence[str], others: Sequence[str]) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{html.escape(title)}</title></head><body class='post'>"
        f"<div id='page'><div id='masthead'>{_list(_MENU)}</div><div id='primary'><div"
        f" class='post hentry'><h1 class='entry-title'>{html.escape(title)}</h1>"
        f"<div class='entry-content'>{_body(paragraphs)}<div class='sharedaddy'>"
        f"<h3>Share this:</h3>{_list(_SHARE)}</div></div></div>"
        "<div id='respond'><h3>Leave a Reply</h3><p>Your email address will"
        " not be published. Required fields are marked *</p></div></div>"
        f"<div id='secondary'><h2>Recent Posts</h2>{_list(others)}<h2>Archives</h2>"
        f"{_list(['March 2021', 'April 2021', 'May 2021'])}</div></div>"
        "<div id='colophon'>Proudly powered by WordPress</div></body></html>"
    )


def _bare(title: str, paragraphs: Sequence[str], others: Sequence[str]) -> str:
    return (
        f"<html><head><title>{html.escape(title)}</title></head><body><h1>{html.escape(title)}</h1>"
        f"{_body(paragraphs)}<hr><a href='/'>Home</a> | <a href='/x'>Contact</a></body></html>"
    )


def _divs(title: str, paragraphs: Sequence[str], others: Sequence[str]) -> str:
    text = "".join(f"<div class='c-txt'>{html.escape(p)}<br><br></div>" for p in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><title>{html.escape(title)}</title></head><body>"
        f"<div class='t'>{_list(_MENU)}</div><div class='w'><div class='h'>"
        f"{html.escape(title)}</div>{text}</div>"
        f"<div class='n'><p>Sign up to our newsletter for the stories that matter.</p></div>"
        f"<div class='f'>{_list(others)}{_list(_FOOTER)}</div></body></html>"
    )


def _tables(title: str, paragraphs: Sequence[str], others: Sequence[str]) -> str:
    return (
        f"<html><head><title>{html.escape(title)}</title></head><body><table><tr><td width='150'>"
        f"{_list(_MENU)}{_list(others)}</td><td><h2>{html.escape(title)}</h2>{_body(paragraphs)}"
        f"</td></tr></table><center>{' | '.join(_FOOTER)}</center></body></html>"
    )


_BUILDS = (_news, _blog, _bare, _divs, _tables)


def _pdf(title: str, paragraphs: Sequence[str], *, columns: int) -> bytes:
    styles = getSampleStyleSheet()

    def edges(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, 810, "The Daily Ledger Quarterly, vol. 12")
        canvas.drawString(290, 30, f"{document.page}")

    width = 450 / columns
    frames = [Frame(72 + n * width, 60, width - 8, 730) for n in range(columns)]
    written = io.BytesIO()
    document = BaseDocTemplate(written, title=title, pagesize=(595, 842))
    document.addPageTemplates([PageTemplate(frames=frames, onPage=edges)])
    story = [Paragraph(html.escape(title), styles["Heading2"]), Spacer(1, 12)]
    story += [Paragraph(html.escape(p), styles["BodyText"]) for p in paragraphs]
    document.build(story)
    return written.getvalue()
