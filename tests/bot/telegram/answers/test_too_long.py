"""What takes too much of the processor is set aside and told, and holds nobody else up."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, LIGHTHOUSE, ask
from tools.telegram_server import TelegramServer

_HEAVY = LIGHTHOUSE
_MAX_SECONDS = 0.4


class Burning:
    """A reranker that goes on and on in Python, of one question alone, until it is let go, and
    for longer than a question may take."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()

    def order(self, question: str, texts: Sequence[str]) -> list[int]:
        if question == _HEAVY:
            self.begun.set()
            end = time.thread_time() + 2 * _MAX_SECONDS
            while time.thread_time() < end or not self.let_go.is_set():
                pass
        return list(range(len(texts)))


@pytest.fixture
def burning() -> Burning:
    return Burning()


@pytest.fixture
def bot(
    server: TelegramServer, tmp_path: Path, burning: Burning, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RunningBot]:
    monkeypatch.setattr("footnote.index.answering.ANSWER_SECONDS", _MAX_SECONDS)
    running = RunningBot(server, tmp_path)
    with running:
        vars(running.footnote)["reranker"] = burning
        yield running


def test_a_question_that_takes_too_long_is_told_and_others_are_answered_meanwhile(
    bot: RunningBot, burning: Burning
) -> None:
    ada, bob = bot.chat("Ada"), bot.chat("Bob")
    heavy = ada.send(_HEAVY)
    assert burning.begun.wait(60)
    assert DECODED in ask(bob, DANCE).text
    assert ada.bot_messages() == []
    burning.let_go.set()
    assert ada.wait_for_message(after=heavy).text == ENGLISH.too_long
    assert DECODED in ask(ada, DANCE).text


def test_a_check_that_takes_too_long_is_told(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.checking.ANSWER_SECONDS", -1.0)
    assert ask(bot.chat(), f"/check {DECODED}").text == ENGLISH.too_long


def test_an_inline_query_that_takes_too_long_offers_nothing(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.index.finding.finder.ANSWER_SECONDS", -1.0)
    bot.server.bot.supports_inline_queries = True
    query = bot.server.inline_query(bot.server.user("Ada"), "waggle dance decoded")
    assert query.wait_answered() == []
