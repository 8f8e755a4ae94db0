"""A bot that is killed again and again while people ask and the network fails, and what came of it.

The moments and the faults are drawn from a seed; what the two make of each other is not.
"""

import random
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.mortal_bot import MortalBot
from tools.telegram_server import Message, PrivateChat, TelegramServer

ARTICLES = Path(__file__).parents[1] / "collection"
QUESTIONS = (
    "Who decoded the waggle dance of honeybees?",
    "Who built the lighthouse of Port Ellis?",
    "Which languages are spoken in Peru and Bolivia today?",
)
PATIENCE_SECONDS = 200.0
_FAULTS = ("too_many_requests", "server_error", "reset", "lose_answer", "delay")


@dataclass
class Outcome:
    """What stands in the chats at the end, and in the state."""

    kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    answered: Counter[int] = field(default_factory=Counter)  # questions, by how often
    out_of_order: int = 0
    strays: list[str] = field(default_factory=list)
    buttons: int = 0
    dead_buttons: list[str] = field(default_factory=list)
    found_again: int = 0
    integrity: str = ""
    unfinished: int = 0


def run(
    folder: Path, *, seed: int, chats: int = 20, questions: int = 10, kills: int = 30
) -> Outcome:
    """Ask `questions` in each of the chats, kill at least so often, and wait for the end."""
    chance, outcome = random.Random(seed), Outcome()
    begun = time.monotonic()
    with TelegramServer() as server:
        people = [server.private_chat(server.user(f"Person {n}")) for n in range(chats)]
        asked = [(chat, number) for number in range(questions) for chat in people]
        with MortalBot(environment(folder, server)) as bot:
            bot.start()
            while outcome.kills < kills or asked:
                share = max(1, len(asked) // max(kills - outcome.kills, 1))
                for chat, number in asked[:share]:
                    chat.send(question(number))
                del asked[:share]
                strike(server, chance, outcome)
                time.sleep(chance.uniform(0.1, 1.5))
                bot.kill()
                outcome.kills += 1
                bot.start()
            server.faults.clear()
            wait_for_the_end(server, people, questions)
            press_everything(people, outcome)
            assert bot.terminate() == 0
    outcome.seconds = time.monotonic() - begun
    look_at_chats(people, outcome)
    _look_at_state(folder / "home", outcome)
    return outcome


def environment(folder: Path, server: TelegramServer) -> dict[str, str]:
    """Settings for a bot on this server that everybody may use, with articles of its own."""
    shutil.copytree(ARTICLES, folder / "articles")
    return settings(server) | {
        "FOOTNOTE_ARTICLES": str(folder / "articles"),
        "FOOTNOTE_HOME": str(folder / "home"),
    }


def settings(server: TelegramServer) -> dict[str, str]:
    """Those of every bot on this server, whatever it answers from."""
    return {
        "FOOTNOTE_OPEN": "true",
        "FOOTNOTE_OWNERS": "1",
        "FOOTNOTE_QUESTIONS_A_MINUTE": "0",
        "TELEGRAM_BOT_TOKEN": server.token,
        "FOOTNOTE_TELEGRAM_API_URL": server.url,
    }


def question(number: int) -> str:
    return QUESTIONS[number % len(QUESTIONS)]


def strike(server: TelegramServer, chance: random.Random, outcome: Outcome) -> None:
    """Faults for the next messages, and now and then for a request for updates."""
    for kind in chance.sample(_FAULTS, k=3):
        outcome.faults[kind] += 1
        values = {"too_many_requests": 1, "delay": chance.uniform(0.05, 0.6)}
        given = [values[kind]] if kind in values else []
        times = chance.randint(1, 4)
        getattr(server.faults, kind)(*given, times=times, method="sendMessage")
        # Edits too: by them it looks for messages of which nothing is known.
        getattr(server.faults, kind)(*given, method="editMessageText")
    if chance.random() < 0.3:
        outcome.faults["reset of getUpdates"] += 1
        server.faults.reset(method="getUpdates")


def _answers(chat: PrivateChat) -> list[Message]:
    return [message for message in chat.bot_messages() if message.reply_to]


def _questions_answered(chat: PrivateChat) -> list[int]:
    """The number of the message that each answer replies to, in the order of the answers."""
    return [message.reply_to.id for message in chat.bot_messages() if message.reply_to]


def wait_for_the_end(
    server: TelegramServer,
    people: list[PrivateChat],
    questions: int,
    *,
    seconds: float = PATIENCE_SECONDS,
) -> None:
    for chat in people:
        chat.wait(partial(_all_answered, chat, questions), "all answers", timeout=seconds)
        chat.wait(lambda: not server.pending or None, "the confirmation")


def _all_answered(chat: PrivateChat, questions: int) -> bool | None:
    return len(set(_questions_answered(chat))) == questions or None


def press_everything(people: list[PrivateChat], outcome: Outcome) -> None:
    presses = [
        (chat, label, message.press(label))
        for chat in people
        for message in _answers(chat)
        for row in message.labels
        for label in row
        if label.startswith("[")
    ]
    outcome.buttons = len(presses)
    for chat, label, press in presses:
        answer = press.wait_answered()
        if answer.text or answer.url:
            outcome.dead_buttons.append(f"{chat} {label}: {answer.text}")
    passages = {press.message for _, _, press in presses}
    for message in passages:
        message.wait_until(_shows_a_passage)
    one_a_chat = {message.chat.id: message for message in passages}.values()
    for shown, label in ((_shows_an_answer, ENGLISH.back), (_shows_a_verdict, "👍")):
        for message in one_a_chat:
            message.press(label)
        outcome.buttons += len(one_a_chat)
        for message in one_a_chat:
            message.wait_until(shown)


def _shows_a_passage(message: Message) -> bool:
    return bool(message.marked("underline"))


def _shows_an_answer(message: Message) -> bool:
    return any("👍" in row for row in message.labels)


def _shows_a_verdict(message: Message) -> bool:
    return any("👍 ✓" in row for row in message.labels)


def look_at_chats(people: list[PrivateChat], outcome: Outcome) -> None:
    for chat in people:
        asked = [message for message in chat.messages.values() if not message.from_bot]
        times = Counter(_questions_answered(chat))
        outcome.answered.update(times[question.id] for question in asked)
        order = _questions_answered(chat)
        outcome.out_of_order += order != sorted(order)
        for message in chat.bot_messages():
            if not message.reply_to:
                outcome.strays.append(message.text)


def _look_at_state(home: Path, outcome: Outcome) -> None:
    with closing(sqlite3.connect(home / "state.sqlite")) as state:
        [(outcome.integrity,)] = state.execute("PRAGMA integrity_check").fetchall()
        [(outcome.unfinished,)] = state.execute(
            "SELECT count(*) FROM incoming WHERE status <> 'handled'"
        ).fetchall()
    look_at_logs(home.parent, outcome)


def look_at_logs(folder: Path, outcome: Outcome) -> None:
    """Of all the homes in a folder."""
    logs = [file.read_text() for file in folder.glob("home*/footnote.log*")]
    outcome.found_again = sum(log.count("though nothing said so") for log in logs)
