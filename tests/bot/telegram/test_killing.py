"""The bot as a process: killed at any moment it loses nothing, and told to end it ends."""

from pathlib import Path

import pytest

from tests.bot.telegram import killing


@pytest.mark.timeout(120)
def test_killed_thirty_times_it_answers_every_question_once_and_in_order(tmp_path: Path) -> None:
    outcome = killing.run(tmp_path, seed=20261122)
    assert outcome.answered == {1: 200}
    assert outcome.strays == []
    assert outcome.out_of_order == 0
    assert outcome.kills >= 30
    assert outcome.buttons >= 100
    assert outcome.dead_buttons == []
    assert (outcome.integrity, outcome.unfinished) == ("ok", 0)
