"""Formalities: lines of a report or a letter that say nothing themselves, and are never quoted.

Bylines ("By Ada Winter"), credits ("Reporting by …"), datelines ("ARVIK (AP) —"), salutations
("Dear all,"), closings ("Kind regards,") and the names below them.
"""

import re

_BYLINE = re.compile(
    r"(?i:by|von|por|par|di|автор:?|текст:?)\s+(?P<names>[^\W\d_][^\n!?]{1,70}[^\n.!?])"
)
_OF_A_NAME = {"and", "de", "del", "der", "den", "van", "von", "und", "y", "et", "e", "al", "bin"}
_OF_A_NAME |= {"la", "le", "di", "da", "dos", "и", "in", "the", "of", "für", "des"}
_AFTER_A_NAME = re.compile(r" ?[,|·•–—] ?| - ")
_MAX_NAME_WORDS = 9
# BREKKA (AP) — · ROME, June 3 (Reuters) - · КИЕВ —
_DATELINE = re.compile(
    r"[^\W\d_]{2,}\b[^\n!?]{0,60}(?:\((?P<agency>[^\W\d_][\w .]{1,20})\) ?[—–-]?|[—–-])"
)
# The same before a sentence; МОСКВА, 3 мая. /ТАСС/. too. Not "NATO — an alliance — said".
_DATELINE_BEFORE = re.compile(
    r"(?P<place>[^\W\d_][\w .,/'’-]{1,60}?)"
    r"(?: ?\((?P<agency>[^\W\d_][\w .]{1,20})\) ?(?:[—–-]|--|:) ?"
    r"|\.? /(?P<slashed>[^\W\d_]{2,12})/\.? "
    r"| ?(?P<dash>[—–]|--) ?)"
    r"(?=[\"“‘«„»(]{0,2}\w)"
)
_AGENCIES_TEXT = (
    "ap afp apa ansa anp bta cna dpa efe epd irna kna lusa mti ntb pap pti reuters ritzau rtr sda"
    " sid tass tt upi xinhua тасс риа интерфакс"
)
_AGENCIES = frozenset(_AGENCIES_TEXT.split())
_MIN_LETTERS_OF_A_CITY = 4
_DIGIT = re.compile(r"\d")

_MAX_CREDIT_CHARACTERS = 300
_CREDIT = re.compile(
    r"[(*_ ]{0,3}(?:(?:additional|further) )?(?:reporting|writing|editing|compiled|research"
    r"|photographs?|translation) by ",
    re.IGNORECASE,
)
_OF_A_CREDIT_TEXT = (
    "additional further reporting writing editing compiled research photograph photographs"
    " translation by for with"
)
_OF_A_CREDIT = frozenset(_OF_A_CREDIT_TEXT.split())
_COPYRIGHT = re.compile(
    r"[(*_ ]{0,3}(?:(?:copyright|©|\(c\)) ?(?:\d{4}|©|\(c\)|by )|all rights reserved)",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\b(?:contributed|contributing) to this (?:report|article|story)[.)* ]{0,3}$", re.IGNORECASE
)
_MAX_CHARACTERS = 70
_NAMED = r"(?: [^\s.,:;!?،][^\n.,:;!?،]{0,50})"
_TITLED = r"(?: (?:mr|mrs|ms|dr|prof)\.[^\n.,:;!?]{1,50})"
_SALUTATION = re.compile(
    rf"(?:(?:dear|hi|hello|hey|liebe[rs]?|sehr geehrte[rs]?|hallo|guten tag|moin|estimad[oa]s?"
    rf"|querid[oa]s?|hola|chère?s?|bonjour|уважаем\w{{2,4}}|дорог\w{{2,3}}|здравствуйте|привет)"
    rf"(?:{_NAMED}|{_TITLED})?[,:!،–—]"
    r"|(?:dear|hi|hello|hey) (?:all|everyone|everybody|team|friends|colleagues|both|there)"
    r"|hallo zusammen|hola a tod[oa]s|sehr geehrte damen und herren"
    r"|to whom it may concern|good (?:morning|afternoon|evening|day)(?: all| everyone| team)?"
    r"|(?:با )?سلام(?: و احترام)?|(?:ال)?سلام علیکم|محترم [^\n.،]{1,40})[,:!.،–—]?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:my )?(?:very |all )?(?:kind|best|warm|warmest|kindest)(?:est)?"
    r"(?: personal)? (?:regards|wishes)|regards|all the best|yours(?: (?:sincerely|faithfully|truly"
    r"|ever))?|(?:most )?(?:sincerely|respectfully|cordially)(?: yours)?|(?:many |best )?thanks"
    r"|thank you|cheers|take care"
    r"|mit (?:freundlichen|besten|herzlichen|lieben) grüßen|(?:viele|liebe|beste|herzliche|schöne"
    r"|freundliche) grüße|hochachtungsvoll|mfg|lg"
    r"|atentamente|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|un abrazo|cordialmente"
    r"|(?:bien )?cordialement"
    r"|с уважением|с наилучшими пожеланиями|всего (?:доброго|хорошего)|искренне ваш[аи]?"
    r"|با (?:تقدیم )?احترام|والسلام)[,.!،–—]?",
    re.IGNORECASE,
)


