"""Words as they are searched for: stemmed by the language of a text, its stop words known."""

import re
from functools import cache
from importlib.resources import files

import tantivy

from corpus.normalise import normalise
from corpus.span import Span

# The languages that Tantivy stems (Snowball), by their ISO 639-1 codes.
_STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish",
    "fr": "french", "de": "german", "el": "greek", "hu": "hungarian", "it": "italian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
# Written without spaces between words: cut into pairs of characters instead.
_PAIRS = {"zh", "ja", "th", "lo", "km", "my"}
PAIRED = "pairs"
"""The field of languages without spaces between words."""

_OTHER = "other"
_LONGEST_WORD = 64
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\w+")


def field_of(language: str | None) -> str:
    """The field that holds the passages of articles in this language (BCP 47)."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    if code in _STEMMERS:
        return code
    return PAIRED if code in _PAIRS else _OTHER


def stemmed(text: str, field: str) -> list[str]:
    """The stemmed words of a text as they are in that field, stop words left out, in order."""
    terms: list[str] = _analyzer(field).analyze(normalise(text))
    return [term for term in terms if not _SPACE.search(term)]  # pairs may have one


def content_words(text: str, *languages: str | None) -> list[Span]:
    """Where the words stand that are no stop words in every one of these languages."""
    stops = frozenset.intersection(*(stop_words(field_of(language)) for language in languages))
    return [
        Span(word.start(), word.end())
        for word in _WORD.finditer(text)
        if word[0].casefold() not in stops
    ]


@cache
def _analyzer(field: str) -> tantivy.TextAnalyzer:
    if field == PAIRED:
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2))
        return builder.filter(tantivy.Filter.lowercase()).build()
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(_LONGEST_WORD))
    builder = builder.filter(tantivy.Filter.lowercase())
    if field in _STEMMERS:
        builder = builder.filter(tantivy.Filter.custom_stopword(sorted(stop_words(field))))
        builder = builder.filter(tantivy.Filter.stemmer(_STEMMERS[field]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


@cache
def stop_words(field: str) -> frozenset[str]:
    """NLTK's list, which llama-index-core brings along; Tantivy's own leaves "who" and "how" in.

    Read as the file it is: importing nltk for it takes longer than answering a question.
    """
    if field not in _STEMMERS:
        return frozenset()
    lists = files("llama_index.core") / "_static" / "nltk_cache" / "corpora" / "stopwords"
    return frozenset((lists / _STEMMERS[field]).read_text(encoding="utf-8").split())
