"""Written answers in the terminal: shown as they are checked, bounded in cost, told from quoted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from footnote.bot.answers.usage import Day, Usage
from footnote.bot.composition import Footnote, compose
from footnote.bot.database.tables import written
from footnote.bot.errors import SettingsFault
from footnote.bot.settings import Settings, read_settings
from footnote.bot.state import State
from footnote.index.question import Question
from footnote.index.result_json import dump_result, load_result
from footnote.index.results import Answer, Unwritten
from footnote.index.writing.spent import Spent
from tests.bot.commands import Command
from tests.fakes import WordsModel
from tools.llm_server import LlmServer, Refusal, Said, pieces_of

ASKED = "Who decoded the waggle dance of honeybees?"
QUOTED = "The waggle dance of honeybees was decoded by Karl von Frisch."
WRITTEN = "Karl von Frisch decoded the waggle dance of honeybees."
DAY = " · 2016-08-03"
KEY = "sk-very-secret-0123456789"


@pytest.fixture
def llm(monkeypatch: pytest.MonkeyPatch) -> Iterator[LlmServer]:
    with LlmServer(f"{WRITTEN} [1] It was in 1666. [1]") as server:
        server.key = KEY
        monkeypatch.setenv("FOOTNOTE_LLM_URL", server.url)
        monkeypatch.setenv("FOOTNOTE_LLM_MODEL", "tiny")
        monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", KEY)
        yield server


def test_an_answer_is_written_and_says_so(command: Command, llm: LlmServer) -> None:
    ended = command("ask", ASKED)
    assert ended.code == 0
    assert ended.out.startswith(f"{WRITTEN} [1]{DAY}\nWritten by a language model; ")
    assert ended.out.count("Sources") == ended.out.count(WRITTEN) == 1
    assert "1666" not in ended.out


def test_without_a_model_nothing_is_different(command: Command) -> None:
    assert command("ask", ASKED).out.startswith(f"{QUOTED} [1]{DAY}\n\nSources\n")


def test_json_says_in_whose_words_it_is(command: Command, llm: LlmServer) -> None:
    answer = json.loads(command("ask", "--json", ASKED).out)
    assert (answer["mode"], answer["claims"][0]["text"]) == ("written", WRITTEN)
    assert answer["claims"][0]["citations"][0]["quotation"] == QUOTED
    llm.reply("Napoleon did it in 1666. [1]")
    nearest = json.loads(command("ask", "--json", ASKED).out)
    assert (nearest["kind"], nearest["unwritten"]) == ("nearest", str(Unwritten.UNSUPPORTED))
    assert nearest["claims"][0]["text"] == QUOTED


def test_what_is_nearest_says_that_the_model_found_no_answer(
    command: Command, llm: LlmServer
) -> None:
    llm.reply("The passages do not answer this.")
    ended = command("ask", ASKED)
    assert f"{QUOTED} [1]{DAY}\nThe language model read the passages and found no " in ended.out


def test_a_setting_keeps_the_model_from_searching_once_more(
    command: Command, llm: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    llm.reply("The passages do not answer this.", "Karl von Frisch bees dance\n")
    command("ask", ASKED)
    assert len(llm.asked) == 2
    monkeypatch.setenv("FOOTNOTE_LLM_SEARCH_AGAIN", "false")
    llm.reply("The passages do not answer this.")
    command("ask", ASKED)
    assert len(llm.asked) == 3


def test_a_conversation_is_written_and_opens_its_passages(command: Command, llm: LlmServer) -> None:
    ended = command("chat", typed=f"{ASKED}\n/1\n/sources\n")
    assert f"{WRITTEN} [1]{DAY}\n" in ended.out
    assert f"»{QUOTED}«" in ended.out
    assert ended.out.count("Written by a language model") == 2


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        (Refusal(401, f"Incorrect API key provided: {KEY}"), "does not accept the key (401)"),
        (Refusal(404, "no such model"), "has no model 'tiny'"),
        (Refusal(429, "slow down", {"Retry-After": "30"}), "wants no more questions"),
        (Refusal(500, "oops"), "answered with 500: oops"),
        (Said(["Karl von Fri"], then="break"), "broke off"),
        (Said([], before="hang"), "within the time"),
    ],
)
def test_while_the_model_is_away_the_articles_answer_and_the_log_says_why(
    command: Command,
    llm: LlmServer,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    reply: Said | Refusal,
    cause: str,
) -> None:
    hangs = isinstance(reply, Said) and reply.before == "hang"
    monkeypatch.setenv("FOOTNOTE_LLM_FIRST_SECONDS", "0.5" if hangs else "20")
    llm.reply(reply)
    ended = command("ask", ASKED)
    assert ended.out.startswith(
        f"{QUOTED} [1]{DAY}\nIn the articles' words, for the language model "
    )
    log = (home / "footnote.log").read_text()
    assert cause in log
    assert KEY not in log + ended.out + ended.err


def test_a_day_has_so_many_written_answers_and_the_rest_is_quoted(
    command: Command, llm: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_WRITTEN_A_DAY", "1")
    llm.reply(Said(pieces_of(f"{WRITTEN} [1] It was in 1666. [1]"), usage=(1234, 56)))
    first, second = command("ask", ASKED), command("ask", ASKED)
    assert first.out.startswith(WRITTEN)
    assert second.out.startswith(
        f"{QUOTED} [1]{DAY}\nIn the articles' words; more written answers "
    )
    assert len(llm.asked) == 1
    day, total = command("usage").out.splitlines()[1:]
    assert day.split()[1:] == ["1", "1,234", "56", "1", "1"]
    assert total.split()[2:] == ["1", "1,234", "56", "1", "1"]


def test_before_the_first_written_answer_there_is_no_usage(command: Command) -> None:
    assert command("usage").err == "No answer has been written yet.\n"


def test_of_earlier_days_nobody_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State(tmp_path / "state.sqlite")
    usage = Usage(state)
    monkeypatch.setattr("footnote.bot.answers.usage._today", lambda: "2024-02-28")
    usage.add("telegram:7", Spent(10, 20, 3, 4))
    usage.add("telegram:8", Spent(1, 2, 1, 0))
    monkeypatch.setattr("footnote.bot.answers.usage._today", lambda: "2024-02-29")
    usage.add("telegram:7", Spent(5, 5, 5, 5))
    assert usage.days(9) == [
        Day("2024-02-29", 1, 5, 5, 5, 5), Day("2024-02-28", 2, 11, 22, 4, 4)
    ]  # fmt: skip
    assert usage.asked_today("telegram:7") == 1
    persons = state.rows(select(written.c.person).where(written.c.day == "2024-02-28"))
    assert persons == [("",)]
    state.close()


def test_any_language_model_of_llama_index_can_be_passed_in(settings: Settings) -> None:
    from llama_index.core.llms import MockLLM

    footnote: Footnote = compose(settings, purpose="a test", model=WordsModel(), llm=MockLLM())
    footnote.library.sync()
    result = footnote.respondent.answer(Question(ASKED), person="somebody")
    footnote.close()
    # It says the prompt again: some of that are the articles' own sentences, and nothing else.
    assert isinstance(result, Answer)
    assert result.mode == "written"
    assert all(claim.text in claim.citations[0].passage_text for claim in result.claims)


def test_a_written_answer_is_stored_whole_and_its_cost_is_told(
    settings: Settings, llm: LlmServer
) -> None:
    footnote = compose(
        read_settings(articles=settings.articles, home=settings.home),
        purpose="a test",
        model=WordsModel(),
    )
    footnote.library.sync()
    told = list[Spent]()
    result = footnote.respondent.answer(Question(ASKED), person="somebody", on_spent=told.append)
    [counted] = footnote.usage.days(1)
    footnote.close()
    assert isinstance(result, Answer)
    assert result.mode == "written"
    assert load_result(dump_result(result)) == result
    [spent] = told  # whoever asked is told what is counted
    assert spent.tokens_in > 0
    assert (spent.tokens_in, spent.tokens_out) == (counted.tokens_in, counted.tokens_out)


def test_the_doctor_tries_the_model_and_says_what_it_saw(command: Command, llm: LlmServer) -> None:
    command("sync")
    llm.reply("yes")
    ended = command("doctor")
    assert f"✓ language model: tiny at {llm.url} answered in 0." in ended.out
    assert "it said 'yes'" in ended.out
    llm.reply(Refusal(401, f"wrong key {KEY}"))
    ended = command("doctor")
    assert ended.code == 1
    assert f"✗ language model: {llm.url} does not accept the key (401)" in ended.out
    assert KEY not in ended.out


def test_the_key_is_shown_nowhere(llm: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    assert settings.llm_api_key
    assert KEY not in f"{settings!r} {settings}"
    from footnote.bot.answers.written import endpoint

    assert KEY not in f"{endpoint(settings)!r} {endpoint(settings).to_dict()}"
    monkeypatch.setenv("FOOTNOTE_LLM_API_KEY", "ключ secret")
    with pytest.raises(SettingsFault, match="FOOTNOTE_LLM_API_KEY is wrong") as fault:
        read_settings()
    assert "secret-" not in str(fault.value)
    assert "ключ" not in str(fault.value)


def test_half_of_the_settings_is_told(llm: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOOTNOTE_LLM_MODEL")
    with pytest.raises(SettingsFault, match="belong together"):
        read_settings()
