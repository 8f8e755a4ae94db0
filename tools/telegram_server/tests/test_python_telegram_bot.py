"""python-telegram-bot itself against the server: its objects are made from what the server answers,
and its requests are held to the table."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MenuButtonCommands,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from .. import PrivateChat, TelegramServer, User

SENDING = {"method": "sendMessage"}  # not the getMe before it
ECHO_BOT = Path(__file__).with_name("echo_bot.py")


@pytest.fixture
def talk(server: TelegramServer) -> Any:
    """Runs a coroutine function with a Bot that talks to the server."""

    def run(using: Any, token: Any = server.token) -> Any:
        async def inside() -> Any:
            async with Bot(token, server.base_url, server.base_file_url) as bot:
                return await using(bot)

        return asyncio.run(inside())

    return run


def test_every_imitated_method_understands_the_library(
    server: TelegramServer, talk: Any, chat: PrivateChat, ada: User
) -> None:
    server.bot.supports_inline_queries = True
    query = server.inline_query(ada, "why")
    document = chat.send_document(b"all of it")
    group = server.supergroup("Desk", ada)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("[1]", callback_data="p:1")]])

    async def everything(bot: Any) -> Any:
        assert (await bot.get_me()).can_read_all_group_messages is False
        assert len(await bot.get_updates(limit=5, timeout=0, allowed_updates=[])) == 2
        sent = await bot.send_message(
            chat.id,
            "One 😀 two",
            entities=[MessageEntity("bold", 0, 3), MessageEntity("expandable_blockquote", 4, 6)],
            reply_parameters=ReplyParameters(document.id, allow_sending_without_reply=True),
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            disable_notification=True,
        )
        assert sent.parse_entities() == {sent.entities[0]: "One", sent.entities[1]: "😀 two"}
        press = chat.bot_messages()[-1].press("[1]")
        assert await bot.answer_callback_query(press.id, "Found", show_alert=True)
        edited = await sent.edit_text("<u>two</u>", parse_mode="HTML", reply_markup=keyboard)
        assert edited.edit_date
        assert (await sent.edit_reply_markup()).reply_markup is None
        assert await bot.set_message_reaction(chat.id, document.id, ReactionTypeEmoji("👀"))
        assert await bot.send_chat_action(chat.id, "typing")
        assert await bot.send_message_draft(chat.id, 5, "Tw", entities=[])
        quote = ReplyParameters(sent.message_id, quote="<u>tw</u>", quote_parse_mode="HTML")
        assert await bot.send_message(chat.id, "x", reply_parameters=quote) is not None
        assert await bot.send_message(chat.id, "x", reply_markup=ForceReply(selective=True))
        answer = await bot.send_document(chat.id, b"bytes", caption="Here", filename="a.md")
        file = await bot.get_file(document.file.file_id)
        assert await file.download_as_bytearray() == b"all of it"
        assert await answer.delete()
        article = InlineQueryResultArticle("1", "t", InputTextMessageContent("x"))
        assert await bot.answer_inline_query(query.id, [article], cache_time=0)
        everywhere = BotCommandScopeAllPrivateChats()
        assert await bot.set_my_commands([BotCommand("ask", "Ask")], everywhere, "en")
        assert (await bot.get_my_commands(everywhere, "en"))[0].command == "ask"
        assert await bot.delete_my_commands(BotCommandScopeChat(chat.id))
        assert await bot.set_my_name("Desk bot")
        assert await bot.set_my_description("It quotes.")
        assert await bot.set_my_short_description("It quotes.")
        assert (await bot.get_my_description()).description == "It quotes."
        assert await bot.set_chat_menu_button(chat.id, MenuButtonCommands())
        assert (await bot.get_chat_menu_button(chat.id)).type == "commands"
        assert (await bot.get_chat(group.id)).title == "Desk"
        assert (await bot.get_chat_member(group.id, ada.id)).status == "creator"
        assert await bot.leave_chat(group.id)
        assert await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="s")
        assert (await bot.get_webhook_info()).url.endswith("/hook")
        assert await bot.delete_webhook()
        assert await bot.close()
        assert await bot.log_out()

    talk(everything)
    assert chat.bot_messages()[0].silent
    assert chat.bot_messages()[0].versions[0].content["text"] == "One 😀 two"


def test_every_kind_of_update_is_understood(
    server: TelegramServer, talk: Any, chat: PrivateChat, ada: User
) -> None:
    server.bot.supports_inline_queries = True
    group = server.supergroup("Desk", ada, forum=True)
    group.set_bot_status("administrator")

    async def ask_for_all(bot: Any) -> Any:
        await bot.get_updates(allowed_updates=list(server.state.table.update_kinds))

    talk(ask_for_all)
    chat.send("/start p_1")
    chat.send_sticker()
    chat.send_photo(caption="x")
    chat.paste("word " * 900)[0].edit("shorter")
    chat.block()
    server.inline_query(ada, "why")
    group.topic("Science").send("why").react("👍")
    group.send("anonymous", anonymously=True)
    group.set_status(server.user("Bob"), "member")
    for status in ("restricted", "left", "member", "kicked"):
        group.set_bot_status(status)

    async def read(bot: Any) -> Any:
        return await bot.get_updates()

    updates = talk(read)
    assert len(updates) == len(server.updates.history)
    assert {update.kind for update in server.updates.history} == {
        "message",
        "edited_message",
        "inline_query",
        "message_reaction",
        "my_chat_member",
        "chat_member",
    }
    assert all(update.api_kwargs == {} for update in updates)


@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
@pytest.mark.parametrize(
    ("fault", "error", "text"),
    [
        (lambda f: f.refuse(403, "bot was blocked by the user", **SENDING), Forbidden, "blocked"),
        (lambda f: f.too_many_requests(7, **SENDING), RetryAfter, "Retry in (7 seconds|0:00:07)"),
        (lambda f: f.server_error(502, **SENDING), NetworkError, "Bad Gateway"),
        (lambda f: f.lose_answer(**SENDING), NetworkError, "ReadError"),
    ],
)
def test_faults_become_the_errors_of_the_library(
    server: TelegramServer, talk: Any, chat: PrivateChat, fault: Any, error: Any, text: str
) -> None:
    fault(server.faults)

    async def send(bot: Any) -> Any:
        with pytest.raises(error, match=text):
            await bot.send_message(chat.id, "x")

    talk(send)


def test_other_refusals_become_errors_too(
    server: TelegramServer, talk: Any, chat: PrivateChat, ada: User
) -> None:
    group = server.group("Desk", ada)
    new = group.migrate()

    async def refused(bot: Any) -> Any:
        with pytest.raises(BadRequest, match="Message is too long"):
            await bot.send_message(chat.id, "x" * 4097)
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group.id, "x")
        assert migrated.value.new_chat_id == new.id
        await bot.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(Conflict):
            await bot.get_updates()

    talk(refused)
    with pytest.raises(InvalidToken):
        talk(refused, token="1:wrong")


@pytest.fixture
def program() -> Iterator[tuple[TelegramServer, "subprocess.Popen[bytes]"]]:
    """The echo bot as a program of its own, and its server with a clock that runs."""
    with TelegramServer() as server:
        command = [sys.executable, str(ECHO_BOT), server.token]
        bot = subprocess.Popen([*command, server.base_url, server.base_file_url])
        try:
            server.wait_until_ready()
            yield server, bot
        finally:
            bot.kill()
            bot.wait()


def test_a_bot_in_its_own_process_talks_to_people(program: Any) -> None:
    server, bot = program
    assert server.profile.commands()[0]["command"] == "start"
    ada, bob = server.user("Ada"), server.user("Bob")
    chat, other = server.private_chat(ada), server.private_chat(bob)
    hello = chat.wait_for_message(after=chat.send("/start"))
    assert (hello.text, hello.marked("bold")) == ("Hello", ["Hello"])
    question = other.send("What?")
    answer = other.wait_for_message(after=question).wait_edited()
    assert (answer.text, answer.reply_to) == ("What?", question)
    pressed = answer.press("again")
    assert pressed.wait_answered().text == "Again"
    assert answer.wait_edited().text == "What?What?"
    back = chat.wait_for_message(after=chat.send_document(b"all of it"))
    assert (back.text, back.file.content) == ("Here it is", b"all of it")
    bot.send_signal(signal.SIGTERM)
    assert bot.wait(timeout=60) == 0
    assert server.pending == []
    assert [request.answer for request in server.calls()] == ["200"] * len(server.calls())


def test_what_a_killed_bot_had_not_confirmed_is_still_pending(program: Any) -> None:
    server, bot = program
    chat = server.private_chat(server.user("Ada"))
    with server.faults.reset(times=None, method="getUpdates"):
        question = chat.send("Are you there?")
        bot.kill()
        bot.wait()
    assert server.pending == [question.update]
