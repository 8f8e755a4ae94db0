"""The language of whoever reads a page: the chosen one, else what their browser likes best."""

from functools import lru_cache

from aiohttp import web

from footnote.bot.web.texts import LANGUAGES, WebTexts

COOKIE = "footnote-language"
_MAX_PREFERENCES = 20
_ENGLISH = "en"


def texts_of(request: web.Request) -> WebTexts:
    """In the language that was chosen on a page, or else the browser's."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return LANGUAGES[chosen]
    return LANGUAGES[preferred(request.headers.get("Accept-Language", ""))]


@lru_cache(maxsize=256)
def preferred(accepted: str) -> str:
    """The best of our languages by an Accept-Language header; English where none is in it."""
    weighed = []
    for place, part in enumerate(accepted.split(",")[:_MAX_PREFERENCES]):
        tag, _, weight = part.partition(";")
        language = tag.strip().partition("-")[0].lower()
        try:
            value = float(weight.partition("=")[2] or 1)
        except ValueError:
            continue
        if language in LANGUAGES and value > 0:
            weighed.append((-value, place, language))
    return min(weighed)[2] if weighed else _ENGLISH
