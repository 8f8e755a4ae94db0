"""Links: into the bot, and to a sentence of a page on the web."""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

_HOST = re.compile(r"\[[0-9a-fA-F:.]+\]|(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])?")
_DIRECTIVE = ":~:"
# Chrome's own limit for a sentence that it puts whole into a link; beyond it begin and end will do.
_MAX_EXACT_CHARACTERS = 300
_EDGE_WORDS = 5
# Longer links are cut off by some servers and clients; nobody documents Telegram's own limit.
_MAX_LINK_CHARACTERS = 2000


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
