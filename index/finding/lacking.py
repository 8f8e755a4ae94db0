"""What a question mentions or asks for that the retrieved text lacks."""

import re
from dataclasses import dataclass
from functools import lru_cache

from footnote.index.facts.countries import names_a_country
from footnote.index.facts.dates import dates
from footnote.index.facts.names import name_forms, same_name, with_usual_names
from footnote.index.finding.speaker import another_speaks
from footnote.index.words import is_function_word, without_addresses

_NUMBER = (
    r"(?:(?<!\d)(?<![\d.,][.,])\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|hundreds?|thousands?|millions?|billions?|dozens?|half|scores|none|nobody|no)"
)
_HOW_MANY = re.compile(r"\bhow many ((?:[\w'’-]+ ){0,8}?)(?=(?:were|was|are|is|did|do|does|have|has"
    r"|had|can|could|will|would|of|in|at|on|for|from|to|who|that|with|take|live|work|die)\b|\W*$)",
    re.IGNORECASE)  # fmt: skip
# What else tells how many there are; a date tells that of nothing. Of 1,704 sentences that answer
# such questions in nine public sets 10 have none of these, of all sentences .55.
_AMOUNTS_TEXT = (
    r"\w{3,6}teen twenty thirty forty fifty sixty seventy eighty ninety several many most few all"
    r" both single only pair couple trio duo twice once thrice double triple quadruple quarters?"
    r" third another lone sole multiple various countless majority first neither nothing"
    r" zero nil"
)
_AMOUNT = re.compile(
    rf"\d|[²³]|\b(?:{_NUMBER}|{'|'.join(_AMOUNTS_TEXT.split())}|an? \w{{2,20}} and an?)\b",
    re.IGNORECASE,
)
_PEOPLE = r"(?:people|person|civilian|inhabitant|resident|victim|dead|kill|injur|wound|li[fv]e)"
_AGE = re.compile(
    r"\bhow old\b|\bwie alt\b|\bcuántos años tiene\b|\bсколько лет (?!назад)", re.IGNORECASE
)
_TELLS_AGE = re.compile(
    r"\b(?:aged?|born|birthday|old|alt|älter|geboren|años|nació|nacid[oa]|лет|года?)\b|year-old"
    r"|jährig|родил|, \d{1,3}(?=[,.;)])",
    re.IGNORECASE,
)
# Whose wife? What names nobody's kin does not tell.
_KIN = (
    r"(?:husbands?|wife|wives|spouses?|sons?|daughters?|child|children|mothers?|fathers?|parents?"
    r"|brothers?|sisters?|siblings?|girlfriends?|boyfriends?|widow(?:er)?s?|uncles?|aunts?|cousins?"
    r"|grand\w{3,10})"
)
_ASKS_FOR_KIN = re.compile(rf"^\W*(?:and )?who\b.{{0,100}}[’']s? {_KIN}\W*$", re.IGNORECASE)
_TELLS_OF_KIN = re.compile(
    rf"\b(?:{_KIN}|marri\w{{1,5}}|wed|wedding|born|engaged|couple|family|partner)\b", re.IGNORECASE
)
_AUX = "do|does|did|will|would|has|have|is|are|was|were"
_SUM = re.compile(
    rf"\bhow much (?:money|compensation|funding"
    rf"|(?:{_AUX})\b[^?]{{1,80}}\b(?:cost|paid|pay|spent|spend|earn|worth)\b)"
    r"|\bwhat (?:(?:is|are|was|were) the (?:price|cost|costs|budget|salary|fee)"
    r"|(?:do|does|did|will) [^?]{1,80} cost)\b",
    re.IGNORECASE,
)
_MONEY_TEXT = (
    "dollars? pounds? euros? rupees? rou?bles? yen yuan won francs? kron[aeo]r? crowns? pesos?"
    " liras? dinars? ri[ay]ls? dirhams? cents? pence shekels? zloty forints? baht ringgit reais"
    " tom[ae]ns? rand hryvnias? usd eur gbp chf rs free nothing money"
)
_PAYING_TEXT = (
    "costs? costing prices? priced paid pays? worth budget spen[dt] bill fees? charges? salary"
    " earns? earned"
)
_TELLS_SUM = re.compile(
    rf"[$£€¥₤₹₽₪₩₺]|\b(?:{'|'.join(_MONEY_TEXT.split())})\b"
    rf"|\b(?:{'|'.join(_PAYING_TEXT.split())})\b(?:[^\w.!?]++\w++){{0,5}}?[^\w.!?]++{_NUMBER}\b"
    rf"|\b{_NUMBER} (?:[mb]illion )?(?:was|were) (?:paid|spent)",
    re.IGNORECASE,
)
# The same in German, Spanish and Russian, of what something costs.
_COST = re.compile(
    r"\b(?:wie ?viel|was) kostete?n?\b|\bwie teuer\b"
    r"|\bcuánto (?:cuestan?|costó|costaron|costará|vale)\b|\bcuál es el (?:precio|coste|costo)\b"
    r"|\bсколько стоил?[аои]?т?\b|\bпочём\b",
    re.IGNORECASE,
)
_TELLS_COST = re.compile(
    r"[$£€¥₤₹₽₪₩₺]|\b(?:euros?|cents?|dollars?|dólares|pfund|franken|kronen?|coronas?|mark|pesos?"
    r"|libras?|soles|bolívares|reales|céntimos?|yen(?:es)?|yuan(?:es)?|rupien?|rupias?|rubel"
    r"|rublos?|lira|usd|eur|gbp|chf|kostet\w*|kosten\w*|gekostet|preise?[sn]?|teuer|gratis"
    r"|umsonst|kostenlos|geld|dinero|gratuit[oa]s?|cuestan?|cost[oeó]\w{0,4}|precios?"
    r"|евро|крон[аы]?|цент\w{0,2}|иен[аы]?|юан\w{0,2}|бесплатн\w{1,2})\b"
    r"|рубл|доллар|гривн|тенге|фунт|стои[тл]|цен[аыу]\b|франк",
    re.IGNORECASE,
)
_EARNED = re.compile(
    r"\bwie ?viel\b(?! prozent)[^?]{0,60}\b(?:verdien\w{0,3}|(?:be)?zahl\w{0,3}|geld|gehalt)\b"
    r"|\bcuánto\b[^?]{0,60}\b(?:gana\w{0,2}|paga\w{0,3}|dinero)\b"
    r"|\bсколько\b(?! (?:людей|человек|процент))[^?]{0,60}\b(?:зарабатыва\w{1,3}|платит|денег)",
    re.IGNORECASE,
)
# How heavy and how hot it is, in English, German, Spanish and Russian.
_WEIGHT = re.compile(
    r"\bhow heavy\b(?! (?:is|was|are|were) (?:the )?(?:fight|rain|snow|traffic|loss|casualt|toll))"
    r"|\bhow much (?:do|does|did) [^?]{1,60} weigh\b"
    r"|\bwie schwer (?:ist|war|sind|waren)\b|\bwie ?viel wieg\w{1,2}\b"
    r"|\bcuánto pesa\w{0,2}\b|\bсколько вес[ия]\w{1,2}\b",
    re.IGNORECASE,
)
_TELLS_WEIGHT = re.compile(
    r"\b(?:\w{0,5}gram\w{0,3}|kilos?|[km]?g|lbs?|pounds?|ounces?|oz|\w{0,4}ton(?:ne)?[ns]?|weigh\w{0,3}"
    r"|stone|mass|heav\w{1,4}|pfund|wieg\w{0,2}|schwer\w{0,5}|gewicht\w{0,2}|leicht\w{0,4}|peso|pesa\w{0,2}|libras?|кг|вес\w{0,3}|тонн\w?)\b"
    r"|\d ?(?:[kt]?g|t|lbs?)\b|грамм",
    re.IGNORECASE,
)
_HEAT = re.compile(
    r"\bhow (?:hot|cold|warm) (?:is|was|are|were|does|did|do|can|will)\b(?! the (?:welc|recep))"
    r"|\bwie (?:heiß|kalt|warm) (?:ist|war|wird|wurde|sind|werden)\b",
    re.IGNORECASE,
)
_TELLS_HEAT = re.compile(
    r"°|º|\d ?[CF]\b|\b(?:degrees?|celsius|fahrenheit|temperatures?|freezing|boiling|grad"
    r"|temperatur\w{0,2})\b",
    re.IGNORECASE,
)
# Who leads it? Russia, a leading member of it, does not; who does is told with such a word. Not of
# who led an attack, or ruled a duchy: 5 of 27 answers to such questions in public sets have none.
_ASKS_FOR_LEADER = re.compile(
    r"^\W{0,3}(?:(?:and|but|so) )?who (?:currently |now )?"
    r"(?:leads|heads|rules|runs|governs|commands|chairs|is in charge of)\b(?! (?:for|to|in)\b)",
    re.IGNORECASE,
)
_TELLS_OF_LEADER = re.compile(
    r"\b(?:lead(?:s|ers?|ership)?|led|(?:is|was|are|were|be) leading"
    r"|(?:spear)?head(?:s|ed|ing)?|rul(?:ed?|ers?|es)|reign\w{0,3}|runs?|ran|running|govern\w{0,7}"
    r"|command(?:s|ed|ers?)?|chair(?:s|ed|m[ae]n|woman|person)?|presid\w{1,6}|direct(?:s|ed|ors?)"
    r"|secretar(?:y|ies)[ -]general|general secretar(?:y|ies)|(?:prime|first|chief) ministers?"
    r"|premiers?|kings?|queens?|emperors?|monarchs?|sultans?|princes?|shahs?|tsars?|emirs?|caliphs?"
    r"|captain\w{0,2}|manag(?:es?|ed|ers?)|boss|mayors?|chiefs?|coach|ceo|commissioners?"
    r"|chancellors?|rectors?|deans?|principals?|head(?:teacher|master|mistress)|curators?|editors?"
    r"|conductors?|(?:arch)?bishops?|popes?|patriarchs?|abbots?|abbess|superintendents?"
    r"|supervis(?:es?|ed|ors?)|overs(?:ees?|aw|een)|administ(?:ers|ered|rators?)"
    r"|(?:in|takes?|took) charge|helm|power|controls?|controlled|took over|ahead|tops|topped|top of"
    r"|operat(?:es?|ed|ors?)|owns?|owned|owners?)\b",
    re.IGNORECASE,
)
# Who led it once, as far as the words tell.
_LED_BEFORE = re.compile(
    r"\b(?:had (?:been )?\w{1,20}d|until|former(?:ly)?|predecessors?|died|was killed)\b"
    r"|\bfrom (?:\w+ )?\d{4} to\b",
    re.IGNORECASE,
)
_LEADS_NOW = re.compile(
    r"\b(?:has|have|since|is|now|currently|leads|heads|rules|runs|governs|commands|chairs|succeeded"
    r"|replaced|took over|(?:died|killed)\W[^.!?]{0,80}\bbecame)\b",
    re.IGNORECASE,
)
# .44 of all sentences tell no time; of 1,266 that answer such questions in nine public sets 3.
_ASKS_WHEN = re.compile(
    r"^\W{0,3}(?:(?:and|but|so) )?(?:since |until |by )?when\b"
    r"(?:\W*$| (?:did|was|were|will|has|have|had)\b)",
    re.IGNORECASE,
)
_TIMES_TEXT = (
    r"january february march april may june july august september october november december"
    r" (?:mon|tues|wednes|thurs|fri|satur|sun)days? days? weeks? months? years? centur(?:y|ies)"
    r" decades? hours? minutes? moments? ago after\w* before prior during while whilst since until"
    r" till when\w* once later? latest early earlier earliest first last next recent\w*"
    r" previous\w* follow\w* upon morning noon afternoon evening night\w* midnight dawn dusk today"
    r" yesterday tomorrow tonight now soon then time\w* spring summer autumn fall winter season\w*"
    r" christmas easter ramadan lent eve holidays? \w{0,6}wars? era age period reign beg[aiu]n\w*"
    r" start\w* end\w* anniversary future always never still current\w* present\w* onset"
    r" immediate\w* finally eventually birthday youth childhood within shortly"
    r" quarter jan feb aug sept? oct nov dec ad ce bce?"
)
_TELLS_WHEN = re.compile(
    rf"\b\d{{3,4}}s?\b|\b\d\ds\b|\d(?:[:./-]\d|st\b|nd\b|rd\b|th\b| ?[ap]\.?m\b)"
    rf"|\b(?:{'|'.join(_TIMES_TEXT.split())})\b",
    re.IGNORECASE,
)
# Who founded it, and when? That it is an alliance led by Russia does not tell.
_ASKS_FOR_FOUNDING = re.compile(
    r"^\W{0,3}(?:(?:and|but|so) )?(?:who (?:first |co-?)?(?:founded|established|set up|formed)\b"
    r"|(?:by whom|when|where|(?:in )?(?:what|which) (?:year|city|country|place|month))\b[^?]{1,100}"
    r"\b(?:founded|established|set up|formed)\W*$)",
    re.IGNORECASE,
)
_TELLS_OF_FOUNDING = re.compile(
    r"\b(?:co-?)?(?:found(?:s|ed|ers?|ing|ations?)?\b|establish|creat|form(?:s|ed|ing|ation)?\b|set"
    r"(?:ting)? up\b|start|beg[aiu]n|launch|sign(?:s|ed|ing|atur|ator)|origin|invent|introduc"
    r"|buil[dt]|open|institut|organi[sz]e|proclaim|father|first\b|incorporat|charter|birth|born\b|declar"
    r"|ma[dk]e\b|develop|c[ao]me (?:in)?to\b|emerg|split|merg|uni(?:fi|ted\b)|since\b|enact|pass"
    r"|brainchild|dat(?:es?|ed|ing)\b|settle)",
    re.IGNORECASE,
)
_TOLD = (
    (_AGE, _TELLS_AGE),
    (_ASKS_WHEN, _TELLS_WHEN),
    (_EARNED, _TELLS_COST),
    (_WEIGHT, _TELLS_WEIGHT),
    (_HEAT, _TELLS_HEAT),
    (_SUM, _TELLS_SUM),
    (_COST, _TELLS_COST),
    (_ASKS_FOR_KIN, _TELLS_OF_KIN),
    (_ASKS_FOR_LEADER, _TELLS_OF_LEADER),
    (_ASKS_FOR_FOUNDING, _TELLS_OF_FOUNDING),
)
_ASKS_FOR_A_COUNTRY = re.compile(
    r"\b(?:which|what) (?:\w{1,20} )?(?:country|countries)\b(?! (?:music|song|club|house|road))",
    re.IGNORECASE,
)
# Who was its first leader? "The first who did not come from the north" was another.
_WHICH = (
    r"\b(?P<which>first|last|only|oldest|youngest|largest|biggest|smallest|longest|tallest|highest)"
)
_ASKS_FOR_FIRST = re.compile(
    rf"^\W{{0,3}}(?:(?:and|but|so) )?(?:who|which|what)\b[^?]{{0,40}}?"
    r" (?:is|was|are|were) [^?]{0,60}?"
    rf"{_WHICH}\b(?!(?: [\w’'-]+){{0,8}}? (?:who|that|which|to|since|from|outside|without|not)\b)",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\b(?:as of|currently|now|at present|incumbent)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|founding|original|initial|inaugural)", re.IGNORECASE)
