"""The people who wrote a page, told from its site, its makers and its buttons."""

import re

from footnote.corpus.readers.headline import letters
from footnote.corpus.readers.markup_blocks import line

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
_ADDRESS = re.compile(r"\S+[. ](?:At|Ch|Com|De|Info|Net|Org)", re.IGNORECASE)
_MIN_LETTERS_OF_SITE = 5


# What a name of a site may have at its end that its address lacks, or the other way round.
_AFTER_SITE = re.compile(r"(?:online|redaktion|news|team|de|com|net|org|at|ch)$")


def authors(found: str | None, site_names: set[str]) -> str | None:
    """The names, with commas between them, without the labels before them; None where none is left.

    `found` has semicolons between the names.
    """
    sites, kept, after_company = set(map(_site, site_names)) - {""}, list[str](), False
    hosts = {letters(site) for site in site_names if "." in site}
    with_spaces = {_site(site) for site in site_names if " " in site}
    for part in _unlabelled(line([found or ""])).split(";"):
        name = _unlabelled(part.strip())
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
