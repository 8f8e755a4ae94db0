"""What `footnote doctor` looks at of the Telegram bot: its name, how it listens, what waits."""

import asyncio
import os
from collections.abc import Iterator
from datetime import datetime

from telegram import Bot, WebhookInfo
from telegram import User as TelegramUser
from telegram.error import InvalidToken, TelegramError

from footnote.bot.composition import Footnote
from footnote.bot.diagnosis import Diagnosis
from footnote.bot.errors import BotError
from footnote.bot.people.people import Person, Role
from footnote.bot.phrases import count
from footnote.bot.settings import PREFIX, TOKEN, Settings
from footnote.bot.state import State
from footnote.bot.telegram.receiving.inbox import Inbox

_MAX_TOLD = 5


def telegram_findings(settings: Settings, footnote: Footnote | None) -> Iterator[Diagnosis]:
    """`footnote` is None where it could not be put together, of which there is a finding already.

    Telegram is asked who the bot is; nothing is changed there, nor taken.
    """
    if settings.telegram_bot_token is None:
        yield Diagnosis("Telegram", f"no token; to run the bot, set {TOKEN} (from @BotFather)")
        return
    yield from _bot(settings, settings.telegram_bot_token.get_secret_value())
    if footnote is None or not State.is_there(settings):
        yield _who(settings, [])
        return
    try:
        yield _who(settings, footnote.people.listed(), is_open=footnote.people.is_open())
        yield from _inbox(Inbox(footnote.state))
    except BotError:
        pass  # the state can't be read, of which there is a finding already


def _bot(settings: Settings, token: str) -> Iterator[Diagnosis]:
    root = settings.telegram_api_url.rstrip("/")
    # Read when python-telegram-bot makes an error; it would warn of the other form.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    try:
        me, hook = asyncio.run(_ask(root, token))
    except InvalidToken:
        yield Diagnosis(
            "Telegram",
            f"{root} does not know the token: copy {TOKEN} again from @BotFather",
            well=False,
        )
    except TelegramError as error:
        yield Diagnosis(
            "Telegram",
            f"token present, but {root} can't be asked about it ({error.message}): look at the"
            f" network, or at {PREFIX}TELEGRAM_API_URL",
            well=False,
        )
    else:
        yield Diagnosis("Telegram", f"@{me.username}, server {root}")
        yield _listening(settings, hook)


async def _ask(root: str, token: str) -> tuple[TelegramUser, WebhookInfo]:
    async with Bot(token, base_url=f"{root}/bot") as bot:
        return await bot.get_me(), await bot.get_webhook_info()


def _listening(settings: Settings, hook: WebhookInfo) -> Diagnosis:
    waits = f"{count(hook.pending_update_count, 'update')} at Telegram not taken in yet"
    if settings.webhook_url is None:
        how = "by polling" + (", which ends the webhook that is set now" if hook.url else "")
        return Diagnosis("listening", f"{how}; {waits}")
    address = f"{settings.webhook_host}:{settings.webhook_port}"
    how = f"by webhook at {settings.webhook_url}, which has to lead to {address}"
    if hook.url and hook.last_error_message:
        fault = f"; Telegram's last try failed ({hook.last_error_message})"
        return Diagnosis("listening", f"{how}; {waits}{fault}", well=not hook.pending_update_count)
    return Diagnosis("listening", f"{how}; {waits}")


def _who(settings: Settings, people: list[Person], *, is_open: bool = False) -> Diagnosis:
    if is_open or settings.open:
        return Diagnosis("who may ask", "anybody")
    owners = [str(person.id) for person in people if person.role is Role.OWNER]
    owners = owners or [str(owner) for owner in sorted(settings.owners)]
    if not owners:
        return Diagnosis(
            "who may ask",
            "nobody yet: start the bot, and it shows a code that makes you its owner, or set"
            f" {PREFIX}OWNERS to Telegram user ids",
            well=False,
        )
    others = count(max(len(people) - len(owners), 0), "other")
    return Diagnosis("who may ask", f"owners {', '.join(owners)}, and {others}")


def _inbox(inbox: Inbox) -> Iterator[Diagnosis]:
    counts, last, dead = inbox.counts(), inbox.last(), inbox.dead_letters()
    when = f"the last came {_moment(last)}" if last else "none has come yet"
    yield Diagnosis("inbox", f"{count(counts.waiting, 'update')} to be handled; {when}")
    if dead:
        told = "; ".join(
            f"{update.number} of {_moment(update.at)}, {update.fault.strip().splitlines()[-1]}"
            for update in dead[-_MAX_TOLD:]
        )
        more = f", the last {_MAX_TOLD}" if len(dead) > _MAX_TOLD else ""
        yield Diagnosis(
            "set aside",
            f"{count(len(dead), 'update')}{more} ({told}); 'footnote replay' lets them be handled"
            " again once the cause is mended, and the log has the details",
            well=False,
        )


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")
