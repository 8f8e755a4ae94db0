"""Commands on an index that is there: to make one first takes as long as the rest of most tests."""

from pathlib import Path

import pytest

from tests.bot.commands import Command
from tests.bot.indexed import put_index


@pytest.fixture
def command(new_command: Command, home: Path) -> Command:
    """As everywhere; with `new_command` in its place there is no home yet."""
    put_index(home)
    return new_command
