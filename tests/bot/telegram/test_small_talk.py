"""Greetings, thanks and the like: a kind word in the person's language, never an answer."""

import pytest

from bot.telegram.small_talk import Talk, talk_of
from bot.telegram.texts import ENGLISH, LANGUAGES
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, Answers, ask
from tests.telegram_server import PrivateChat

WALL = "The bees came back in April and the garden was full of them all day. " * 8


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("hi", Talk.GREETING),
        ("Hello!!!", Talk.GREETING),
        ("Good morning ☀️", Talk.GREETING),
        ("hello footnote", Talk.GREETING),
        ("Hallo 👋", Talk.GREETING),
        ("¡Buenos días!", Talk.GREETING),
        ("ПРИВЕТ", Talk.GREETING),
        ("سلام", Talk.GREETING),
        ("السلام علیکم", Talk.GREETING),
        ("السلام عليكم", Talk.GREETING),
        ("Thanks a lot :)", Talk.THANKS),
        ("Dankeschön!", Talk.THANKS),
        ("Muchas gracias", Talk.THANKS),
        ("Спасибо!", Talk.THANKS),
        ("ممنون", Talk.THANKS),
        ("شکریہ", Talk.THANKS),
        ("bye", Talk.FAREWELL),
        ("Tschüss", Talk.FAREWELL),
        ("خدا حافظ", Talk.FAREWELL),
        ("خداحافظ", Talk.FAREWELL),
        ("What can you do?", Talk.ABOUT_BOT),
        ("¿Qué puedes hacer?", Talk.ABOUT_BOT),
        ("🐝", Talk.NOTHING),
        ("?!", Talk.NOTHING),
        ("…", Talk.NOTHING),
        ("\u200d\ufe0f", Talk.NOTHING),
        (WALL, Talk.WALL),
    ],
)
def test_small_talk_is_told_by_the_whole_message(text: str, talk: Talk) -> None:
    assert talk_of(text) is talk


@pytest.mark.parametrize(
    "text",
    [
        DANCE,
        "Hello, who decoded the waggle dance?",
        "thanks giving day",
        "bee",
        "Hi fi systems",
        "who",
        "2016",
        "سلام، چه کسی رقص زنبورها را کشف کرد؟",
        WALL + "Who wrote this?",
        "Bees " * 90,
    ],
)
def test_a_question_is_no_small_talk(text: str) -> None:
    assert talk_of(text) is None


def test_every_kind_of_small_talk_has_its_word_in_every_language() -> None:
    for texts in LANGUAGES.values():
        assert all(getattr(texts, talk.value) for talk in Talk)


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_small_talk_is_answered_in_the_persons_language(shared_bot: RunningBot, code: str) -> None:
    server, texts = shared_bot.server, LANGUAGES[code]
    chat = server.private_chat(server.user("Ada", language_code=code))
    assert ask(chat, "Hello").text == texts.greeting
    assert chat.wait_for_message(after=chat.send_sticker()).text == texts.sticker


def test_small_talk_is_neither_asked_nor_kept(bot: RunningBot) -> None:
    answers, chat = Answers(bot), bot.chat()
    for text in ("Hi!", "thanks", "🐝", "bye", WALL):
        assert ask(chat, text).labels == []
    assert answers.asked == []
    assert bot.footnote.receipts.count() == 0


def test_a_wall_of_text_gets_one_word_however_many_messages_it_takes(chat: PrivateChat) -> None:
    parts = chat.paste(WALL * 20)
    assert len(parts) > 2
    assert chat.wait_for_message(after=parts[-1]).text == ENGLISH.wall_of_text
    assert ask(chat, DANCE).text.startswith(DECODED)
    assert len(chat.bot_messages()) == 2


def test_a_voice_message_is_answered_kindly(shared_bot: RunningBot, chat: PrivateChat) -> None:
    voice = {"file_id": "v", "file_unique_id": "u", "duration": 3}
    sender = {"id": chat.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    message = {"message_id": 900, "date": chat.state.date, "chat": chat.to_api(), "from": sender}
    shared_bot.server.inject("message", message | {"voice": voice})
    assert chat.wait_for_message().text == ENGLISH.voice
