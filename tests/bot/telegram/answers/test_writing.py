"""Written answers in Telegram: shown while they are checked, and one message at the end."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from footnote.bot.telegram.answers import showing
from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.killing import environment
from tests.bot.telegram.mortal_bot import MortalBot
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, UNANSWERED, ask, numbers
from tools.llm_server import LlmServer, Refusal, Said
from tools.telegram_server import PrivateChat, Supergroup, TelegramServer, User

FIRST = "Karl von Frisch decoded the waggle dance of honeybees."
LIE = "Karl von Frisch decoded the waggle dance in 1666."
SECOND = "Each waggle tells how distant the nectar stands."
SLOWLY = Said([f"{FIRST} [1] ", f"{LIE} [1] ", f"{SECOND} [1] ", "So it "], pause=0.7)


@pytest.fixture
def llm() -> Iterator[LlmServer]:
    with LlmServer(SLOWLY) as server:
        yield server


@pytest.fixture
def writing(server: TelegramServer, tmp_path: Path, llm: LlmServer) -> Iterator[RunningBot]:
    owner = server.user("Olga")
    with RunningBot(
        server,
        tmp_path,
        llm_url=llm.url,
        llm_model="tiny",
        llm_first_seconds=60.0,
        owners=frozenset({owner.id}),
    ) as running:
        yield running


DAY = " · 2016-08-03"


def claims(text: str) -> list[str]:
    return text.partition("Sources")[0].strip().split("\n\n")


def test_in_private_an_answer_is_drafted_and_then_sent_once(
    writing: RunningBot, llm: LlmServer
) -> None:
    chat = writing.chat()

    def pieces() -> Iterator[str]:
        yield from (f"{FIRST} [1] ", f"{LIE} [1] ")
        chat.wait(lambda: chat.drafts or None, "a draft")
        yield from (f"{SECOND} [1] ", "So it ")

    llm.reply(Said(pieces()))
    answer = ask(chat, DANCE)
    assert claims(answer.text) == [f"{FIRST} [1]{DAY}", f"{SECOND} [2]{DAY}", ENGLISH.written]
    assert answer.labels[0] == ["[1]", "[2]"]
    assert len(chat.bot_messages()) == 1
    drafts = [draft.text for draft in chat.drafts]
    assert drafts
    assert drafts[0] == f"{FIRST} [1]\n\n…"
    assert not any("1666" in draft for draft in drafts)
    passage = chat.wait_for_message(after=chat.send(f"/start {numbers(answer)[1]}"))
    assert SECOND in passage.text


@pytest.mark.slow
def test_while_many_wait_for_the_model_others_are_answered(
    server: TelegramServer,
    tmp_path: Path,
    llm: LlmServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.receiving.chat_queues._AT_ONCE", 4)
    model_answers = Event()
    llm.on_request = lambda asked: model_answers.wait(60)
    llm.reply(f"{FIRST} [1]")
    settings: dict[str, Any] = {"llm_url": llm.url, "llm_model": "tiny", "llm_first_seconds": 100.0}
    # Or the model would be asked for other words where nothing is near.
    with RunningBot(server, tmp_path, **settings, llm_search_again=False) as bot:
        waiting = [bot.chat(f"Person {number}") for number in range(10)]
        for chat in waiting:
            chat.send(DANCE)
        waiting[0].wait(lambda: len(llm.asked) == 10 or None, "all to be asked")
        other = bot.chat("Ada")
        assert ENGLISH.check_how in other.wait_for_message(after=other.send("/check")).text
        assert DECODED in other.wait_for_message(after=other.send(f"/check {DECODED}")).text
        assert ask(bot.chat("Cy"), "Do zebras outrun okapis?")
        assert not any(chat.bot_messages() for chat in waiting)
        model_answers.set()
        for chat in waiting:
            assert FIRST in chat.wait_for_message().text


def test_the_answer_comes_though_every_draft_is_refused(writing: RunningBot) -> None:
    chat = writing.chat()
    writing.server.faults.refuse(
        400, "Bad Request: no drafts", method="sendMessageDraft", times=None
    )
    answer = ask(chat, DANCE)
    assert claims(answer.text)[:2] == [f"{FIRST} [1]{DAY}", f"{SECOND} [2]{DAY}"]
    assert chat.drafts == []


def test_what_is_not_borne_out_is_quoted_and_says_so(writing: RunningBot, llm: LlmServer) -> None:
    llm.reply(f"{LIE} [1]")
    chat = writing.chat()
    answer = ask(chat, DANCE)
    assert answer.text.startswith(f"{ENGLISH.nearest}\n\n{DECODED} [1]{DAY}\n\n")
    assert "1666" not in answer.text
    assert chat.drafts == []
    llm.reply("The passages do not answer this.")
    answer = ask(chat, DANCE)
    assert answer.text.startswith(f"{ENGLISH.nearest}\n\n{DECODED} [1]{DAY}\n\n")
    assert ENGLISH.model_declined in answer.text
    llm.reply(Refusal(500, "oops"))
    answer = ask(chat, DANCE)
    assert claims(answer.text) == [f"{DECODED} [1]{DAY}", ENGLISH.model_away]


def test_where_nothing_is_near_the_model_is_asked_for_queries_only(
    writing: RunningBot, llm: LlmServer
) -> None:
    llm.reply("zither tuning pegs\n")
    answer = ask(writing.chat(), UNANSWERED)
    assert answer.text == ENGLISH.nothing_found
    [asked] = llm.asked
    assert "<<<passage" not in asked.prompt


@pytest.fixture
def group(writing: RunningBot) -> Supergroup:
    return writing.server.supergroup("Desk", writing.server.user("Ada"))


def test_in_a_group_one_message_grows_into_the_answer(
    writing: RunningBot, group: Supergroup, llm: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "_PATIENCE_SECONDS", 0.1)
    is_seen = Event()

    def pieces() -> Iterator[str]:
        yield from (f"{FIRST} [1] ", "And so ")
        is_seen.wait(60)
        yield from (f"{LIE} [1] ", f"{SECOND} [1] ", "So it ")

    llm.reply(Said(pieces()))
    question = group.send(f"/ask {DANCE}")
    begun = group.wait_for_message(after=question)
    assert begun.text == f"{FIRST} [1]\n\n…"
    is_seen.set()
    whole = group.wait_for_message(after=question, matching="Sources")
    assert whole.id == begun.id
    assert claims(whole.text) == [f"{FIRST} [1]{DAY}", f"{SECOND} [2]{DAY}", ENGLISH.written]
    assert whole.reply_to == question
    group.wait_quiet()
    assert len(group.bot_messages()) == 1


def test_in_a_group_what_is_whole_soon_is_sent_at_once(
    group: Supergroup, llm: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "_PATIENCE_SECONDS", 60.0)
    llm.reply(f"{FIRST} [1]")
    answer = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
    assert claims(answer.text) == [f"{FIRST} [1]{DAY}", ENGLISH.written]
    assert [answer] == group.bot_messages()
    assert answer.edits == 0


@pytest.mark.slow
def test_killed_while_it_writes_it_answers_once(
    server: TelegramServer, tmp_path: Path, llm: LlmServer
) -> None:
    group = server.supergroup("Desk", server.user("Ada"))
    llm.reply(Said([f"{FIRST} [1] ", "And so it is "], then="hang", pause=0.1), SLOWLY)
    settings: dict[str, Any] = {"FOOTNOTE_LLM_URL": llm.url, "FOOTNOTE_LLM_MODEL": "tiny"}
    with MortalBot(environment(tmp_path, server) | settings) as bot:
        bot.start()
        question = group.send(f"/ask {DANCE}")
        begun = group.wait_for_message(after=question)
        assert begun.text == f"{FIRST} [1]\n\n…"
        bot.kill()
        bot.start()
        whole = group.wait_for_message(after=question, matching="Sources")
        assert whole.id == begun.id
        assert claims(whole.text)[:2] == [f"{FIRST} [1]{DAY}", f"{SECOND} [2]{DAY}"]
        group.wait_quiet()
    assert len(group.bot_messages()) == 1


def test_owners_see_what_it_costs_and_others_do_not(
    writing: RunningBot, server: TelegramServer, llm: LlmServer
) -> None:
    owner = server.private_chat(
        next(
            user
            for user in server.state.users.values()
            if isinstance(user, User) and user.first_name == "Olga"
        )
    )
    assert ask(owner, "/usage").text == ENGLISH.no_usage
    llm.reply(Said([f"{FIRST} [1] {LIE} [1]"], usage=(1234, 56)))
    ask(writing.chat(), DANCE)
    told = ask(owner, "/usage").text
    assert told.startswith(ENGLISH.usage)
    assert "questions: 1 · tokens in: 1,234, out: 56 · sentences kept: 1, dropped: 1" in told
    assert ask(writing.chat("Eve"), "/usage").text == ENGLISH.owners_only


def test_it_introduces_itself_as_what_it_is(writing: RunningBot, chat_of: PrivateChat) -> None:
    assert ask(chat_of, "/start").text == ENGLISH.start_written


@pytest.fixture
def chat_of(writing: RunningBot) -> PrivateChat:
    return writing.chat()
