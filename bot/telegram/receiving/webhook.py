"""The webhook: an endpoint that takes updates, and one that reports health."""

import asyncio
import hmac
import json
import logging
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from footnote.bot.errors import BotStopped
from footnote.bot.settings import PREFIX, Settings
from footnote.bot.telegram.receiving.connecting import PATIENCE, Patience, reached
from footnote.bot.telegram.receiving.polling import Take
from footnote.bot.telegram.receiving.update_origin import Json, is_number
from footnote.bot.web.app_keys import OUTSIDE
from footnote.bot.web.connections import IDLE_SECONDS
from footnote.bot.web.serving import NotFree, serving

logger = logging.getLogger(__name__)

HEALTH = "/health"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST_BODY = 1 << 20  # bytes; an update with a message of 4,096 characters has some 30,000
_CONNECTIONS = 20
Health = Callable[[], Awaitable[Json]]
_TELL_EVERY_SECONDS = 600.0
"""Of what others send: whoever sends a lot must not push all else out of the log."""


class Refusals:
    """Tells of the first, and then now and then of how many more there were."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._told = -math.inf
        self._untold = 0

    def note(self, what: str, sender: str | None) -> None:
        self._untold += 1
        if self._now() < self._told + _TELL_EVERY_SECONDS:
            return
        more = f", and {self._untold - 1:,} more before it" if self._untold > 1 else ""
        logger.warning("%s was refused, from %s%s", what, sender, more)
        self._told, self._untold = self._now(), 0


class Webhook:
    """Acknowledges an update once it is stored; Telegram repeats the others for a day."""

    def __init__(
        self,
        bot: Bot,
        settings: Settings,
        allowed: Sequence[str],
        take: Take,
        health: Health,
        *,
        app: web.Application | None = None,
        patience: Patience = PATIENCE,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        assert settings.webhook_url is not None
        self._bot = bot
        self._settings = settings
        self._url = settings.webhook_url
        self._allowed = allowed
        self._take = take
        self._health = health
        self._patience = patience
        self._idle_seconds = idle_seconds
        self._app = app
        self._refusals = Refusals()
        # The same for every process of this bot: several may listen behind one address.
        self._secret = _secret_of(bot.token)

    async def run(self) -> None:
        """Until it is cancelled; raises BotStopped where the address is of no use."""
        settings = self._settings
        async with listening(self._application(), settings, idle_seconds=self._idle_seconds):
            await self._register()
            await asyncio.Event().wait()

    async def _register(self) -> None:
        try:
            await reached(
                lambda: self._bot.set_webhook(
                    self._url,
                    secret_token=self._secret,
                    allowed_updates=list(self._allowed),
                    max_connections=_CONNECTIONS,
                ),
                self._patience,
            )
        except BadRequest as error:
            raise BotStopped(
                f"Telegram does not take {PREFIX}WEBHOOK_URL ({error.message}): it has to be an"
                " address that Telegram can reach by https, on port 443, 80, 88 or 8443"
            ) from error

    def _application(self) -> web.Application:
        """Its own, or the one of the pages that are served beside it."""
        application = self._app or web.Application(client_max_size=_LARGEST_BODY)
        path = urlsplit(self._url).path or "/"
        application.router.add_post(path, self._receive)
        if self._app is not None:
            application[OUTSIDE].add(("POST", path))
        add_health(application, self._health)
        return application

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), self._secret.encode()):
            self._refusals.note("a message that is not from Telegram", request.remote)
            return web.Response(status=403)
        try:
            async with asyncio.timeout(self._idle_seconds):
                update = _update(await request.clone(client_max_size=_LARGEST_BODY).read())
        except TimeoutError:
            logger.warning("a message did not come to its end")
            return web.Response(status=408)
        if update is None:
            logger.error("Telegram sent what is no update")
            return web.Response(status=400)
        try:
            await self._take([update])
        except Exception:  # whatever it is, Telegram has to send it again
            logger.exception("a message could not be kept")
            return web.Response(status=500)
        return web.Response()


def add_health(application: web.Application, health: Health) -> None:
    """The health endpoint, for monitoring."""

    async def tell(request: web.Request) -> web.Response:
        try:
            return web.json_response(await health())
        except Exception:  # the page is there to say so
            logger.exception("something is wrong with the state")
            return web.json_response({"status": "broken"}, status=503)

    application.router.add_get(HEALTH, tell)
    if OUTSIDE in application:
        application[OUTSIDE].update((method, HEALTH) for method in ("GET", "HEAD"))


@asynccontextmanager
async def listening(
    application: web.Application, settings: Settings, *, idle_seconds: float = IDLE_SECONDS
) -> AsyncIterator[None]:
    """Serves it where the settings say; BotStopped where that address is not free."""
    host, port = settings.webhook_host, settings.webhook_port
    try:
        async with serving(application, host, port, idle_seconds=idle_seconds):
            yield
    except NotFree as error:
        raise BotStopped(
            f"{error}: set {PREFIX}WEBHOOK_HOST and {PREFIX}WEBHOOK_PORT to an address that is free"
        ) from error


def _secret_of(token: str) -> str:
    """What only Telegram and whoever has the bot's token know, 64 characters of those it takes."""
    return hmac.new(token.encode(), b"webhook", "sha256").hexdigest()


def _update(body: bytes) -> Json | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and is_number(value.get("update_id")) else None
