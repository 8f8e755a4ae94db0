"""What a reader brings back, and the last steps that all readers share."""

import re
from dataclasses import dataclass

from footnote.corpus.article import FILE_DATE, Draft, too_long
from footnote.corpus.dateline import dateline
from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.front_matter import day_of, is_address
from footnote.corpus.language import language_of, primary_language
from footnote.corpus.normalise import normalise, one_line
from footnote.corpus.readers.boilerplate import without_boilerplate

_MIN_LETTERS = 20
_MAX_SHOWN = 60
_MIN_CHARACTERS_TO_CONTRADICT = 500
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_PARTICLE = r"(?:and|&|(?:al|bin|da|de|del|der|di|du|e|el|ibn|la|ul|van|von|y)(?:-[\w'’.-]+)?)"
_NAME = rf"(?P<name>{_CAPITALISED}(?: (?:{_CAPITALISED}|{_PARTICLE})){{1,7}})"
_BYLINE = re.compile(rf"(?i:(?:written )?by|von):? {_NAME}")
_ABOUT_AUTHOR = re.compile(rf"The (?:author|writer),? {_NAME},? (?:is|was|works|teaches|writes)\b")
# A lead, a picture's caption or a place may come before the byline.
_FIRST_PARAGRAPHS = 3
# A line of tags or the like may come after the sentence about the author.
_LAST_PARAGRAPHS = 3
_HEADING_MARK = re.compile("#{1,6} +")
_MAX_TITLE_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft, and the lines that were left out of its text as boilerplate.

    `untitled`: its title is no more than the name of the file or the address. `guessed`: the
    encoding that the text was taken to be in, where that is a guess.
    """

    draft: Draft
    dropped: tuple[str, ...] = ()
    untitled: bool = False
    guessed: str | None = None


def finish(
    text: str,
    *,
    name: str,
    title: str | None = None,
    author: str | None = None,
    date: str | None = None,
    language: str | None = None,
    source: str | None = None,
    url: str | None = None,
    file_date: str | None = None,
) -> Reading:
    """Normalise, drop boilerplate, and fill in what is not given where the text tells: title,
    author, language and the date.

    `name` is the file's; it is the title of last resort. `date` is one that the article gives
    itself; `file_date`, when the file was made, is kept apart from it. Dates that are not of the
    calendar are dropped.
    Raises Unreadable where too little text is left to be an article.
    """
    text, dropped = without_boilerplate(normalise(text))
    text = normalise(text)
    if title := _clean(title):
        text = _without_title(title, text)
    else:
        title, text = _first_line_as_title(text)
    if not (author := _clean(author)):
        author, text = _author(text)
    if not text:
        raise Unreadable(Fault.NO_TEXT.of(name=name))
    if excess := too_long(len(text)):
        raise Unreadable(Fault.TOO_LONG.of(name=name, why=excess))
    if sum(map(str.isalpha, text)) < _MIN_LETTERS:
        raise Unreadable(
            Fault.TOO_SHORT.of(name=name, characters=len(text), text=repr(text[:_MAX_SHOWN]))
        )
    language = _language(_clean(language), text)
    draft = Draft(
        title=title or _title_from(name),
        text=text,
        author=author,
        date=_day(date) or dateline(text, language),
        language=language,
        source=_clean(source),
        url=_address(url),
        extra={FILE_DATE: made} if (made := _day(file_date)) else {},
    )
    return Reading(draft, dropped, untitled=title is None)


def _language(declared: str | None, text: str) -> str | None:
    """That of the text, where it is long enough to tell that it is not in the declared one.

    Told for English only, which templates of pages declare by default: not between languages that
    are close to each other.
    """
    if declared is None or len(text) < _MIN_CHARACTERS_TO_CONTRADICT:
        return declared or language_of(text)
    told = language_of(text)
    return told if told and (told == "en") != (primary_language(declared) == "en") else declared


def _title_from(name: str) -> str:
    """The title of last resort, from the name of a file or an address."""
    stem = re.sub(r"[-_\s]+", " ", name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()
    return (stem[:1].upper() + stem[1:]) or "Untitled"


def _clean(value: str | None) -> str | None:
    return (one_line(value) or None) if value else None


def _day(date: str | None) -> str | None:
    return day_of(one_line(date)) if date else None


def _address(url: str | None) -> str | None:
    """One that a browser would take, with its spaces written as a browser writes them; or none."""
    address = one_line(url or "").replace(" ", "%20")
    return address if is_address(address) else None


def _without_title(title: str, text: str) -> str:
    """Without the first line, or a heading soon after it, that repeats the title."""
    paragraphs, wanted = text.split("\n\n", _FIRST_PARAGRAPHS), _letters(title)
    for n, paragraph in enumerate(paragraphs[:_FIRST_PARAGRAPHS]):
        is_heading = _HEADING_MARK.match(paragraph) is not None
        if (not n or is_heading) and len(paragraphs) > 1 and _letters(paragraph) == wanted:
            return "\n\n".join(paragraphs[:n] + paragraphs[n + 1 :])
    return text


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _first_line_as_title(text: str) -> tuple[str | None, str]:
    first, _, rest = text.partition("\n\n")
    title = _HEADING_MARK.sub("", first, count=1)
    if (
        rest
        and "\n" not in first
        and any(map(str.isalnum, title))
        and len(title) <= _MAX_TITLE_CHARACTERS
        and not title.endswith(".")
    ):
        return title, rest
    return None, text


def named_in_byline(paragraph: str) -> str | None:
    """The name, where the paragraph is a byline ("By Ida Holm") and nothing else."""
    byline = _BYLINE.fullmatch(paragraph)
    return byline["name"].removesuffix(".") if byline else None


def _author(text: str) -> tuple[str | None, str]:
    paragraphs = text.split("\n\n", _FIRST_PARAGRAPHS)
    for n, paragraph in enumerate(paragraphs[:_FIRST_PARAGRAPHS]):
        if len(paragraphs) > 1 and (name := named_in_byline(paragraph)):
            return name, "\n\n".join(paragraphs[:n] + paragraphs[n + 1 :])
    for paragraph in text.rsplit("\n\n", _LAST_PARAGRAPHS)[-_LAST_PARAGRAPHS:]:
        if about := _ABOUT_AUTHOR.match(paragraph):
            return about["name"], text
    return None, text
