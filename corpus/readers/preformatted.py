"""Plain text on a web page: paragraphs of what stands in `<pre>`, where it is the page's text."""

import re
from collections import Counter

from lxml import etree

from footnote.corpus.normalise import normalise
from footnote.corpus.readers.text import unwrap

_MIN_SHARE, _MIN_CHARACTERS = 0.8, 500
_FOOT = re.compile(r"\[Page \d{1,4}\]$")
_DIGITS = re.compile(r"\d+")
_MIN_REPEATS, _FAR = 2, 6
_HIDDEN = ("script", "style", "noscript", "template")


def open_preformatted(page: etree._Element) -> None:
    """Put paragraphs into a `<div>` in the place of `<pre>` elements that have four fifths of the
    text of the page; what is shorter is code, verse or a letter in an article."""
    body = page.find(".//body")
    found = list(page.iter("pre"))
    if body is None or not found:
        return
    texts = [_text(element) for element in found]
    hidden = sum(len(_text(element)) for element in body.iter(*_HIDDEN))
    own = sum(map(len, texts))
    if own < max(_MIN_CHARACTERS, _MIN_SHARE * (len(_text(body)) - hidden)):
        return
    whole, *rest = found
    for element in rest:
        element.tag = "div"
        _empty(element)
    _empty(whole)
    whole.tag = "div"
    text = normalise(_without_edges(normalise("\n".join(texts))))
    for paragraph in unwrap(text).split("\n\n"):
        etree.SubElement(whole, "p").text = paragraph


def _without_edges(text: str) -> str:
    """Without the feet of printed pages ("Holm [Page 7]") and the heads that come again after
    them, which part sentences."""
    lines = text.split("\n")
    feet = [n for n, line in enumerate(lines) if _FOOT.search(line)]
    after = ([m for m in range(n + 1, n + _FAR) if any(lines[m : m + 1])] for n in feet)
    heads = [numbers[0] for numbers in after if numbers]
    seen = Counter(_shape(lines[m]) for m in heads)
    gone = {*feet, *(m for m in heads if seen[_shape(lines[m])] >= _MIN_REPEATS)}
    kept, over = list[str](), False
    for n, line in enumerate(lines):
        if n in gone:
            over = True
            continue
        if line and over:
            while line[0].islower() and kept and not kept[-1]:
                kept.pop()  # the sentence goes on
            over = False
        kept.append(line)
    return "\n".join(kept)


def _shape(text: str) -> str:
    return _DIGITS.sub("0", text)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _empty(element: etree._Element) -> None:
    element.text = None
    for child in list(element):
        element.remove(child)
