"""What is said of files and links that can't be read, and of changes that can't be made.

Each sentence is the one that the fault itself has, declared here to be translated.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from footnote.bot.bot_faults import BotFault
from footnote.bot.texts.base import BaseTexts, translatable
from footnote.corpus.faults import Fault, Sentences, ToldFault

FAULTS: Mapping[Sentences, str] = {
    Fault.NO_TEXT: translatable("{name}: no article in it, and no text"),
    Fault.TOO_SHORT: translatable(
        "{name}: no article in it, only {characters} characters of text: {text}"
    ),
    Fault.TOO_LONG: translatable("{name}: {why}"),
    Fault.TOO_MANY_CHARACTERS: translatable(
        "the text has {characters} characters, and an article may have {most}: cut it into several"
    ),
    Fault.TOO_LARGE: translatable("{name}: {size} bytes; the most that is read is {most}"),
    Fault.ONLY_PICTURES: translatable("{name}: no article in it, only pictures or empty pages"),
    Fault.NO_TEXT_IN_ODT: translatable("{name}: no text in this OpenDocument file"),
    Fault.NO_CHAPTERS: translatable(
        "{name}: no chapters with text in this book, only pictures perhaps"
    ),
    Fault.A_SCAN: translatable(
        "{name}: no text in it, only pictures of pages (a scan): run text recognition first"
    ),
    Fault.ERROR_PAGE: translatable("{name}: no article in this page (an error page)"),
    Fault.LOG_IN_PAGE: translatable("{name}: no article in this page (a log-in page)"),
    Fault.COOKIE_WALL: translatable("{name}: no article in this page (a cookie wall)"),
    Fault.PAY_WALL: translatable("{name}: no article in this page (a pay wall)"),
    Fault.LINKS_OR_SCRIPT: translatable(
        "{name}: no article in this page (a list of links or a script perhaps)"
    ),
    Fault.ONLY_LINKS: translatable("{name}: no article in this page (only links to others)"),
    Fault.BEGINS: translatable("it begins: {words}"),
    Fault.AN_ARCHIVE: translatable("{name}: this is an archive (ZIP) or a file of another program"),
    Fault.OLD_WORD: translatable(
        "{name}: this is an old document of Word or another program (save it as .docx)"
    ),
    Fault.ANOTHER_FORMAT: translatable("{name}: this is {kind}"),
    Fault.WHAT_IS_READ: translatable("Footnote reads {formats}"),
    Fault.LOCKED: translatable("{name} is locked with a password: save it without one"),
    Fault.PROTECTED: translatable("{name} is protected (DRM): Footnote cannot read it"),
    Fault.TOO_MANY_PAGES: translatable("{name} has {pages} pages; {most} are the most"),
    Fault.UNPACKS_TO_PARTS: translatable(
        "{name} unpacks to {bytes} bytes of text in {parts} parts; {most} bytes in"
        " {most_parts} parts are the most"
    ),
    Fault.UNPACKS_TO_MORE: translatable("{name} unpacks to more than {most} bytes"),
    Fault.BROKEN: translatable("{name} is broken: {reason}"),
    Fault.WITHOUT_PART: translatable("{name} is broken: it has no part {part}"),
    Fault.BROKEN_HEADERS: translatable("{name} is broken: {reason} in its headers"),
    Fault.BROKEN_PDF: translatable(
        "{name} is broken: no program could read it as a PDF ({reason})"
    ),
    Fault.NESTED: translatable("{name} is broken: what is in it is nested too deeply"),
    Fault.UNREAD: translatable("{name} is broken: no part of it could be read"),
    Fault.UNKNOWN_ENCODING: translatable("{name}: not text in any encoding that is known here"),
    Fault.NOT_TEXT: translatable("{name}: not text but data of some program"),
    Fault.TOO_SLOW: translatable(
        "{name}: reading it took longer than {seconds} s; it may be broken"
    ),
    Fault.TOO_MUCH_MEMORY: translatable(
        "{name}: reading it takes more memory than there is for it"
    ),
    Fault.READER_ENDED: translatable(
        "{name}: the program that reads it broke down (it ended with {code})"
    ),
    Fault.SYSTEM_REFUSES: translatable("{name}: {reason}"),
    Fault.SYSTEM: translatable("{reason}"),
    Fault.NOTHING_IN_FOLDER: translatable("{name}: no file of a kind that is read in this folder"),
    Fault.WENT_WRONG: translatable("{name}: something went wrong with it"),
    Fault.BROKEN_FEED: translatable("{url}: this feed is too broken to be read"),
    Fault.EMPTY_FEED: translatable("{url}: no article is named in this feed"),
    Fault.NO_FEED: translatable("{url} is no feed; add it as a single page instead"),
    Fault.FEED_IN_FEED: translatable("{url} is a feed in a feed"),
    Fault.NO_ADDRESS: translatable("{url} is not an address ({reason})"),
    Fault.NOT_HTTP: translatable("{url}: only addresses with http:// or https:// are fetched"),
    Fault.WITH_PASSWORD: translatable("an address with a name and a password in it is not fetched"),
    Fault.LONG_ADDRESS: translatable("{url} is too long an address"),
    Fault.LEADS_NOWHERE: translatable("{url} leads to {location}, which is no address"),
    Fault.INSIDE: translatable(
        "{host} is inside this machine or its networks, from which nothing is fetched: save"
        " the page as a file, and add that"
    ),
    Fault.NO_SITE: translatable("{host}: there is no such site"),
    Fault.NO_SITE_OR_NETWORK: translatable("{host}: there is no such site, or no network"),
    Fault.NO_ANSWER: translatable("{url}: no answer within {seconds} s"),
    Fault.CONNECTION_FAILED: translatable("{url}: the connection failed ({reason})"),
    Fault.TOO_MANY_REDIRECTS: translatable(
        "{url} leads from one address to the next, more than {most}"
    ),
    Fault.NOT_AN_ARTICLE: translatable("{url}: this is {kind}, not an article"),
    Fault.TOO_MANY_BYTES: translatable("{url} has more than {most} bytes"),
    Fault.UNASKED_ENCODING: translatable(
        "{url}: the site sends {encoding}, which was not asked for"
    ),
    Fault.BROKEN_ANSWER: translatable("{url}: what the site sends is broken ({reason})"),
    Fault.BROKEN_OFF: translatable("{url}: what the site sends is broken off"),
    Fault.ANSWERS: translatable("{url}: the site answers {status}"),
    Fault.WANTS_LOG_IN: translatable("{url}: the site answers {status}, it asks for a log-in"),
    Fault.WANTS_MONEY: translatable("{url}: the site answers {status}, it asks for money"),
    Fault.NO_PROGRAMS: translatable("{url}: the site answers {status}, it lets no programs in"),
    Fault.NOT_THERE: translatable("{url}: the site answers {status}, the page is not there"),
    Fault.PAGE_GONE: translatable("{url}: the site answers {status}, the page is gone"),
    Fault.ASKED_TOO_OFTEN: translatable("{url}: the site answers {status}, it was asked too often"),
    Fault.MAY_NOT_SHOW: translatable("{url}: the site answers {status}, it may not show the page"),
    Fault.IN_LINE: translatable("{file}, line {line}: {reason}"),
    Fault.AND_MORE: translatable("and {count} more"),
    Fault.GIVEN_TWICE: translatable("{key} is given twice: keep one of them"),
    Fault.NOT_PLAIN: translatable("{key} should be plain text, not a list or a mapping"),
    Fault.NO_TEXT_BELOW: translatable("there is no text below the head"),
    Fault.LONG_HEAD: translatable("the head has {characters} characters"),
    Fault.HEAD_WITHOUT_END: translatable("the head that starts with --- has no second ---"),
    Fault.WRONG_CHARACTER: translatable("the character {character} cannot stand in a head"),
    Fault.NOT_KEYS: translatable("the head should be lines of the form 'key: value'"),
    Fault.NOT_YAML: translatable("not YAML: {reason}"),
    Fault.UNMARKED_COLON: translatable(
        "not YAML: {reason} (put a value with ': ' in it between \"marks\")"
    ),
    Fault.NO_DATE: translatable("date is {value}; write it as 2016, 2016-08 or 2016-08-03"),
    Fault.NO_LANGUAGE: translatable("language is {value}; write it as en or pt-BR"),
    Fault.NO_WEB_ADDRESS: translatable("url is {value}; it starts with https:// and has no spaces"),
    Fault.LARGE_FILE: translatable(
        "the file has {size} bytes, and the most that is read is {most}"
    ),
    Fault.NAME_NOT_UTF8: translatable("the file's name is not UTF-8; rename the file"),
    Fault.NOT_UTF8: translatable("not UTF-8; add the file with 'footnote add' to convert it"),
    BotFault.FOLDER_UNUSABLE: translatable("the folder of articles cannot be used"),
    BotFault.FOLDER_REFUSES: translatable("the folder of articles cannot be used: {reason}"),
    BotFault.ARTICLE_GONE: translatable("the article is no longer there"),
    BotFault.NO_ROOM: translatable("No space left on device"),
    BotFault.NO_RIGHT: translatable("Permission denied"),
    BotFault.READ_ONLY: translatable("Read-only file system"),
    BotFault.CHANGES_UNREAD: translatable(
        "changes cannot be read ({reason}): make room on the disk or mend the rights of the folder"
    ),
    BotFault.CHANGES_UNWRITTEN: translatable(
        "changes cannot be written down ({reason}), so nothing was changed: make room on the"
        " disk or mend the rights of the folder"
    ),
    BotFault.CHANGES_DAMAGED: translatable(
        "{file} was damaged and is now {damaged}: what was changed before can't be taken back"
    ),
    BotFault.TRY_AGAIN: translatable("nothing was changed now: try again"),
    BotFault.MAY_NOT_ADD: translatable("whoever brought it may no longer add articles"),
    BotFault.SET_ASIDE: translatable(
        "it was being read twice when the bot had to begin anew, and was set aside"
    ),
    BotFault.NOT_HANDED_OVER: translatable("Telegram does not hand over the file"),
    BotFault.NOT_HANDED_OVER_NOW: translatable("Telegram does not hand over the file now"),
    BotFault.ARRIVED_IN_PART: translatable("the file arrived in part only, again and again"),
    BotFault.NO_LONGER_THERE: translatable(
        "Telegram no longer has this file: please send it again"
    ),
    BotFault.KEPT_ELSEWHERE: translatable("the index is kept by another Footnote ({holder})"),
    BotFault.NOT_SYNCED: translatable("the index can't be brought up to date now"),
}
FORMATS = translatable(
    "PDF, DOCX, ODT, EPUB, MHTML, e-mail (.eml), HTML, Markdown, CSV, TSV and plain text"
)
"""What is read, as `what_is_read` names it."""
_JOINED = translatable("{one}; {other}")
_MARKS_OF_DIRECTION = "\u200c\u200e\u200f"


class Failed(Protocol):
    """What did not become an article: `fault` says why in English, `told` for any language."""

    @property
    def fault(self) -> str | None: ...
    @property
    def told(self) -> tuple[ToldFault, ...]: ...


def fault_of(failed: Failed, texts: BaseTexts, *, name: str = "") -> str:
    """Why it failed, where that is known; without the `name` at its beginning."""
    if failed.told:
        return sentence(failed.told, texts, name=name)
    return (failed.fault or "").removeprefix(f"{name}: ")


def sentence(told: Sequence[ToldFault | str], texts: BaseTexts, *, name: str = "") -> str:
    """All of it in the language of the texts, as one."""
    first, *others = [_said(part, texts, name) for part in told]
    for other in others:
        first = texts.fill(texts.translate(_JOINED), {"one": first, "other": other})
    return first


def _said(told: ToldFault | str, texts: BaseTexts, name: str) -> str:
    if isinstance(told, str):
        return told
    said = texts.translate(FAULTS[told.what])
    for place in ("name", "url"):
        if name and told.values.get(place) == name:
            said = said.lstrip(_MARKS_OF_DIRECTION).removeprefix(f"{{{place}}}: ")
    values = {
        key: _said(value, texts, "") if isinstance(value, ToldFault) else value
        for key, value in told.values.items()
    }
    if told.what is Fault.WHAT_IS_READ:
        values["formats"] = texts.translate(FORMATS)
    return texts.fill(said, values)
