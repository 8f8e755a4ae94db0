"""Coming in and going out: the link that is good once, the language, the end of a session."""

from aiohttp import web

from footnote.bot.people.sessions import Sessions
from footnote.bot.web.app_keys import FOOTNOTE, OPEN, ORIGIN, SESSION, Origin
from footnote.bot.web.authentication import forget_session, set_session
from footnote.bot.web.bodies import read_form, text_in
from footnote.bot.web.page_language import COOKIE, texts_of
from footnote.bot.web.rendering import render
from footnote.bot.web.texts import LANGUAGES

ENTER = "/enter"
_YEAR_SECONDS = 365 * 24 * 3600


def add_to(app: web.Application) -> None:
    app.router.add_get(ENTER, _enter)
    app.router.add_post("/leave", _leave)
    app.router.add_post("/language", _set_language)
    app[OPEN].add(ENTER)


def link_for(sessions: Sessions, origin: Origin, holder: str) -> str:
    """A link that lets its holder in once."""
    return f"{origin.address}{ENTER}?link={sessions.invite(holder)}"


async def _enter(request: web.Request) -> web.StreamResponse:
    """The secret leaves the address with the redirect; what follows is told by a cookie."""
    footnote = request.app[FOOTNOTE]
    if request.method != "GET" or request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        raise web.HTTPForbidden(text=texts_of(request).void_link)
    link = request.query.get("link", "")
    session = await footnote.state.run_in_db(footnote.sessions.redeem, link)
    if session is None:
        raise web.HTTPForbidden(text=texts_of(request).void_link)
    response = web.HTTPSeeOther("/")
    set_session(request, response, session)
    raise response


async def _leave(request: web.Request) -> web.StreamResponse:
    footnote = request.app[FOOTNOTE]
    await footnote.state.run_in_db(footnote.sessions.end, request[SESSION])
    response = render(
        request, "fault.html", sentence=texts_of(request).left, visitor=None, written=()
    )
    forget_session(request, response)
    return response


async def _set_language(request: web.Request) -> web.StreamResponse:
    form = await read_form(request)
    language = text_in(form, "language")
    response = web.HTTPSeeOther(_own_path(text_in(form, "back")))
    if language in LANGUAGES:
        response.set_cookie(
            COOKIE,
            language,
            max_age=_YEAR_SECONDS,
            httponly=True,
            secure=request.app[ORIGIN].is_secure,
            samesite="Lax",
        )
    raise response


def _own_path(path: str) -> str:
    """A path of this site, whatever was given for one."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
