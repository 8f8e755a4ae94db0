"""Recognising a language model that says the passages do not answer, in whichever words it does."""

import re
from dataclasses import dataclass

from footnote.index.writing.stream_parser import StreamedSentence

AGREED = "The passages do not answer this."
"""What a model is asked to write, in the language of the question or in English."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
# A sentence that says no more than this has fewer words than a long claim; the agreed forms, eight.
_MAX_WORDS, _MAX_WORDS_AGREED = 45, 9


@dataclass(frozen=True, slots=True)
class _DecliningWords:
    """What a sentence of this language that declines has one word of each of.

    `material` is how a model speaks of what it was given, `telling` what that does not do; both are
    beginnings of words. `negated_first`: the negation stands before it. "The article says that
    nobody died" does not decline.
    """

    material: tuple[str, ...]
    negation: frozenset[str]
    telling: tuple[str, ...]
    negated_first: bool


def _language(
    material: str, negation: str, telling: str, *, negated_first: bool = False
) -> _DecliningWords:
    return _DecliningWords(
        tuple(material.split()), frozenset(negation.split()), tuple(telling.split()), negated_first
    )


_LANGUAGES = (
    _language(
        "passage excerpt article text source document context evidence material snippet",
        "not no none nothing neither cannot can't don't doesn't didn't isn't aren't wasn't couldn't"
        " without unable insufficient lacks lack",
        "answer address contain mention say state provide specif discuss include indicate inform"
        " tell cover explain",
        negated_first=True,
    ),
    _language(
        "passage artikel text quelle abschnitt auszüge auszug textstelle stelle kontext dokument",
        "nicht kein keine keinen keiner keinem keinerlei nichts weder",
        "beantwort antwort enthalt enthält erwähn sag gesagt nenn angabe inform hervor aussage find"
        " geben gibt liefer ausreich",
    ),
    _language(
        "pasaje artículo articulo texto fuente fragmento contexto documento extracto",
        "no ningún ninguno ninguna nada tampoco sin",
        "respond respuesta contien mencion dice inform indica especific proporcion ofrec encuentr"
        " contest trata aporta",
        negated_first=True,
    ),
    _language(
        "отрыв стать текст источник фрагмент пассаж контекст материал документ",
        "не нет ни ничего никакой никаких отсутствует отсутствуют",
        "отвеч ответ содерж упомин говор сказан информ сообща данных указан найти найден дают даёт"
        " дает",
    ),
    _language(
        "متن مقاله مقالات قطعه قطعات بخش منابع منبع گزیده عبارت عبارات پاراگراف",
        "نمی ندارد ندارند نیست نیستند نشده نیامده نکرده هیچ",
        "پاسخ جواب اطلاع اشاره ذکر گفت آمده",
    ),
    _language(
        "اقتباس عبارت عبارات مضامین مضمون متن ذرائع حوال حص",
        "نہیں نہ",
        "جواب معلومات ذکر بتا بیان",
    ),
)
# "I cannot answer this", with nothing said of the material.
_UNABLE = re.compile(
    r"(?:(?:unfortunately|sorry|i(?:'m| am) sorry|i apologi[sz]e),? (?:but )?)?i(?:'m| am)?"
    r" (?:do not|don't|can ?not|can't|could not|couldn't|was not able|wasn't able|not able|unable"
    r"|was unable)(?: to)? (?:know|answer|find|tell|determine|help|say|provide)\b"
    r"|(?:leider )?(?:kann ich|ich kann|ich weiß)\b.{0,60}\bnicht\b"
    r"|(?:lo siento,? (?:pero )?)?no (?:puedo responder|lo sé|sé|tengo información)\b"
    r"|(?:к сожалению,? )?я не (?:могу|знаю|нашел|нашёл|нашла)\b"
    r"|(?:متأسفانه|متاسفانه)?،? ?(?:من )?نمی ?(?:دانم|توانم)\b",
    re.IGNORECASE,
)  # fmt: skip


def declines(sentence: StreamedSentence) -> bool:
    """Whether it says that the passages do not answer, rather than something of its own.

    With a passage's number to it, a sentence is taken for a claim: "The article does not say who
    paid. [2]" may be borne out; unless it is as short as the form that was agreed on.
    """
    text = sentence.text.replace("\u200c", " ").replace("’", "'").casefold().strip()
    words = _WORD.findall(text)
    if len(words) > (_MAX_WORDS_AGREED if sentence.cited else _MAX_WORDS):
        return False
    return bool(_UNABLE.match(text)) or any(_says_so(words, language) for language in _LANGUAGES)


def _says_so(words: list[str], language: _DecliningWords) -> bool:
    negated = [place for place, word in enumerate(words) if word in language.negation]
    telling = [place for place, word in enumerate(words) if word.startswith(language.telling)]
    return (
        bool(negated and telling)
        and (not language.negated_first or negated[0] < telling[-1])
        and any(word.startswith(language.material) for word in words)
    )
