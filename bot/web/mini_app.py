"""What the bot's buttons open within Telegram: an article, by whoever Telegram says has opened it.

The page that opens first knows nobody: its script hands over what Telegram has signed, which begins
a session that is good within Telegram only, and goes on to what the button was for.
"""

import re

from aiohttp import web

from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.people.init_data import AppUser, app_user
from footnote.bot.people.sessions import telegram_holder
from footnote.bot.web.access import visible_receipt
from footnote.bot.web.app_keys import FOOTNOTE, OPEN
from footnote.bot.web.authentication import set_session
from footnote.bot.web.bodies import read_form, text_in
from footnote.bot.web.csrf import is_from_elsewhere
from footnote.bot.web.headers import MINI_APP
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.rendering import cited_path, render
from footnote.bot.web.visitor import visitor_of_session

APP_SESSION_SECONDS = 24 * 3600.0
"""Whoever opens it later gets a new one without noticing."""
_START = re.compile(r"r_(?P<receipt>[A-Za-z0-9_-]{12})_(?P<n>[0-9]{1,3})")
_BEGIN = f"{MINI_APP}/session"


def start_parameter(receipt: str, n: int) -> str:
    """What a link into the Mini App carries to open the article that a receipt cites as [n]."""
    return f"r_{receipt}_{n}"


def app_address(origin: str, receipt: str, n: int) -> str:
    """What a button in a private chat opens."""
    return f"{origin}{MINI_APP}?start={start_parameter(receipt, n)}"


def app_link(bot: str, receipt: str, n: int) -> str:
    """The same as a link, for groups, where buttons open no Mini App."""
    return f"https://t.me/{bot}?startapp={start_parameter(receipt, n)}"


def add_to(app: web.Application) -> None:
    app.router.add_get(MINI_APP, _open)
    app.router.add_post(_BEGIN, _begin)
    app[OPEN].update((MINI_APP, _BEGIN))


async def _open(request: web.Request) -> web.Response:
    return render(request, "mini_app.html")


async def _begin(request: web.Request) -> web.StreamResponse:
    """Where to go on, for whoever Telegram says has opened it, if they may; HTTPForbidden else."""
    if is_from_elsewhere(request):
        raise web.HTTPForbidden(text=texts_of(request).private_page)
    form, footnote = await read_form(request), request.app[FOOTNOTE]
    token = footnote.settings.telegram_bot_token
    user = app_user(text_in(form, "init_data"), token.get_secret_value()) if token else None
    if user is None:
        raise web.HTTPForbidden(text=texts_of(request).private_page)
    started = _START.fullmatch(user.start or text_in(form, "start"))
    begun = await footnote.state.run_in_db(_begun, footnote, user, started)
    if begun is None:
        raise web.HTTPForbidden(text=texts_of(request).private_page)
    session, path = begun
    response = web.json_response({"path": path})
    set_session(request, response, session)
    return response


def _begun(
    footnote: Footnote, user: AppUser, started: "re.Match[str] | None"
) -> tuple[str, str] | None:
    """The session of this person, and the page of what they wanted to see, if they may see it."""
    sessions = footnote.sessions
    session = sessions.begin(telegram_holder(user.id), seconds=APP_SESSION_SECONDS)
    visitor = visitor_of_session(footnote, session)
    receipt: Receipt | None = None
    if visitor and started:
        receipt = visible_receipt(footnote, visitor, started["receipt"])
    citation = receipt.result.citations.get(int(started["n"])) if receipt and started else None
    if receipt is None or citation is None:
        sessions.end(session)
        return None
    return session, cited_path(citation, receipt.id, base=MINI_APP)
