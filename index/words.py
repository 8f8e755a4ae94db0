"""Words as they are searched for: stemmed by the language of a text, its stop words known."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import tantivy

from footnote.corpus.language import primary_language
from footnote.corpus.normalise import normalise
from footnote.corpus.span import Span

# The languages that Tantivy stems (Snowball), by their ISO 639-1 codes.
_STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish",
    "fr": "french", "de": "german", "el": "greek", "hu": "hungarian", "it": "italian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
# What asks for something, which NLTK's lists leave in, and for languages that it has no list of the
# words that say nothing by themselves.
_ASKING = {
    "ru": "сколько какой какая какое какие какого какому каким каком какую каких чей чья чьё чьи",
    "es": "cuánto cuánta cuántos cuántas cuanto cuanta cuantos cuantas cuál cuáles",
    "de": "wieviel wieviele",
    "fr": "combien quel quelle quels quelles",
    "it": "quanto quanta quanti quante quale quali",
    "pt": "quanto quanta quantos quantas qual quais",
}
_UNSTEMMED = {
    "fa": "از به در با بر برای تا که و یا را این آن اما ولی هم نیز اگر چون پس هر همه هیچ"
    " چه چند چقدر کدام کی کجا چرا چگونه چطور آیا چیست کیست است هست بود بودند بوده"
    " باشد شد شده شدند شود می نمی خواهد خود او وی آنها ما شما من ها های ای ام اند"
    " ترین تر یک دیگر بین روی زیر پیش بعد",
    "ur": "کا کی کے کو نے سے میں پر تک اور یا یہ وہ اس ان جو کہ ہے ہیں تھا تھی تھے ہوا ہوئی ہوئے ہو"
    " گا گی گے کون کہاں کب کیوں کیسے کیسا کتنا کتنی کتنے کس کن بھی ہی تو نہیں اپنا اپنی اپنے لیے"
    " ساتھ بعد پہلے ایک کر کرنے کیا گیا گئی گئے جا رہا رہی رہے",
}
# Letters that are one to whoever reads Persian or Urdu; their vowel signs are left out.
_SAME_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا"}
)
_VOWEL_SIGNS = re.compile("[\u064b-\u0655\u0670\u0640]")
_DIGIT = re.compile(r"\d")
# Written without spaces between words: cut into pairs of characters instead.
_PAIRS = {"zh", "ja", "th", "lo", "km", "my"}
PAIRED = "pairs"
"""The field of languages without spaces between words."""

_OTHER = "other"
_LONGEST_WORD = 64
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"https?://\S*[^\s.,;:!?]")


@lru_cache(maxsize=256)  # asked for every sentence that is ranked
def field_of(language: str | None) -> str:
    """The field that holds the passages of articles in this language (BCP 47)."""
    code = primary_language(language)
    if code in _STEMMERS or code in _UNSTEMMED:
        return code
    return PAIRED if code in _PAIRS else _OTHER


def stemmed(text: str, field: str) -> list[str]:
    """The stemmed words of a text as they are in that field, stop words left out, in order."""
    terms: list[str] = _analyzer(field).analyze(_folded(normalise(text), field))
    if field != PAIRED:
        return terms
    return [term for term in terms if not _SPACE.search(term)]  # a pair may have one


@lru_cache(50_000)
def stem_in(field: str, word: str) -> str:
    """The stem of one word as it is in that field; empty for a stop word."""
    return next(iter(stemmed(word, field)), "")


def content_words(text: str, *languages: str | None) -> list[Span]:
    """Where the words stand that are no stop words in every one of these languages."""
    fields = {field_of(language) for language in languages}
    stops = frozenset.intersection(*map(stop_words, fields))
    script = next(iter(fields & _UNSTEMMED.keys()), "")
    return [
        Span(word.start(), word.end())
        for word in _WORD.finditer(text)
        if _folded(word[0], script).casefold() not in stops
    ]


def _folded(text: str, field: str) -> str:
    """With the digits of every script as 0 to 9; in Persian and Urdu, letters that look alike as
    one, and no vowel signs."""
    if text.isascii():
        return text
    if field in _UNSTEMMED:
        text = _VOWEL_SIGNS.sub("", text.translate(_SAME_LETTERS))
    return _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


@cache
def _analyzer(field: str) -> tantivy.TextAnalyzer:
    if field == PAIRED:
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2))
        return builder.filter(tantivy.Filter.lowercase()).build()
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(_LONGEST_WORD))
    builder = builder.filter(tantivy.Filter.lowercase())
    if stops := sorted(stop_words(field)):
        builder = builder.filter(tantivy.Filter.custom_stopword(stops))
    if field in _STEMMERS:
        builder = builder.filter(tantivy.Filter.stemmer(_STEMMERS[field]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


@cache
def stop_words(field: str) -> frozenset[str]:
    """NLTK's list, which llama-index-core brings along; Tantivy's own leaves "who" and "how" in.

    Read as the file it is: importing nltk for it takes longer than answering a question.
    """
    asking = frozenset((_ASKING | _UNSTEMMED).get(field, "").split())
    if field not in _STEMMERS:
        return asking
    package = find_spec("llama_index.core")  # found, not imported: that takes over a second
    if package is None or package.origin is None:
        raise ImportError("llama-index-core, which has the lists of stop words, is not installed")
    lists = Path(package.origin).parent / "_static" / "nltk_cache" / "corpora" / "stopwords"
    return asking.union((lists / _STEMMERS[field]).read_text(encoding="utf-8").split())


def is_function_word(word: str) -> bool:
    """Whether it is an English stop word; WHO and US, in capitals, are names, and "I" is none."""
    return word.casefold() in stop_words("en") and (len(word) == 1 or not word.isupper())


def without_addresses(text: str) -> str:
    """With a space for each web address; the sign that ends its sentence stays."""
    return _ADDRESS.sub(" ", text)
