"""Every text of some `Texts`, with something filled in where it takes that."""

import inspect
from collections.abc import Iterator

from footnote.bot.texts.base import BaseTexts, Translated

FILLED = "Ada"
"""What stands for everything that is no number."""


def names_of(texts: type[BaseTexts]) -> list[str]:
    """The attributes and methods that are texts."""
    return [
        name
        for of in reversed(texts.__mro__)
        if of not in (object, BaseTexts)
        for name, value in vars(of).items()
        if isinstance(value, Translated) or (inspect.isfunction(value) and name[0] != "_")
    ]


def text_of(texts: BaseTexts, name: str, number: int = 2) -> str:
    value = getattr(texts, name)
    if isinstance(value, str):
        return value
    parameters = inspect.signature(value).parameters.values()
    given = {p.name: FILLED if p.annotation is str else number for p in parameters}
    filled: str = value(**given)
    return filled


def every_text(texts: BaseTexts, number: int = 2) -> Iterator[tuple[str, str]]:
    for name in names_of(type(texts)):
        yield name, text_of(texts, name, number)
