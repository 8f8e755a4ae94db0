"""Sentences that depend on the one before them: "He …", "But …", "The group said …".

Told by tables of words in English, German, Spanish and Russian, and by how a sentence begins in
Persian and Urdu; a sentence of any other language is taken to stand alone.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from footnote.corpus.language import primary_language
from footnote.corpus.span import Span
from footnote.index.blocks import passage_sentences
from footnote.index.passages import Passage

MAX_SENTENCES_BEFORE = 2
# More than that is a paragraph of its own, and no help to whoever reads one sentence.
_MAX_CHARACTERS_BEFORE = 600
# A pronoun that is so far into a sentence has something before it to stand for.
_OPENING_WORDS = 6


class Leaning(Enum):
    """How a sentence depends on the one before it.

    LINKED: a word ties it there ("But", "Also"), though it names what it is about; NAMELESS: a
    pronoun or a description stands for something that it does not name.
    """

    NOT = 0
    LINKED = 1
    NAMELESS = 2


@dataclass(frozen=True, slots=True)
class Context:
    """What a quoted sentence needs in order to be understood.

    `before` is the exact stretch of one or two sentences before it in its paragraph, in characters
    of the article; None where it stands alone or has none before it. `complete`: with it, all that
    the sentence is about is named.
    """

    before: Span | None
    complete: bool


def context_of(passage: Passage, span: Span) -> Context:
    """The context of a sentence at a span of the article within the passage."""
    text = passage.text
    inner = span.shifted(-passage.span.start)
    how = _leaning_in(passage, inner)
    if how is Leaning.NOT:
        return Context(None, True)
    sentences = [s for s in _sentences(text, passage.language) if s.end <= inner.start]
    before: Span | None = None
    for sentence in reversed(sentences[-MAX_SENTENCES_BEFORE:]):
        end = (before or inner).start
        if (
            "\n" in text[sentence.end : end]
            or inner.start - sentence.start > _MAX_CHARACTERS_BEFORE
        ):
            break
        before = Span(sentence.start, before.end if before else sentence.end)
        if _leaning_in(passage, sentence) is not Leaning.NAMELESS:
            return Context(before.shifted(passage.span.start), True)
    complete = how is Leaning.LINKED
    return Context(before.shifted(passage.span.start) if before else None, complete)


@lru_cache(256)
def _sentences(text: str, language: str | None) -> tuple[Span, ...]:
    """Of a passage; several of its sentences are mostly asked about one after the other."""
    return tuple(passage_sentences(text, language))


def _leaning_in(passage: Passage, inner: Span) -> Leaning:
    """How a sentence leans, with the title and the heading of its passage above it."""
    sentence = inner.of(passage.text)
    how = leaning(sentence, passage.language)
    named = how is Leaning.NAMELESS and _named_above(sentence, passage)
    return Leaning.LINKED if named else how


def _named_above(sentence: str, passage: Passage) -> bool:
    """Whether the title or the heading has the thing that the sentence begins with: "The treaty"
    in an article on a treaty."""
    thing = _THE_THING.match(sentence)
    above = f"{passage.title} {passage.heading or ''}".casefold()
    return thing is not None and thing["thing"].casefold().removesuffix("s") in above


def leaning(sentence: str, language: str | None) -> Leaning:
    """How the sentence depends on the one before it; without a language, English is assumed."""
    words = _words_of(primary_language(language, "en"))
    if words is None:
        return Leaning.NOT
    start = _OPENING.match(sentence)
    body = sentence[start.end() :] if start else sentence
    linked = words.links.match(body)
    if linked:
        body = body[linked.end() :].lstrip(" ,")
    if words.opens.match(body) or _turns_on_a_pronoun(body, words):
        expletive = words.says_nothing and words.says_nothing.match(body)
        if not expletive:
            return Leaning.NAMELESS
    return Leaning.LINKED if linked else Leaning.NOT


@dataclass(frozen=True, slots=True)
class _Words:
    """`links` tie a sentence to the one before; `opens` begin one that does not name its subject;
    `pronouns` stand for something anywhere; `says_nothing` begin one whose "it" means nothing."""

    links: re.Pattern[str]
    opens: re.Pattern[str]
    pronouns: re.Pattern[str] | None
    says_nothing: re.Pattern[str] | None = None


# Signs, and a mark of a list or of a quotation, before the first word.
_OPENING = re.compile(r"[^\w]{1,8}")
_THE_THING = re.compile(
    r"[^\w]{0,8}(?:the|der|die|das|el|la|los|las) (?P<thing>[^\W\d_]{3,})", re.IGNORECASE
)
_ONE_WORD = re.compile(r"[^\W\d_][\w'’-]*")

_EN_THINGS = (
    "groups?|attacks?|organi[sz]ations?|movement|party|parties|army|government|ministry|reports?"
    "|deals?|agreements?|treaty|plans?|projects?|company|firm|team|country|countries|city|town"
    "|village|area|region|decision|move|measures?|meetings?|talks|summit|ceasefire|truce|operation"
    "|offensive|bombing|blasts?|explosions?|incidents?|case|law|bill|protests?|strikes?|storm|ship"
    "|bridge|building|man|men|woman|women|couple|pair|boys?|girls?|author|figures?|numbers?"
    "|increase|rise|fall|ban|ruling|study|results|findings|programme|program|scheme|two|three|four"
    "|five|six|former|latter|others?|rest|same|sides?|victims?|attackers?|suspects?|gunmen"
    "|militants"
    "|bomber|alliance|bloc|commission|committee|council|court|statement|letter|book|film|song|idea"
)
_EN_GO_ON = (
    "of|on|in|at|for|to|called|named|known|led|that|which|who|whose|against|by|between|from|about"
    "|near|behind|with|was to"
)
_EN_COUNTS, _EN_IS = "two|three|four|five|six|seven|eight|nine|ten", "was|were|is|are|had|has"
_WORDS = {
    "en": _Words(
        re.compile(
            r"(?:but|and|or|so|yet|however|nevertheless|nonetheless|still|instead|also|moreover"
            r"|furthermore|in addition|besides|then|afterwards|later|meanwhile|therefore|thus|hence"
            r"|as a result|consequently|because of this|by contrast|on the other hand|for example"
            r"|for instance|in turn|likewise|similarly|otherwise|that said|even so|after that"
            r"|since then|at the time|at that time|there)\b(?! (?:is|are|was|were|has|had|far)\b)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|these|those|such"
            r"|both"
            r"|neither|either|others|another|one of (?:them|these|those)|some of (?:them|these"
            r"|those)"
            r"|many of (?:them|these|those)|(?:most|all|none|each|two|three|half) of (?:them|these"
            r"|those|which))\b|that (?:was|is|would|had|has|meant|means|made|came|led|left|did)\b"
            rf"|(?:one|another|some|most) of the (?:{_EN_COUNTS})(?= (?:{_EN_IS})\b)"
            rf"|the (?:same|former|latter|two|three|other)\b|the (?:{_EN_THINGS})"
            rf"\b(?! (?:{_EN_GO_ON})\b)(?!['’]s [A-Z]))",
            re.IGNORECASE,
        ),
        re.compile(r"(?:he|she|they|it|him|them|his|their|her)\b", re.IGNORECASE),
        re.compile(
            r"(?:(?:it|this) (?:is|was)|it['’]s|it (?:has been|remains|became|seems"
            r"|appears)) (?:(?:not |still |widely |now"
            r" |also )*(?:known|unknown|unclear|clear|possible|impossible|likely|unlikely|true|said"
            r"|believed|thought|estimated|expected|hoped|feared|reported|important|necessary|hard"
            r"|difficult|easy|common|rare|in \d{4}|on \d|\d|that)\b)|it (?:rain|snow)|it t(?:ook"
            r"|akes) \w+ \w+ to\b"
            r"|this (?:week|month|year|morning|time|summer|winter|spring|autumn)\b"
            r"|both (?:the )?(?-i:[A-Z])|such as\b"
            rf"|one of (?:the(?! (?:{_EN_COUNTS}) (?:{_EN_IS})\b)|those who)\b",
            re.IGNORECASE,
        ),
    ),
    "de": _Words(
        re.compile(
            r"(?:aber|doch|und|jedoch|dennoch|trotzdem|allerdings|außerdem|zudem|auch|dann|danach"
            r"|daraufhin|später|deshalb|daher|darum|deswegen|somit|dagegen|hingegen|stattdessen"
            r"|inzwischen|zuvor|seitdem|zum beispiel|ebenso|denn|so lange(?! wie\b)"
            r"|so(?= (?:hat|hatte|hatten|haben|ist|kam|kamen|kann|können|konnte|konnten|soll|sollen"
            r"|sind|war|waren|wird|werden|wurde|wurden)\b))\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:er|sie|es|sein|seine[rmns]?|ihr|ihre[rmns]?|ihm|ihn|ihnen|dies|diese[rmns]?"
            r"|jene[rmns]?"
            # "Damit die Fähre fährt, …" says to what end, and stands alone.
            r"|dabei|damit(?! (?:(?:d(?:as|em|en|er|ie|u)|eine?[nmrs]?|er|es|sie|ich|wir|ihr|man"
            r"|euch|uns|sich|euer|unser|[dm]ein)\b|(?-i:[A-ZÄÖÜ])))|dadurch|dafür|daran|darin|darauf"
            r"|beide[rn]?|solche[rn]?|erstere[rn]?"
            r"|letztere[rn]?|(?:der|die|das) (?:gruppen?|angriff|anschlag|organisation|bewegung"
            r"|partei"
            r"|regierung|abkommen|vertrag|plan|mann|frau|beiden|stadt|land|unternehmen|bericht"
            r"|entscheidung)"
            r"\b(?! (?:der|des|von|in|im|auf|am|an|gegen|für|zur|zum|zwischen|aus|mit|[A-Z]))"
            r"|das (?:war|ist"
            r"|sei|wurde|hatte|führte)\b)",
            re.IGNORECASE,
        ),
        re.compile(r"(?:er|sie|ihn|ihm|ihnen|seine?[rmns]?|ihre[rmns]?)\b"),
        re.compile(
            r"[Ee]s (?:ist|war|wird|wurde|bleibt|scheint|gibt|gab|handelt|gilt|kam|regnet\w*"
            r"|schneit\w*"
            r"|heißt|hieß)\b|[Dd]iese[sn]? (?:Jahr|Woche|Monat)|[Ss]ie [A-Z]",
        ),
    ),
    "es": _Words(
        re.compile(
            r"(?:pero|y|sin embargo|no obstante|además|también|entonces|luego|después|más tarde"
            r"|por eso"
            r"|por ello|por lo tanto|así|en cambio|por ejemplo|a su vez|mientras tanto"
            r"|desde entonces"
            r"|aun así)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:él|ella|ellos|ellas|ello|esto|eso|aquello|ést[ea]s?|est[eao]s?|es[ea]|es[ao]s|su"
            r"|sus"
            r"|amb[oa]s|dich[oa]s?|tal(?:es)?|fue|fueron|era|eran|murió|nació|tenía|dijo|añadió"
            r"|afirmó"
            r"|declaró|llegó|la misma|el mismo|los dos|las dos|(?:el|la|los|las) (?:grupos?"
            r"|ataques?"
            r"|organización|organizaciones|movimiento|partido|ejército|gobierno|acuerdo|tratado"
            r"|plan|hombre"
            r"|mujer|ciudad|país|países|empresa|informe|decisión|huelga))"
            r"\b(?! (?:de|del|en|contra|entre|para|que|sobre|por|a|con|llamad[oa])\b)",
            re.IGNORECASE,
        ),
        re.compile(r"(?:él|ella|ellos|ellas|su|sus)\b"),
        re.compile(r"[Ee]st[ea] (?:año|semana|mes)\b|[Ff]ue (?:en|el)\b"),
    ),
    "ru": _Words(
        re.compile(
            r"(?:но|а|и|однако|затем|потом|тогда|также|поэтому|при этом|кроме того|впоследствии"
            r"|позже"
            r"|после этого|тем не менее|зато|вместо этого|с тех пор|например)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:он|она|оно|они|его|её|ее|их|ему|ей|им|этот|эта|это|эти|эту|этого|этой|этому|этих"
            r"|такой"
            r"|такая|такие|оба|обе|последний|последняя|(?:группа|организация|атака|нападение"
            r"|движение|партия"
            r"|армия|правительство|соглашение|договор|план|компания|решение|город"
            r"|страна)(?= (?:был|была"
            r"|было|были|не|уже|также|стал|стала|стало|находится|имеет|состоит|заявил)))\b",
            re.IGNORECASE,
        ),
        re.compile(r"(?:он|она|они|его|её|ее|их|ему|ей|им)\b"),
        re.compile(r"[Вв] этом году|[Ээ]то[тй] (?:год|недел)"),
    ),
    "fa": _Words(
        re.compile(r"(?:اما|ولی|همچنین|سپس|بنابراین)\b"),
        re.compile(r"(?:او|وی|آن|آنها|آن‌ها|این|ایشان)\b"),
        None,
    ),
    "ur": _Words(
        re.compile(r"(?:لیکن|مگر|پھر|تاہم|اور)\b"),
        re.compile(r"(?:وہ|یہ|اس|ان|انہوں|اسے|انہیں)\b"),
        None,
    ),
}  # fmt: skip


@cache
def _words_of(code: str) -> _Words | None:
    return _WORDS.get(code)


def _turns_on_a_pronoun(sentence: str, words: _Words) -> bool:
    """Whether one of its first words is a pronoun, with nothing before it that it may stand for.

    "In 2014 he was killed", but not "The mayor said that he would resign", nor "Khan and his men".
    """
    if words.pronouns is None:
        return False
    for number, word in enumerate(_ONE_WORD.finditer(sentence)):
        if number >= _OPENING_WORDS:
            return False
        if words.pronouns.fullmatch(word[0]):
            return True
        if number and word[0][0].isupper():
            return False  # a name, or in German any noun
        if word[0].casefold() in _BEFORE_A_NOUN:
            return False
        if not number and word[0].casefold() not in _FIRST_WORDS:
            return False  # what begins the sentence is most likely its subject
    return False


_BEFORE_A_NOUN_TEXT = "the a an der die das den dem ein eine el la los las un una unos unas"
_BEFORE_A_NOUN = frozenset(_BEFORE_A_NOUN_TEXT.split())
_FIRST_WORDS_TEXT = (
    "in on at by from since until during under over after before when while as if although though"
    " because once despite with without to for according that what there who"
    " im am an auf bei seit bis nach vor während als wenn obwohl weil mit ohne für laut von aus"
    " unter"
    " en desde hasta durante tras antes cuando mientras aunque porque según con sin para por a"
    " в во на с со к по до после перед при когда пока хотя если из от для у за"
)
_FIRST_WORDS = frozenset(_FIRST_WORDS_TEXT.split())