_FIRST_OF_SOME = re.compile(
    rf"{_WHICH}(?:(?: [\w’'-]+){{1,6}}? who|(?: [\w’'-]+){{1,2}} (?:that|which))\b", re.IGNORECASE
)
_ORDER = re.compile(
    r"\b(?:before|after|following|preced\w+|succe(?:ed|ss)\w*|replac\w+|predecess\w+|then|next)\b",
    re.IGNORECASE,
)
_ASKS_FOR_ORDER = re.compile(r"\b(?:before|after|predecessor|successor)\b", re.IGNORECASE)


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# A word with a capital letter that does not begin the text.
_NAME = re.compile(r"(?<=[\w,;:)\"”’' ] )[\"“'(]?([^\W\d_][\w’'-]*)")
_ORDINALS_TEXT = (
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: number for number, word in enumerate(_ORDINALS_TEXT.split(), start=2)}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)}|(\d{{1,4}})(?:st|nd|rd|th))\b", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w’'-]{2,}")
_OF_COUNTRIES = ("an", "ans", "ese", "ish", "i", "is")
_GENITIVE = re.compile(r"[’']s?$")


def lacks(sentence: str, question: str) -> bool:
    """Whether the sentence hardly answers, for it lacks an amount, order or time that is asked for.

    Known of English questions only: the count of just these things, a sum, an age, what is before,
    who leads something now.
    True of the best sentence for .03 of the questions of XQuAD, .02 of those of SQuAD 2.0 (.04 of
    its unanswerable ones), .06 of our own, and .5 of our own that nothing answers.
    """
    wanted = _wanted(question)
    if wanted.is_count:
        has_number = wanted.number is None or wanted.number.search(sentence) is not None
        return not has_number or cannot_answer(sentence, question)
    if wanted.is_order and not _ORDER.search(sentence):
        return True
    if wanted.is_leader and _LED_BEFORE.search(sentence) and not _LEADS_NOW.search(sentence):
        return True
    return cannot_answer(sentence, question)


