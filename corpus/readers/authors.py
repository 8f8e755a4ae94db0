"""The people who wrote a page, told from its site, its makers and its buttons."""

import re

from lxml import etree

from footnote.corpus.calendar_names import month_names
from footnote.corpus.readers.headline import letters
from footnote.corpus.readers.markup_blocks import line
from footnote.corpus.readers.reading import named_in_byline

_LABEL = re.compile(
    r"(?:view all (?:posts|articles) by|all posts by|posts by|(?:written|posted|published) by|by"
    r"|author|autor(?: ?[/;,]? ?in)?|verfasser(?:in)?|von|par|por|автор)(?: ?[:;,] ?| )",
    re.IGNORECASE,
)
_NOT_A_PERSON = re.compile(
    r"\b(?:logged|log ?in|sign ?in|sign ?up|subscribe|comments?|themes?|plugins?|empfehlen|teilen"
    r"|drucken|share|follow|kommentare?|webdesign|web design|www|https?)\b|[@<>{}_]|\d",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:GmbH|gGmbH|mbH|AG|KG|GbR|SE|UG|Ltd|LLC|Inc|Corp|PLC|S\.?A\.?R?\.?L?|S\.?r\.?l|B\.?V"
    r"|e\.? ?V)\b\.?"
)
_BYLINE = re.compile(r"(?:^|[\s_-])byline(?:$|[\s_-])", re.IGNORECASE)
_PROGRAM = re.compile(r"(?:version|v) ?\d|\d\.\d", re.IGNORECASE)
_SURNAME_FIRST = re.compile(r"([^\d,;&]{2,40}), ?([^\d,;&]{1,40})")
# Fields for the catalogue of a library, where surnames stand first.
_FIELDS_OF_CATALOGUE = ("dc.creator", "dcterms.creator", "citation_author")
_FIELDS = ("author", "creator", *_FIELDS_OF_CATALOGUE)
_ADDRESS = re.compile(r"\S+[. ](?:At|Ch|Com|De|Info|Net|Org)", re.IGNORECASE)
_MIN_LETTERS_OF_SITE = 5
# Of what stands after a name, so much may be the date of the article.
_DATE_CHARACTERS, _MOST_PLACES = 20, 20
_AROUND = " ,.|/·•–—-"
_LONGEST_CLASS = 40


# What a name of a site may have at its end that its address lacks, or the other way round.
_AFTER_SITE = re.compile(r"(?:online|redaktion|news|team|de|com|net|org|at|ch)$")


def name_authors(page: etree._Element) -> None:
    """Have the page give its authors as people are called: without the program that made it,
    "Holm, Ida" of a catalogue the right way round, and without what is called as its class is, as
    in `<span class="username">Username</span>`."""
    for meta in page.iter("meta"):
        field, content = meta.get("name", "").lower(), line([meta.get("content", "")])
        if field in _FIELDS and _PROGRAM.search(content):
            meta.attrib.clear()
        elif field in _FIELDS_OF_CATALOGUE and (name := _SURNAME_FIRST.fullmatch(content)):
            meta.set("content", f"{name[2].strip()} {name[1].strip()}")
    for element in page.iter("a", "div", "p", "span"):
        named, text = letters(element.get("class", "")), element.text or ""
        if named and len(text) < _LONGEST_CLASS and named == letters(text):
            del element.attrib["class"]


def author_in_byline(page: etree._Element) -> str | None:
    """The one person that the elements called bylines name; None where they name several."""
    bylines = (one for one in page.iter("div", "p", "span") if _BYLINE.search(one.get("class", "")))
    texts = (line(list(map(str, byline.itertext()))) for byline in bylines)
    names = {name for text in texts if (name := named_in_byline(text))}
    return names.pop() if len(names) == 1 else None


def authors(found: str | None, site_names: set[str], seen: str) -> str | None:
    """The names, with commas between them, without the labels before them; None where none is left.

    `found` has semicolons between the names; `seen` is what a person sees of the page.
    """
    if ";" in (found or "") and letters(found or "") in map(letters, site_names):
        return None  # of a site with "&" in its name, two names would be made
    sites, kept, after_company = set(map(_site, site_names)) - {""}, list[str](), False
    hosts = {letters(site) for site in site_names if "." in site}
    with_spaces = {_site(site) for site in site_names if " " in site}
    for part in _unlabelled(line([found or ""])).split(";"):
        name = _without_month(_unlabelled(part.strip()), seen)
        first, _, last = name.rpartition(" ")
        if first and last.islower() and _site(last) in sites:
            name, after_company = first, True
        # Whoever has a site of their own is named as it is: danielberg.org, by Daniel Berg.
        alone = " " in name and letters(name) not in hosts
        named = with_spaces if alone else sites
        if _COMPANY.search(name) or _is_none(name, named):
            after_company = True
        elif not (after_company and " " not in name):
            kept.append(name)  # what is left out is a place: "Estuary Media GmbH, Velden, Norway"
    return ", ".join(kept) or None


def _without_month(name: str, seen: str) -> str:
    """Without the month of a date that stands behind the name, where trafilatura keeps that."""
    first, _, last = name.rpartition(" ")
    if " " not in first or last.casefold().rstrip(".") not in month_names("en"):
        return name
    for after in seen.split(first, _MOST_PLACES)[1:]:
        before_month, month, behind = after[:_DATE_CHARACTERS].partition(last)
        around = before_month.strip(_AROUND) + behind.strip(_AROUND)[:1]
        if month and around.isdigit():
            return first
    return name


def _unlabelled(name: str) -> str:
    label = _LABEL.match(name)
    return name[label.end() :] if label else name


def _is_none(name: str, sites: set[str]) -> bool:
    said = _site(name)
    if not said or said in sites or _NOT_A_PERSON.search(name) or _ADDRESS.fullmatch(name):
        return True
    one_word = " " not in name and len(said) >= _MIN_LETTERS_OF_SITE
    return one_word and any(site.startswith(said) for site in sites)


def _site(name: str) -> str:
    return _AFTER_SITE.sub("", letters(name).removeprefix("www"))
