"""Recognises requests for a list of articles or a summary, and questions too vague to answer.

Told by the question's words alone, in English, German, Spanish and Russian, and in a few forms in
Persian and Urdu. What is in none of these forms is an ordinary question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from footnote.index.question import Question
from footnote.index.words import stop_words

# Longer than any of the forms with a topic of some length; it bounds the work, too.
_MAX_CHARACTERS = 300
# What somebody says who was asked back what it is about.
_MAX_WORDS_TOLD = 8


@dataclass(frozen=True, slots=True)
class Request:
    """A request for articles: the newest, those on a topic, or a summary of one.

    `topic` is in the question's words; None for all articles, or for the one that was cited last.
    `by_title`: the words ask for an article only if one has such a title: "summarise X". `told`: a
    sentence of the newest report is wanted first, if there is a sure one: "the latest on X".
    """

    about: Literal["new", "topic", "summary"]
    topic: str | None = None
    by_title: bool = False
    told: bool = False


def request_of(question: Question) -> Request | None:
    """The kind of list or summary a question asks for; None if it asks for a sentence."""
    text = _plain(question.text)
    if len(text) > _MAX_CHARACTERS:
        return None
    for about, pattern, by_title in _forms():
        if match := pattern.fullmatch(text):
            topic = match.groupdict().get("topic")
            if about == "topic" and topic and _is_pronoun(topic):
                return None
            told = bool(topic) and _THE_LATEST.match(text) is not None
            return Request(about, topic.strip(" \"'“”„«»") if topic else None, by_title, told)
    return None


def is_unclear(question: Question) -> bool:
    """Whether a question depends on something said before, and nothing was.

    "Why?" and "When was it founded?" do; what has a name or a number does not, nor does a question
    whose pronoun may stand for a word of its own ("How did the Taliban get their weapons?").
    """
    earlier = (turn.text for turn in question.history if turn.role == "user")
    return all(map(_leans_on_another, (question.text, *earlier)))


def asked_back(question: Question) -> Question:
    """The unclear previous question completed, if this message only supplies what it was about.

    "When was it founded?", then "The SCO": both together.
    """
    before = question.previous
    if before is None or not is_unclear(replace(question, text=before, history=())):
        return question
    words = [word.casefold() for word in _WORD.findall(question.text)]
    asks = any(word in language.asks for language in _LANGUAGES for word in words[:1])
    if asks or len(words) > _MAX_WORDS_TOLD or question.text.rstrip().endswith("?"):
        return question
    return replace(question, text=f"{before} {question.text}")


def _leans_on_another(text: str) -> bool:
    if len(text) > _MAX_CHARACTERS:
        return False
    first, *others = words = _WORD.findall(text) or [""]
    shouted = text.isupper()
    if any(map(str.isdigit, text)) or any(
        word[0].isupper() and not shouted for word in others if word != "I"
    ):
        return False
    if len(first) > 1 and first.isupper() and others and not shouted:
        return False
    spoken = [word.casefold() for word in words]
    return any(_leans(spoken, language) for language in _LANGUAGES) or bool(
        _UNCLEAR.fullmatch(" ".join(spoken))
    )


def _is_pronoun(topic: str) -> bool:
    """Whether it names nothing itself: "Is there anything about it?" """
    word = topic.casefold()
    return any(word in language.stands_for | language.belongs_to for language in _LANGUAGES)


def _plain(text: str) -> str:
    """One line without the marks around it and without words of courtesy."""
    text = " ".join(text.replace("’", "'").replace("\u200c", " ").split())
    text = text.strip(" ¿¡?!.…:;؟۔")
    for courtesy in (_COURTESY_BEFORE, _COURTESY_AFTER):
        text = courtesy.sub("", text)
    return text.strip(" ,¿¡?!.…")


_THE_LATEST = re.compile(r"what(?:'s| is|s) the (?:latest|newest|most recent)(?! news)", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_COURTESY_BEFORE = re.compile(
    r"^(?:(?:please|hi|hello|hey|ok|okay|so|bitte|hallo|por favor|hola|пожалуйста|привет)\b,? ?"
    r"|(?:can|could|would|will) you (?:please )?|i (?:want|would like|'d like) (?:you )?to "
    r"|tell me (?=what |which )"
    r"|(?:kannst du|können sie|könntest du)(?: mir)?(?: bitte)? |(?:puedes|podrías|puede) "
    r"|(?:можешь|можете|не могли бы вы) )+",
    re.IGNORECASE,
)
_COURTESY_AFTER = re.compile(
    r",? (?:please|for me|thanks|thank you|bitte|por favor|gracias|пожалуйста)$", re.IGNORECASE
)

# --- English
_EN_NOUN = r"(?:articles?|documents?|texts?|stories|story|posts?|notes?|files?)"
_EN_REPORT = rf"(?:{_EN_NOUN[3:-1]}|reports?|pieces?|papers?|pages?)"
_EN_ON = r"(?:about|on|regarding|concerning|to do with|related to)"
_EN_VERB = (
    r"(?:mentions?|discuss(?:es)?|covers?|deals? with|talks? (?:about|of)|speaks? (?:about|of)"
    r"|writes? about|refers? to|(?:is|are) (?:about|on)|names?|describes?|reports? on)"
)
_EN_WITH = rf"(?:{_EN_ON}|mentioning|discussing|covering|dealing with|(?:that|which) {_EN_VERB})"
_EN_HAVE = r"(?:(?:do|have) (?:you|we|i) (?:have|got)|(?:have|'ve) (?:you|we|i)|are there|exist)"
_EN_SHOW = r"(?:list|show|give|find|get|open|name)(?: me| us)?"
_EN_ALL = r"(?:(?:all|any|some|the|your|our|my|every|a list|of) ){0,4}"
_EN_SUM_UP = r"(?:summari[sz]e|sum up|recap)"
_EN_SUMMARY = (
    r"(?:an? |the |your )?(?:short |brief |quick )?(?:summary|overview|recap|gist|outline)"
)
_EN_GIVE = r"(?:(?:give|write|get|show|make|send)(?: me| us)? |i (?:need|want) |can i have )?"
_EN_THIS = rf"(?:it|(?:this|that|the)(?: last| first)? {_EN_REPORT})"
_EN_BRIEFLY = r"(?: (?:briefly|shortly|in short|in brief|in a few (?:words|sentences|lines)))?"
_EN_WHEN = r"(?:today|yesterday|recently|lately|this week|this month|last week|since yesterday|now)"
_EN_HERE = (
    r"in (?:(?:the|this|your|our|my|these|all) ){0,2}"
    r"(?:collection|library|archive|corpus|articles|documents|texts)"
)
# "On" is where something is, too: "Is there anything on Mars?"
_EN_ABOUT = r"(?:about|regarding|concerning|related to)"
# "Anything about the treaty that was rejected?" asks for what was.
_EN_ONLY = r"(?P<topic>(?:(?! that ).)+?)"
_EN_TITLED = rf"(?:{_EN_WITH}|titled|called|entitled|named|headed|from)"

_ENGLISH = (
    ("topic", rf"(?:which|what) {_EN_REPORT} {_EN_HAVE}(?: here)? {_EN_WITH} (?P<topic>.+)"),
    ("topic", rf"(?:which|what)(?: of (?:the|your|these|our"
              rf"|my))? articles? {_EN_VERB} (?P<topic>.+)"),
    ("topic", rf"(?:which|what) of (?:your|our|my) {_EN_REPORT} {_EN_VERB} (?P<topic>.+)"),
    ("topic", r"in (?:which|what)(?: of (?:the|your))? articles? (?:is|are|does|do|was|were)"
              r" (?P<topic>.+) (?:mentioned|named|discussed|covered|described|appear|occur"
              r"|come up)"),
    ("topic", rf"what (?:(?:do|have) (?:you|we) (?:have|got)|have you) {_EN_ON} (?P<topic>.+)"),
    ("topic", rf"(?:do you have|have you got) (?:anything|something) {_EN_ABOUT} {_EN_ONLY}"
              rf" {_EN_HERE}"),
    ("topic", rf"(?:do you have|have you(?: got)?|got) (?:any(?:thing)?|some(?:thing)?)"
              rf"(?: {_EN_REPORT})? {_EN_WITH} (?P<topic>.+)"),
    ("topic", rf"(?:is|are) there (?:any|some) articles? {_EN_WITH} (?P<topic>.+)"),
    ("topic", rf"what(?:'s| is|s)(?: there)? {_EN_HERE} {_EN_ON} (?P<topic>.+)"),
    ("topic", rf"what(?:'s| is|s) there {_EN_ABOUT} {_EN_ONLY}(?: {_EN_HERE})?"),
    ("topic", rf"what (?:do|does) {_EN_HERE[3:]} (?:have|hold|contain) {_EN_ON} (?P<topic>.+)"),
    ("topic", rf"(?:is there )?(?:anything|something) {_EN_HERE} {_EN_ON} (?P<topic>.+)"),
    ("topic", rf"is there (?:anything|something)(?: here)? {_EN_ABOUT} {_EN_ONLY}"
              rf"(?: {_EN_HERE})?"),
    ("topic", rf"{_EN_SHOW} {_EN_ALL}{_EN_NOUN} {_EN_WITH} (?P<topic>.+)"),
    ("topic", rf"(?:(?:all|any|the) )?articles? {_EN_WITH} (?P<topic>.+)"),
    ("new", rf"what(?:'s| is|s) (?:the )?(?:new|latest|newest|most recent)(?: {_EN_WHEN})?"
            r"(?: (?:on|with|from|regarding|concerning) (?P<topic>.+))?"),
    ("new", r"what(?:'s| is|s) the (?:latest|newest)(?: news)?(?: (?:about|on) (?P<topic>.+))?"),
    ("new", r"what(?:'s| is"
            r"|s) new in (?P<topic>(?-i:(?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}))"),
    ("new", rf"(?:(?:is|are) there |do you have |have you (?:got )?)?(?:anything new|(?:any|some"
            rf"|what)(?: new)? (?:news|updates?)(?: is there| are there)?|any new {_EN_REPORT})"
            rf"(?: {_EN_WHEN})?(?: (?:{_EN_ON}|from|with) (?P<topic>.+))?"),
    ("new", rf"(?:{_EN_SHOW} |what are |which are |what is )?(?:the |your |our )?(?:latest|newest"
            rf"|most recent|recent|recently added)(?: (?:\d\d?|few|two|three|five|ten))?"
            rf" (?:articles?|news|additions?|texts?|stories|documents?|updates?)"
            rf"(?: {_EN_WITH} (?P<topic>.+))?"),
    ("new", rf"(?:what|which {_EN_REPORT}|what {_EN_REPORT}) (?:was|were|has been|have been"
            rf"|did (?:you"
            rf"|we) add|have (?:you|we) added)(?: newly)?(?: added)? {_EN_WHEN}"),
    ("new", rf"(?:which|what) (?:articles?|documents?|texts?) {_EN_HAVE}(?: here)?"),
    ("new", r"what do you have(?: here)?|headlines|news"),
    ("new", rf"{_EN_SHOW} (?:(?:all|the|your|my|our) ){{1,3}}(?:articles|documents|texts)"),
    ("summary", rf"what(?:'s| is) (?:this|that|the)(?: last| first)? {_EN_REPORT}(?: all)? about"),
    ("summary", rf"what does (?:this|that|the) {_EN_REPORT} say{_EN_BRIEFLY}"),
    ("summary", rf"{_EN_SUM_UP} {_EN_THIS}{_EN_BRIEFLY}|sum (?:it|this|that) up|{_EN_SUM_UP}"),
    ("summary", rf"{_EN_GIVE}{_EN_SUMMARY}(?: of {_EN_THIS})?|tl ?;? ?dr"),
    ("summary", rf"what(?:'s| is) the {_EN_REPORT} {_EN_TITLED} (?P<topic>.+?)(?: all)? about"),
    ("summary", rf"what does the {_EN_REPORT} {_EN_TITLED} (?P<topic>.+) say{_EN_BRIEFLY}"),
    ("summary", rf"{_EN_SUM_UP} {_EN_ALL}{_EN_REPORT} {_EN_TITLED} (?P<topic>.+)"),
    ("summary", rf"{_EN_GIVE}{_EN_SUMMARY} of {_EN_ALL}{_EN_REPORT} {_EN_TITLED} (?P<topic>.+)"),
    ("title", rf"(?:{_EN_SUM_UP}|{_EN_GIVE}{_EN_SUMMARY} of|tl ?;? ?dr(?: of)?)(?: {_EN_REPORT})?"
              r" (?P<topic>.+)"),
    ("title", rf"what(?:'s| is)(?: the {_EN_REPORT})? (?P<topic>.+?)(?: all)? about"),
)  # fmt: skip

# --- German
_DE_NOUN = r"(?:artikeln?|texte?n?|dokumente?n?|berichte?n?|beitr(?:ag|äge|ägen)|meldung(?:en)?)"
_DE_ON = r"(?:über|zum thema|zu|zum|zur|betreffend|bezüglich)"
_DE_HAVE = r"(?:hast du|habt ihr|haben sie|haben wir|gibt es|gibt's|kennst du)(?: denn)?"
_DE_VERB = (
    r"(?:erwähnen|nennen|behandeln|handeln von|berichten (?:über|von)|befassen sich mit|sind über)"
)
_DE_SHOW = r"(?:zeige?|nenne?|liste|suche?|finde?|gib)(?: mir| uns)?(?: alle| die| deine| einige)?"
_DE_HERE = (
    r"in (?:der|dieser|deiner|unserer|den|diesen|deinen|unseren)"
    r" (?:sammlung|bibliothek|artikeln|texten|dokumenten)"
)
_DE_THIS = r"(?:dies(?:er|en|em|es)|de[rmn]|das|die)"
_DE_BRIEFLY = r"(?:(?:mir|bitte|kurz) ){0,3}"
_DE_SUMMARY = r"(?:(?:eine|die) )?(?:kurze )?zusammenfassung"

_GERMAN = (
    ("topic", rf"welche {_DE_NOUN} {_DE_HAVE} {_DE_ON} (?P<topic>.+)"),
    ("topic", rf"welche(?: deiner| eurer| der)? artikel {_DE_VERB} (?P<topic>.+)"),
    ("topic", r"in welche[nm] artikeln? (?:wird|werden|kommt|kommen|ist|geht es um) (?P<topic>.+?)"
              r"(?: erwähnt| genannt| vor| behandelt| die rede)?"),
    ("topic", rf"was (?:hast du|habt ihr|haben sie|haben wir)(?: denn)?(?: alles)? {_DE_ON}"
              r" (?P<topic>.+)"),
    ("topic", rf"was (?:steht|ist|gibt es|gibt's|findet sich|haben wir|hast du) {_DE_HERE}"
              rf" {_DE_ON} (?P<topic>.+)"),
    ("topic", r"was gibt(?: es|'s) (?:alles )?(?:über|zum thema) (?P<topic>.+?)"
              rf"(?: {_DE_HERE})?"),
    ("topic", rf"was steht (?:über|zum thema) (?P<topic>.+) {_DE_HERE}"),
    ("topic", rf"(?:gibt es|steht|ist|findet sich) {_DE_HERE} (?:etwas|irgendetwas|irgendwas|was)"
              rf" {_DE_ON} (?P<topic>.+)"),
    ("topic", r"(?:gibt es|steht|hast du) (?:etwas|irgendetwas|irgendwas|was) (?:über|zum thema)"
              rf" (?P<topic>.+) {_DE_HERE}"),
    ("topic", rf"(?:hast du|habt ihr|haben sie|gibt es)(?: denn)? (?:etwas|irgendetwas|irgendwas"
              rf"|was|artikel) {_DE_ON} (?P<topic>.+)"),
    ("topic", rf"(?:{_DE_SHOW} )?(?:alle )?{_DE_NOUN} {_DE_ON} (?P<topic>.+?)(?: auf| heraus)?"),
    ("new", r"was (?:ist|gibt es|gibt's|gibts)(?: denn)?(?: heute)? (?:neu|neues)(?: heute)?"
            rf"(?: (?:{_DE_ON}|von|aus|bei) (?P<topic>.+))?"),
    ("new", r"(?:gibt es |gibt's |hast du |habt ihr )?(?:(?:etwas|irgendetwas|irgendwas|was) neues"
            rf"|neues|neuigkeiten|nachrichten)(?: {_DE_ON} (?P<topic>.+))?"),
    ("new", rf"(?:{_DE_SHOW} )?(?:die )?(?:neue?sten|letzten|aktuellen|aktuellsten"
            rf"|neuen) (?:artikel"
            rf"|nachrichten|meldungen|texte|berichte)(?: {_DE_ON} (?P<topic>.+))?"),
    ("new", rf"welche {_DE_NOUN} {_DE_HAVE}|{_DE_SHOW}? ?alle artikel(?: auf)?"),
    ("summary", rf"(?:worum|um was) geht(?:'s| es) (?:in|bei) {_DE_THIS} {_DE_NOUN}"),
    ("summary", rf"(?:wovon|von was) handelt {_DE_THIS} {_DE_NOUN}"),
    ("summary", rf"(?:was steht in|was sagt) {_DE_THIS} {_DE_NOUN}"),
    ("summary", rf"fasse? {_DE_BRIEFLY}(?:{_DE_THIS} {_DE_NOUN}|das|ihn|es) {_DE_BRIEFLY}zusammen"),
    ("summary", rf"{_DE_SUMMARY}(?: (?:dieses|des|von diesem) {_DE_NOUN}s?)?"),
    ("summary", rf"(?:worum|um was) geht(?:'s| es) (?:in"
                rf"|bei) dem {_DE_NOUN} {_DE_ON} (?P<topic>.+)"),
    ("summary", rf"(?:wovon|von was) handelt (?:der|das|die) {_DE_NOUN} {_DE_ON} (?P<topic>.+)"),
    ("summary", rf"(?:was steht in|was sagt) de[rm] {_DE_NOUN} {_DE_ON} (?P<topic>.+)"),
    ("summary", rf"fasse? {_DE_BRIEFLY}(?:den|das|die) {_DE_NOUN} {_DE_ON} (?P<topic>.+?)"
                rf" {_DE_BRIEFLY}zusammen"),
    ("summary", rf"{_DE_SUMMARY} (?:des|von dem|vom) {_DE_NOUN}s? {_DE_ON} (?P<topic>.+)"),
    ("title", rf"fasse? {_DE_BRIEFLY}(?P<topic>.+?) {_DE_BRIEFLY}zusammen"),
    ("title", rf"{_DE_SUMMARY} (?:von|des|der) (?P<topic>.+)"),
    ("title", r"(?:worum|um was) geht(?:'s| es) (?:in|bei) (?P<topic>.+)"),
)  # fmt: skip

# --- Spanish
_ES_NOUN = r"(?:art[ií]culos?|textos?|documentos?|noticias?|informes?|notas?)"
_ES_ON = r"(?:sobre|acerca de|de|del|respecto a|relacionad[oa]s con)"
_ES_HAVE = r"(?:tienes|tiene usted|tiene|tienen|tenemos|hay|ten[eé]is)"
_ES_VERB = r"(?:mencionan?|tratan? (?:de|sobre)|hablan? (?:de|sobre)|nombran?|citan?)"
_ES_HERE = (
    r"en (?:la|tu|esta|nuestra|los|tus|estos|nuestros)"
    r" (?:colecci[oó]n|biblioteca|art[ií]culos|textos|documentos)"
)
_ES_THIS = r"(?:este|esta|ese|esa|el|la)"
_ES_SUMMARY = r"(?:un |el )?(?:breve )?resumen"
_ES_MAKE = r"(?:(?:haz|hazme|dame|escribe|quiero|necesito) )?"

_SPANISH = (
    ("topic", rf"qu[eé] {_ES_NOUN} {_ES_HAVE} (?:sobre|acerca de|que {_ES_VERB}) (?P<topic>.+)"),
    ("topic", rf"(?:qu[eé]|cu[aá]les) art[ií]culos {_ES_VERB} (?P<topic>.+)"),
    ("topic", r"en qu[eé] art[ií]culos (?:se (?:menciona|habla de|trata)|aparece) (?P<topic>.+)"),
    ("topic", r"qu[eé] (?:tienes|tiene usted|tienen|ten[eé]is) (?:sobre|acerca de) (?P<topic>.+)"),
    ("topic", rf"qu[eé] (?:hay|tienes|tenemos) {_ES_HERE} (?:sobre|acerca de) (?P<topic>.+)"),
    ("topic", rf"qu[eé] hay (?:sobre (?P<topic>.+) {_ES_HERE})"),
    ("topic", rf"qu[eé] hay acerca de (?P<topic>.+?)(?: {_ES_HERE})?"),
    ("topic", rf"(?:hay|tienes) algo {_ES_HERE} (?:sobre|acerca de) (?P<topic>.+)"),
    ("topic", rf"(?:hay|tienes) algo (?:sobre|acerca de) (?P<topic>.+) {_ES_HERE}"),
    ("topic", r"(?:tienes|hay|tienen) (?:algo|alg[uú]n art[ií]culo|art[ií]culos) (?:sobre"
              r"|acerca de)"
              r" (?P<topic>.+)"),
    ("topic", rf"(?:(?:mu[eé]strame|muestra|lista|busca|dame|ens[eé][nñ]ame)(?: (?:todos )?los)? )?"
              rf"art[ií]culos (?:sobre|acerca de|que {_ES_VERB}) (?P<topic>.+)"),
    ("new", r"qu[eé] (?:hay|tienes|tienen) de nuevo(?: hoy)?(?: (?:sobre"
            r"|acerca de) (?P<topic>.+))?"),
    ("new", r"(?:qu[eé] )?(?:(?:hay|tienes)(?: alguna)? )?(?:novedad(?:es)?|noticias)(?: hay"
            r"| tienes)?"
            r"(?: (?:sobre|acerca de) (?P<topic>.+))?|algo nuevo|qu[eé] es nuevo"),
    ("new", r"(?:(?:mu[eé]strame|muestra|dame|lista) )?(?:los "
            r"|las )?(?:[uú]ltim[oa]s (?:art[ií]culos"
            r"|noticias)|art[ií]culos (?:m[aá]s )?(?:recientes|nuevos))(?: sobre (?P<topic>.+))?"),
    ("new", rf"qu[eé] art[ií]culos {_ES_HAVE}"),
    ("summary", rf"de qu[eé] (?:trata|habla|va) {_ES_THIS} {_ES_NOUN}"),
    ("summary", rf"qu[eé] dice {_ES_THIS} {_ES_NOUN}"),
    ("summary", rf"(?:resume|resumir|res[uú]me(?:lo|me|melo)?)(?: {_ES_THIS} {_ES_NOUN})?"),
    ("summary", rf"{_ES_MAKE}{_ES_SUMMARY}(?: (?:del|de (?:este|ese)) {_ES_NOUN})?"),
    ("summary", rf"de qu[eé] (?:trata|habla|va) (?:el|la) {_ES_NOUN} {_ES_ON} (?P<topic>.+)"),
    ("summary", r"qu[eé] dice el art[ií]culo (?:sobre|acerca de) (?P<topic>.+)"),
    ("summary", rf"(?:resume|resumir|res[uú]meme) (?:el|la) {_ES_NOUN} {_ES_ON} (?P<topic>.+)"),
    ("summary", rf"{_ES_MAKE}{_ES_SUMMARY} del? (?:la )?{_ES_NOUN} {_ES_ON} (?P<topic>.+)"),
    ("title", rf"(?:resume|resumir|res[uú]meme|{_ES_MAKE}{_ES_SUMMARY} del?) (?P<topic>.+)"),
)  # fmt: skip

# --- Russian
_RU_NOUN = r"(?:стать(?:я|и|ю|е|ях|ей)|текст(?:ы|ах)?|документ(?:ы|ах)?|материал(?:ы|ах)?)"
_RU_ON = r"(?:обо|об|о|про|на тему|по теме|насчёт|насчет)"
_RU_HAVE = r"(?:у (?:тебя|вас|нас) )?(?:есть|имеются)(?: у (?:тебя|вас|нас))?"
_RU_SHOW = r"(?:покажи|покажите|найди|найдите|перечисли|перечислите|дай|дайте)(?: мне)?(?: все)?"
_RU_HERE = (
    r"в (?:(?:этой|твоей|вашей|нашей|этих|твоих|ваших|наших) )?"
    r"(?:коллекции|библиотеке|собрании|статьях|текстах|документах)"
)
_RU_SUM_UP = (
    r"(?:(?:кратко |коротко )?(?:перескажи|перескажите|изложи|изложите|подытожь|резюмируй)"
    r"|(?:сделай|дай|напиши) (?:краткое )?резюме|резюме|краткое содержание)"
)

_RUSSIAN = (
    ("topic", rf"какие (?:{_RU_HAVE} )?{_RU_NOUN} (?:{_RU_HAVE} )?{_RU_ON} (?P<topic>.+)"),
    ("topic", r"(?:в каких статьях|где в статьях) (?:упоминается|упоминаются|говорится о"
              r"|говорится об|речь идёт о|пишут о) (?P<topic>.+)"),
    ("topic", r"какие статьи (?:упоминают|рассказывают о|рассказывают об|пишут о|посвящены)"
              r" (?P<topic>.+)"),
    ("topic", rf"что (?:у (?:тебя|вас|нас) )?есть(?: у (?:тебя|вас|нас))? {_RU_ON} (?P<topic>.+)"),
    ("topic", rf"что (?:есть )?{_RU_HERE}(?: есть)? {_RU_ON} (?P<topic>.+)"),
    ("topic", rf"что есть {_RU_ON} (?P<topic>.+) {_RU_HERE}"),
    ("topic", rf"есть (?:ли )?{_RU_HERE} (?:что-нибудь|что-либо|что-то) {_RU_ON} (?P<topic>.+)"),
    ("topic", rf"есть (?:ли )?(?:что-нибудь|что-либо|что-то) {_RU_ON} (?P<topic>.+) {_RU_HERE}"),
    ("topic", rf"(?:у (?:тебя|вас) )?есть (?:ли )?(?:что-нибудь|что-то"
              rf"|статьи) {_RU_ON} (?P<topic>.+)"),
    ("topic", rf"(?:{_RU_SHOW} )?(?:все )?статьи {_RU_ON} (?P<topic>.+)"),
    ("new", rf"что (?:у (?:тебя|вас) )?нового(?: сегодня)?(?: {_RU_ON} (?P<topic>.+))?"),
    ("new", rf"(?:есть (?:ли )?)?(?:что-нибудь новое|новости|какие новости)(?: {_RU_ON}"
            r" (?P<topic>.+))?"),
    ("new", rf"(?:{_RU_SHOW} )?(?:последние|новые|новейшие|свежие) (?:статьи|новости|материалы)"
            rf"(?: {_RU_ON} (?P<topic>.+))?"),
    ("new", rf"какие (?:{_RU_HAVE} )?{_RU_NOUN}(?: {_RU_HAVE})?|{_RU_SHOW} статьи"),
    ("summary", r"(?:о ч[её]м|про что)(?: говорится в| рассказывает)? (?:эта |этой )?стать(?:я|е)"),
    ("summary", rf"{_RU_SUM_UP} (?:эту |этой )?стать[юи]|{_RU_SUM_UP}|о ч[её]м этот текст"),
    ("summary", rf"(?:о ч[её]м|про что)(?: говорится в)? стать[яе] {_RU_ON} (?P<topic>.+)"),
    ("summary", rf"{_RU_SUM_UP} стать[юи] {_RU_ON} (?P<topic>.+)"),
    ("title", rf"{_RU_SUM_UP} (?P<topic>.+)"),
)  # fmt: skip

# --- Persian and Urdu, in the forms that come first to mind
_PERSIAN = (
    ("topic", r"(?:چه|کدام) مقاله ?(?:ها)?(?:یی|ی)? (?:درباره|در مورد|دربارهٔ"
              r"|در باره) (?P<topic>.+?)"
              r"(?: دارید| داری| هست| هستند| وجود دارد)"),
    ("topic", r"(?:در (?:این )?مجموعه )?(?:درباره|در مورد|دربارهٔ) (?P<topic>.+?)"
              r"(?: در (?:این )?مجموعه)? چه (?:هست|دارید|داری|داریم|وجود دارد)"),
    ("topic", r"در (?:این )?مجموعه چه چیزی (?:درباره|در مورد|دربارهٔ) (?P<topic>.+?)"
              r" (?:هست|دارید|داری|داریم|وجود دارد)"),
    ("topic", r"(?:آیا )?چیزی (?:درباره|در مورد|دربارهٔ) (?P<topic>.+?)"
              r" (?:هست|دارید|داری|داریم|وجود دارد)"),
    ("new", r"چه خبر(?:ه| است)?|چه (?:چیز )?(?:تازه|جدید)(?: ای)? (?:است|هست|دارید|داری)|تازه ها"),
    ("summary", r"این مقاله (?:درباره|در مورد|دربارهٔ) (?:چیست|چه است)"
                r"|(?:این )?مقاله را خلاصه کن(?:ید)?"),
    ("summary", r"مقاله (?:درباره|در مورد|دربارهٔ) (?P<topic>.+) را خلاصه کن(?:ید)?"),
    ("title", r"خلاصه (?P<topic>.+)|(?P<topic_>.+) را خلاصه کن(?:ید)?"),
)  # fmt: skip
_URDU = (
    ("topic", r"(?P<topic>.+) (?:کے بارے میں|پر) (?:کون سے|کیا|کونسے) مضامین (?:ہیں|موجود ہیں)"),
    ("topic", r"(?:کون سے|کونسے|کیا) مضامین (?P<topic>.+) (?:کے بارے میں|پر) (?:ہیں|موجود ہیں)"),
    ("topic", r"(?:اس )?مجموعے میں (?P<topic>.+) کے بارے میں کیا (?:ہے|موجود ہے)"),
    ("topic", r"(?P<topic>.+) کے بارے میں (?:اس )?مجموعے میں کیا (?:ہے|موجود ہے)"),
    ("topic", r"کیا (?:مجموعے میں )?(?P<topic>.+) کے بارے میں کچھ (?:ہے|موجود ہے)"),
    ("new", r"(?:نیا کیا ہے|کیا نیا ہے|تازہ کیا ہے|نئے مضامین)"),
    ("summary", r"یہ مضمون کس (?:بارے میں|کے بارے میں) ہے|(?:اس )?مضمون کا خلاصہ(?: کریں)?"),
)  # fmt: skip


_About = Literal["new", "topic", "summary"]
_ABOUT: dict[str, _About] = {
    "new": "new",
    "topic": "topic",
    "summary": "summary",
    "title": "summary",
}


@cache  # 40 ms, spared whoever asks nothing
def _forms() -> tuple[tuple[_About, re.Pattern[str], bool], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[_About, re.Pattern[str], bool]]:
    for forms in (_ENGLISH, _GERMAN, _SPANISH, _RUSSIAN, _PERSIAN, _URDU):
        for about, form in forms:
            yield _ABOUT[about], re.compile(form, re.IGNORECASE), about == "title"


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of a language by which an unclear question is known.

    `asks` begin a question; `stands_for` and `belongs_to` are pronouns ("it", "its"); `generic`
    name nothing themselves; before a word that names a thing stands one of `before_a_thing`.
    """

    code: str
    asks: frozenset[str]
    stands_for: frozenset[str]
    belongs_to: frozenset[str]
    generic: frozenset[str]
    before_a_thing: frozenset[str]


