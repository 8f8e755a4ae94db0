"""What outlives an answer: its receipt, over failures, restarts and changes."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.answers.receipts import Receipts
from footnote.bot.state import State
from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, FOLLOW_UP, FOLLOWED, LIGHTHOUSE, ask
from tools.telegram_server import TelegramServer


def receipts_on_disk(bot: RunningBot) -> list[Any]:
    file = bot.settings.home / "state.sqlite"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return [json.loads(row[0]) for row in connection.execute("SELECT result FROM receipt")]


def test_the_receipt_is_on_disk_before_the_answer_is_sent_and_where_it_could_not_be(
    server: TelegramServer, bot: RunningBot
) -> None:
    chat = bot.chat()
    with server.faults.reset(method="sendMessage", times=None) as outage:
        chat.send(DANCE)
        server.wait_for_call("sendMessage", chat=chat)
        [stored] = receipts_on_disk(bot)
        assert stored["question"] == DANCE
        assert stored["claims"][0]["text"] == DECODED
        assert chat.bot_messages() == []
    assert outage.hits
    answer = chat.wait_for_message()
    assert answer.text.startswith(DECODED)
    assert [stored["question"] for stored in receipts_on_disk(bot)] == [DANCE]


def test_numbers_open_and_follow_ups_follow_after_a_restart(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path, reranker="") as bot:
        chat = bot.chat()
        answer = ask(chat, DANCE)
        ask(chat, LIGHTHOUSE)
    with RunningBot(server, tmp_path, reranker=""):
        answer.press("[1]")
        assert answer.wait_edited().marked("underline") == [DECODED]
        assert ask(chat, FOLLOW_UP).text.startswith(FOLLOWED)


def test_what_was_asked_while_it_was_away_is_answered(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path) as bot:
        chat = bot.chat()
    asked = chat.send(DANCE)
    with RunningBot(server, tmp_path):
        assert chat.wait_for_message(after=asked).text.startswith(DECODED)


def test_a_passage_says_that_its_article_has_changed_and_then_that_it_is_gone(
    bot: RunningBot,
) -> None:
    chat = bot.chat()
    answer = ask(chat, DANCE)
    number = answer.button("[1]").data
    file = bot.articles / "honeybees.md"
    file.write_text(file.read_text().replace("Frisch", "Fresh"))
    bot.footnote.library.sync()
    answer.press("[1]")
    passage = answer.wait_edited()
    assert ENGLISH.changed in passage.marked("italic")
    assert passage.marked("underline") == [DECODED]
    assert passage.labels == [[ENGLISH.back, ENGLISH.whole]]
    passage.press(ENGLISH.whole)
    assert "Fresh" in passage.wait_edited().text
    passage.press(ENGLISH.back)
    passage.wait_edited()
    file.unlink()
    bot.footnote.library.sync()
    answer.press_data(number)
    passage = answer.wait_edited()
    assert ENGLISH.gone in passage.marked("italic")
    assert passage.marked("underline") == [DECODED]
    assert passage.labels == [[ENGLISH.back]]


def test_a_receipt_that_was_tampered_with_is_not_shown(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bot.chat()
    answer = ask(chat, DANCE)
    with closing(sqlite3.connect(bot.settings.home / "state.sqlite")) as connection:
        [result] = connection.execute("SELECT result FROM receipt").fetchone()
        fields = json.loads(result)
        fields["claims"][0]["citations"][0]["quotation"] = "Something else."
        connection.execute("UPDATE receipt SET result = ?", (json.dumps(fields),))
        connection.commit()
    assert answer.press("[1]").wait_answered().text == ENGLISH.unknown_button
    assert answer.edits == 0
    assert "WrongQuotation" in caplog.text


def test_topics_of_a_chat_are_conversations_of_their_own(reading_bot: RunningBot) -> None:
    reading_bot.server.bot.has_topics_enabled = True
    chat = reading_bot.chat()
    one, other = chat.topic("One"), chat.topic("Other")
    answer = one.wait_for_message(after=one.send(LIGHTHOUSE))
    elsewhere = other.wait_for_message(after=other.send(FOLLOW_UP))
    assert elsewhere.text.startswith(ENGLISH.unclear)
    assert one.wait_for_message(after=one.send(FOLLOW_UP)).text.startswith(FOLLOWED)
    answer.press("[1]")
    assert answer.wait_edited().marked("underline")
    assert {message.thread_id for message in chat.bot_messages()} == {one.id, other.id}


def test_a_button_names_its_receipt_on_disk(bot: RunningBot) -> None:
    chat = bot.chat()
    data = ask(chat, DANCE).button("[1]").data
    with closing(State(bot.settings.home / "state.sqlite")) as state:
        receipts = Receipts(state)
        found = receipts.find(data.split(":")[1])
    assert found.place == f"telegram:{chat.id}"
    assert found.result.claims[0].text == DECODED
