"""What comes in is handled in order, again where it failed, and set aside where nothing helps."""

import logging
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from telegram.error import Forbidden, InvalidToken, NetworkError, RetryAfter

from footnote.bot.state import State
from footnote.bot.telegram.receiving.inbox import DeadLetter, Inbox, TakenUpdate
from tests.bot.database.faults import fault
from tests.bot.telegram.parrot import SORRY, Failing, Parrot, Slow
from tests.bot.telegram.running_bot import RunningBot
from tools.telegram_server import Message, PrivateChat, TelegramServer

BROKEN = Failing(99, ZeroDivisionError("deep inside"))


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footnote.bot.telegram.receiving.attempts.PAUSES_SECONDS", (0.05, 0.1, 0.2))


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def bot(server: TelegramServer, tmp_path: Path, slow: Slow) -> Iterator[RunningBot]:
    parrot = Parrot(broken=BROKEN, twice=Failing(2, KeyError("once more")), slow=slow)
    with RunningBot(server, tmp_path, make_handlers=parrot) as running:
        yield running


@pytest.fixture
def chat(bot: RunningBot) -> PrivateChat:
    return bot.chat()


def said(chat: PrivateChat) -> list[str]:
    return [message.text for message in chat.bot_messages()]


def dead_letters(bot: RunningBot) -> list[DeadLetter]:
    return Inbox(bot.footnote.state).dead_letters()


def test_what_fails_is_tried_again(bot: RunningBot, chat: PrivateChat) -> None:
    chat.send("twice")
    chat.wait_for_message(matching="twice")
    assert said(chat) == ["“twice”"]
    assert dead_letters(bot) == []


