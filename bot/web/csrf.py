"""What another site has a browser send in somebody's name is refused.

A page's forms carry a token that only who has the session can make; and a browser says where a
request comes from (`Origin`, `Sec-Fetch-Site`), which has to be here.
"""

import hashlib
import hmac
import secrets

from aiohttp import web

from footnote.bot.web.app_keys import ORIGIN
from footnote.bot.web.bodies import read_form, text_in
from footnote.bot.web.page_language import texts_of

HEADER = "X-Footnote-Token"
FIELD = "token"
SAFE = ("GET", "HEAD", "OPTIONS")
_NONCE_CHARACTERS = 16
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def form_token(session: str) -> str:
    """Another one for every page, so that nothing can be told from how well a page compresses."""
    nonce = secrets.token_hex(_NONCE_CHARACTERS // 2)
    return nonce + _signed(session, nonce)


def is_from_elsewhere(request: web.Request) -> bool:
    """Whether a browser says that another site sent it."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    return (site is not None and site != "same-origin") or (
        origin is not None and origin.lower() != request.app[ORIGIN].address.lower()
    )


async def refuse_forged(request: web.Request, session: str) -> None:
    """Of what changes something: HTTPForbidden where it was not sent by one of the pages."""
    if request.method in SAFE:
        return
    given = request.headers.get(HEADER)
    if given is None and request.content_type in FORMS:
        given = text_in(await read_form(request), FIELD)
    if is_from_elsewhere(request) or not _is_good(given or "", session):
        raise web.HTTPForbidden(text=texts_of(request).from_elsewhere)


def _is_good(token: str, session: str) -> bool:
    nonce, signed = token[:_NONCE_CHARACTERS], token[_NONCE_CHARACTERS:]
    right = _signed(session, nonce)
    return hmac.compare_digest(right.encode(), signed.encode(errors="replace"))


def _signed(session: str, nonce: str) -> str:
    message = f"form:{nonce}".encode(errors="replace")
    return hmac.new(session.encode(), message, hashlib.sha256).hexdigest()
