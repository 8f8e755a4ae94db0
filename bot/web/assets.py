"""Style sheets, scripts and pictures of the pages, each under a name that changes with it."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
PATH = "/static/{name}"
_FOREVER = "public, max-age=31536000, immutable"
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` has a part of the content's digest in it, so that a browser may keep it for ever."""

    name: str
    content: bytes
    type: str


@cache
def _assets() -> dict[str, Asset]:
    """By the names of their files."""
    found = {}
    for file in sorted(_FOLDER.iterdir()):
        if file.suffix in _TYPES:
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
            name = f"{file.stem}.{digest}{file.suffix}"
            found[file.name] = Asset(name, content, _TYPES[file.suffix])
    return found


@cache
def _by_name() -> dict[str, Asset]:
    return {asset.name: asset for asset in _assets().values()}


def address_of(file: str) -> str:
    """Where a browser gets the file of this name."""
    return PATH.format(name=_assets()[file].name)


async def serve(request: web.Request) -> web.Response:
    asset = _by_name().get(request.match_info["name"])
    if asset is None:
        raise web.HTTPNotFound
    return web.Response(
        body=asset.content,
        content_type=asset.type,
        charset="utf-8",
        headers={"Cache-Control": _FOREVER},
    )