@pytest.mark.parametrize("error", [RetryAfter(1), NetworkError("away"), InvalidToken()])
def test_what_only_has_to_wait_is_no_failure(
    server: TelegramServer, tmp_path: Path, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with RunningBot(server, tmp_path, make_handlers=Parrot(wait=Failing(1, error))) as bot:
        chat = bot.chat()
        chat.send("wait")
        chat.wait_for_message(matching="wait")
    assert said(chat) == ["“wait”"]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_what_telegram_forbids_is_not_tried_again(server: TelegramServer, tmp_path: Path) -> None:
    parrot = Parrot(forbidden=Failing(9, Forbidden("bot was kicked from the group chat")))
    with RunningBot(server, tmp_path, make_handlers=parrot) as bot:
        chat = bot.chat()
        chat.send("forbidden")
        chat.send("next")
        chat.wait_for_message(matching="next")
        assert dead_letters(bot) == []
    assert said(chat) == ["“next”"]
    assert len(parrot.seen) == 2


def test_what_fails_for_good_is_set_aside_with_one_apology_and_holds_nothing_up(
    bot: RunningBot, chat: PrivateChat, caplog: pytest.LogCaptureFixture
) -> None:
    chat.send("broken")
    chat.send("next")
    chat.wait_for_message(matching="next")
    assert said(chat) == [SORRY, "“next”"]
    [update] = dead_letters(bot)
    assert "ZeroDivisionError: deep inside" in update.fault
    assert "Traceback (most recent call last)" in update.fault
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.exc_info[0] is ZeroDivisionError


def test_what_was_set_aside_is_answered_when_it_is_replayed(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path, make_handlers=Parrot(broken=BROKEN)) as bot:
        chat = bot.chat()
        chat.send("broken")
        chat.wait_for_message(matching=SORRY)
        assert Inbox(bot.footnote.state).replay() == 1
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
        chat.wait_for_message(matching="broken")
        assert dead_letters(bot) == []
    assert said(chat) == [SORRY, "“broken”"]


def test_what_is_replayed_beside_the_running_bot_is_answered_by_it(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.receiving.chat_queues._LOOK_EVERY_SECONDS", 0.2)
    parrot = Parrot(broken=Failing(4, ZeroDivisionError("not yet mended")))
    with RunningBot(server, tmp_path, make_handlers=parrot) as bot:
        chat = bot.chat()
        chat.send("broken")
        chat.wait_for_message(matching=SORRY)
        with closing(State(bot.settings.home / "state.sqlite")) as beside:
            assert Inbox(beside).replay() == 1
        chat.wait_for_message(matching="broken")
    assert said(chat) == [SORRY, "“broken”"]


def test_a_state_that_cannot_be_written_for_a_moment_neither_loses_nor_doubles(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.receiving.chat_queues._LOOK_EVERY_SECONDS", 0.2)
    handled, failures = Inbox.handled, [fault("disk I/O error")]

    def stumble(self: Inbox, number: int) -> None:
        if failures:
            raise failures.pop()
        handled(self, number)

    monkeypatch.setattr(Inbox, "handled", stumble)
    parrot = Parrot()
    with RunningBot(server, tmp_path, make_handlers=parrot) as bot:
        chat, inbox = bot.chat(), Inbox(bot.footnote.state)
        chat.wait_for_message(after=chat.send("one"))
        chat.wait(lambda: not inbox.waiting() or None, "the inbox to be empty")
        chat.wait_for_message(after=chat.send("two"))
    assert said(chat) == ["“one”", "“two”"]
    assert [update.update_id for update in parrot.seen] == [1, 1, 2]


def test_a_state_that_cannot_be_read_for_a_moment_leaves_the_order(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, failures = Inbox.take, [fault("disk I/O error")]

    def stumble(self: Inbox, number: int) -> TakenUpdate | None:
        if failures:
            raise failures.pop()
        return take(self, number)

    monkeypatch.setattr(Inbox, "take", stumble)
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
        chat = bot.chat()
        with server.held_updates():
            for text in ("one", "two", "three"):
                chat.send(text)
        chat.wait_for_message(matching="three")
    assert said(chat) == ["“one”", "“two”", "“three”"]


def test_chats_that_telegram_makes_wait_hold_up_nobody_else(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.receiving.chat_queues._AT_ONCE", 2)
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
        waiting = [bot.chat(f"W{number}") for number in range(4)]
        for chat in waiting:
            server.faults.too_many_requests(1, method="sendMessage", chat=chat, times=None)
            chat.send("slow")
        other = bot.chat("Bob")
        other.wait_for_message(after=other.send("quick"))
        assert [said(chat) for chat in waiting] == [[]] * 4
        server.faults.clear()
        for chat in waiting:
            chat.wait_for_message(matching="slow")


def test_an_update_that_cannot_be_parsed_is_set_aside_and_blocks_nothing(
    server: TelegramServer, bot: RunningBot, chat: PrivateChat
) -> None:
    with server.held_updates():
        chat.send("before")
        odd = chat.send("odd")
        odd.update.body["message"]["date"] = 10**15
        chat.send("after")
    chat.wait_for_message(matching="after")
    assert said(chat) == ["“before”", "“after”"]
    assert [update.update_id for update in dead_letters(bot)] == [odd.update.id]
    assert len(server.calls("getUpdates")) < 10


def test_an_update_that_ends_the_process_again_and_again_is_set_aside(
    server: TelegramServer, tmp_path: Path
) -> None:
    chat = server.private_chat(server.user("Ada"))
    deadly = chat.send("deadly")
    chat.send("harmless")
    with closing(State(tmp_path / "home" / "state.sqlite")) as state:
        inbox = Inbox(state, clock=lambda: time.time() - 3600)
        [stored] = inbox.store([deadly.update.body])
        for _ in range(15):
            inbox.take(stored.number)
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
        chat.wait_for_message(matching="harmless")
        [update] = dead_letters(bot)
    assert "EndsTheProcess: begun 15 times and never ended" in update.fault
    assert said(chat) == [SORRY, "“harmless”"]


def _killed(folder: Path, deadly: Message, harmless: Message, *, times: int) -> None:
    """In each life a process takes both up, the second a minute later, and is killed at once."""
    now = time.time() - 3600
    with closing(State(folder / "home" / "state.sqlite")) as state:
        inbox = Inbox(state, clock=lambda: now)
        [first] = inbox.store([deadly.update.body])
        [second] = inbox.store([harmless.update.body])
        for _ in range(times):
            inbox.suspect()
            inbox.take(first.number)
            now += 60
            inbox.take(second.number)
            now += 1


@pytest.mark.parametrize("kills", [1, 2])
def test_what_was_under_way_for_long_when_the_process_was_killed_twice_is_set_aside(
    server: TelegramServer, tmp_path: Path, kills: int
) -> None:
    ada, bob = (server.private_chat(server.user(name)) for name in ("Ada", "Bob"))
    deadly, harmless = ada.send("deadly"), bob.send("harmless")
    _killed(tmp_path, deadly, harmless, times=kills)
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
        bob.wait_for_message(matching="harmless")
        ada.wait_for_message()
        faults = [update.fault.strip().splitlines()[-1] for update in dead_letters(bot)]
    if kills == 1:
        assert (said(ada), faults) == (["“deadly”"], [])
    else:
        assert said(ada) == [SORRY]
        assert ["under way 2 times when the process ended" in fault for fault in faults] == [True]
    assert said(bob) == ["“harmless”"]


def test_what_is_suspected_is_handled_one_at_a_time_and_holds_nobody_else_up(
    server: TelegramServer, tmp_path: Path, slow: Slow
) -> None:
    ada, bob = (server.private_chat(server.user(name)) for name in ("Ada", "Bob"))
    _killed(tmp_path, ada.send("slow"), bob.send("harmless"), times=1)
    parrot = Parrot(slow=slow)
    with RunningBot(server, tmp_path, make_handlers=parrot) as bot:
        eve = bot.chat("Eve")
        eve.wait_for_message(after=eve.send("quick"))
        assert (said(ada), said(bob)) == ([], [])
        slow.go()
        bob.wait_for_message(matching="harmless")
    assert said(ada) == ["“slow”"]


def test_a_chat_has_its_order_and_holds_up_no_other(
    bot: RunningBot, chat: PrivateChat, slow: Slow
) -> None:
    first, second = chat.send("slow"), chat.send("quick")
    other = bot.chat("Bob")
    question = other.send("hello")
    assert other.wait_for_message().reply_to == question
    assert said(chat) == []
    slow.go()
    chat.wait_for_message(matching="quick")
    assert [message.reply_to for message in chat.bot_messages()] == [first, second]


def test_a_press_does_not_wait_behind_a_slow_answer(
    bot: RunningBot, chat: PrivateChat, slow: Slow
) -> None:
    question = chat.send("hello")
    answer = chat.wait_for_message(after=question)
    chat.send("slow")
    press = answer.press("[1]")
    assert press.wait_answered().text == "pressed"
    slow.go()
    chat.wait_for_message(matching="slow")


def test_what_was_not_finished_is_finished_after_a_restart(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.serving._ENDING_SECONDS", 0.2)
    with RunningBot(server, tmp_path, make_handlers=Parrot(slow=Slow())) as bot:
        chat = bot.chat()
        for text in ("slow", "one", "two"):
            chat.send(text)
        chat.wait(lambda: server.pending == [] or None, "the updates to be taken")
    assert said(chat) == []
    with RunningBot(server, tmp_path, make_handlers=Parrot()):
        chat.wait_for_message(matching="two")
    assert said(chat) == ["“slow”", "“one”", "“two”"]


def test_an_update_that_telegram_sends_again_is_not_answered_again(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
        chat = bot.chat()
        question = chat.send("one")
        chat.wait_for_message(matching="one")
    question.update.fate = "pending"
    with RunningBot(server, tmp_path, make_handlers=Parrot()):
        chat.send("two")
        chat.wait_for_message(matching="two")
    assert said(chat) == ["“one”", "“two”"]


def test_numbers_that_begin_anew_and_lower_lose_nothing(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.receiving.polling._LONG_POLL_SECONDS", 1)
    with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
        chat = bot.chat()
        chat.wait_for_message(after=chat.send("one"))
        # Telegram does so after a quiet week, in which many requests were answered with nothing.
        chat.wait(lambda: _asks_for_any(server) or None, "it to ask without a number")
        server.updates.next_id = 777
        chat.wait_for_message(after=chat.send("two"))
        chat.wait(lambda: server.pending == [] or None, "the confirmation")
    assert said(chat) == ["“one”", "“two”"]


def _asks_for_any(server: TelegramServer) -> bool:
    return server.calls("getUpdates")[-1].parameters.get("offset", 0) == 0


def test_a_line_an_update_tells_what_became_of_it_and_not_what_was_asked(
    server: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="footnote.bot"):
        with RunningBot(server, tmp_path, make_handlers=Parrot()) as bot:
            chat = bot.chat()
            chat.send("a private matter")
            chat.wait_for_message()
        [line] = [line for line in caplog.messages if line.startswith("update=")]
        assert line.startswith(
            f"update=1 id=100000001 kind=message chat={chat.id} sender={chat.id} outcome=handled"
        )
        assert "private matter" not in caplog.text
        with RunningBot(server, tmp_path, make_handlers=Parrot(), log_questions=True) as bot:
            bob = bot.chat("Bob")
            bob.wait_for_message(after=bob.send('a "public" matter'))
    [line] = [line for line in caplog.messages if line.startswith("update=2")]
    assert line.endswith(' text="a \\"public\\" matter"')
    assert server.token not in caplog.text


def test_the_handlers_get_a_number_that_never_comes_again(
    server: TelegramServer, tmp_path: Path
) -> None:
    parrot = Parrot()
    with RunningBot(server, tmp_path, make_handlers=parrot) as bot:
        chat = bot.chat()
        for text in ("one", "two"):
            chat.wait_for_message(after=chat.send(text))
    assert [update.update_id for update in parrot.seen] == [1, 2]
