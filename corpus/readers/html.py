"""Reading a web page or a saved one: its article, without what stands around it."""

import re

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from footnote.corpus.address import identity, plain_address, same_site
from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.language import primary_language
from footnote.corpus.readers.article_frame import frame_article, with_blocks_between
from footnote.corpus.readers.authors import author_in_byline, authors, name_authors
from footnote.corpus.readers.brought import Brought
from footnote.corpus.readers.headline import headline, letters
from footnote.corpus.readers.lead import lead
from footnote.corpus.readers.loose_text import wrap_loose_text
from footnote.corpus.readers.markdown import is_markdown
from footnote.corpus.readers.markup_blocks import blocks, line
from footnote.corpus.readers.mended_tree import mend_tree
from footnote.corpus.readers.page_date import DATES, page_date, spell_dates
from footnote.corpus.readers.preformatted import open_preformatted
from footnote.corpus.readers.reading import Reading, finish
from footnote.corpus.readers.walls import wall

_LOOSELY = re.DOTALL | re.IGNORECASE
_BEFORE_MARKUP = r"\s*(?><\?xml[^>]*>\s*|<!--.*?-->\s*)*"
_PAGE = re.compile(rf"{_BEFORE_MARKUP}<(?:!doctype\s+html|html|head|body)\b", _LOOSELY)
_PIECE = re.compile(
    rf"{_BEFORE_MARKUP}<(?:article|div|h[1-6]|main|meta|ol|p|section|span|table|title|ul)\b[^>]*>",
    _LOOSELY,
)
# Where these do not say so, trafilatura takes a piece of a page for something else than HTML.
_CHARACTERS_THAT_SAY_HTML = 50
_DOCTYPE = "<!DOCTYPE html>"
# What readers write below an article, and the forms for newsletters, where trafilatura leaves them
# in: one page of a newspaper had more of its readers' sentences than of its own.
_NOT_OF_THE_ARTICLE = [
    f"//*[contains(@{attribute}, '{name}')][not(self::body or self::html or self::main)]"
    for attribute in ("id", "class")
    for name in (
        *("comment_list", "comment-list", "commentlist", "comments-list", "comments_list"),
        *("sf_comment", "subscribe-form", "newsletter-form", "newsletter-signup"),
    )
]
# The links for editing a section, and the list of sections, of a wiki.
_NOT_OF_THE_ARTICLE += ["//*[contains(@class, 'mw-editsection')]", "//div[@id='toc']"]
# What trafilatura, htmldate and lxml let through on pages that are broken, such as "<svg><p><p>".
_BROKEN = (
    *(AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
    etree.LxmlError,
)
# Measured: 0.97 of a page that lists links, 0.2 of an article with two of them in every sentence.
_MAX_LINKED = 0.8
# What is longer is a paragraph, taken in by a link that was never closed.
_LONGEST_LINK = 200
_NAMES_OF_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher")
_MAX_SHOWN = 160
# A teaser or two; what a short page about a site says of it is longer.
_MAX_WORDS_OF_FRONT_PAGE = 60
_WORD_PROCESSORS = re.compile("LibreOffice|OpenOffice|Microsoft Word|AbiWord")
_DAY_CHARACTERS = 10
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(?:[A-Za-z]{2,20}/)?(\d\d)/(\d\d)/")


def is_html(brought: Brought) -> bool:
    """A page by its beginning; by its ending, or by beginning with an element, unless the text is
    in Markdown, which may begin so."""
    if _PAGE.match(brought.text):
        return True
    is_piece = brought.ending in (".html", ".htm", ".xhtml") or _PIECE.match(brought.text)
    return bool(is_piece) and not is_markdown(brought)


def read_html(page_text: str, *, name: str, url: str | None = None) -> Reading:
    """The article of a page; Unreadable, with what the page is instead, where there is none.

    trafilatura finds the article and what the page says of it (title, author, date, site,
    canonical address); the paragraphs and headings are taken from the tree that it leaves. `url`
    is where the page came from: the address that it names itself counts on the same site only.
    """
    said_to_be_html = "html" in page_text[:_CHARACTERS_THAT_SAY_HTML].lower()
    page = trafilatura.load_html(page_text if said_to_be_html else _DOCTYPE + page_text)
    links = _links(page) if page is not None else set()
    seen = _seen(page) if page is not None else ""
    asks_password = page is not None and page.find(".//input[@type='password']") is not None
    file_date = _date_of_file(page) if page is not None else None
    if page is not None:
        mend_tree(page)
        open_preformatted(page)
        name_authors(page)
        spell_dates(page)
        wrap_loose_text(page)
    found = _extracted(page) if page is not None else None
    if page is None or found is None or found.body is None:
        what = wall("", seen, page_text, asks_password=asks_password)
        raise _no_article(name, what or Fault.LINKS_OR_SCRIPT, seen)
    found_blocks = list(blocks(found.body))
    if frame_article(page) and (framed := _extracted(page)) and framed.body is not None:
        found_blocks = with_blocks_between(found_blocks, list(blocks(framed.body)))
    names = _site_names(page, found, found.url or url or "")
    title = headline(page, found.title, names, found_blocks[0] if found_blocks else "")
    found_blocks = [*lead(page, title or "", found_blocks), *found_blocks]
    text = "\n\n".join(found_blocks)
    if what := wall(found.title or "", text, page_text, asks_password=asks_password):
        raise _no_article(name, what, text)
    if _share_linked(found_blocks, links) > _MAX_LINKED:
        raise _no_article(name, Fault.ONLY_LINKS, text)
    if _is_front_page(page, title or "", names, text):
        raise _no_article(name, Fault.LINKS_OR_SCRIPT, text)
    address = _address(found.url, url)
    date = page_date(page, found.title or "", text, found=found.date, url=found.url)
    return finish(
        text,
        name=name,
        title=title,
        author=authors(found.author, names, seen) or author_in_byline(page),
        date=date or _date_in(address or ""),
        file_date=file_date,
        source=_site(found.sitename),
        url=address,
        language=_language(page),
    )


def _is_front_page(page: etree._Element, title: str, names: set[str], text: str) -> bool:
    """Whether the page says that it is a site, is called as the site is, and has little text."""
    if len(text.split()) > _MAX_WORDS_OF_FRONT_PAGE:
        return False
    types = {meta.get("content") for meta in page.iter("meta") if meta.get("property") == "og:type"}
    called = {letters(name).removeprefix("the") for name in names}
    return "website" in types and letters(title).removeprefix("the") in called


def _no_article(name: str, what: Fault, seen: str) -> Unreadable:
    begins = line([seen]).lstrip("# ")[:_MAX_SHOWN]
    shown = [Fault.BEGINS.of(words=repr(begins))] if begins else []
    return Unreadable(what.of(name=name), *shown)


def _seen(page: etree._Element) -> str:
    """What a person sees of the page, roughly."""
    hidden = {"script", "style", "noscript", "template", "head", etree.Comment}
    texts = [
        text
        for element in page.iter()
        for text in (element.text if element.tag not in hidden else None, element.tail)
        if text and text.strip()
    ]
    return line([" ".join(texts)])


def _address(named: str | None, url: str | None) -> str | None:
    """The address that the page names, if it may: it is on the site, and not that site's front."""
    try:
        if named and url:
            fits = same_site(named, url) and ("/" in identity(named) or "/" not in identity(url))
            return plain_address(named if fits else url)
        return plain_address(named or url or "")
    except ValueError:
        return None


def _site_names(page: etree._Element, found: Document, url: str) -> set[str]:
    """What the site is called, in its address and by itself.

    trafilatura takes that part of the `<title>` for it which has a full stop in it, even the first.
    """
    host = _host(url).removeprefix("www.")
    names = [host, host.rpartition(".")[0]]
    if found.sitename and not line([page.findtext(".//title") or ""]).startswith(found.sitename):
        names.append(found.sitename)
    for meta in page.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").lower() in _NAMES_OF_SITE:
            names.append(meta.get("content", ""))
    return set(filter(None, map(line, ([name] for name in names))))


def _site(name: str | None) -> str | None:
    """Its name, or its host where an address stands there."""
    if name and name.lower().startswith(("http://", "https://")):
        return _host(name).removeprefix("www.") or None
    return name


def _host(url: str) -> str:
    try:
        return identity(url).partition("/")[0]
    except ValueError:
        return ""


def _extracted(page: etree._Element) -> Document | None:
    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params=DATES,
            prune_xpath=_NOT_OF_THE_ARTICLE,
        )
    except _BROKEN:
        return None
    return found if isinstance(found, Document) else None


