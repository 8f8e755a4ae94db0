"""The sentences of a text, as exact spans."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import sentencex

from footnote.corpus.language import capitalises_nouns, primary_language
from footnote.corpus.span import Span

VERSION = 7
"""Raise it when the same text gives other sentences: every index is then rebuilt."""

MAX_CHARACTERS = 1000
"""A longer "sentence" is a list or a text without full stops: it is cut at spaces."""

# sentencex ends no sentence between quotation marks, however many stand there. Up to this length
# what is said is one sentence with who says it; a longer one is parted within its marks too.
_MAX_QUOTED_WHOLE = 160

_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Febr)uary\b|(?:March|April|May|June|July)\b"
    r"|August\b|(?:Septem|Octo|Novem|Decem)ber\b"
)
_TIME_ZONE = re.compile(
    r"(?:A[CEKW]?[SD]?T|[BHIJKP]ST|[CEMP][SD]?T|CEST|EES?T|GMT|MSK|NZ[SD]?T|SGT|UTC|WES?T)\b"
    r"|(?:(?:Atlantic|Central|Eastern|Mountain|Pacific)(?: (?:Daylight|Standard))?|Greenwich Mean)"
    r" [Tt]ime\b"
)
# Where sentencex 1.0.32 ends a sentence that goes on: the languages that this is for (none: all),
# what it takes for the end, and what follows it.
_GOES_ON = (
    ("", re.compile(r"\b[ap]\.m\.$"), _DAY),  # at 5 p.m. Monday
    ("", re.compile(r"\b[ap]\.m\.$"), _TIME_ZONE),  # at 5 p.m. EST
    # «Кто там?» — спросил он; “Why?” he said
    ("", re.compile(r"[»”\"’']$"), re.compile(r"(?:[—–] ?)?[a-zß-öø-ÿа-яё]")),
    ("be bg ru uk", re.compile(r"[?!…]$"), re.compile(r"[—–] ?[а-яёіїєў]")),  # — Кто там? — спросил
    (
        "en",
        re.compile(r"\b(?:[Vv]ol|[Aa]pprox|[Ee]st|[Ii]ncl|[Ee]xcl|[Aa]vg|[Ee]xt|[Vv]iz)\.$"),
        re.compile(r"[a-z\d$€£]"),
    ),
    # 4.9 million bbl. of oil; sentencex knows none of these.
    (
        "en",
        re.compile(r"\b(?:bbls?|cu|ft|gals?|hrs?|kg|km|lbs?|mph|oz|pts?|qts?|sq|tbsp|tsp|yds?)\.$"),
        re.compile(r"[a-z]"),
    ),
    ("ca es fr it pt", re.compile(r"\b[Nn]o\.$"), re.compile(r"\d")),
    ("ca es pt", re.compile(r"\bAv\.$"), re.compile(r"\w")),
    ("ja", re.compile(r"[」』]$"), re.compile("と")),  # 「行かない。」と言った
    ("fr", re.compile(r"\b(?:M|Mme|Mlle|Mgr|Dr)\.$"), re.compile(r"\w")),
    # Ordinals, im 19. Jahrhundert: more frequent than sentences that end in a number below 100.
    (
        "cs da de et fi hr hu is lv nb nn no pl sk sl sr tr",
        re.compile(r"(?<![\d.,:])\d{1,2}\.$"),
        re.compile(r"[^\W\d_]"),
    ),
)
# It takes four times as long for twice as many marks that open and never close.
_MAX_TOGETHER = 4000
# Where one ends that it lets go on: "It was over… Then he left.", "(He came.) (She did not.)"
_ENDS = re.compile(r"(?:\w…|\w[.!?]\)) +")
# sentencex takes it for an abbreviation as it does "Jan.", and May is never shortened.
_ENDS_IN_MAY = re.compile(r"\bMay\. +")
_BEGINS = re.compile(r"[\"“‘«(]?(?P<letter>[^\W\d_])")

# The same where nothing stands between: written in ASP.NET; the trojan Filecoder.C; at Booking.Com.
# "He came to Paris.US troops left." is two sentences that lack a space.
_NAMES_WITH_A_DOT = (
    (
        re.compile(r"(?:^|[\s\"“„‘'«(/])[A-Z]{2,5}\.$"),
        re.compile(r"[A-Z]{2,5}(?!\w|\.\w)"),
    ),
    (
        re.compile(r"(?:^|[\s\"“„‘'«(/])[A-Z][\w-]*\.$"),
        re.compile(r"(?![AI]\s)[A-Z](?!\w|\.\w)|(?:Com|Net|Org)\b"),
    ),
)


def _any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns))


_A_NAME_GOES_ON = _any_of(rest for _, rest in _NAMES_WITH_A_DOT)
_MARKS = "\"'`“”„‟‘’‚«»‹›「」『』"
_BRACKETS = "()[]"
_MARK = re.compile(f"[{_MARKS}]")
_NO_MARKS = re.compile(rf"[^{_MARKS}\s] [^{_MARKS}\s()\[\]]")
_AS_SPACES = str.maketrans(dict.fromkeys(_MARKS, " "))
_OPENING = "([„‚“‘«‹「『"
# The marks that are turned round in some languages: „deutsch“, »deutsch«, ”اردو“.
_OPENING_ELSEWHERE = {"ur": "([”’"} | dict.fromkeys(("da", "de", "hr", "sl"), "([„‚»›")
# The mark of a footnote after a sentence: "It was over.* Then he left."
_NOTE = re.compile(r"(?<=\S)(?:\*{1,3}|[†‡]{1,3}|[¹²³⁰⁴-⁹]{1,3})(?:\s+|$)")
_LOOKED_BACK = 1000
_LOOKED_AT = 40  # characters on either side of an end: each is looked at once, however they lie
_ONE = re.compile(r"[\w ,-]*[.!?]?")  # whatever the language: an item of a list, a name
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def sentence_spans(text: str, language: str | None = None) -> Iterator[Span]:
    """Where each sentence of `text` stands; what has no letter or digit is no sentence.

    `language` (BCP 47) decides which abbreviations end no sentence; English where it is not given.
    A mark that opens a quotation belongs to the sentence after it, one that closes to that before.

    sentencex was chosen over Punkt and pysbd: of the first 45 of the texts that are hard to part in
    tests/index/sentences.txt, pysbd parted 38 rightly, at 0.26 MB/s, and Punkt as LlamaIndex has
    it, untrained, 15. Of the first 93, in 15 languages, this parts 91 rightly, sentencex alone 71;
    half of the last 46 of these were looked at only once the rules stood, which then parted 20 of
    those 23. On 6.2 million characters of public question sets this takes 0.6 s, sentencex alone
    0.09 s.
    """
    code = primary_language(language, "en")
    if _ONE.fullmatch(text):
        yield from _cut(text, 0, len(text))
        return
    start = 0
    for end in _ends_by_windows(text, code):
        piece = text[start:end]
        if len(piece) > _MAX_QUOTED_WHOLE and _MARK.search(piece):
            for stop in _ends(piece.translate(_AS_SPACES), piece, code):
                yield from _cut(text, start, end - len(piece) + stop)
                start = end - len(piece) + stop
        else:
            yield from _cut(text, start, end)
        start = end


def _ends_by_windows(text: str, language: str) -> Iterator[int]:
    """The ends that `_ends` finds, so many characters looked at together."""
    start = 0
    while len(text) - start > _MAX_TOGETHER:
        window = text[start : start + _MAX_TOGETHER]
        *ends, last = _ends(window, window, language)
        yield from (start + end for end in ends)
        start += ends[-1] if ends else last
    rest = text[start:]
    yield from (start + end for end in _ends(rest, rest, language))


def _ends(text: str, shown: str, language: str) -> Iterator[int]:
    """Where sentences end, the white space after them taken in; the last is the length of the text.

    `shown` is the same text with its quotation marks, which may be blanks in `text`.
    """
    bounds = {b["end_index"] for b in sentencex.get_sentence_boundaries(language, text)}
    if "…" in text or ") " in text:
        bounds |= {e.end() for e in _ENDS.finditer(text) if _begins(text, e.end(), language)}
    if language == "en" and "May. " in text:
        ends = (e.end() for e in _ENDS_IN_MAY.finditer(text))
        bounds.update(end for end in ends if _begins(text, end, language))
    start, blanked = 0, text is not shown
    for end, after in pairwise([*sorted(bounds), len(text)]):
        last = text[max(start, end - _LOOKED_AT) : end]
        following = text[end : min(after, end + _LOOKED_AT)]
        if _goes_on(last, following, language, blanked=blanked):
            continue
        end = _beside_marks(shown, start, end, language)
        if start < end < len(text):
            yield end
            start = end
    yield len(text)


def _begins(text: str, place: int, language: str) -> bool:
    """Whether a word stands there that is written as at the beginning of a sentence."""
    word = _BEGINS.match(text, place)
    return bool(word and word["letter"].isupper() and not capitalises_nouns(language))


def _goes_on(sentence: str, following: str, language: str, *, blanked: bool) -> bool:
    if blanked and following.lstrip()[:1].islower():  # “Stop!” he said
        return True
    if _A_NAME_GOES_ON.match(following) and any(
        rest.match(following) and name.search(sentence) for name, rest in _NAMES_WITH_A_DOT
    ):
        return True
    any_beginning, rules = _rules(language)
    if not any_beginning.match(following):
        return False
    ended = sentence.rstrip()
    return any(beginning.match(following) and end.search(ended) for end, beginning in rules)


@cache
def _rules(
    language: str,
) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]:
    """What follows in any of the rules of a language, as one pattern, and these."""
    rules = tuple(
        (end, beginning)
        for languages, end, beginning in _GOES_ON
        if not languages or language in languages.split()
    )
    return _any_of(beginning for _, beginning in rules), rules


def _beside_marks(text: str, start: int, end: int, language: str) -> int:
    """The end, moved to that side of the marks around it on which these belong."""
    if _NO_MARKS.fullmatch(text[max(end - 2, start) : end + 1]):
        return end
    before = end
    while before > start and (text[before - 1].isspace() or text[before - 1] in _MARKS):
        before -= 1
        if not text[before].isspace() and not _opens(text, before, language):
            break
        if text[before] in _MARKS:
            end = before
    while end < len(text) and (text[end] in _MARKS or text[end] in _BRACKETS):
        if _opens(text, end, language):
            break
        end += 1
        while end < len(text) and text[end].isspace():
            end += 1
    note = _NOTE.match(text, end)
    return note.end() if note else end


def _opens(text: str, place: int, language: str) -> bool:
    """Whether the mark there opens: white space stands before it and none behind, or else by its
    form; a straight one opens if the last one closed."""
    mark = text[place]
    if mark in _BRACKETS:
        return mark in _OPENING
    blank_before = place == 0 or text[place - 1].isspace() or text[place - 1] in "(["
    blank_behind = place + 1 == len(text) or text[place + 1].isspace()
    if blank_before != blank_behind:
        return blank_before
    if mark in "\"'`":
        return not text.count(mark, max(place - _LOOKED_BACK, 0), place) % 2
    return mark in _OPENING_ELSEWHERE.get(language, _OPENING)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The piece without the white space around it; in several, at spaces, where it is too long."""
    while start < end:
        stop = end
        if end - start > MAX_CHARACTERS:
            space = text.rfind(" ", start + 1, start + MAX_CHARACTERS)
            stop = space if space > 0 else start + MAX_CHARACTERS
        if _LETTER_OR_DIGIT.search(text, start, stop):
            piece = text[start:stop].lstrip()
            begin = stop - len(piece)
            yield Span(begin, begin + len(piece.rstrip()))
        start = stop
