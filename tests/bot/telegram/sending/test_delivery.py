"""Once, in order, at its pace: what is sent when the network, Telegram or the bot itself fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError
from telegram.request import HTTPXRequest

from footnote.bot.errors import NotYet, TelegramUnreachable
from footnote.bot.state import State
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.sending.pacing import TELEGRAMS, Pacing
from footnote.bot.telegram.sending.transmission import Edited
from tests.bot.telegram.parrot import Parrot
from tests.bot.telegram.running_bot import PATIENT, RunningBot
from tools.telegram_server import ManualClock, PrivateChat, TelegramServer

T = TypeVar("T")


@pytest.fixture
def bot(server: TelegramServer, tmp_path: Path) -> Iterator[RunningBot]:
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as running:
        yield running


@pytest.fixture
def chat(bot: RunningBot) -> PrivateChat:
    return bot.chat()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with closing(State(tmp_path / "state.sqlite")) as opened:
        yield opened


def said(chat: PrivateChat) -> list[str]:
    return [message.text for message in chat.bot_messages()]


def ask(chat: PrivateChat, text: str) -> None:
    question = chat.send(text)
    chat.wait_for_message(matching=lambda message: message.reply_to == question)


@pytest.mark.parametrize("kind", ["lose_answer", "reset", "server_error"])
def test_a_send_of_unknown_outcome_leads_to_one_message(
    server: TelegramServer, chat: PrivateChat, kind: str
) -> None:
    fault = getattr(server.faults, kind)(method="sendMessage")
    ask(chat, "one")
    ask(chat, "two")
    assert len(fault.hits) == 1
    assert said(chat) == ["“one”", "“two”"]
    assert [message.labels for message in chat.bot_messages()] == [[["[1]"]]] * 2


def test_a_send_that_is_carried_out_after_the_time_for_its_answer_leads_to_one_message(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.serving._READ_SECONDS", 0.5)
    limits = replace(PATIENT, late=6.0)
    with RunningBot(server, tmp_path, make_handlers=Parrot(), limits=limits) as bot:
        chat = bot.chat()
        server.faults.delay(1.5, method="sendMessage")
        ask(chat, "one")
        ask(chat, "two")
    assert said(chat) == ["“one”", "“two”"]


def test_what_was_lost_is_found_among_what_came_in_meanwhile(
    server: TelegramServer, chat: PrivateChat
) -> None:
    server.faults.lose_answer(method="sendMessage")
    chat.send("one")
    server.wait_for_call("sendMessage", chat=chat)
    for text in ("two", "three"):
        chat.send(text)
    chat.wait_for_message(matching="three")
    assert said(chat) == ["“one”", "“two”", "“three”"]


def test_what_was_lost_is_found_though_a_button_under_it_was_pressed(
    server: TelegramServer, chat: PrivateChat
) -> None:
    """The press names the number of a message that did not come in: the bot sent it."""
    server.faults.lose_answer(method="sendMessage")
    chat.send("one")
    chat.wait_for_message(matching="one").press("[1]")
    ask(chat, "two")
    assert said(chat) == ["“one”", "“two”"]


def test_what_was_lost_is_found_among_what_others_wrote_meanwhile(
    server: TelegramServer, bot: RunningBot, chat: PrivateChat
) -> None:
    """Telegram numbers the messages of all private chats together."""
    others = [bot.chat(f"Person {number}") for number in range(10)]
    with server.held_updates():
        chat.send("one")
        for _ in range(4):
            for other in others:
                other.send("hello")
        server.faults.lose_answer(method="sendMessage", chat=chat)
    chat.wait_for_message(matching="one")
    ask(chat, "two")
    for other in others:
        other.wait(partial(lambda one: len(said(one)) == 4 or None, other), "answers")
    assert said(chat) == ["“one”", "“two”"]


def test_while_telegram_is_away_nothing_is_given_up(
    server: TelegramServer, bot: RunningBot, chat: PrivateChat, caplog: pytest.LogCaptureFixture
) -> None:
    with server.faults.reset(times=None, method="*") as outage:
        chat.send("one")
        chat.send("two")
        chat.wait(lambda: len(outage.hits) > 3 or None, "it to try again")
    chat.wait_for_message(matching="two")
    assert said(chat) == ["“one”", "“two”"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert server.token not in caplog.text


def test_a_pause_that_telegram_asks_for_is_kept_by_that_chat_alone(
    server: TelegramServer, bot: RunningBot, chat: PrivateChat
) -> None:
    faults = server.faults
    with faults.too_many_requests(1, method="sendMessage", chat=chat, times=None) as refused:
        chat.send("one")
        chat.wait(lambda: len(refused.hits) > 1 or None, "it to try again")
        ask(bot.chat("Bob"), "meanwhile")
        assert said(chat) == []
    chat.wait_for_message(matching="one")
    calls = [call.time for call in server.calls("sendMessage", chat=chat)]
    assert all(later - earlier >= 1 for earlier, later in pairwise(calls))
    assert said(chat) == ["“one”"]


def test_a_pause_is_kept_across_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    server.faults.too_many_requests(3, method="sendMessage")
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
        chat = bot.chat()
        chat.send("one")
        refused = server.wait_for_call("sendMessage")
    with RunningBot(server, tmp_path, make_handlers=Parrot()):
        chat.wait_for_message(matching="one")
    [_, sent] = server.calls("sendMessage")
    assert sent.time - refused.time >= 3


def test_a_long_pause_is_waited_for_without_holding_anybody_up(
    server: TelegramServer, bot: RunningBot, chat: PrivateChat, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="footnote.bot"):
        server.faults.too_many_requests(3600, method="sendMessage")
        chat.send("one")
        chat.wait(lambda: "outcome=postponed" in caplog.text or None, "the log")
    ask(bot.chat("Bob"), "two")
    assert said(chat) == []
    inbox = Inbox(bot.footnote.state)
    chat.wait(lambda: [u.number for u in inbox.waiting()] == [1] or None, "the inbox")
    assert inbox.dead_letters() == []


def test_messages_keep_to_the_limits(server: TelegramServer, tmp_path: Path) -> None:
    server.flood.mode = "enforce"
    with RunningBot(server, tmp_path, make_handlers=Parrot(), limits=TELEGRAMS) as bot:
        chat, other = bot.chat("Ada"), bot.chat("Bob")
        for number in range(3):
            chat.send(str(number))
            other.send(str(number))
        chat.wait_for_message(matching="2")
        other.wait_for_message(matching="2")
    assert said(chat) == said(other) == ["“0”", "“1”", "“2”"]
    assert server.flood.excesses == []


def test_a_chat_that_has_blocked_the_bot_is_left_alone_and_harms_nobody(
    server: TelegramServer, bot: RunningBot, chat: PrivateChat, caplog: pytest.LogCaptureFixture
) -> None:
    with server.faults.refuse(403, "bot was blocked by the user", method="sendMessage", chat=chat):
        chat.send("one")
        server.wait_for_call("sendMessage", chat=chat)
        ask(bot.chat("Bob"), "two")
    ask(chat, "back again")
    assert said(chat) == ["“back again”"]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_a_question_that_is_gone_is_answered_all_the_same(
    server: TelegramServer, bot: RunningBot, chat: PrivateChat
) -> None:
    with server.held_updates():
        chat.send("one").delete()
    assert chat.wait_for_message(matching="one").reply_to is None


def test_a_group_that_became_a_supergroup_is_answered_there(
    server: TelegramServer, bot: RunningBot
) -> None:
    ada = server.user("Ada")
    group = server.group("Readers", ada)
    with server.held_updates():
        group.send("/ask before", sender=ada)
        supergroup = group.migrate()
        supergroup.send("/ask after", sender=ada)
    before = supergroup.wait_for_message(matching="before")
    assert before.reply_to is None
    assert supergroup.wait_for_message(matching="after").reply_to is not None
    assert len(supergroup.bot_messages()) == 2


# What handlers are promised, asked of Delivery itself


class Direct:
    """Delivery without a bot around it: each call in a loop of its own."""

    def __init__(
        self, server: TelegramServer, state: State, *, clock: ManualClock | None = None
    ) -> None:
        """On a clock that stands still, but where it waits for its turn."""
        self._server = server
        self._state = state
        self._clock = clock

    def __call__(self, act: Callable[[Delivery], Awaitable[T]]) -> T:
        async def run() -> T:
            root = f"{self._server.url}/bot"
            async with Bot(self._server.token, base_url=root) as bot:
                return await act(Delivery(bot, self._state, pacing=self._pacing()))

        return asyncio.run(run())

    def _pacing(self) -> Pacing | None:
        if (clock := self._clock) is None:
            return None

        async def sleep(seconds: float) -> None:
            clock.advance(seconds)

        return Pacing(clock=clock.now, sleep=sleep)


@pytest.fixture
def direct(server: TelegramServer, state: State) -> Direct:
    return Direct(server, state)


@pytest.fixture
def strict(state: State) -> Iterator[tuple[TelegramServer, Direct]]:
    """A Telegram that allows no more than Telegram does, by the clock of both."""
    clock = ManualClock()
    with TelegramServer(clock=clock) as server:
        server.flood.mode = "enforce"
        yield server, Direct(server, state, clock=clock)


@pytest.fixture
def ada(server: TelegramServer) -> PrivateChat:
    return server.private_chat(server.user("Ada"))


def message(text: str) -> Message:
    return Message().add(text)


def test_a_name_is_sent_once_and_found_again_after_a_restart(
    direct: Direct, ada: PrivateChat
) -> None:
    place = ChatThread(ada.id)
    numbers = [direct(lambda d: d.send(place, message("hello"), key="7:answer")) for _ in range(2)]
    assert numbers[0] == numbers[1] == [ada.bot_messages()[0].id]
    assert said(ada) == ["hello"]


def test_parts_have_names_of_their_own(
    server: TelegramServer, direct: Direct, ada: PrivateChat
) -> None:
    long = message("first part. " * 300 + "\n\n" + "second part. " * 300)

    async def send(delivery: Delivery, key: str = "7:answer") -> list[int]:
        return await delivery.send(ChatThread(ada.id), long, key=key)

    async def stumble(delivery: Delivery) -> None:
        await delivery.send(ChatThread(ada.id), next(long.parts()), key="7:answer")
        server.faults.refuse(400, "TEXT_INVALID", method="sendMessage")
        await send(delivery)

    with pytest.raises(BadRequest):
        direct(stumble)
    assert len(ada.bot_messages()) == 1
    numbers = direct(send)
    assert numbers == [message.id for message in ada.bot_messages()]
    assert len(numbers) == 2


def test_a_document_of_unknown_outcome_is_sent_once(
    server: TelegramServer, direct: Direct, ada: PrivateChat
) -> None:
    server.faults.lose_answer(method="sendDocument")

    def send(delivery: Delivery) -> Awaitable[int]:
        return delivery.send_document(ChatThread(ada.id), b"text", "article.txt", key="7:file")

    with pytest.raises(NetworkError, match="httpx"):
        direct(send)
    sent = direct(send)
    assert [message.id for message in ada.bot_messages()] == [sent]
    assert ada.bot_messages()[0].file.content == b"text"


def test_an_edit_tells_what_became_of_it(direct: Direct, ada: PrivateChat) -> None:
    place = ChatThread(ada.id)
    [number] = direct(lambda d: d.send(place, message("draft")))
    assert direct(lambda d: d.edit(place, number, message("final"))) is Edited.DONE
    assert direct(lambda d: d.edit(place, number, message("final"))) is Edited.UNCHANGED
    ada.messages[number].delete()
    assert direct(lambda d: d.edit(place, number, message("final"))) is Edited.GONE
    with pytest.raises(ValueError, match="5000 units"):
        direct(lambda d: d.edit(place, number, message("x" * 5000)))


def test_progress_is_left_out_where_there_is_no_room_and_the_end_is_not(
    strict: tuple[TelegramServer, Direct],
) -> None:
    server, direct = strict
    ada = server.private_chat(server.user("Ada"))
    place = ChatThread(ada.id)

    async def work(delivery: Delivery) -> list[Edited]:
        [number] = await delivery.send(place, message("0 %"))
        progress = [
            await delivery.edit(place, number, message(f"{percent} %"), dispensable=True)
            for percent in (20, 40, 60)
        ]
        return [*progress, await delivery.edit(place, number, message("done"))]

    assert direct(work) == [*[Edited.SKIPPED] * 3, Edited.DONE]
    assert said(ada) == ["done"]


def test_drafts_are_shown_once_a_second_at_most_and_in_private_only(
    strict: tuple[TelegramServer, Direct],
) -> None:
    server, direct = strict
    ada = server.private_chat(server.user("Ada"))
    group = server.group("Readers", server.user("Bob"))

    async def write(delivery: Delivery) -> None:
        for text in ("one", "two", "three"):
            await delivery.chat_actions.draft(ChatThread(ada.id), message(text), number=1)
            await delivery.chat_actions.draft(ChatThread(group.id), message(text), number=1)
        await delivery.send(ChatThread(ada.id), message("done"))

    direct(write)
    assert [draft.text for draft in ada.drafts] == ["one"]
    assert group.drafts == []
    assert said(ada) == ["done"]
    assert server.flood.excesses == []


def test_signs_that_fail_do_no_harm(
    server: TelegramServer, direct: Direct, ada: PrivateChat
) -> None:
    async def show(delivery: Delivery) -> None:
        async with delivery.chat_actions.typing(ChatThread(ada.id)):
            while not faults[0].hits:
                await asyncio.sleep(0.01)
        await delivery.chat_actions.draft(ChatThread(ada.id), message("x"), number=1)
        await delivery.chat_actions.react(ChatThread(ada.id), 1, "👍")

    signs = ("sendChatAction", "sendMessageDraft", "setMessageReaction")
    faults = [server.faults.server_error(method=sign) for sign in signs]
    direct(show)
    assert [len(fault.hits) for fault in faults] == [1, 1, 1]


def test_signs_that_are_cut_short_leave_the_connections_to_others(
    server: TelegramServer, state: State, ada: PrivateChat
) -> None:
    """A request that is cancelled under way may keep its connection for ever (httpcore)."""

    async def run() -> None:
        request = HTTPXRequest(connection_pool_size=2)
        async with Bot(server.token, base_url=server.base_url, request=request) as bot:
            delivery = Delivery(bot, state)
            for number in range(150):
                async with delivery.chat_actions.typing(ChatThread(ada.id)):
                    await asyncio.sleep(number % 10 / 2000)
            await asyncio.sleep(0.5)
            await delivery.send(ChatThread(ada.id), message("hello"))
            await delivery.chat_actions.end()

    asyncio.run(run())
    assert said(ada) == ["hello"]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (403, "bot was kicked from the supergroup chat"),
        (400, "Message thread not found"),
        (400, "Chat not found"),
    ],
)
def test_a_chat_or_topic_that_is_gone_is_unreachable(
    server: TelegramServer, direct: Direct, ada: PrivateChat, code: int, told: str
) -> None:
    server.faults.refuse(code, told, method="sendMessage")
    with pytest.raises(TelegramUnreachable, match=told):
        direct(lambda d: d.send(ChatThread(ada.id), message("hello")))


def test_a_pause_beyond_patience_is_told(
    server: TelegramServer, direct: Direct, ada: PrivateChat
) -> None:
    server.faults.too_many_requests(3600, method="sendMessage")
    with pytest.raises(NotYet) as raised:
        direct(lambda d: d.send(ChatThread(ada.id), message("hello")))
    assert 3590 < raised.value.seconds <= 3600
