"""Authentication: whoever comes by a link that is good once, by a session, or with a token.

Whoever is not let in sees nothing but a sentence, wherever they knock.
"""

from aiohttp import web
from aiohttp.typedefs import Handler

from footnote.bot.people.sessions import SESSION_SECONDS
from footnote.bot.web.app_keys import FOOTNOTE, OPEN, ORIGIN, SESSION, UPLOADS, VISITOR, VISITORS
from footnote.bot.web.bodies import MAX_BYTES, refuse_too_large
from footnote.bot.web.csrf import refuse_forged
from footnote.bot.web.headers import MINI_APP, is_of_mini_app, is_outside
from footnote.bot.web.page_language import texts_of
from footnote.bot.web.visitor import Visitor, visitor_of_token

_BEARER = "Bearer "


@web.middleware
async def authenticate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets a request through with who is asking, or raises HTTPUnauthorized."""
    if is_outside(request):
        return await handler(request)
    _refuse_other_hosts(request)
    if canonical(request) in request.app[OPEN]:
        refuse_too_large(request, _max_bytes(request))
        return await handler(request)
    session = _session(request)
    visitor = await _visitor(request, session)
    if visitor is None:
        told = texts_of(request).private_page
        raise web.HTTPUnauthorized(text=told, headers={"WWW-Authenticate": "Bearer"})
    request[VISITOR] = visitor
    request[SESSION] = "" if _is_with_token(request) else session
    refuse_too_large(request, _max_bytes(request))
    if not _is_with_token(request):
        await refuse_forged(request, session)
    return await handler(request)


def canonical(request: web.Request) -> str:
    """The path as it was declared; empty where there is no such page."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""


def set_session(request: web.Request, response: web.StreamResponse, session: str) -> None:
    """Have the browser keep the session, out of reach of any script.

    That of a Mini App is one of its own, for only there it may be within another site's page.
    """
    parts = [f"{_cookie(request)}={session}", "HttpOnly", f"Max-Age={int(SESSION_SECONDS)}"]
    if is_of_mini_app(request.path):
        parts.append(f"Path={MINI_APP}")
    else:
        parts += ["Path=/", "SameSite=Lax"]
    if request.app[ORIGIN].is_secure:
        # By hand, for Python's cookies know `Partitioned` from 3.14 on only.
        of_app = is_of_mini_app(request.path)
        parts += ["Secure", *(["SameSite=None", "Partitioned"] if of_app else [])]
    response.headers.add("Set-Cookie", "; ".join(parts))


def forget_session(request: web.Request, response: web.StreamResponse) -> None:
    response.del_cookie(_cookie(request), path=MINI_APP if is_of_mini_app(request.path) else "/")


def _cookie(request: web.Request) -> str:
    """Named so that a browser holds it to what it was set with, and apart for every port."""
    origin = request.app[ORIGIN]
    if is_of_mini_app(request.path):
        return "__Secure-footnote-app" if origin.is_secure else "footnote-app"
    port = origin.host.rpartition(":")[2]
    return "__Host-footnote" if origin.is_secure else f"footnote-{port}"


def _session(request: web.Request) -> str:
    return request.cookies.get(_cookie(request), "")


def _is_with_token(request: web.Request) -> bool:
    return request.headers.get("Authorization", "").startswith(_BEARER)


async def _visitor(request: web.Request, session: str) -> Visitor | None:
    footnote = request.app[FOOTNOTE]
    if _is_with_token(request):
        secret = request.headers["Authorization"].removeprefix(_BEARER)
        return await footnote.state.run_in_db(visitor_of_token, footnote, secret)
    return await request.app[VISITORS].find(session) if session else None


async def is_let_in(request: web.Request) -> bool:
    """Whether whoever was let in with this request still is: they may have left in another window
    since, or have been dismissed."""
    return await _visitor(request, request[SESSION]) is not None


def _max_bytes(request: web.Request) -> int:
    if canonical(request) in request.app[UPLOADS]:
        return request.app[FOOTNOTE].settings.max_megabytes * 1024**2 + MAX_BYTES
    return MAX_BYTES


def _refuse_other_hosts(request: web.Request) -> None:
    """A page elsewhere may have made its own name lead here, to read what is served."""
    if request.host.lower() not in request.app[ORIGIN].hosts:
        raise web.HTTPMisdirectedRequest(text=texts_of(request).no_page)
