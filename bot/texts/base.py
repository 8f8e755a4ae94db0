"""How a text is declared, and said in somebody's language.

    class GardenTexts(BaseTexts):
        greeting = Translated("Hello!")

        def bees(self, count: int) -> str:
            return self.ngettext("{count} bee", "{count} bees", count)

    GardenTexts("en").greeting   # "Hello!"
    GardenTexts("en").bees(1200) # "1,200 bees"
    GardenTexts("ru").bees(3)    # "3 пчелы", once the Russian catalogue says so

`make texts` collects what is declared this way, and brings it into every catalogue.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from gettext import NullTranslations
from typing import Self, overload

from babel.numbers import format_decimal

from footnote.bot.texts.translations import languages, translations


class Translated:
    """A text with nothing to be filled in, declared in English."""

    def __init__(self, english: str) -> None:
        self.english = english

    @overload
    def __get__(self, texts: None, owner: type) -> "Translated": ...
    @overload
    def __get__(self, texts: "BaseTexts", owner: type) -> str: ...
    def __get__(self, texts: "BaseTexts | None", owner: type) -> "str | Translated":
        return texts._(self.english) if texts else self


def translatable(english: str) -> str:
    """Declare a text in English where it is no attribute of `BaseTexts`: in a table, say, whose
    readers `translate` it."""
    return english


class BaseTexts:
    """What one part of the program says, in one language; a subclass declares the texts.

    Where something is filled in, a text is a method, so that its arguments are checked as others
    are. Whole numbers are written as the language writes them.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    @classmethod
    def by_language(cls) -> dict[str, Self]:
        """These texts in every language that there is, English first."""
        return {language: cls(language) for language in languages()}

    def translate(self, english: str) -> str:
        """A text that was declared with `translatable`."""
        return self._(english)

    def number(self, number: int) -> str:
        return _written(number, self.language)

    def _(self, english: str, /, **values: str | int) -> str:
        return self.fill(self._translations.gettext(english), values)

    def ngettext(self, one: str, many: str, count: int, /, **values: str | int) -> str:
        """The form that the language has for this number, which stands for {count} in it."""
        form = self._translations.ngettext(one, many, count)
        return self.fill(form, {**values, "count": count})

    def fill(self, text: str, values: Mapping[str, str | int]) -> str:
        if not values:
            return text
        written = {k: self.number(v) if isinstance(v, int) else v for k, v in values.items()}
        return text.format_map(written)

    @cached_property
    def _translations(self) -> NullTranslations:
        return translations(self.language)


@lru_cache(maxsize=4096)
def _written(number: int, language: str) -> str:
    """As the language writes it; 20 us for one that has not been written lately."""
    return format_decimal(number, locale=language)
