"""The words of the pages in the language of whoever reads them."""

from dataclasses import dataclass

from aiohttp import web

LANGUAGES = ("en", "de", "es", "fa", "ru", "ur")
_RIGHT_TO_LEFT = ("fa", "ur")
COOKIE = "footnote-language"
_MAX_PREFERENCES = 20


@dataclass(frozen=True, slots=True)
class Words:
    """Those of one language (ISO 639)."""

    language: str

    @property
    def direction(self) -> str:
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"

    def get(self, message: str, **values: object) -> str:
        """The message in this language, with the values in it."""
        return message.format(**values) if values else message


def words_for(request: web.Request) -> Words:
    """In the language that was chosen on a page, else in the one that the browser likes best."""
    chosen = request.cookies.get(COOKIE, "")
    return Words(
        chosen if chosen in LANGUAGES else preferred(request.headers.get("Accept-Language", ""))
    )


def preferred(accepted: str) -> str:
    """The first of our languages in the order of an Accept-Language header; English if none."""
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
    return min(weighed)[2] if weighed else LANGUAGES[0]
