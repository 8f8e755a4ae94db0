"""In which languages to ask, where a question in another one was not answered for sure."""

from footnote.bot.composition import Footnote
from footnote.bot.phrases import any_language
from footnote.bot.telegram.texts import Texts
from footnote.index.finding.languages import codes, is_foreign
from footnote.index.results import AnyResult, Nearest


def language_hint(footnote: Footnote, result: AnyResult, texts: Texts) -> str | None:
    """For what only came near; where nothing did, the result says it itself."""
    if not isinstance(result, Nearest):
        return None
    with footnote.passage_index.reading() as build:
        languages = codes(build.catalogue.languages())
    if not is_foreign(result.question, languages):
        return None
    return texts.other_language(any_language(languages, texts.language))
