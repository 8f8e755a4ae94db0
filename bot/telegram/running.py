"""Running the bot as a process, until it is stopped."""

import asyncio
import signal

from footnote.bot.composition import Footnote
from footnote.bot.event_loop import new_event_loop
from footnote.bot.telegram.handlers import Handlers
from footnote.bot.telegram.receiving.connecting import PATIENCE, Patience
from footnote.bot.telegram.serving import serve


def run_bot(footnote: Footnote, *, patience: Patience = PATIENCE) -> None:
    """Answer until SIGINT or SIGTERM; returns then, within ten seconds.

    Raises BotStopped where the token is refused.
    """
    # What cannot be used should be told now, not to the first who asks; nor should the first
    # question wait for the weights to be read.
    _ = footnote.receipts
    footnote.passage_index.model.embed_query("ready")
    loop, stop = new_event_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        loop.run_until_complete(serve(footnote, Handlers, stop, patience=patience))
    finally:
        loop.close()  # without asyncio.run's patience with threads that still take in articles
