"""What can be wrong with what people bring: each fault with its sentence in English.

A fault is raised with the values that its sentence is filled with, so that whoever shows it can say
it in another language. The names of the faults stay as they are: they are stored with what failed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Sentences(Enum):
    """The values are sentences in English, with {places} for what is filled in."""

    def of(self, **values: "Value") -> "ToldFault":
        return ToldFault(self, values)


@dataclass(frozen=True, slots=True)
class ToldFault:
    """A sentence and what it is filled with: names, numbers, or other sentences."""

    what: Sentences
    values: Mapping[str, "Value"]

    def __str__(self) -> str:
        written = {
            name: f"{value:,}" if isinstance(value, int) else str(value)
            for name, value in self.values.items()
        }
        return str(self.what.value).format_map(written)


Value = str | int | ToldFault


class ToldError(Exception):
    """The message is in English; `told` has what it was made of, as far as that can be said in
    other languages."""

    def __init__(self, *told: ToldFault | str) -> None:
        self.told = tuple(part for part in told if isinstance(part, ToldFault))
        super().__init__("; ".join(map(str, told)))


class Fault(Sentences):
    """Those of files and links."""

    # What is no article
    NO_TEXT = "{name}: no article in it, and no text"
    TOO_SHORT = "{name}: no article in it, only {characters} characters of text: {text}"
    TOO_LONG = "{name}: {why}"
    TOO_MANY_CHARACTERS = (
        "the text has {characters} characters, and an article may have {most}: cut it into several"
    )
    TOO_LARGE = "{name}: {size} bytes; the most that is read is {most}"
    ONLY_PICTURES = "{name}: no article in it, only pictures or empty pages"
    NO_TEXT_IN_ODT = "{name}: no text in this OpenDocument file"
    NO_CHAPTERS = "{name}: no chapters with text in this book, only pictures perhaps"
    A_SCAN = "{name}: no text in it, only pictures of pages (a scan): run text recognition first"

    # What is another page than the one that is wanted
    ERROR_PAGE = "{name}: no article in this page (an error page)"
    LOG_IN_PAGE = "{name}: no article in this page (a log-in page)"
    COOKIE_WALL = "{name}: no article in this page (a cookie wall)"
    PAY_WALL = "{name}: no article in this page (a pay wall)"
    LINKS_OR_SCRIPT = "{name}: no article in this page (a list of links or a script perhaps)"
    ONLY_LINKS = "{name}: no article in this page (only links to others)"
    BEGINS = "it begins: {words}"

    # What can't be read
    AN_ARCHIVE = "{name}: this is an archive (ZIP) or a file of another program"
    OLD_WORD = "{name}: this is an old document of Word or another program (save it as .docx)"
    ANOTHER_FORMAT = "{name}: this is {kind}"
    WHAT_IS_READ = "Footnote reads {formats}"
    LOCKED = "{name} is locked with a password: save it without one"
    PROTECTED = "{name} is protected (DRM): Footnote cannot read it"
    TOO_MANY_PAGES = "{name} has {pages} pages; {most} are the most"
    UNPACKS_TO_PARTS = (
        "{name} unpacks to {bytes} bytes of text in {parts} parts; {most} bytes in {most_parts}"
        " parts are the most"
    )
    UNPACKS_TO_MORE = "{name} unpacks to more than {most} bytes"
    BROKEN = "{name} is broken: {reason}"
    WITHOUT_PART = "{name} is broken: it has no part {part}"
    BROKEN_HEADERS = "{name} is broken: {reason} in its headers"
    BROKEN_PDF = "{name} is broken: no program could read it as a PDF ({reason})"
    NESTED = "{name} is broken: what is in it is nested too deeply"
    UNREAD = "{name} is broken: no part of it could be read"
    UNKNOWN_ENCODING = "{name}: not text in any encoding that is known here"
    NOT_TEXT = "{name}: not text but data of some program"
    TOO_SLOW = "{name}: reading it took longer than {seconds} s; it may be broken"
    TOO_MUCH_MEMORY = "{name}: reading it takes more memory than there is for it"
    READER_ENDED = "{name}: the program that reads it broke down (it ended with {code})"
    SYSTEM_REFUSES = "{name}: {reason}"
    SYSTEM = "{reason}"
    NOTHING_IN_FOLDER = "{name}: no file of a kind that is read in this folder"
    WENT_WRONG = "{name}: something went wrong with it"

    # Feeds
    BROKEN_FEED = "{url}: this feed is too broken to be read"
    EMPTY_FEED = "{url}: no article is named in this feed"
    NO_FEED = "{url} is no feed; add it as a single page instead"
    FEED_IN_FEED = "{url} is a feed in a feed"

    # Addresses
    NO_ADDRESS = "{url} is not an address ({reason})"
    NOT_HTTP = "{url}: only addresses with http:// or https:// are fetched"
    WITH_PASSWORD = "an address with a name and a password in it is not fetched"
    LONG_ADDRESS = "{url} is too long an address"
    LEADS_NOWHERE = "{url} leads to {location}, which is no address"
    INSIDE = (
        "{host} is inside this machine or its networks, from which nothing is fetched: save the"
        " page as a file, and add that"
    )

    # Sites
    NO_SITE = "{host}: there is no such site"
    NO_SITE_OR_NETWORK = "{host}: there is no such site, or no network"
    NO_ANSWER = "{url}: no answer within {seconds} s"
    CONNECTION_FAILED = "{url}: the connection failed ({reason})"
    TOO_MANY_REDIRECTS = "{url} leads from one address to the next, more than {most}"
    NOT_AN_ARTICLE = "{url}: this is {kind}, not an article"
    TOO_MANY_BYTES = "{url} has more than {most} bytes"
    UNASKED_ENCODING = "{url}: the site sends {encoding}, which was not asked for"
    BROKEN_ANSWER = "{url}: what the site sends is broken ({reason})"
    BROKEN_OFF = "{url}: what the site sends is broken off"
    ANSWERS = "{url}: the site answers {status}"
    WANTS_LOG_IN = "{url}: the site answers {status}, it asks for a log-in"
    WANTS_MONEY = "{url}: the site answers {status}, it asks for money"
    NO_PROGRAMS = "{url}: the site answers {status}, it lets no programs in"
    NOT_THERE = "{url}: the site answers {status}, the page is not there"
    PAGE_GONE = "{url}: the site answers {status}, the page is gone"
    ASKED_TOO_OFTEN = "{url}: the site answers {status}, it was asked too often"
    MAY_NOT_SHOW = "{url}: the site answers {status}, it may not show the page"

    # The head of an article's file
    IN_LINE = "{file}, line {line}: {reason}"
    AND_MORE = "and {count} more"
    GIVEN_TWICE = "{key} is given twice: keep one of them"
    NOT_PLAIN = "{key} should be plain text, not a list or a mapping"
    NO_TEXT_BELOW = "there is no text below the head"
    LONG_HEAD = "the head has {characters} characters"
    HEAD_WITHOUT_END = "the head that starts with --- has no second ---"
    WRONG_CHARACTER = "the character {character} cannot stand in a head"
    NOT_KEYS = "the head should be lines of the form 'key: value'"
    NOT_YAML = "not YAML: {reason}"
    UNMARKED_COLON = "not YAML: {reason} (put a value with ': ' in it between \"marks\")"
    NO_DATE = "date is {value}; write it as 2016, 2016-08 or 2016-08-03"
    NO_LANGUAGE = "language is {value}; write it as en or pt-BR"
    NO_WEB_ADDRESS = "url is {value}; it starts with https:// and has no spaces"
    LARGE_FILE = "the file has {size} bytes, and the most that is read is {most}"
    NAME_NOT_UTF8 = "the file's name is not UTF-8; rename the file"
    NOT_UTF8 = "not UTF-8; add the file with 'footnote add' to convert it"


def written(told: ToldFault | str) -> Any:
    """As it stands in JSON."""
    if isinstance(told, str):
        return told
    values = {
        name: written(value) if isinstance(value, ToldFault) else value
        for name, value in told.values.items()
    }
    return [told.what.name, values]


def told_of(stored: Any) -> ToldFault | str:
    """What `written` made of it; KeyError where no fault has that name any more."""
    if isinstance(stored, str):
        return stored
    name, values = stored
    of_name = {fault.name: fault for kind in Sentences.__subclasses__() for fault in kind}
    filled = {key: told_of(v) if isinstance(v, list) else v for key, v in values.items()}
    return of_name[name].of(**filled)
