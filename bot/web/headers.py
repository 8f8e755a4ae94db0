"""What each answer tells a browser to refuse: code from elsewhere, frames, guessing of types."""

from aiohttp import web

from footnote.bot.web.app_keys import OUTSIDE

MINI_APP = "/app"
"""The paths that Telegram may show within its own pages begin with this."""
_TELEGRAMS = "https://web.telegram.org https://*.telegram.org"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`, with which a form of our own would be sent with the Origin `null`.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_IN_TELEGRAM = {**_ALWAYS, "Content-Security-Policy": _POLICY.format(ancestors=_TELEGRAMS)}
_ELSEWHERE = {
    **_ALWAYS,
    "Content-Security-Policy": _POLICY.format(ancestors="'none'"),
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def is_of_mini_app(path: str) -> bool:
    return path == MINI_APP or path.startswith(f"{MINI_APP}/")


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """For `on_response_prepare`, so that no answer goes without them, nor a streamed one."""
    if is_outside(request):
        return
    framed = is_of_mini_app(request.path)
    response.headers.update(_IN_TELEGRAM if framed else _ELSEWHERE)
    response.headers.setdefault("Cache-Control", "no-store")


def is_outside(request: web.Request) -> bool:
    """Whether this is for a page that has nothing to do with people: Telegram's own, and health."""
    return (request.method, request.path) in request.app[OUTSIDE]
