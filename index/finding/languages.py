"""Detects questions in a language that none of the articles is written in."""

import math
import re
from collections.abc import Iterable

import py3langid

_MAX_CHARACTERS = 1000
# The probability that the question is in one of the articles' languages is below the first; that of
# the likeliest is not below the second, for names alone are in no language for certain. So 1 of
# 4,145 English questions (own, ClapNQ, MTRAG, SQuAD 2.0, XQuAD) is foreign to English articles, and
# of XQuAD's 1,190 German ones 96 %, of the Spanish 99.6 %, of the Russian all. At .05, without the
# second, it is 17 of the English ones and 99 % of the German.
_MAX_OWN, _MIN_OTHER = 0.01, 0.2
# What begins so is English (all 322 of the own questions that do), and to load py3langid's table
# takes .54 s of the processor, a fifth of `footnote ask`. "WHO", in capitals, is a name.
_ENGLISH = re.compile(r"\s*(?:[Ww]h(?:o|at|en|ere|ich|y)|[Hh]ow|[Dd](?:oes|id))\s")


def is_foreign(question: str, languages: Iterable[str]) -> bool:
    """Only where that is sure: a question of a word or two mostly is in no language for certain.

    `languages` are ISO 639-1 codes; False where py3langid knows none of them.
    """
    probable = _probable(question)
    known = [probable[language] for language in languages if language in probable]
    if not known:
        return False
    return sum(known) < _MAX_OWN and max(probable.values()) >= _MIN_OTHER


def language_spoken(question: str, among: Iterable[str], *, default: str = "en") -> str:
    """The language of a question, out of those given; the default if that is uncertain."""
    if default == "en" and _ENGLISH.match(question):
        return default
    probable = _probable(question)
    likeliest = max(probable, key=lambda language: probable[language])
    sure = probable[default] < _MAX_OWN and probable[likeliest] >= _MIN_OTHER
    return likeliest if sure and likeliest in among else default


def codes(languages: Iterable[str | None]) -> tuple[str, ...]:
    """The ISO 639 codes of the articles' BCP 47 language tags, in order and without duplicates."""
    named = (language.replace("_", "-") for language in languages if language)
    return tuple(sorted({language.partition("-")[0].lower() for language in named}))


def _probable(text: str) -> dict[str, float]:
    """The probability of each language; the scores are scaled as py3langid scales its own."""
    text = text[:_MAX_CHARACTERS]
    scores = dict(py3langid.rank(text))
    highest = max(scores.values())
    root = math.sqrt(len(text.encode(errors="surrogatepass")) or 1)
    weights = {language: math.exp((score - highest) / root) for language, score in scores.items()}
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items()}