def _date_in(address: str) -> str | None:
    """The day in an address such as https://example.org/2010/08/13/ferry."""
    found = _DAY_IN_ADDRESS.search(address)
    return "-".join(found.groups()) if found else None


def _date_of_file(page: etree._Element) -> str | None:
    """When a word processor made the page, if one did; that, and the year of a copyright, which
    htmldate would take for the date of the article, are taken away."""
    metas = list(page.iter("meta"))
    generators = [meta for meta in metas if meta.get("name", "").lower() == "generator"]
    processed = any(_WORD_PROCESSORS.search(meta.get("content", "")) for meta in generators)
    made = None
    for meta in metas:
        if processed and meta.get("name", "").lower() == "created":
            made = made or meta.get("content", "")[:_DAY_CHARACTERS]
            meta.attrib.clear()
        elif meta.get("itemprop") == "copyrightYear":
            meta.attrib.clear()
    return made


def _links(page: etree._Element) -> set[str]:
    links = (line(list(map(str, link.itertext()))) for link in page.iter("a"))
    return {link for link in links if len(link) <= _LONGEST_LINK}


def _share_linked(found_blocks: list[str], links: set[str]) -> float:
    text = " ".join(found_blocks)
    linked = sum(len(link) for link in links if link in text)
    return linked / len(text) if text else 0.0


def _language(page: etree._Element) -> str | None:
    declared = str(page.getroottree().getroot().get("lang") or "")
    primary = primary_language(declared)
    return primary if len(primary) == 2 and primary.isalpha() else None
