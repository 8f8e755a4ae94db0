"""Replicas of the bot that are killed while people ask: `python -m bench.replicas`, `--json FILE`.

An indexer and three replicas, each with a home of its own, have PostgreSQL, Chroma and a folder for
the words in common, and the replicas one webhook, behind nginx or a balancer of our own where there
is none; then one process has files of its own. Every question is to be answered once and in the
order of its chat, however often and whenever a process is killed and the network fails. All servers
are this program's own, on loopback.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.balancing import NGINX, Balancer, Balancing, Nginx
from bench.cluster import Engines, engines_in, running
from footnote.bot.database.opening import DatabaseServer
from footnote.bot.state import State
from footnote.bot.telegram.receiving.inbox import Inbox
from tests.bot.telegram import killing
from tests.bot.telegram.killing import Outcome
from tools.telegram_server import TelegramServer

_LIFETIME_SECONDS = 1800.0
_PATIENCE_SECONDS = 400.0


def killed_replicas(
    folder: Path,
    engines: Engines,
    *,
    seed: int,
    replicas: int = 3,
    chats: int = 10,
    questions: int = 20,
    kills: int = 30,
    balancing: Balancing = Balancer,
) -> Outcome:
    """Ask `questions` in each of the chats, kill a random replica so often, wait for the end."""
    chance, outcome, begun = random.Random(seed), Outcome(), time.monotonic()
    with TelegramServer(lifetime=_LIFETIME_SECONDS) as server:
        people = [server.private_chat(server.user(f"Person {n}")) for n in range(chats)]
        asked = [(chat, number) for number in range(questions) for chat in people]
        with running(folder, server, engines, replicas=replicas, balancing=balancing) as cluster:
            while outcome.kills < kills or asked:
                share = max(1, len(asked) // max(kills - outcome.kills, 1))
                for chat, number in asked[:share]:
                    chat.send(killing.question(number))
                del asked[:share]
                killing.strike(server, chance, outcome)
                time.sleep(chance.uniform(0.1, 1.5))
                bot = chance.choice(cluster.replicas)
                bot.kill()
                outcome.kills += 1
                bot.start()
            server.faults.clear()
            killing.wait_for_the_end(server, people, questions, seconds=_PATIENCE_SECONDS)
            killing.press_everything(people, outcome)
            cluster.end()
    outcome.seconds = time.monotonic() - begun
    killing.look_at_chats(people, outcome)
    killing.look_at_logs(folder, outcome)
    with closing(State(DatabaseServer(engines.database))) as state:
        counts = Inbox(state).counts()
    outcome.unfinished = counts.waiting + counts.dead_letters
    return outcome


def measure(seed: int, *, kills: int) -> Iterator[tuple[str, Outcome]]:
    """Both set-ups, by their names."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with engines_in(folder / "chroma") as engines:
            made = killed_replicas(
                folder, engines, seed=seed, kills=kills, balancing=Nginx if NGINX else Balancer
            )
        yield "three replicas on PostgreSQL and Chroma", made
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
