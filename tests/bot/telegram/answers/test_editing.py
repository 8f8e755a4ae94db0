"""Edited questions: the answer changes in its place."""

import time
from pathlib import Path

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.rendering.test_long_messages import long_answer
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import (
    DANCE,
    DECODED,
    FOLLOW_UP,
    FOLLOWED,
    LIGHTHOUSE,
    UNANSWERED,
    Answers,
    ask,
)
from tools.telegram_server import PrivateChat, TelegramServer

BUILT = "The lighthouse of Port Ellis was built"


def test_an_edited_question_edits_its_answer_and_its_buttons(chat: PrivateChat) -> None:
    question = chat.send(DANCE)
    answer = chat.wait_for_message(after=question)
    question.edit(LIGHTHOUSE)
    assert answer.wait_edited().text.startswith(BUILT)
    assert chat.bot_messages() == [answer]
    answer.press("[1]")
    assert "Hale" in answer.wait_edited().marked("underline")[0]


def test_two_edits_within_a_second_are_two(shared_bot: RunningBot, chat: PrivateChat) -> None:
    question = chat.send(DANCE)
    answer = chat.wait_for_message(after=question)
    with shared_bot.server.held_updates():
        question.edit(UNANSWERED)
        question.edit(LIGHTHOUSE)
    answer.wait_until(BUILT)


def test_an_edit_that_comes_before_the_answer_gives_one_answer_to_the_new_wording(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    with shared_bot.server.held_updates():
        question = chat.send(DANCE)
        question.edit(LIGHTHOUSE)
    chat.wait_for_message(matching=BUILT)
    chat.wait_quiet(seconds=0.2)
    assert len(chat.bot_messages()) == 1


def test_an_edit_turns_an_abstention_into_an_answer_and_back(chat: PrivateChat) -> None:
    question = chat.send(UNANSWERED)
    said = chat.wait_for_message(after=question)
    assert said.labels == []
    question.edit(DANCE)
    assert said.wait_edited().text.startswith(DECODED)
    assert said.labels == [["[1]"], ["👍", "👎"]]
    question.edit(UNANSWERED)
    assert said.wait_edited().text.startswith(ENGLISH.nothing_found)
    assert said.labels == []


def test_an_edit_turns_a_greeting_into_a_question(chat: PrivateChat) -> None:
    greeting = chat.send("Hello!")
    said = chat.wait_for_message(after=greeting)
    assert said.text == ENGLISH.greeting
    greeting.edit(DANCE)
    assert said.wait_edited().text.startswith(DECODED)


def test_an_edit_that_changes_no_word_changes_nothing(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    question = chat.send(DANCE)
    answer = chat.wait_for_message(after=question)
    before = len(shared_bot.server.calls(chat=chat))
    question.edit(DANCE)
    ask(chat, "/help")
    assert answer.edits == 0
    methods = [call.method for call in shared_bot.server.calls(chat=chat)[before:]]
    assert methods == ["sendMessage"]


def test_where_the_answer_was_deleted_the_edited_question_gets_a_new_one(
    chat: PrivateChat,
) -> None:
    question = chat.send(DANCE)
    chat.wait_for_message(after=question).delete()
    question.edit(LIGHTHOUSE)
    answer = chat.wait_for_message(after=question)
    assert answer.text.startswith(BUILT)
    assert answer.reply_to == question


def test_a_follow_up_leans_on_the_new_wording(reading_chat: PrivateChat) -> None:
    question = reading_chat.send(DANCE)
    answer = reading_chat.wait_for_message(after=question)
    question.edit(LIGHTHOUSE)
    answer.wait_edited()
    assert ask(reading_chat, FOLLOW_UP).text.startswith(FOLLOWED)


def test_a_question_is_edited_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    with RunningBot(server, tmp_path) as bot:
        chat = bot.chat()
        question = chat.send(DANCE)
        answer = chat.wait_for_message(after=question)
    with RunningBot(server, tmp_path):
        question.edit(LIGHTHOUSE)
        assert answer.wait_edited().text.startswith(BUILT)
    assert chat.bot_messages() == [answer]


def test_an_answer_of_many_parts_becomes_one_and_many_again(bot: RunningBot) -> None:
    parts = [f"{mark} is a word " * 250 + "." for mark in "abc"]
    Answers(bot, Long=lambda: long_answer(*parts), Short=lambda: long_answer("Short."))
    chat = bot.chat()
    question = chat.send("Long")
    chat.wait_for_message(after=question, matching="Sources")
    first, second, third = chat.bot_messages()
    question.edit("Short")
    assert first.wait_edited().text.startswith("Short. [1]")
    second.wait_deleted()
    third.wait_deleted()
    assert first.labels == [["[1]"], ["👍", "👎"]]
    question.edit("Long")
    last = chat.wait_for_message(matching="c is a word")
    assert first.text.startswith("a is a word")
    assert first.labels == []
    assert last.labels == [["[1]", "[2]", "[3]"], ["👍", "👎"]]
    assert len(chat.bot_messages()) == 3


def test_an_edit_of_what_was_never_answered_is_answered_if_it_is_new(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    sender = {"id": chat.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    now = int(time.time())
    for number, date in ((7001, now - 24 * 3600), (7002, now - 60)):
        message = {"message_id": number, "chat": chat.to_api(), "from": sender, "date": date}
        shared_bot.server.inject("edited_message", message | {"edit_date": now, "text": DANCE})
    answer = chat.wait_for_message()
    ask(chat, "/help")
    assert answer.text.startswith(DECODED)
    assert len(chat.bot_messages()) == 2
