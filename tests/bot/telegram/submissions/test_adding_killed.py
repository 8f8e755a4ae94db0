"""Killed at any moment of adding, the bot goes on with it: nothing is lost, nothing there twice."""

import random
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram import killing
from tests.bot.telegram.desk import story
from tests.bot.telegram.mortal_bot import MortalBot
from tools.telegram_server import Message, PrivateChat, TelegramServer

pytestmark = pytest.mark.slow

KILLS = 10
Send = Callable[[], Message]


@pytest.mark.timeout(600)
def test_killed_ten_times_while_files_and_pastes_come_in_each_is_added_and_told_once(
    tmp_path: Path,
) -> None:
    chance = random.Random(20261122)
    with TelegramServer() as server:
        ada, bob = (server.private_chat(server.user(name)) for name in ("Ada", "Bob"))
        settings = {"FOOTNOTE_EDITORS": f"{ada.id},{bob.id}"}
        left = [*_files(ada, 6, album="1"), *_files(bob, 3, begin=10), *_pastes(ada)]
        sent: list[Message] = []
        with MortalBot(killing.environment(tmp_path, server) | settings) as bot:
            bot.start()
            for kill in range(KILLS):
                for send in left[: 1 + len(left) // (KILLS - kill)]:
                    sent.append(send())
                    left.remove(send)
                server.faults.lose_answer(method="sendMessage")
                server.faults.reset(method="editMessageText")
                _press(ada)
                time.sleep(chance.uniform(0.2, 2.0))
                bot.kill()
                bot.start()
            server.faults.clear()
            _wait_for_the_end(ada, bob, sent)
            assert bot.terminate() == 0
    _look_at_folder(tmp_path / "articles", 6 + 3 + 2)
    for chat in (ada, bob):
        told = [message.text for message in chat.bot_messages()]
        assert not any("Already here" in text or "⏳" in text for text in told)
    assert len(bob.bot_messages()) <= 3
    assert len(ada.bot_messages()) == 1 + 2
    with closing(sqlite3.connect(tmp_path / "home" / "state.sqlite")) as state:
        assert state.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        undone = "SELECT count(*) FROM submission WHERE stage <> 'done'"
        assert state.execute(undone).fetchall() == [(0,)]
        assert state.execute("SELECT count(*) FROM submission").fetchall() == [(6 + 3 + 2,)]


def _files(
    chat: PrivateChat, count: int, *, begin: int = 0, album: str | None = None
) -> list[Send]:
    def send(number: int) -> Message:
        text = f"Article {number} of all\n\n{story(number)}".encode()
        if album is None:
            return chat.send_document(text, name=f"{number}.txt")
        return chat.send_document(text, name=f"{number}.txt", media_group_id=album)

    return [partial(send, number) for number in range(begin, begin + count)]


def _pastes(chat: PrivateChat) -> list[Send]:
    def send(number: int) -> Message:
        return chat.paste(f"Paste {number} of all\n\n{story(number, sentences=90)}")[0]

    return [partial(send, number) for number in (30, 31)]


def _press(chat: PrivateChat) -> None:
    """Say yes to whatever is offered."""
    for message in chat.bot_messages():
        if [ENGLISH.add, ENGLISH.edit_title] in message.labels:
            message.press(ENGLISH.add)


def _wait_for_the_end(ada: PrivateChat, bob: PrivateChat, sent: list[Message]) -> None:
    end = time.monotonic() + 200
    while time.monotonic() < end:
        _press(ada)
        told = "\n".join(m.text for chat in (ada, bob) for m in chat.bot_messages())
        done = len(re.findall(rf"{ENGLISH.added}$|^{ENGLISH.added}\n", told, re.MULTILINE))
        if done >= len(sent) and all(message.reactions == ["👍"] for message in sent):
            return
        time.sleep(0.3)
    raise AssertionError(f"{ada.transcript()}\n\n{bob.transcript()}")


def _look_at_folder(articles: Path, count: int) -> None:
    names = sorted(file.stem for file in articles.glob("*-of-all*.md"))
    assert len(names) == count
    assert not [name for name in names if re.search(r"all-\d", name)]
