"""Lines that a web page puts around an article and that are no part of it."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

_NETWORKS = (
    r"facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|tumblr|pocket|e-?mail|instagram"
    r"|youtube|print|share|more|copy\ link|messenger|mastodon|bluesky|threads|skype|viber|flipboard"
)
_NEW_WINDOW = r"\ \(opens\ in\ (a\ )?new\ window\)"
_PLACES = r"home|menu|search|about(\ us)?|contact(\ us)?|privacy(\ policy)?|cookie\ policy"
_PLACES += (
    r"|terms(\ (of\ (use|service)|and\ conditions))?|sitemap|advertise(\ with\ us)?|subscribe"
)
_PLACES += r"|log\ in|login|sign\ in|sign\ up|register"
_COOKIE_NOTICE = r"experience|settings|accept|agree|consent|preferences|traffic|continu|opt[ -]out"
_COOKIE_NOTICE_DE = "datenschutz|einstellung|zustimm|widersprech|einverstanden|erlebnis|erfahrung"
_PHOTOGRAPHER = r"[^\W\d_][\w.'’-]{0,30}(\ [\w.'’-]{1,30}){1,4}"
_AGENCIES = (
    r"getty(\ images)?|reuters|ap(\ photo)?|the\ associated\ press|afp(/getty(\ images)?)?|epa"
    r"|dpa|shutterstock|istock(photo)?|alamy|corbis|bloomberg|wireimage|picture\ alliance"
)
# Whole lines only, as they stand on pages of WordPress, its plug-ins and the usual consent banners.
# Nobody writes such a line in an article, so it goes wherever it stands.
_SURE = re.compile(
    rf"""
    leave \s a \s (reply|comment) (\s cancel \s reply | \s to \s .{{1,60}})? | cancel \s reply
    | (post|add|write|leave) \s (a \s|your \s)? comment | submit \s comment
    | (\d+|no|view (\s all)?|show (\s all)?|load \s more) \s comments (\s \(\d+\))?
    | comments \s (are|have \s been) \s closed | comments \s \(\d+\)
    | (log|sign) \s in \s to \s (leave|post|write|add) \s a \s (comment|reply)
    | you \s must \s be \s logged \s in \s to \s (post \s a \s comment|comment|reply)
    | your \s e-?mail \s address \s will \s not \s be \s published .{{0,80}}
    | required \s fields \s are \s marked .{{0,20}}
    | notify \s me \s of \s (follow-up|new) \s (comments|posts) .{{0,40}}
    | save \s my \s name,? \s e-?mail .{{0,40}} \s in \s this \s browser .{{0,60}}
    | this \s site \s uses \s akismet .{{0,120}} | learn \s how \s your \s comment \s data .{{0,40}}
    | please \s enable \s javascript .{{0,80}}
    | (%d|\d+) \s bloggers? \s like \s this
    | like \s loading | be \s the \s first \s to \s (like|comment) .{{0,40}}
    | (share|like|print|rate|tweet|e-?mail) \s this (\s (post|article|page|story|entry))?
    | share \s (via|on|to|with|by) \s ({_NETWORKS}) ({_NEW_WINDOW})? | ({_NETWORKS}) {_NEW_WINDOW}
    | share
    | (click|tap) \s to \s (share|print|e-?mail) (\s (on|via|with|this|a|to) \s .{{1,80}})?
    | advertisements? | (story|article) \s continues \s (below|after) (\s (this \s)? advertisement)?
    | advertisement .{{0,10}} continue .{{0,30}} | sponsored \s content
    | related \s (posts?|articles?|stories|news|topics) | (read|continue) \s (more|reading)
    | you \s (might|may) \s also \s (like|enjoy) | learn \s more | loading \s comments
    | \[ (also \s read|(read|watch) (\s (also|more|next))?) : \s .{{1,150}} \]
    | table \s of \s contents | inhaltsverzeichnis | tabla \s de \s contenidos | содержание
    | ({_PHOTOGRAPHER}) \s? / \s? ({_AGENCIES})
    | (subscribe|sign \s up) \s (to|for) \s (our|the) \s .{{0,60}} newsletter .{{0,60}}
    | (accept|reject|allow|manage) (\s all)? \s cookies | cookie \s (settings|preferences)
    | (we|(this|our) \s (web)?site) \s uses? \s cookies \b (?=.*({_COOKIE_NOTICE})) .{{0,300}}
    | (auf \s (dieser|unserer) \s web(site|seite) \s werden|(diese|unsere) \s web(site|seite)
        \s (verwendet|nutzt)|wir \s (verwenden|nutzen)) \s cookies \b
        (?=.*({_COOKIE_NOTICE_DE})) .{{0,300}}
    | (sie \s haben \s sich \s .{{0,60}} \s )? newsletter \s (abonnieren|angemeldet)
    | (jetzt|hier) \s newsletter \s abonnieren
    | (zuletzt \s )? aktualisiert \s am | artikel \s (empfehlen|drucken|teilen|kommentieren)
    | (kommentar|antwort) \s (schreiben|hinterlassen|verfassen) | \d+ \s kommentare
    | \( (photo \s )? credit: .{{1,80}} \)? | (header|featured) \s image: .{{1,300}}
    | by \s continuing \s to \s (use|browse) \s (this|our) \s (web)?site .{{0,80}} cookies .{{0,80}}
    | (follow|find|join|like) \s us \s on \s .{{0,20}} \b ({_NETWORKS}) .{{0,40}}
    | skip \s to \s (the \s)? (main \s)? (content|navigation) | (back|scroll) \s to \s (the \s)? top
    | (©|\(c\)|copyright) .{{0,120}} all \s rights \s reserved .{{0,40}} | all \s rights \s reserved
    | (copyright \s)? (©|\(c\)) \s? [12]\d{{3}} .{{0,60}}
    | (proudly \s)? powered \s by \s (wordpress|blogger|ghost|drupal|disqus) .{{0,30}}
    | (create \s a \s website \s or \s)? blog \s at \s wordpress \.? com .{{0,20}}
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The same before a headline or names; one that ends like a sentence stays.
_BEFORE_HEADLINE = re.compile(
    r"""
    ( (previous|next) \s (post|article|story) (\s? [:→»›|-])?
    | (also \s read | read \s (also|more|next) | filed \s under | posted \s in | tags | tagged) :
    ) (\s .{1,150})?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Words that stand alone on buttons, and in articles too: as a heading, a list item, a chapter X.
_PERHAPS = re.compile(
    rf"""
    ({_NETWORKS}) ([\s,|/·•]+ ({_NETWORKS}))* | ({_PLACES}) (\s? [|/·•] \s? ({_PLACES}))*
    | next | previous | full \s? screen
    | like | tweet | reply | comments? | related | sponsored | close | save | loading
    | advertisements?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What says that headlines of other articles follow, where nothing else does.
_ANNOUNCES = re.compile(
    r"(?:read (?:more|also|next)|also read|more on this(?: story| topic)?"
    r"|related (?:stories|articles|coverage|posts)|you (?:might|may) also like):?",
    re.IGNORECASE,
)
_MAX_HEADLINE, _MOST_HEADLINES = 150, 8
_AROUND_WORDS = " .…:!*#-–—«»‹›←→↑"
_MIN_CHARACTERS_OF_PARAGRAPH = 80
_MAX_CHARACTERS = 400
_SENTENCE_END = (".", "?", "!", ".”", '."')


class _Kind(Enum):
    TEXT, PERHAPS, SURE = range(3)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    kind: _Kind


def without_boilerplate(text: str) -> tuple[str, tuple[str, ...]]:
    """The normalised text without such lines, and the lines that went, in their order.

    A word that may belong to the article goes only next to a line that surely does not, or, with
    others of its kind, before the first paragraph or after the last.
    """
    lines = text.split("\n")
    gone = set(_gone([_Line(n, line, _kind(line)) for n, line in enumerate(lines) if line]))
    kept = "\n".join(line for number, line in enumerate(lines) if number not in gone)
    return kept, tuple(lines[number] for number in sorted(gone))


def _gone(lines: list[_Line]) -> Iterator[int]:
    """The numbers of the lines to go; blank ones are not among `lines`."""
    paragraphs = [
        line.number
        for line in lines
        if line.kind is not _Kind.SURE and len(line.text) >= _MIN_CHARACTERS_OF_PARAGRAPH
    ]
    yield from _headlines_at_end(lines)
    # Without paragraphs there is no knowing what stands around them: then nothing does.
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (0, sys.maxsize)
    before = ""
    for is_text, group in groupby(lines, key=lambda line: line.kind is _Kind.TEXT):
        run = list(group)
        around = run[-1].number < first or run[0].number > last
        if is_text:
            before = run[-1].text
        elif any(line.kind is _Kind.SURE for line in run):
            yield from (n.number for n in run if around or n.kind is _Kind.SURE or n.text[0] != "#")
        elif around and (len(run) > 1 or run[-1] is lines[-1]) and not before.endswith(":"):
            yield from (line.number for line in run)


def _headlines_at_end(lines: list[_Line]) -> Iterator[int]:
    """The last lines, where one announces headlines and those after it are nothing else."""
    found = list[int]()
    for line in reversed(lines[-_MOST_HEADLINES - 1 :]):
        if _ANNOUNCES.fullmatch(line.text.lstrip(_AROUND_WORDS)):
            yield from (line.number, *found) if found else ()
            return
        if (
            line.text[0] in "|#"
            or len(line.text) > _MAX_HEADLINE
            or line.text.endswith(_SENTENCE_END)
        ):
            return
        found.append(line.number)


def _kind(line: str) -> _Kind:
    bare = line.strip(_AROUND_WORDS)
    if len(line) > _MAX_CHARACTERS or not bare:
        return _Kind.TEXT
    one_word_heading = line.startswith("#") and " " not in bare
    if _SURE.fullmatch(bare) and not one_word_heading:
        return _Kind.SURE
    if _BEFORE_HEADLINE.fullmatch(line.lstrip(_AROUND_WORDS)) and not line.endswith(_SENTENCE_END):
        return _Kind.SURE
    return _Kind.PERHAPS if _PERHAPS.fullmatch(bare) else _Kind.TEXT
