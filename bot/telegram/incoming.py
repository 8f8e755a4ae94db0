"""Articles that come in by Telegram: links, files, pastes and forwards of those who may add."""

from bot.awaited import Awaited
from bot.composition import Footnote
from bot.telegram.place import Place


class Incoming:
    """Takes what is brought; what becomes of it is told by and by, beside the questions."""

    def __init__(self, footnote: Footnote) -> None:
        self._aside = footnote.state.aside
        self._awaited = Awaited(footnote.state)

    async def replace_with(self, person: int, place: Place, article: str) -> None:
        """The next file, link or text that this person sends at this place, within ten minutes,
        replaces the article with this id. The caller has asked for it in words."""
        await self._aside(self._awaited.expect, str(place), person, "replacement", article)

    async def keep_as_is(self, person: int, place: Place) -> None:
        """It replaces nothing after all."""
        await self._aside(self._awaited.forget, str(place), person)
