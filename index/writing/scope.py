"""What a question needs passages of: the best, each of the things it compares, or many places."""

import re
from dataclasses import dataclass

# Longer than a comparison or a topic of some length; it bounds the work, too.
_MAX_CHARACTERS = 300
_MAX_SIDES = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """`sides` are the things compared, in the question's words; empty where none are.

    `broad`: it asks for whatever there is on a topic, which may stand in many articles, or anywhere
    in one: `article` says that it speaks of one.
    """

    sides: tuple[str, ...] = ()
    broad: bool = False
    article: bool = False

    @property
    def plain(self) -> bool:
        return not self.sides and not self.broad


def scope_of(question: str) -> Scope:
    """Told by the words of the question, in the six languages that the bot speaks."""
    text = " ".join(question.replace("\u200c", " ").split()).strip(" ¿¡?!.…:;؟۔")
    if len(text) > _MAX_CHARACTERS:
        return Scope()
    for pattern in _COMPARISONS:
        if match := pattern.search(text):
            sides = _sides(match, text)
            return Scope(sides) if len(sides) > 1 else Scope()
    broad = any(pattern.search(text) for pattern in _TOPICS)
    return Scope(broad=broad, article=broad and bool(_ARTICLE.search(text)))


def _sides(match: re.Match[str], text: str) -> tuple[str, ...]:
    """Each thing with the respect in which they are compared, where that follows the last."""
    first, rest = match["a"].strip(" ,"), match["b"].strip(" ,")
    things, respect = rest, ""
    if found := _RESPECT.search(rest):
        things, respect = rest[: found.start()], rest[found.start() :]
    named = [first, *_AND.split(things)]
    if "," in first:
        named = [*_LISTED.split(first), *named[1:]]
    sides = [f"{thing.strip()}{respect}" for thing in named if any(map(str.isalnum, thing))]
    return tuple(dict.fromkeys(sides))[:_MAX_SIDES]


# Each takes the first thing from the words before, and all that follows as the second.
_A, _B = r"(?P<a>[^\n]{1,60}?)", r"(?P<b>[^\n]{1,100})"
_LISTED = re.compile(r", ?")
_AND = re.compile(r", (?:and |und |y |и |و )?| (?:and|und|y|и|و|اور) ")
_RESPECT = re.compile(
    r" (?:in (?:terms|respect|regard|size|their|its|the way)|with (?:regard|respect)|regarding"
    r"|concerning|when it comes|as to|on|hinsichtlich|bezüglich|in bezug|en cuanto|respecto|по|"
    r"с точки зрения|از نظر|کے لحاظ)\b",
    re.IGNORECASE,
)
_COMPARISONS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bcompar(?:e|ing) {_A} (?:with|and|to|against) {_B}$",
        rf"\bcomparison (?:of|between) {_A} (?:with|and|to) {_B}$",
        rf"\b(?:differences?|similarit(?:y|ies)|relation(?:ship)?) between {_A} and {_B}$",
        rf"\bhow (?:do|does|did|is|are|was|were) {_A} (?:differ(?:ent)?|compared?) (?:from|to|with)"
        rf" {_B}$",
        rf"\bhow (?:do|did|are) {_A} and (?P<b>[^\n]{{1,100}}?) (?:differ|compare)\b",
        rf"^(?:what (?:is|are|about) )?{_A},? (?:vs\.?|versus|compared (?:to|with)) {_B}$",
        rf"\bvergleiche?n?(?: sie| mir| bitte)? {_A} (?:mit|und) {_B}$",
        rf"\b(?:unterschiede?n?|gemeinsamkeiten|vergleich) (?:zwischen|von) {_A} und {_B}$",
        rf"\bunterscheide[nt] sich {_A} (?:von|und) {_B}$",
        rf"^{_A} im vergleich (?:mit|zu[mr]?) {_B}$",
        rf"\bcompar(?:a|ar|e|ad) (?:a )?{_A} (?:con|y|a) {_B}$",
        rf"\b(?:diferencias?|semejanzas?|comparación) (?:hay |existe )?entre {_A} y {_B}$",
        rf"\b(?:se )?diferencian? {_A} (?:y|de) {_B}$",
        rf"^{_A} (?:frente a|en comparación con) {_B}$",
        rf"\bсравни(?:те|ть)? {_A} (?:и|с|со) {_B}$",
        rf"\b(?:разница|различия?|отличия?|сходства?|сравнение) (?:между )?{_A} (?:и|с|от) {_B}$",
        rf"\bчем {_A} отлича(?:ется|ются) от {_B}$",
        rf"^{_A} по сравнению с {_B}$",
        rf"(?:مقایسه|تفاوت|فرق)(?: بین| میان| های)? {_A} (?:و|با) {_B}$",
        rf"^{_A} اور (?P<b>[^\n]{{1,100}}?) (?:کا موازنہ|میں فرق|کے درمیان فرق|میں کیا فرق)",
    )
)
_ARTICLE = re.compile(
    r"\b(?:article|report|text|story|piece|paper|artikel|bericht|artículo|informe|texto|стать[яюие]"
    r"|текст)\b|مقاله|مضمون",
    re.IGNORECASE,
)
_TOPICS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\bwhat (?:do|can) (?:we|you|i) (?:know|learn|say|tell|read)(?: me| us)?\b.{0,20}"
        r"\b(?:about|on|of)\b",
        r"\bwhat (?:is|has been) (?:known|written|reported|said) (?:about|on|of)\b",
        r"\b(?:tell|teach) (?:me|us) (?:\w+ ){0,3}about\b",
        r"\b(?:summari[sz]e|sum up|summary of|overview of|recap of|everything about|all about)\b",
        r"\bwhat do(?:es)? the (?:articles?|texts?|reports?|sources?) say\b",
        r"\bwas (?:wissen wir|weißt du|wissen sie|ist bekannt|weiß man|steht)\b.{0,30}\b(?:über|von"
        r"|zu|zum|zur)\b",
        r"\b(?:erzähle?|sage?) (?:mir|uns) (?:\w+ ){0,3}(?:über|von)\b",
        r"\b(?:zusammenfassung|überblick|fasse?)\b",
        r"\bqué (?:sabemos|sabes|se sabe|dicen los artículos|se ha escrito) (?:\w+ ){0,2}(?:sobre"
        r"|de|del|acerca)\b",
        r"\b(?:háblame|cuéntame|resumen|resume|resúmeme)\b",
        r"\bчто (?:мы знаем|ты знаешь|вы знаете|известно|пишут|говорится|сказано)\b",
        r"\b(?:расскажи(?:те)?|обзор|резюме|подытожь|перескажи(?:те)?)\b",
        r"(?:چه می ?دانیم|خلاصه|درباره .{1,60} (?:چه|بگو))",
        r"(?:کے بارے میں (?:کیا (?:جانتے|معلوم)|بتا)|خلاصہ)",
    )
)
