"""Which answers somebody may see, whoever asked for them."""

from aiohttp import web

from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.bot.web.app_keys import FOOTNOTE, visitor_of
from footnote.bot.web.visitor import Visitor

_OF_GROUPS = "telegram:-"
"""What the places of Telegram's groups begin with, whose answers belong to everybody let in."""


async def receipt_of(request: web.Request, receipt: str) -> Receipt:
    """HTTPNotFound where there is none, and likewise where it is not theirs to see."""
    footnote, visitor = request.app[FOOTNOTE], visitor_of(request)
    found = await footnote.state.run_in_db(visible_receipt, footnote, visitor, receipt)
    if found is None:
        raise web.HTTPNotFound
    return found


def visible_receipt(footnote: Footnote, visitor: Visitor, receipt: str) -> Receipt | None:
    found = footnote.receipts.find(receipt)
    if found is None:
        return None
    may = (
        visitor.owns(found.place)
        or visitor.role is Role.OWNER
        or found.place.startswith(_OF_GROUPS)
        or footnote.sharing.is_shared(receipt)
    )
    return found if may else None
