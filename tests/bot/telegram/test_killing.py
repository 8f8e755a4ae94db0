"""The bot as a process: killed at any moment it loses nothing, and told to end it ends."""

import time
from functools import partial
from pathlib import Path

import pytest

from tests.bot.telegram import killing
from tests.bot.telegram.mortal_bot import MortalBot
from tools.telegram_server import TelegramServer

pytestmark = pytest.mark.slow


@pytest.mark.timeout(600)
def test_killed_thirty_times_it_answers_every_question_once_and_in_order(tmp_path: Path) -> None:
    outcome = killing.run(tmp_path, seed=20261122)
    assert outcome.answered == {1: 200}
    assert outcome.strays == []
    assert outcome.out_of_order == 0
    assert outcome.kills >= 30
    assert outcome.buttons >= 100
    assert outcome.dead_buttons == []
    assert (outcome.integrity, outcome.unfinished) == ("ok", 0)


def test_told_to_end_it_ends_soon_and_keeps_the_rest(
    server: TelegramServer, tmp_path: Path
) -> None:
    people = [server.private_chat(server.user(f"Person {number}")) for number in range(8)]
    with MortalBot(killing.environment(tmp_path, server)) as bot:
        bot.start()
        # The last one's can't be sent before its end, whatever is sent to the others meanwhile.
        server.faults.reset(method="sendMessage", chat=people[-1], times=None)
        for chat in people * 3:
            chat.send(killing.QUESTIONS[0])
        people[0].wait_for_message()
        server.faults.delay(1, method="sendMessage", times=4)
        time.sleep(0.5)
        assert bot.terminate() == 0
        assert sum(len(chat.bot_messages()) for chat in people) < 24
        server.faults.clear()
        bot.start()
        for chat in people:
            chat.wait(partial(lambda one: len(one.bot_messages()) == 3 or None, chat), "all")
        assert bot.terminate() == 0
    assert [len(chat.bot_messages()) for chat in people] == [3] * 8
