"""Replicas that are changed for those of a later version, one after the other, while people ask."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from bench.balancing import Balancer, wait_until_it_listens
from bench.cluster import Cluster, Engines, running
from footnote.bot.database.looking import look_at
from footnote.bot.database.opening import DatabaseServer
from footnote.bot.database.tables import STATE_PART
from footnote.bot.errors import BotError
from footnote.bot.state import State
from tests.bot.database.server import PostgresServer
from tests.bot.telegram import later_version
from tests.bot.telegram.killing import Outcome, look_at_chats, question, wait_for_the_end
from tests.bot.telegram.mortal_bot import MortalBot
from tests.index.chroma_run import chroma_run
from tools.telegram_server import PrivateChat, TelegramServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
_CHATS, _REPLICAS = 4, 3
_QUESTIONS = 1 + 2 * _REPLICAS


@pytest.mark.parametrize("which", ["adds", "renames"])
def test_over_a_migration_every_question_is_answered_once_and_in_order(
    which: str, postgres: PostgresServer, tmp_path: Path
) -> None:
    """Those of before go on with a column more; where one is called otherwise, whoever is of the
    later version does it all, though the others still run."""
    outcome, database = Outcome(), postgres.database()
    with chroma_run(tmp_path / "chroma") as chroma, TelegramServer(lifetime=550) as server:
        people = [server.private_chat(server.user(f"Person {n}")) for n in range(_CHATS)]
        with (
            running(
                tmp_path,
                server,
                Engines(postgres, database, chroma),
                replicas=_REPLICAS,
                balancing=Balancer,
            ) as cluster,
            ExitStack() as bots,
        ):
            _ask(people, 0)
            wait_for_the_end(server, people, 1, seconds=300)
            later = []
            for place in range(_REPLICAS):
                later.append(bots.enter_context(_changed(cluster, place, which, people)))
                wait_for_the_end(server, people, 3 + 2 * place, seconds=300)
            wait_for_the_end(server, people, _QUESTIONS, seconds=300)
            assert "state_3" in look_at(DatabaseServer(database))
            with pytest.raises(BotError, match="later"):
                State(DatabaseServer(database))
            for bot in later:
                assert bot.terminate() == 0
            assert cluster.indexer.terminate() == 0
    look_at_chats(people, outcome)
    assert dict(outcome.answered) == {1: _CHATS * _QUESTIONS}
    assert (outcome.out_of_order, outcome.strays) == (0, [])
    logs = "".join(file.read_text() for file in tmp_path.glob("home*/footnote.log"))
    assert ("were changed by a later Footnote" in logs) is (which == "renames")


def _changed(cluster: Cluster, place: int, which: str, people: list[PrivateChat]) -> MortalBot:
    """The later version in the place of a replica, while people ask before and after."""
    port = cluster.ports[place]
    own = {"FOOTNOTE_PROCESS": "replica", "FOOTNOTE_WEBHOOK_PORT": str(port)}
    home = cluster.settings["FOOTNOTE_HOME"].removesuffix("indexer") + str(port)
    version = {later_version.NAME: which, "FOOTNOTE_HOME": home}
    bot = MortalBot({**cluster.settings, **own, **version})
    _ask(people, 2 * place + 1)
    assert cluster.replicas[place].terminate() == 0
    bot.start()
    wait_until_it_listens(port, seconds=300)
    _ask(people, 2 * place + 2)
    return bot


def _ask(people: list[PrivateChat], number: int) -> None:
    for chat in people:
        chat.send(question(number))


def test_the_made_up_migrations_follow_on_the_newest_one() -> None:
    """Else whoever adds a migration would not know why the test above fails."""
    for file in later_version.FOLDER.glob("*/*.py"):
        assert f'down_revision = "{STATE_PART.revision}"' in file.read_text()
