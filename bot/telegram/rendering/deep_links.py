"""Links into the bot itself."""

import re
from dataclasses import dataclass

from footnote.bot.links import start_link

_PASSAGE = re.compile(r"p_(?P<receipt>[A-Za-z0-9_-]{12})_(?P<n>[0-9]{1,3})")
_CARD = re.compile(r"c_(?P<number>[0-9]{1,17})")


@dataclass(frozen=True, slots=True)
class PassageLink:
    """What a number in the text of an answer stands for."""

    receipt: str
    n: int

    def address(self, bot: str) -> str:
        """The link that opens the passage in private; `bot` is the bot's username."""
        return start_link(bot, f"p_{self.receipt}_{self.n}")

    @classmethod
    def of(cls, payload: str) -> "PassageLink | None":
        """What comes after /start, if it is such a link: anybody may have written it."""
        found = _PASSAGE.fullmatch(payload)
        return cls(found["receipt"], int(found["n"])) if found else None


@dataclass(frozen=True, slots=True)
class CardLink:
    """What the number of an article in a list stands for; `link_token` is its short number."""

    link_token: int

    def address(self, bot: str) -> str:
        """The link that opens the card in private; `bot` is the bot's username."""
        return start_link(bot, f"c_{self.link_token}")

    @classmethod
    def of(cls, payload: str) -> "CardLink | None":
        """What comes after /start, if it is such a link: anybody may have written it."""
        found = _CARD.fullmatch(payload)
        return cls(int(found["number"])) if found else None
