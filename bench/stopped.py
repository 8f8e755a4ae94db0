"""Engines that stop and an indexer that is killed: `python -m bench.stopped`, `--json FILE`.

PostgreSQL and Chroma are each stopped for half a minute while ten chats ask, once so that they
stand still and once so that they end and are started again. Then the replicas are restarted one
after the other, as for a new version, and the indexer is killed twelve times while an editor adds
articles. What was asked is to be answered once, in order and rightly, and the index is to hold what
the folder holds. All servers are this program's own, on loopback.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from bench.balancing import NGINX, Balancer, Nginx
from bench.cluster import Cluster, Engines, engines_in, running
from footnote.bot.composition import compose
from footnote.bot.settings import Settings
from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram import killing
from tests.bot.telegram.desk import story
from tests.fakes import WordsModel
from tests.index.home import assert_level
from tools.telegram_server import Message, PrivateChat, TelegramServer

ANSWERS = ("Karl von Frisch", "brothers Hale")
"""What stands in the right answers to the first of `killing.QUESTIONS`, in their order."""
_CHATS = 10
_ASK_EVERY_SECONDS = 1.0
_PATIENCE_SECONDS = 300.0
_LIFETIME_SECONDS = 3000.0


def stops(engines: Engines) -> dict[str, tuple[Callable[[], None], Callable[[], None]]]:
    """Each way of stopping, and what ends it."""
    postgres, chroma = engines.postgres, engines.chroma
    return {
        "PostgreSQL stood still": (postgres.pause, postgres.resume),
        "PostgreSQL ended": (postgres.stop, postgres.start),
        "Chroma stood still": (chroma.pause, chroma.resume),
        "Chroma ended": (chroma.stop, chroma.start),
    }


def measure(seconds: float, kills: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each trial by its name, with what came of it."""
    with ExitStack() as used:
        folder = Path(used.enter_context(tempfile.TemporaryDirectory()))
        engines = used.enter_context(engines_in(folder / "chroma"))
        server = used.enter_context(TelegramServer(lifetime=_LIFETIME_SECONDS))
        editor = server.private_chat(server.user("Ada"))
        with running(
            folder,
            server,
            engines,
            replicas=3,
            balancing=Nginx if NGINX else Balancer,
            settings={"FOOTNOTE_EDITORS": str(editor.id)},
        ) as cluster:
            for name, (stop, go_on) in stops(engines).items():
                yield name, asked_while(server, name, stop, go_on, seconds=seconds)
            name, turns = "the replicas were restarted", Thread(target=cluster.restart_replicas)
            yield name, asked_while(server, name, turns.start, turns.join, seconds=seconds)
            yield "the indexer was killed", killed_indexer(editor, cluster, kills=kills, seed=seed)
            cluster.end()
        yield "the index at the end", level(cluster)


def asked_while(
    server: TelegramServer,
    name: str,
    stop: Callable[[], None],
    go_on: Callable[[], None],
    *,
    seconds: float,
) -> dict[str, Any]:
    """Ask, each chat in turn, from a while before something stops until a while after; `longest` is
    the most that anybody waited for an answer, in whole seconds."""
    people = [server.private_chat(server.user(f"{name} {n}")) for n in range(_CHATS)]
    asked = list[tuple[PrivateChat, Message, int]]()
    begun = time.monotonic()
    steps = [(3.0, stop), (3.0 + seconds, go_on), (6.0 + seconds, lambda: None)]
    for number in range(10_000):
        while steps and time.monotonic() - begun >= steps[0][0]:
            steps.pop(0)[1]()
        if not steps:
            break
        chat = people[number % _CHATS]
        asked.append((chat, chat.send(killing.QUESTIONS[number % len(ANSWERS)]), number))
        time.sleep(_ASK_EVERY_SECONDS)
    for chat in people:
        chat.wait(partial(_all_answered, chat), "all answers", timeout=_PATIENCE_SECONDS)
    return {"asked": len(asked), **_looked_at(people, asked)}


