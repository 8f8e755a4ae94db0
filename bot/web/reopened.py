"""Where somebody is led who opens the address of a form: browsers ask for it anew when a page is
reloaded or a window comes back, and the choice of a language leads back to where it was made."""

from functools import partial

from aiohttp import web
from yarl import URL

_LEADS_TO = {
    "/ask": "/",
    "/leave": "/",
    "/language": "/",
    "/add": "/articles",
    "/feed": "/articles",
    "/undo": "/articles",
    "/offers/{offer}": "/articles",
    "/change/{article:.+}": "/articles/{article}",
    "/receipts/{receipt}/feedback": "/receipts/{receipt}",
    "/receipts/{receipt}/share": "/receipts/{receipt}",
    "/app/session": "/app",
}
"""Those of the forms that have no page of their own, as they are declared."""


def add_to(app: web.Application) -> None:
    for path, page in _LEADS_TO.items():
        app.router.add_get(path, partial(_lead, page))


async def _lead(page: str, request: web.Request) -> web.StreamResponse:
    raise web.HTTPSeeOther(URL.build(path=page.format_map(request.match_info)))
