"""The day on which a web page says that its article came out."""

import re
from copy import deepcopy
from typing import Any

from htmldate import find_date
from lxml import etree

from footnote.corpus.dateline import dateline
from footnote.corpus.front_matter import day_of

# Only dates that the page declares, in its head, address or a marked place: looked for everywhere,
# htmldate takes the year of a copyright line, or one of the text, for the date of the article.
DATES: dict[str, Any] = {"extensive_search": False, "original_date": True, "min_date": "1600-01-01"}
# Some systems put the day there on which the page was made anew or changed.
_DOUBTFUL = re.compile(r"datecreated|isodatetime|(?:.*[_.:-])?last[_-]?(?:updated|modified)")
_AMERICAN = re.compile(r"(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/((?:19|20)\d\d)(?:[ T].{0,20})?")
_IN_TITLE = re.compile(r" [|–—·-] (\d\d?)\.(\d\d?)\.((?:19|20)\d\d)$")


def spell_dates(page: etree._Element) -> None:
    """Write dates of the form 05/29/2007 in the page's fields as ISO 8601; htmldate takes the first
    number for the day."""
    for meta in page.iter("meta"):
        if date := _AMERICAN.fullmatch(meta.get("content", "").strip()):
            month, day, year = date.groups()
            meta.set("content", f"{year}-{int(month):02}-{day}")


def page_date(
    page: etree._Element, title: str, text: str, *, found: str | None, url: str | None
) -> str | None:
    """The date, as ISO 8601, if the page tells; that at the end of its title counts most.

    `found` is what trafilatura took for it. Where the page has a field for when it was made or
    changed, any other date that it gives, or that stands above its text, counts more.
    """
    if at_end := _IN_TITLE.search(title):
        day, month, year = at_end.groups()
        if named := day_of(f"{year}-{int(month):02}-{int(day):02}"):
            return named
    article = deepcopy(page)
    doubtful = [meta for meta in article.iter("meta") if _DOUBTFUL.fullmatch(_field(meta))]
    if not found or not doubtful:
        return found
    for meta in doubtful:
        meta.attrib.clear()
    return find_date(article, url=url, **DATES) or dateline(text) or found


def _field(meta: etree._Element) -> str:
    return (meta.get("itemprop") or meta.get("name") or meta.get("property") or "").lower()
