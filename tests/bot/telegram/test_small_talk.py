"""Greetings, thanks and the like: a kind word in the person's language, never an answer."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bench.sets import OWN, read_set
from footnote.bot.small_talk import KINDS, Talk, phrases, question_of, talk_of
from footnote.bot.telegram.texts import ENGLISH, LANGUAGES
from footnote.bot.texts.translations import languages
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, Answers, ask
from tools.telegram_server import PrivateChat, TelegramServer

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
        ("hii", Talk.GREETING),
        ("Heeello 👋", Talk.GREETING),
        ("👋🏽", Talk.GREETING),
        ("Hallo, wie geht's?", Talk.GREETING),
        ("hola, buenos días", Talk.GREETING),
        ("Bonjour", Talk.GREETING),
        ("namaste", Talk.GREETING),
        ("salam", Talk.GREETING),
        ("خوبی؟", Talk.GREETING),
        ("thanks so much", Talk.THANKS),
        ("merci", Talk.THANKS),
        ("спс", Talk.THANKS),
        ("آپ کا شکریہ", Talk.THANKS),
        ("👍", Talk.THANKS),
        ("🙏🏽", Talk.THANKS),
        ("❤️", Talk.THANKS),
        ("good bot", Talk.PRAISE),
        ("Great answer!", Talk.PRAISE),
        ("wow", Talk.PRAISE),
        ("thanks, bye", Talk.FAREWELL),
        ("خدا نگهدار", Talk.FAREWELL),
        ("می‌بینمت", Talk.FAREWELL),
        ("میبینمت", Talk.FAREWELL),
        ("Can you help me?", Talk.ABOUT_BOT),
        ("Hi, tell me about yourself.", Talk.ABOUT_BOT),
        ("вы кто?", Talk.ABOUT_BOT),
        ("menu", Talk.ABOUT_BOT),
        ("What articles do you have?", Talk.ARTICLES),
        ("How do I add an article?", Talk.ABOUT_BOT),
        ("That's wrong!", Talk.OBJECTION),
        ("No, das stimmt nicht.", Talk.OBJECTION),
        ("Tell me more, please", Talk.MORE),
        ("ещё", Talk.MORE),
        ("more", Talk.MORE),
        ("no more", Talk.ACKNOWLEDGED),
        ("Who can see my questions?", Talk.PRIVACY),
        ("¿Quién puede ver mis preguntas?", Talk.PRIVACY),
        ("ok", Talk.ACKNOWLEDGED),
        ("I see.", Talk.ACKNOWLEDGED),
        ("sorry", Talk.ACKNOWLEDGED),
        ("No, thanks", Talk.THANKS),
        ("yes", Talk.ACKNOWLEDGED),
        ("stop", Talk.ACKNOWLEDGED),
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
        "Tell me more about bees",
        "more bees",
        "Is it wrong?",
        "privacy",
        "سلام، چه کسی رقص زنبورها را کشف کرد؟",
        WALL + "Who wrote this?",
        "Bees " * 90,
    ],
)
def test_a_question_is_no_small_talk(text: str) -> None:
    assert talk_of(text) is None


KINDS_OF_LANGUAGE = [
    pytest.param(of, kind, id=f"{language}-{kind}")
    for language, of in phrases().items()
    for kind in of
]


@pytest.mark.parametrize(("of", "kind"), KINDS_OF_LANGUAGE)
def test_every_phrase_is_found_as_the_kind_that_it_is_listed_under(
    of: Mapping[str, Sequence[str]], kind: str
) -> None:
    assert all(isinstance(phrase, str) and phrase == phrase.strip() != "" for phrase in of[kind])
    if talk := KINDS[kind]:
        assert {phrase: talk_of(phrase) for phrase in of[kind]} == dict.fromkeys(of[kind], talk)


@pytest.mark.parametrize("code", languages())
def test_small_talk_of_every_kind_is_understood_in_every_language_that_is_spoken(code: str) -> None:
    assert set(phrases()[code]) == set(KINDS)


def test_no_question_of_the_benchmark_is_small_talk_or_loses_a_word() -> None:
    questions = [case.question.text for of in read_set(OWN) for case in of.cases]
    assert len(questions) > 150
    assert [text for text in questions if talk_of(text) or question_of(text) != text] == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Hi, who leads the TTP?", "who leads the TTP?"),
        ("Hello! How are you? Who leads the TTP?", "Who leads the TTP?"),
        ("thanks, and when was it founded?", "and when was it founded?"),
        ("Good morning Footnote - when did it burn?", "when did it burn?"),
        ("Who leads the TTP? Thanks in advance!", "Who leads the TTP?"),
        ("¡Hola! ¿Quién dirige el TTP?", "¿Quién dirige el TTP?"),
        ("سلام، رهبر تحریک طالبان کیست؟ ممنون", "رهبر تحریک طالبان کیست؟"),
        ("Nice, France: what happened there?", "Nice, France: what happened there?"),
        ('Who sang "Thanks, bye"?', 'Who sang "Thanks, bye"?'),
        ('"Hello, goodbye" is a song of which band?', '"Hello, goodbye" is a song of which band?'),
        ("Who are you all talking about?", "Who are you all talking about?"),
        ("What do you know about the TTP?", "What do you know about the TTP?"),
        ("Can you help me find the lighthouse?", "Can you help me find the lighthouse?"),
        ('Who said "Who? Me? Thanks"?', 'Who said "Who? Me? Thanks"?'),
        ("And then?", "And then?"),
    ],
)
def test_a_question_is_asked_without_the_greeting_and_the_thanks_around_it(
    text: str, question: str
) -> None:
    assert talk_of(text) is None
    assert question_of(text) == question


@pytest.mark.parametrize("piece", [" ", " - ", "? ", "Hi, ", "hi ", "¿", "a ", "سلام، "])
def test_no_text_keeps_the_bot_busy(piece: str) -> None:
    began = time.process_time()
    text = f"Who? {piece * (4000 // len(piece))} x"
    talk_of(text), question_of(text)
    assert time.process_time() - began < 1


def test_a_greeting_before_a_question_is_not_asked(bot: RunningBot) -> None:
    answers, chat = Answers(bot), bot.chat()
    ask(chat, f"Hello, {DANCE}")
    assert [question.text for question in answers.asked] == [DANCE]


def test_who_asks_what_the_bot_is_is_told_who_writes_and_editors_how_to_add(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    url = "http://127.0.0.1:9/v1"
    with RunningBot(server, tmp_path, editors={ada.id}, llm_url=url, llm_model="small") as bot:
        for text in ("/start", "Who are you?"):
            assert ask(bot.chat("Bob"), text).text == ENGLISH.start_written
            told = ask(server.private_chat(ada), text).text
            assert told == f"{ENGLISH.start_written}\n\n{ENGLISH.add_how}"
        group = server.supergroup("Desk", ada)
        said = group.wait_for_message(after=group.send("/ask Who are you?", sender=ada))
        assert said.text == ENGLISH.start_written


def test_a_wish_to_see_the_articles_shows_them(shared_bot: RunningBot, chat: PrivateChat) -> None:
    assert ask(chat, "What articles do you have?").text == ask(chat, "/articles").text
    group = shared_bot.server.supergroup("Desk", shared_bot.server.user("Bob"))
    asked = group.send("/ask What articles do you have?")
    assert group.wait_for_message(after=asked).text == ENGLISH.articles_how


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


def test_two_texts_that_are_no_parts_of_one_get_a_word_each(chat: PrivateChat) -> None:
    assert ask(chat, WALL).text == ENGLISH.wall_of_text
    assert ask(chat, WALL + "And in May.").text == ENGLISH.wall_of_text


def test_a_question_between_two_long_texts_parts_them(chat: PrivateChat) -> None:
    assert ask(chat, WALL * 7).text == ENGLISH.wall_of_text
    assert ask(chat, DANCE).text.startswith(DECODED)
    assert ask(chat, WALL * 6).text == ENGLISH.wall_of_text


def test_a_voice_message_is_answered_kindly(shared_bot: RunningBot, chat: PrivateChat) -> None:
    voice = {"file_id": "v", "file_unique_id": "u", "duration": 3}
    sender = {"id": chat.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    message = {"message_id": 900, "date": chat.state.date, "chat": chat.to_api(), "from": sender}
    shared_bot.server.inject("message", message | {"voice": voice})
    assert chat.wait_for_message().text == ENGLISH.voice
