"""What a request brings: never more, and never for longer, than what is sent may be."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from footnote.bot.web.page_language import texts_of

MAX_BYTES = 256 * 1024
"""Of a request that brings no file; a question has 4,096 characters, a pasted article more."""
_PATIENCE_SECONDS = 15.0
_SLOWEST_BYTES_A_SECOND = 20_000
Form = Mapping[str, object]


def refuse_too_large(request: web.Request, max_bytes: int) -> None:
    """Before any of it is read. Raises HTTPLengthRequired and HTTPRequestEntityTooLarge."""
    if not request.body_exists:
        return
    size = request.content_length
    if size is None:
        raise web.HTTPLengthRequired(text="A request has to say how long it is (Content-Length).")
    if size > max_bytes:
        raise web.HTTPRequestEntityTooLarge(max_bytes, size, text=texts_of(request).too_large_here)


async def read_body(request: web.Request) -> bytes:
    """HTTPRequestTimeout where it does not come to its end in good time."""
    async with _in_time(request):
        return await request.read()


async def read_form(request: web.Request) -> Form:
    """The fields of a form; none where another type was sent. HTTPRequestTimeout as above."""
    async with _in_time(request):
        return await request.post()


def text_in(form: Form, name: str) -> str:
    """The text of a field; empty where there is none, or a file was sent for it."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


@asynccontextmanager
async def _in_time(request: web.Request) -> AsyncIterator[None]:
    size = request.content_length or 0
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS + size / _SLOWEST_BYTES_A_SECOND):
            yield
    except TimeoutError:
        raise web.HTTPRequestTimeout(text=texts_of(request).too_slow) from None
