"""How fast the Telegram bot is, and what it holds: `python -m bench.bot`, `--json FILE` for both.

The bot runs as a process of its own against the test server in this one, on the same machine. Where
the rate is measured, Telegram's limits are lifted; where the wait is, they are kept.
"""

import argparse
import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tools.telegram_server import PrivateChat, TelegramServer

ROOT = Path(__file__).parents[1]
QUESTIONS = (
    "How many people died in the Quetta hospital attack?",
    "Which states are members of the Shanghai Cooperation Organisation?",
    "Who leads the TTP?",
    "When was the Collective Security Treaty Organization founded?",
    "What is TUTAP?",
    "What did Operation Zarb-e-Azb aim at?",
    "Where is the seat of the Regional Anti-Terrorist Structure?",
    "What is the capital of Peru?",
)
_LIFETIME_SECONDS = 3600.0


def measure(*, quick: bool) -> Iterator[tuple[str, Any]]:
    """Each figure by its name; rates are updates a second, waits are seconds, memory is in MB."""
    runs, many = (3, 300) if quick else (5, 2000)
    few, rounds = (50, 3) if quick else (200, 8)
    yield "inbox_rate", _rates("stub", runs, many)
    yield "answer_rate", _rates("real", 3, few)
    yield "waits", {str(chats): _waits(chats, rounds) for chats in (1, 10, 50)}
    yield "memory", _memory(100, 500 if quick else 10_000)
    yield "killed", _killed()


def _rates(kind: str, runs: int, count: int) -> dict[str, float]:
    """From the first request for updates to the last update handled, or answer sent."""
    rates = [_rate(kind, count) for _ in range(runs)]
    return {"median": statistics.median(rates), "least": min(rates), "most": max(rates)}


def _rate(kind: str, count: int) -> float:
    with _server() as (server, folder):
        chats = [server.private_chat(server.user(f"Person {number}")) for number in range(50)]
        for chat, question in islice(zip(cycle(chats), cycle(QUESTIONS)), count):
            chat.send(question)
        with _bot(server, folder, kind, "--unlimited", f"--count={count}") as process:
            assert process.stdout
            end = float(process.stdout.readline()) if kind == "stub" else _Sent(server).wait(count)
        return count / (end - server.calls("getUpdates")[0].time)


