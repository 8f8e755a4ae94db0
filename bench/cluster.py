"""An indexer and replicas of the bot as processes of their own, with the settings they share."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.balancing import PATH, Balancing, free_port, wait_until_it_listens
from tests.bot.telegram import killing
from tests.bot.telegram.mortal_bot import MortalBot
from tools.telegram_server import TelegramServer


@dataclass(frozen=True)
class Cluster:
    indexer: MortalBot
    replicas: list[MortalBot]

    def end(self) -> None:
        """In order, each with exit code 0."""
        codes = [bot.terminate() for bot in (*self.replicas, self.indexer)]
        assert set(codes) == {0}, codes


@contextmanager
def running(
    folder: Path,
    server: TelegramServer,
    database: str,
    *,
    replicas: int,
    balancing: Balancing,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    """Processes that have taken up their work; whoever uses them ends them.

    `database` is the address of an empty one, `settings` are more of the environment.
    """
    articles = Path(shutil.copytree(killing.ARTICLES, folder / "articles"))
    ports = [free_port() for _ in range(replicas)]
    with balancing(ports) as balancer, ExitStack() as bots:
        shared = killing.settings(server) | {
            "FOOTNOTE_ARTICLES": str(articles),
            "FOOTNOTE_HOME": str(folder / "home"),
            "FOOTNOTE_DATABASE_URL": database,
            "FOOTNOTE_WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}{PATH}",
            **(settings or {}),
        }
        indexer = bots.enter_context(MortalBot(shared | {"FOOTNOTE_PROCESS": "indexer"}))
        indexer.start()
        cluster = Cluster(indexer, [])
        for port in ports:
            own = {"FOOTNOTE_PROCESS": "replica", "FOOTNOTE_WEBHOOK_PORT": str(port)}
            cluster.replicas.append(bots.enter_context(MortalBot(shared | own)))
            cluster.replicas[-1].start()
            wait_until_it_listens(port)
        yield cluster
