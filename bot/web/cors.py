"""Pages elsewhere that may use what is for programs: only those that the settings name."""

from aiohttp import web
from aiohttp.typedefs import Handler

from footnote.bot.web.app_keys import FOOTNOTE, PROGRAMS

_METHODS = "GET, POST, PUT, PATCH, DELETE"
_HEADERS = "Authorization, Content-Type, Accept, Mcp-Protocol-Version, Mcp-Session-Id"
_SHOWN = "Retry-After, Mcp-Session-Id"
_DAY_SECONDS = "86400"


@web.middleware
async def cors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers a browser that asks beforehand whether a page may ask, which brings no token."""
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not (asks and _is_allowed(request)):
        return await handler(request)
    return web.Response(
        status=204,
        headers={
            "Access-Control-Allow-Methods": _METHODS,
            "Access-Control-Allow-Headers": _HEADERS,
            "Access-Control-Max-Age": _DAY_SECONDS,
        },
    )


async def add_cors_headers(request: web.Request, response: web.StreamResponse) -> None:
    """For `on_response_prepare`: refusals have them too, so that a page can tell what was wrong.

    Cookies are not for pages elsewhere: nothing is said of credentials, so no browser sends them.
    """
    if not request.path.startswith(request.app[PROGRAMS]):
        return
    if request.app[FOOTNOTE].settings.web_origins:
        response.headers.add("Vary", "Origin")
    if _is_allowed(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = _SHOWN
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _is_allowed(request: web.Request) -> bool:
    origin = request.headers.get("Origin", "").lower()
    return (
        request.path.startswith(request.app[PROGRAMS])
        and origin in request.app[FOOTNOTE].settings.web_origins
    )