class _Sent:
    """Counts the messages that have arrived; looks at each request once, for there are many."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self._looked_at = self._count = 0
        self._last = 0.0

    def wait(self, count: int) -> float:
        """Until there were so many in all; when the last of them came."""
        while self._count < count:
            time.sleep(0.05)
            for request in self._server.requests[self._looked_at :]:
                self._looked_at += 1
                if request.method == "sendMessage":
                    self._count, self._last = self._count + 1, request.time
        return self._last


def _waits(chats: int, rounds: int) -> dict[str, float]:
    """From a question's arrival at Telegram to its answer's, where so many ask in one moment."""
    waits = []
    with _server() as (server, folder), _bot(server, folder, "real"):
        people = [server.private_chat(server.user(f"Person {number}")) for number in range(chats)]
        questions = cycle(QUESTIONS)
        for _ in range(rounds + 1):
            before = len(server.requests)
            asked = {chat.id: _ask(chat, next(questions)) for chat in people}
            while len(sent := _sent(server, before)) < chats:
                time.sleep(0.01)
            waits += [at - asked[chat] for chat, at in sent.items()]
            time.sleep(max(1.5, chats / 25))  # so that no limit reaches into the next round
    waits = waits[chats:]  # the first round warms up
    cuts = statistics.quantiles(waits, n=20, method="inclusive")
    return {"p50": statistics.median(waits), "p95": cuts[18]}


def _ask(chat: PrivateChat, question: str) -> float:
    begun = time.time()
    chat.send(question)
    return begun


def _sent(server: TelegramServer, before: int) -> dict[Any, float]:
    """When the answer for each chat came, of the requests after so many."""
    return {r.chat_id: r.time for r in server.requests[before:] if r.method == "sendMessage"}


def _memory(few: int, many: int) -> dict[str, float]:
    """Resident memory of the bot after so many questions, its model one of words."""
    held = {}
    with _server() as (server, folder), _bot(server, folder, "words", "--unlimited") as process:
        chats = [server.private_chat(server.user(f"Person {number}")) for number in range(50)]
        sending = zip(cycle(chats), cycle(QUESTIONS))
        done, sent = 0, _Sent(server)
        for goal in (few, many):
            while done < goal:
                for chat, question in islice(sending, min(100, goal - done)):
                    chat.send(question)
                done += min(100, goal - done)
                sent.wait(done)
            held[str(goal)] = _resident(process.pid)
    return held


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1000


def _killed() -> dict[str, Any]:
    from tests.bot.telegram import killing

    with tempfile.TemporaryDirectory() as folder:
        outcome = killing.run(Path(folder), seed=int(time.time()))
    return vars(outcome) | {"faults": dict(outcome.faults), "answered": dict(outcome.answered)}


@contextmanager
def _server() -> Iterator[tuple[TelegramServer, Path]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        TelegramServer(lifetime=_LIFETIME_SECONDS) as server,
    ):
        yield server, Path(folder)


@contextmanager
def _bot(
    server: TelegramServer, home: Path, kind: str, *options: str
) -> Iterator["subprocess.Popen[str]"]:
    own = {
        "FOOTNOTE_HOME": str(home),
        "FOOTNOTE_ARTICLES": str(ROOT / "corpus" / "articles"),
        "FOOTNOTE_OWNERS": "1",
        "FOOTNOTE_OPEN": "true",
        "FOOTNOTE_QUESTIONS_A_MINUTE": "0",
        "FOOTNOTE_TELEGRAM_API_URL": server.url,
        "TELEGRAM_BOT_TOKEN": server.token,
        "PTB_TIMEDELTA": "true",
        "OPENBLAS_NUM_THREADS": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "bench.bot", f"--serve={kind}", *options],
        cwd=ROOT,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            server.wait_until_ready(timeout=120)
            yield process
        finally:
            process.kill()


# The bot's own process


def _serve(kind: str, *, unlimited: bool, count: int) -> None:
    from footnote.bot.composition import composed
    from footnote.bot.settings import read_settings
    from footnote.bot.telegram.handlers import Handlers
    from footnote.bot.telegram.sending.pacing import TELEGRAMS, RateLimits
    from footnote.bot.telegram.serving import serve
    from tests.fakes import WordsModel

    class Stub:
        """Counts, and tells when it has counted far enough."""

        def __init__(self, *_: object) -> None:
            self.seen = 0

        async def handle(self, update: object) -> None:
            self.seen += 1
            if self.seen == count:
                print(time.time(), flush=True)

        async def apologise(self, update: object) -> None: ...

        async def work(self) -> None: ...

    stop = asyncio.Event()
    loop = asyncio.new_event_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    parts = {} if kind == "real" else {"model": WordsModel()}
    with composed(read_settings(), purpose="the benchmark", **parts) as footnote:
        footnote.library.sync()
        footnote.passage_index.model.embed_query("ready")
        handlers = Stub if kind == "stub" else Handlers
        limits = RateLimits(1000, 1000, 1000) if unlimited else TELEGRAMS
        loop.run_until_complete(serve(footnote, handlers, stop, limits=limits))


def _show(name: str, figure: Any) -> str:
    match name:
        case "inbox_rate":
            return f"updates a second through the inbox, nothing answered: {_range(figure)}"
        case "answer_rate":
            return f"questions a second, answered and sent: {_range(figure)}"
        case "waits":
            lines = (
                f"  {chats:>3}: {wait['p50']:.2f} at p50, {wait['p95']:.2f} at p95"
                for chats, wait in figure.items()
            )
            return "seconds to the answer, by the chats that ask at once:\n" + "\n".join(lines)
        case "memory":
            held = ", ".join(f"{mb:,.0f} after {int(n):,}" for n, mb in figure.items())
            return f"MB held by the bot, by questions: {held}"
    answered = ", ".join(f"{count} of {times}" for times, count in figure["answered"].items())
    return (
        f"after {figure['kills']} kills, questions by their answers: {answered};"
        f" messages found again: {figure['found_again']}"
    )


def _range(rate: dict[str, float]) -> str:
    return f"{rate['median']:,.1f} ({rate['least']:,.1f} to {rate['most']:,.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.bot", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--quick", action="store_true", help="smaller counts, to try it out")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--unlimited", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        _serve(given.serve, unlimited=given.unlimited, count=given.count)
        return
    figures = {}
    for name, figure in measure(quick=given.quick):
        figures[name] = figure
        print(_show(name, figure), flush=True)
        if given.json:
            given.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
