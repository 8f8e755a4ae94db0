"""The title of an article on a web page, told from the names of its site and of its file."""

import re
from collections.abc import Iterator

from lxml import etree

from footnote.corpus.readers.markup_blocks import line

_BETWEEN = re.compile(r" [|»›·•:–—-]{1,3} | ?[|»›] ?")
_HEADINGS = ("h1", "h2", "h3")
_FILE_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
_WORDS_OF_A_CLOCK = 2  # a weekday, and AM or PM
_WORD = re.compile(r"[^\W\d_]+")
_MAX_HEADINGS, _MAX_PARTS = 30, 8
_MIN_LETTERS = 4
_MIN_WORDS_OF_SITE = 2


def headline(
    page: etree._Element, title: str | None, site_names: set[str], first_line: str
) -> str | None:
    """The title that was found, or a better one that the page has.

    Better is a heading that the page's `<title>` is or begins with, where that lacks what was found
    and no `og:title` says it; a heading that the title repeats with the name of the site beside it;
    the other part of the `<title>` where what was found names the site; and a heading, or the first
    part of the `<title>`, where it is a time of day or the name of a file. A title that is an
    `<h1>`, and not the name of the site, stays. Where none was found, `first_line` would become the
    title: the first part of the `<title>` is better if that has more than one, and not this line.
    """
    headings = list(_texts(page, *_HEADINGS))
    whole = next(_texts(page, "title"), "")
    if _is_none(title or first_line):
        h1 = list(_texts(page, "h1"))
        return h1[0] if len(h1) == 1 else _BETWEEN.split(whole)[0].strip() or title
    if not title:
        named, *more = _BETWEEN.split(whole, _MAX_PARTS)
        said = bool(letters(first_line)) and letters(first_line) in letters(whole)
        return named.strip() if letters(named) and more and not said else None
    if letters(title) not in letters(whole) and not _is_named_in_meta(page):
        for heading in headings[:_MAX_HEADINGS]:
            if _begins(heading, whole):
                return heading
    of_site = _names_site(title, site_names)
    if not of_site and letters(title) in map(letters, _texts(page, "h1")):
        return title
    for heading in headings[:_MAX_HEADINGS]:
        if _is_beside_more(heading, title, site_names):
            return heading
    if of_site:
        others = [part for part in _others(title, whole) if not _names_site(part, site_names)]
        return max(others, key=len, default=title)
    return title


def _is_named_in_meta(page: etree._Element) -> bool:
    return any(meta.get("property", "").lower() == "og:title" for meta in page.iter("meta"))


def _begins(heading: str, whole: str) -> bool:
    """Whether the `<title>` is the heading, or that and more after it."""
    if len(letters(heading)) < 2 * _MIN_LETTERS or len(heading.split()) < 2:
        return False
    parts, wanted = _BETWEEN.split(whole, _MAX_PARTS), letters(heading)
    return any(letters(" ".join(parts[:n])) == wanted for n in range(1, len(parts) + 1))


def _is_none(title: str) -> bool:
    """Whether it is a time of day, or made to be read by a machine."""
    clock = _CLOCK.search(title) and len(_WORD.findall(title)) <= _WORDS_OF_A_CLOCK
    return bool(clock or _FILE_NAME.fullmatch(title))


def _is_beside_more(heading: str, title: str, site_names: set[str]) -> bool:
    """Whether the title is the heading and more after it, or the name of the site before it."""
    if len(letters(heading)) < 2 * _MIN_LETTERS or len(heading.split()) < 2:
        return False
    parts, wanted = _BETWEEN.split(title, _MAX_PARTS), letters(heading)
    for n in range(1, len(parts)):
        before, after = " ".join(parts[:n]), " ".join(parts[n:])
        if letters(before) == wanted:
            return not _names_site(before, site_names)
        if letters(after) == wanted:
            return _names_site(before, site_names)
    return False


def _others(title: str, whole: str) -> Iterator[str]:
    """What stands beside the title in the page's `<title>`."""
    parts = [part.strip() for part in _BETWEEN.split(whole, _MAX_PARTS)]
    same = [n for n in range(1, len(parts)) if letters(" ".join(parts[:n])) == letters(title)]
    ends = [n for n in range(1, len(parts)) if letters(" ".join(parts[n:])) == letters(title)]
    rest = parts[same[0] :] if same else parts[: ends[0]] if ends else []
    return (part for part in rest if len(letters(part)) >= _MIN_LETTERS)


def _names_site(title: str, site_names: set[str]) -> bool:
    """Whether it is one of the names, or the beginning of one, or has each of its words."""
    said, words = letters(title), _WORD.findall(title.casefold())
    if len(said) < _MIN_LETTERS:
        return said in map(letters, site_names)
    for name in site_names:
        of_name = _WORD.findall(name.casefold())
        each = all(any(word.startswith(one) for word in words) for one in of_name)
        if letters(name).startswith(said) or (len(of_name) >= _MIN_WORDS_OF_SITE and each):
            return True
    return False


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _texts(page: etree._Element, *tags: str) -> Iterator[str]:
    texts = (line(list(map(str, element.itertext()))) for element in page.iter(*tags))
    return (text for text in texts if text)
