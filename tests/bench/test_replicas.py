"""Replicas behind nginx that are killed, and an indexer: nothing is lost and nothing done twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.balancing import NGINX, Balancer, Nginx
from bench.cluster import Engines, running
from bench.replicas import killed_replicas
from bench.stopped import killed_indexer, level
from tests.bot.database.server import PostgresServer
from tests.bot.telegram.killing import ARTICLES
from tests.index.chroma_run import ChromaRun, chroma_run
from tools.telegram_server import TelegramServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    with chroma_run(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def engines(postgres: PostgresServer, chroma: ChromaRun) -> Engines:
    """With a database of the test's own on each."""
    return Engines(postgres, postgres.database(), chroma)


@pytest.mark.skipif(
    not NGINX, reason="there is no nginx here (on Debian: apt-get install nginx-light)"
)
def test_behind_nginx_replicas_that_are_killed_answer_each_question_once(
    tmp_path: Path, engines: Engines
) -> None:
    outcome = killed_replicas(
        tmp_path, engines, seed=20261130, chats=3, questions=3, kills=3, balancing=Nginx
    )
    assert outcome.answered == {1: 9}
    assert (outcome.out_of_order, outcome.strays, outcome.dead_buttons) == (0, [], [])
    assert outcome.unfinished == 0


def test_an_indexer_that_is_killed_while_articles_come_adds_each_once(
    tmp_path: Path, engines: Engines
) -> None:
    with TelegramServer() as server:
        editor = server.private_chat(server.user("Ada"))
        own = {"FOOTNOTE_EDITORS": str(editor.id)}
        with running(
            tmp_path, server, engines, replicas=1, balancing=Balancer, settings=own
        ) as cluster:
            told = killed_indexer(editor, cluster, kills=3, seed=20261130)
            cluster.end()
    assert told["with_the_sign"] == told["sent"] == 6
    found = level(cluster)
    assert found["files"] == found["articles"] == 6 + len(list(ARTICLES.glob("*.md")))
