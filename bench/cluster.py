"""An indexer and replicas of the bot as processes of their own, with the settings they share."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.balancing import PATH, Balancing, wait_until_it_listens
from tests.bot.database import server as postgres_server
from tests.bot.database.server import PostgresServer
from tests.bot.telegram import killing
from tests.bot.telegram.mortal_bot import MortalBot
from tests.index.chroma_run import ChromaRun, chroma_run
from tests.ports import free_port
from tools.telegram_server import TelegramServer


@dataclass(frozen=True)
class Engines:
    """What all processes have in common; `database` is the address of an empty one."""

    postgres: PostgresServer
    database: str
    chroma: ChromaRun


@contextmanager
def engines_in(folder: Path) -> Iterator[Engines]:
    """Real ones on loopback; raises FileNotFoundError where PostgreSQL is not installed."""
    programs = postgres_server.programs()
    if programs is None:
        raise FileNotFoundError(postgres_server.LEFT_OUT)
    with (
        contextmanager(postgres_server.running)(programs) as postgres,
        chroma_run(folder) as chroma,
    ):
        yield Engines(postgres, postgres.database(), chroma)


@dataclass(frozen=True)
class Cluster:
    indexer: MortalBot
    replicas: list[MortalBot]
    settings: Mapping[str, str]
    """Those of the indexer, as the environment has them."""

    ports: list[int]
    """On which the replicas listen, in their order."""

    def restart_replicas(self) -> None:
        """One after the other, each ended in order and waited for until it listens again."""
        for bot, port in zip(self.replicas, self.ports, strict=True):
            code = bot.terminate()
            assert code == 0, code
            bot.start()
            wait_until_it_listens(port)

    def end(self) -> None:
        """In order, each with exit code 0."""
        codes = [bot.terminate() for bot in (*self.replicas, self.indexer)]
        assert set(codes) == {0}, codes


@contextmanager
def running(
    folder: Path,
    server: TelegramServer,
    engines: Engines,
    *,
    replicas: int,
    balancing: Balancing,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    """Processes that have taken up their work; whoever uses them ends them.

    Each has a home of its own, as on a machine of its own. `settings` are more of the environment.
    """
    articles = Path(shutil.copytree(killing.ARTICLES, folder / "articles"))
    ports = [free_port() for _ in range(replicas)]
    with balancing(ports) as balancer, ExitStack() as bots:
        shared = killing.settings(server) | {
            "FOOTNOTE_ARTICLES": str(articles),
            "FOOTNOTE_DATABASE_URL": engines.database,
            "FOOTNOTE_CHROMA_URL": engines.chroma.address,
            "FOOTNOTE_CHROMA_DATABASE": engines.chroma.database(),
            "FOOTNOTE_SHARED": str(folder / "shared"),
            "FOOTNOTE_WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}{PATH}",
            **(settings or {}),
        }

        def started(name: str, **own: str) -> MortalBot:
            home = {"FOOTNOTE_HOME": str(folder / f"home-{name}")}
            bot = bots.enter_context(MortalBot(shared | home | own))
            bot.start()
            return bot

        indexer = started("indexer", FOOTNOTE_PROCESS="indexer")
        cluster = Cluster(
            indexer, [], shared | {"FOOTNOTE_HOME": str(folder / "home-indexer")}, ports
        )
        for port in ports:
            own = {"FOOTNOTE_PROCESS": "replica", "FOOTNOTE_WEBHOOK_PORT": str(port)}
            cluster.replicas.append(started(str(port), **own))
            wait_until_it_listens(port)
        yield cluster
