"""`--ray` of the commands: workers read what is new, or it is told why they cannot."""

from importlib.util import find_spec

import pytest

from tests.bot.commands import ASKED, FERRY, Command
from tests.ports import free_port

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed here")


def test_a_cluster_that_is_not_there_is_told(command: Command) -> None:
    for words in (["sync"], ["add", "-"]):
        ended = command(*words, "--ray", f"127.0.0.1:{free_port()}", typed=FERRY)
        assert ended.code == 1
        assert "gives no answer" in ended.err


@pytest.mark.slow
def test_workers_of_this_machine_read_what_is_added(command: Command) -> None:
    added = command("add", "-", "--ray", "local", typed=f"# The ferry\n\n{FERRY * 20}")
    assert (added.code, added.err.count("Ray")) == (0, 0)
    assert FERRY.strip() in command("ask", ASKED).out
