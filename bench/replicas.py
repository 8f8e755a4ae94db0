"""Replicas of the bot that are killed while people ask: `python -m bench.replicas`, `--json FILE`.

An indexer and three replicas have one PostgreSQL database and one index, and the replicas one
webhook behind a balancer; then one process has files of its own. Every question is to be answered
once and in the order of its chat, however often and whenever a process is killed and the network
fails. The servers are this program's own, on loopback.
"""

import argparse
import asyncio
import json
import random
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from footnote.bot.database.opening import Server
from footnote.bot.state import State
from footnote.bot.telegram.receiving.inbox import Inbox
from tests.bot.database import server as postgres_server
from tests.bot.telegram import killing
from tests.bot.telegram.killing import Outcome
from tests.bot.telegram.mortal_bot import MortalBot
from tools.telegram_server import TelegramServer

_PATH = "/telegram"
_LIFETIME_SECONDS = 1800.0
_PATIENCE_SECONDS = 400.0
_READ_BYTES = 1 << 16


class Balancer:
    """Passes each connection on to one of the replicas that take it, by turns; runs in a thread."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._turn = count()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="balancer", daemon=True)
        self.port = 0

    def __enter__(self) -> "Balancer":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._pass_on, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        server.close()
        self._loop.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            for _ in self._ports:
                port = self._ports[next(self._turn) % len(self._ports)]
                try:
                    theirs, its = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    continue
                await asyncio.gather(_copy(reader, its), _copy(theirs, writer))
                break
        writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(_READ_BYTES):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


def killed_replicas(
    folder: Path,
    database: str,
    *,
    seed: int,
    replicas: int = 3,
    chats: int = 10,
    questions: int = 20,
    kills: int = 30,
) -> Outcome:
    """Ask `questions` in each of the chats, kill a random replica so often, and wait for the end.

    `database` is the address of an empty one.
    """
    chance, outcome, begun = random.Random(seed), Outcome(), time.monotonic()
    with TelegramServer(lifetime=_LIFETIME_SECONDS) as server:
        people = [server.private_chat(server.user(f"Person {n}")) for n in range(chats)]
        asked = [(chat, number) for number in range(questions) for chat in people]
        with _running(folder, server, database, replicas) as bots:
            while outcome.kills < kills or asked:
                share = max(1, len(asked) // max(kills - outcome.kills, 1))
                for chat, number in asked[:share]:
                    chat.send(killing.question(number))
                del asked[:share]
                killing.strike(server, chance, outcome)
                time.sleep(chance.uniform(0.1, 1.5))
                bot = chance.choice(bots)
                bot.kill()
                outcome.kills += 1
                bot.start()
            server.faults.clear()
            killing.wait_for_the_end(server, people, questions, seconds=_PATIENCE_SECONDS)
            killing.press_everything(people, outcome)
            assert [bot.terminate() for bot in bots] == [0] * replicas
    outcome.seconds = time.monotonic() - begun
    killing.look_at_chats(people, outcome)
    killing.look_at_logs(folder, outcome)
    with closing(State(Server(database))) as state:
        counts = Inbox(state).counts()
    outcome.unfinished = counts.waiting + counts.dead_letters
    return outcome


@contextmanager
def _running(
    folder: Path, server: TelegramServer, database: str, replicas: int
) -> Iterator[list[MortalBot]]:
    """Replicas that have taken up their work, beside an indexer."""
    articles = Path(shutil.copytree(killing.ARTICLES, folder / "articles"))
    ports = [free_port() for _ in range(replicas)]
    with Balancer(ports) as balancer, ExitStack() as bots:
        shared = killing.settings(server) | {
            "FOOTNOTE_ARTICLES": str(articles),
            "FOOTNOTE_HOME": str(folder / "home"),
            "FOOTNOTE_DATABASE_URL": database,
            "FOOTNOTE_WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}{_PATH}",
        }
        indexer = bots.enter_context(MortalBot(shared | {"FOOTNOTE_PROCESS": "indexer"}))
        indexer.start()
        running = []
        for port in ports:
            own = {"FOOTNOTE_PROCESS": "replica", "FOOTNOTE_WEBHOOK_PORT": str(port)}
            running.append(bots.enter_context(MortalBot(shared | own)))
            running[-1].start()
            _wait_until_it_listens(port)
        yield running
        assert indexer.terminate() == 0


def _wait_until_it_listens(port: int, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(seed: int, *, kills: int) -> Iterator[tuple[str, Outcome]]:
    """Both set-ups, by their names."""
    programs = postgres_server.programs()
    if programs is None:
        raise SystemExit(postgres_server.LEFT_OUT)
    with ExitStack() as used:
        folder = Path(used.enter_context(tempfile.TemporaryDirectory()))
        postgres = used.enter_context(contextmanager(postgres_server.running)(programs))
        made = killed_replicas(folder, postgres.database(), seed=seed, kills=kills)
        yield "three replicas on PostgreSQL", made
    with tempfile.TemporaryDirectory() as alone:
        outcome = killing.run(Path(alone), seed=seed, chats=10, questions=20, kills=kills)
        yield "one process on files", outcome


def figures(outcome: Outcome) -> dict[str, Any]:
    """Of an outcome, what is to be 0 and what that means: `lost` are questions without an answer,
    `twice` those with more than one, `out_of_order` chats."""
    return {
        "questions": outcome.answered.total(),
        "kills": outcome.kills,
        "faults": outcome.faults.total(),
        "lost": outcome.answered[0],
        "twice": sum(number for times, number in outcome.answered.items() if times > 1),
        "out_of_order": outcome.out_of_order,
        "strays": len(outcome.strays),
        "unfinished": outcome.unfinished,
        "dead_buttons": len(outcome.dead_buttons),
        "found_again": outcome.found_again,
        "seconds": round(outcome.seconds, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.replicas", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of kills and faults")
    parser.add_argument("--kills", type=int, default=30, help="of processes, 30 by default")
    given = parser.parse_args()
    found = {}
    for name, outcome in measure(given.seed, kills=given.kills):
        found[name] = figures(outcome)
        print(f"{name}: {', '.join(f'{n} {value}' for n, value in found[name].items())}")
        if given.json:
            given.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
