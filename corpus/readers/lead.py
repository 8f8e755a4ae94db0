"""The lead of an article: what a page puts between its headline and its text."""

import re
from collections.abc import Sequence

from lxml import etree

from footnote.corpus.readers.markup_blocks import line

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:chapeau|chapo|dek|excerpt|intro|kicker-text|lead|standfirst|subtitle|summary"
    r"|vorspann)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AROUND = frozenset(("aside", "figure", "footer", "form", "li", "nav", "noscript", "table"))
_AROUND_NAMED = re.compile(
    r"author|banner|breadcrumb|byline|caption|comment|cookie|menu|newsletter|promo|related|share"
    r"|sidebar|social|teaser|widget",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2")
# Shorter ones are bylines, captions and buttons; longer ones are no leads.
_MIN_CHARACTERS, _MAX_CHARACTERS = 60, 1200
_SENTENCE_END = re.compile(r"[.?!…][”“\"'»)]*$")
# More of them are teasers of other articles, on the front page of a site.
_MOST = 2
# By so many characters a paragraph is known again.
_KNOWN_BY = 40
_MAX_LINKED = 0.3


def lead(page: etree._Element, title: str, found_blocks: Sequence[str]) -> list[str]:
    """The paragraphs of the page between its headline and the first of the `found_blocks` that are
    missing from these.

    trafilatura drops them where they stand in a `<header>`, or in an element beside the text. For
    the headline is taken an `<h1>`, an `<h2>` that says the title, or where the `<article>` begins.
    """
    paragraphs = [block for block in found_blocks if len(block) >= _MIN_CHARACTERS]
    if not paragraphs:
        return []
    begins, text = _letters(paragraphs[0])[:_KNOWN_BY], _letters(" ".join(found_blocks))
    leads, wanted = list[str](), _letters(title)
    within = False
    for element in page.iter("article", "div", "p", *_HEADINGS):
        if element.tag in ("article", "h1") or (element.tag == "h2" and _says(element, wanted)):
            within, leads = True, []
        elif element.tag not in _HEADINGS and (element.tag == "p" or not _holds_blocks(element)):
            words = _words(element)
            letters = _letters(words)
            if begins and letters.startswith(begins):
                return leads if len(leads) <= _MOST else []
            if within and letters[:_KNOWN_BY] not in text and _is_lead(element, words):
                leads.append(words)
    return []


def _is_lead(element: etree._Element, words: str) -> bool:
    if not (_MIN_CHARACTERS <= len(words) <= _MAX_CHARACTERS and _SENTENCE_END.search(words)):
        return False
    linked = sum(len(_words(link)) for link in element.iter("a"))
    if linked > _MAX_LINKED * len(words):
        return False
    around = [element, *element.iterancestors()]
    named = any(_NAMED.search(_name(one)) for one in around[:2])
    in_header = element.tag == "p" and any(one.tag == "header" for one in around)
    return (named or in_header) and not any(
        one.tag in _AROUND or (one.tag != "body" and _AROUND_NAMED.search(_name(one)))
        for one in around
        if one.tag not in ("html", "body", "article", "main")
    )


def _says(heading: etree._Element, wanted: str) -> bool:
    said = _letters(_words(heading))
    return len(said) > 3 and (said in wanted or wanted in said)


def _holds_blocks(element: etree._Element) -> bool:
    return (
        next(element.iterdescendants("div", "p", "ul", "ol", "table", *_HEADINGS), None) is not None
    )


def _words(element: etree._Element) -> str:
    return line(list(map(str, element.itertext())))


def _name(element: etree._Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
