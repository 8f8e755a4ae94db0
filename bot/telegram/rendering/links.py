"""Links: into the bot itself, and to a sentence of a page on the web."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_PASSAGE = re.compile(r"p_(?P<receipt>[A-Za-z0-9_-]{12})_(?P<n>[0-9]{1,3})")
_CARD = re.compile(r"c_(?P<handle>[0-9]{1,17})")
_HOST = re.compile(r"\[[0-9a-fA-F:.]+\]|(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])?")
_DIRECTIVE = ":~:"
# Chrome's own limit for a sentence that it puts whole into a link; beyond it begin and end will do.
_MAX_EXACT_CHARACTERS = 300
_EDGE_WORDS = 5
# Longer links are cut off by some servers and clients; nobody documents Telegram's own limit.
_MAX_LINK_CHARACTERS = 2000


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
        return cls(int(found["handle"])) if found else None


def start_link(bot: str, payload: str) -> str:
    """`payload` has at most 64 characters, of A-Z, a-z, 0-9, _ and - (Bot API, deep linking)."""
    return f"https://t.me/{bot}?start={payload}"


def web_link(url: str | None) -> str | None:
    """An address that Telegram takes as a link; None for any other.

    A host without a dot is refused under a button and silently dropped from a text (TDLib,
    LinkManager::check_link), and nothing but the web has a page to show.
    """
    if not url or not url.isprintable() or " " in url or len(url) > _MAX_LINK_CHARACTERS:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]
    bare = re.sub(r":[0-9]{1,5}$", "", host)
    return url if parts.scheme in ("http", "https") and _HOST.fullmatch(bare) else None


def link_to_text(url: str | None, quotation: str) -> str | None:
    """The address with a text fragment, at which a browser scrolls to the quotation and marks it.

    https://wicg.github.io/scroll-to-text-fragment/ tells the form. A browser that does not know it
    opens the page as ever.
    """
    address = web_link(url)
    if address is None:
        return None
    page, _, fragment = address.partition("#")
    fragment = fragment.partition(_DIRECTIVE)[0]
    for directive in _directives(quotation.split()):
        link = f"{page}#{fragment}{_DIRECTIVE}text={directive}"
        if len(link) <= _MAX_LINK_CHARACTERS:
            return link
    return address


def _directives(words: Sequence[str]) -> list[str]:
    """The whole quotation if it is short; its first and last words, if that says less."""
    edges = [_encoded(words[:_EDGE_WORDS]), _encoded(words[-_EDGE_WORDS:])]
    both = [",".join(edges)] if len(words) > 2 * _EDGE_WORDS else []
    whole = [_encoded(words)]
    return [*whole, *both] if len(" ".join(words)) <= _MAX_EXACT_CHARACTERS else [*both, *whole]


def _encoded(words: Sequence[str]) -> str:
    """Percent-encoded with nothing left that could be taken for a part of the directive."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