def cannot_answer(sentence: str, question: str) -> bool:
    """Whether it lacks the time, count, sum, age, weight, heat, kin, leader, founding or country
    that is asked for, has the words of others, or tells the first of some where that of all is
    asked for.

    However like the question it is, it does not answer then. English; sums, ages, weights and heat
    in German, too, and in part in Spanish and Russian.
    """
    wanted = _wanted(question)
    return (
        another_speaks(sentence, question)
        or any(not told.search(sentence) for told in wanted.told)
        or (wanted.is_count and not _AMOUNT.search(_without_dates(sentence)))
        or (wanted.is_country and not names_a_country(sentence))
        or (wanted.first is not None and _is_not_first(sentence, wanted.first))
    )


def _without_dates(sentence: str) -> str:
    kept, end = "", 0
    for date in dates(sentence, "en"):
        kept, end = kept + sentence[end : date.span.start], date.span.end
    return kept + sentence[end:]


def _is_not_first(sentence: str, which: str) -> bool:
    """Whether it is the first of some only, or tells how things are now, and of no first."""
    if which == "first" and _AS_OF.search(sentence) and not _FIRST.search(sentence):
        return True
    return any(m["which"].casefold() == which for m in _FIRST_OF_SOME.finditer(sentence))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a question asks for, of which each of some fifty sentences is asked whether it has it.

    `number`: a number near the things that are to be counted, None where these are not known;
    `told`: what tells a time, a sum, an age, kin or a leader. `is_country`: a country;
    `is_leader`: who leads something now; `first`: "first", "last" or the like, of all and not only
    of some.
    """

    is_count: bool
    is_country: bool
    number: re.Pattern[str] | None
    is_order: bool
    is_leader: bool
    told: tuple[re.Pattern[str], ...]
    first: str | None


@lru_cache(maxsize=64)
def _wanted(question: str) -> _Wanted:
    counted, first = _HOW_MANY.search(question), _ASKS_FOR_FIRST.search(question)
    return _Wanted(
        counted is not None,
        _ASKS_FOR_A_COUNTRY.search(question) is not None,
        _number_of(counted[1].split()) if counted else None,
        _ASKS_FOR_ORDER.search(question) is not None,
        _ASKS_FOR_LEADER.search(question) is not None,
        tuple(told for asks, told in _TOLD if asks.search(question)),
        first["which"].casefold() if first else None,
    )


def _number_of(words: list[str]) -> re.Pattern[str] | None:
    """A number near the things that are counted; None where these are not known."""
    things = [word for word in words if word.endswith("s") or word.casefold() == "people"]
    if not things:
        return None
    thing = things[-1]
    return _number_near(
        _PEOPLE if thing.casefold() == "people" else re.escape(thing[: max(4, len(thing) - 3)])
    )


def _number_near(stem: str) -> re.Pattern[str]:
    """A number, and what begins like this within a few words of it."""
    before = rf"\b{_NUMBER}\b(?:\W++[\w'’-]++){{0,4}}?\W++{stem}"
    after = rf"\b{stem}\w*(?:\W+\w+){{0,5}}?\W+{_NUMBER}\b"
    return re.compile(f"{before}|{after}", re.IGNORECASE)


def has_another_ordinal(sentence: str, question: str) -> bool:
    """Whether the sentence is about another of a series: "the ninth conference" for the tenth."""
    asked, told = _ordinals(question), _ordinals(sentence)
    return bool(asked and told) and not asked & told


def _ordinals(text: str) -> set[int]:
    found = _ORDINAL.finditer(text)
    return {int(m[1]) if m[1] else _ORDINALS[m[0].casefold()] for m in found}


def share_missing(question: str, text: str) -> float:
    """The share, from 0 to 1, of the question's names and figures that the text lacks.

    Those of a web address, and the "Who" of "Please, Who …", are none; "American" is not missing
    where the text has "U.S.".
    """
    question, text = with_usual_names(without_addresses(question)), with_usual_names(text)
    words = [m[1] for m in _NAME.finditer(question) if m[1][0].isupper()]
    names = [_GENITIVE.sub("", word) for word in words if not is_function_word(word)]
    figures, known = set(_FIGURE.findall(text)), text.casefold()
    missing = [figure not in figures for figure in _FIGURE.findall(question)]
    missing += [name.casefold() not in known and not _of_a_country(name, text) for name in names]
    return sum(missing) / len(missing) if missing else 0.0


def _of_a_country(name: str, text: str) -> bool:
    """Whether it is an adjective of a country that the text has: Australian, of Australia."""
    if not name.endswith(_OF_COUNTRIES):
        return False
    alike = (word for word in _CAPITAL.findall(text) if word[:3] == name[:3])
    return same_name(name, {form for word in alike for form in name_forms(word)})