def _language(code: str, *texts: str) -> _Language:
    asks, stands_for, belongs_to, generic, before_a_thing = (set(text.split()) for text in texts)
    return _Language(
        code,
        frozenset(asks),
        frozenset(stands_for),
        frozenset(belongs_to),
        frozenset(generic),
        frozenset(before_a_thing),
    )


_LANGUAGES = (
    _language(
        "en",
        "who whom whose what when where which why how and but is are was were did do does has have"
        " had can could will would should since until",
        "it he him she they them",
        "its his her their theirs hers",
        "else more next happen happens happened happening say says said mean means exactly again"
        " really so long far many much come came go went since until then yes no ago often also"
        " ever",
        "the a an some any no every in on at to of for with from about by between against near"
        " after"
        " before during into that when if",
    ),
    _language(
        "de",
        "wer wen wem wessen was wann wo woher wohin warum wieso weshalb wie wieviel welche welcher"
        " welches und aber ist sind war waren hat haben hatte wird wurde wurden seit",
        "er ihn ihm sie ihnen es davon daran darüber dazu",
        "sein seine seiner ihr ihre ihrer",
        "noch mehr viel viele lange oft passiert passierte geschah sagte sagt heißt bedeutet genau"
        " dann danach denn eigentlich so weiter",
        "der die das dem den des ein eine einer einem in im an am auf zu zum zur von vom für mit"
        " aus"
        " über bei gegen nach vor um wenn dass",
    ),
    _language(
        "es",
        "quién quien quiénes qué cuándo dónde adónde cómo cuánto cuántos cuánta cuántas cuál cuáles"
        " por y pero desde hasta fue es son era",
        "él ella ellos ellas lo le les eso esto ello",
        "su sus",
        "por qué más pasó sucedió ocurrió dijo dice significa exactamente entonces luego después",
        "el la los las un una en de del a al para con sobre contra por entre si cuando",
    ),
    _language(
        "ru",
        "кто кого кому чей что когда где куда откуда почему зачем как сколько какой какая какие и"
        " а но это был была были с",
        "он она оно они ему ей им него неё нее них это этого этому этим",
        "его её ее их",
        "было случилось произошло сказал сказала сказали значит ещё еще больше потом дальше именно"
        " тогда так там пор каких",
        "в во на с со к о об от до для из у за при про против над под если",
    ),
)
# What leans on something in the other languages; and Spanish verbs that leave out who did it.
_UNCLEAR = re.compile(
    r"چرا|کی|کجا|چطور|چگونه|چه شد|کیوں|کب|کہاں|کیسے|کون|پھر کیا ہوا"
    r"|(?:y )?(?:cuándo|dónde|cómo|por qué)(?: (?:se|fue|fueron|lo|la|los|las)){0,2}"
    r" \w{2,30}(?:ó|aron|ieron|ad[oa]s?|id[oa]s?)"
)


def _leans(words: list[str], language: _Language) -> bool:
    """Whether the words, read in that language, name nothing that the question could be about."""
    if not any(word in language.asks for word in words):
        return False
    pronouns = language.stands_for | language.belongs_to
    empty = stop_words(language.code) | language.generic | language.asks | pronouns
    own = [place for place, word in enumerate(words) if word not in empty]
    if not own:
        return True
    standing = [place for place, word in enumerate(words) if word in pronouns]
    if words[-1] in ("this", "that") and language.code == "en":
        standing.append(len(words) - 1)
    if not standing:
        return False
    # "What are its main goals?", but "Why was it pitch dark?"
    allowed = 2 if words[own[0] - 1] in language.belongs_to else 1
    before = {words[at] for place in own for at in range(max(place - 2, 0), place)}
    return (
        len(own) <= allowed
        and own[0] + 2 >= standing[0]  # a word further before it may be what the pronoun means
        and not before & language.before_a_thing  # "Why is it cold at night?" names the night
    )