def _answers(chat: PrivateChat) -> list[Message]:
    """Those to questions; that it waits is said in reply to none."""
    return [m for m in chat.bot_messages() if m.reply_to and m.text != ENGLISH.answered_later]


def _all_answered(chat: PrivateChat) -> bool | None:
    questions = {m.id for m in chat.messages.values() if not m.from_bot}
    return questions <= {m.reply_to.id for m in _answers(chat) if m.reply_to} or None


def _looked_at(
    people: list[PrivateChat], asked: list[tuple[PrivateChat, Message, int]]
) -> dict[str, int]:
    replies = {
        chat.id: [(m.reply_to.id, m.text) for m in _answers(chat) if m.reply_to] for chat in people
    }
    waits = [
        answer.versions[0].date - answer.reply_to.versions[0].date
        for chat in people
        for answer in _answers(chat)
        if answer.reply_to
    ]
    texts = [[text for to, text in replies[chat.id] if to == m.id] for chat, m, _ in asked]
    right = [ANSWERS[number % len(ANSWERS)] for _, _, number in asked]
    orders = [[to for to, _ in replies[chat.id]] for chat in people]
    told = [m for chat in people for m in chat.bot_messages() if m.text == ENGLISH.answered_later]
    return {
        "lost": sum(not found for found in texts),
        "twice": sum(len(found) > 1 for found in texts),
        "wrong": sum(
            expected not in text
            for found, expected in zip(texts, right, strict=True)
            for text in found
        ),
        "out_of_order": sum(order != sorted(order) for order in orders),
        "told_to_wait": len(told),
        "longest": max(waits, default=0),
    }


def killed_indexer(
    editor: PrivateChat, cluster: Cluster, *, kills: int, seed: int
) -> dict[str, Any]:
    """Send two articles for each kill, and wait until each has its sign."""
    chance, sent = random.Random(seed), list[Message]()
    for number in range(kills):
        for more in (0, 1):
            which = 100 + 2 * number + more
            text = f"Article {which} of all\n\n{story(which)}".encode()
            sent.append(editor.send_document(text, name=f"{which}.txt"))
        time.sleep(chance.uniform(0.2, 4.0))
        cluster.indexer.kill()
        cluster.indexer.start()
    for message in sent:
        message.wait_until(lambda m: m.reactions == ["👍"], timeout=_PATIENCE_SECONDS)
    told = [message.text for message in editor.bot_messages()]
    return {
        "kills": kills,
        "sent": len(sent),
        "with_the_sign": sum(message.reactions == ["👍"] for message in sent),
        "said_to_be_there_already": sum("Already here" in text for text in told),
    }


def level(cluster: Cluster) -> dict[str, int]:
    """How many articles there are, each found by its meaning and its words, and nothing else; the
    same by a process that has fetched everything anew."""
    names: dict[str, Any] = {
        name.removeprefix("FOOTNOTE_").lower(): value for name, value in cluster.settings.items()
    }
    elsewhere = {"home": f"{names['home']}-elsewhere", "process": "replica"}
    counts = set[tuple[int, int]]()
    for own in (names, names | elsewhere):
        settings = Settings(_env_file=None, **own)
        with (
            closing(compose(settings, purpose="the benchmark", model=WordsModel())) as footnote,
            footnote.passage_index.reading() as build,
        ):
            assert_level(build, footnote.store)
            counts.add(build.catalogue.counts())
            files = len(footnote.store.stamps())
    [(articles, passages)] = counts
    return {"files": files, "articles": articles, "passages": passages}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.stopped", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each stop, 30 by default")
    parser.add_argument("--kills", type=int, default=12, help="of the indexer, 12 by default")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the kills")
    given = parser.parse_args()
    found = {}
    for name, figures in measure(given.seconds, given.kills, given.seed):
        found[name] = figures
        print(f"{name}: {', '.join(f'{n} {value}' for n, value in figures.items())}", flush=True)
        if given.json:
            given.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