def is_byline(line: str) -> bool:
    byline = _BYLINE.fullmatch(line)
    if not byline:
        return False
    names = _AFTER_A_NAME.split(byline["names"], maxsplit=1)[0].split()
    return len(names) <= _MAX_NAME_WORDS and _are_of_a_name(names)


def is_dateline(line: str) -> bool:
    dateline = _DATELINE.fullmatch(line)
    return (
        dateline is not None
        and line.split(maxsplit=1)[0].strip(",").isupper()
        and not (dateline["agency"] or "").islower()
    )


def length_of_dateline(text: str) -> int:
    """How many characters at the beginning of a paragraph are a dateline; 0 where there is none.

    They say where and for whom the reporter wrote, not what happened: the sentence after them is
    quoted without. A place in capitals, an agency's name, or both tell it: "LONDON, May 3 (Reuters)
    - The bank", "Berlin (dpa) - Die Bank", "ARVIK — The ferry".
    """
    found = _DATELINE_BEFORE.match(text)
    if found is None:
        return 0
    agency = (found["agency"] or found["slashed"] or "").casefold()
    if agency.split(" ")[0] in _AGENCIES:
        return found.end()
    city = found["place"].split(",")[0].strip()
    if not city.isupper():
        return 0
    begins = text[found.end() :].lstrip('"“‘«„»(')[:1]
    dated = _DIGIT.search(found["place"]) and not begins.islower()
    letters = sum(map(str.isalpha, city))
    alone = letters >= _MIN_LETTERS_OF_A_CITY and begins.isupper()
    return found.end() if agency or dated or alone else 0


def is_credit(line: str) -> bool:
    """Whether a line says who else worked on a report, or whose it is: "(Reporting by Ada Winter)",
    "Ada Winter in Velden contributed to this report.", "© 2023 Velden Post"."""
    if len(line) > _MAX_CREDIT_CHARACTERS:
        return False
    if _COPYRIGHT.match(line) or _CONTRIBUTED.search(line):
        return True
    words = [word.strip("(),.;:&*_-–—") for word in line.split()]
    return _CREDIT.match(line) is not None and _are_of_a_name(
        [word for word in words if word.casefold() not in _OF_A_CREDIT]
    )


def is_salutation(line: str) -> bool:
    return len(line) <= _MAX_CHARACTERS and _SALUTATION.fullmatch(line.strip()) is not None


def is_closing(line: str) -> bool:
    """Whether the line ends a letter; what names who signs it stands below."""
    closes = len(line) <= _MAX_CHARACTERS and _CLOSING.fullmatch(line.strip())
    return bool(closes) and not line[:1].islower()


def may_sign(line: str) -> bool:
    """Whether a line below a closing is a name, an office or a house: no sentence."""
    words = line.split()
    return (
        0 < len(words) <= _MAX_NAME_WORDS
        and (line[0].isalnum() or line[0] == "+")
        and len(line) <= _MAX_CHARACTERS
        and not line.isupper()  # a heading, more likely
        and not line.rstrip().endswith((".", "!", "?", "…", ":", ";"))
        and _are_of_a_name([word.strip("(),&/|-–—") for word in words])
    )


def _are_of_a_name(words: list[str]) -> bool:
    return all(not word or word in _OF_A_NAME or not word[0].islower() for word in words)
