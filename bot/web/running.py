"""The pages served on this machine alone, until it is stopped."""

import asyncio
import signal
from collections.abc import Callable

from footnote.bot.articles.following import follow_feeds, follow_folder
from footnote.bot.composition import Footnote
from footnote.bot.event_loop import new_event_loop
from footnote.bot.people.sessions import LOCAL
from footnote.bot.settings import Process
from footnote.bot.web.app import make_app
from footnote.bot.web.app_keys import Origin
from footnote.bot.web.serving import serving
from footnote.bot.web.sign_in import link_for

HOST = "127.0.0.1"


def run_site(
    footnote: Footnote, port: int, *, on_ready: Callable[[str], object], follows: bool
) -> None:
    """Serve until SIGINT or SIGTERM; `on_ready` gets the link that lets in once.

    What changes in the folder and the feeds is taken in where this process `follows` them. Raises
    NotFree where the port is taken.
    """
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_run(footnote, port, on_ready, follows))


async def _run(
    footnote: Footnote, port: int, on_ready: Callable[[str], object], follows: bool
) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    origin = Origin(f"http://{HOST}:{port}")
    async with serving(make_app(footnote, origin), HOST, port):
        on_ready(link_for(footnote.sessions, origin, LOCAL))
        tasks = []
        if follows and footnote.settings.process is not Process.REPLICA:
            tasks = [
                asyncio.create_task(follow_folder(footnote.library, footnote.settings)),
                asyncio.create_task(follow_feeds(footnote.feeds, footnote.adder)),
            ]
        await stop.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
