"""`footnote doctor`: what it finds, and what it says to do about it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from footnote.bot.composition import Footnote, compose
from footnote.bot.people.people import Role
from footnote.bot.settings import Settings
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.index.errors import ModelUnusable
from footnote.index.models.sentence_transformer import SentenceTransformerModel
from footnote.index.question import Question
from tests.bot.commands import Command
from tests.fakes import WordsModel
from tests.index.tiny_model import make_tiny_cross_encoder
from tools.telegram_server import TelegramServer
from tools.telegram_server.webhook import WebhookSettings

TOKEN = "123456789:AAsecretsecret"

Doctor = Callable[..., dict[str, tuple[bool, str]]]
"""Runs the command; each finding by its subject, as whether it is well and what is said."""


@pytest.fixture
def doctor(command: Command) -> Doctor:
    """Runs the doctor; each finding by its subject, as whether it is well and what is said."""

    def examine(*arguments: str) -> dict[str, tuple[bool, str]]:
        ended = command("doctor", *arguments)
        found = re.findall(r"^([✓✗]) ([^:]+): (.*)$", ended.out, re.MULTILINE)
        assert len(found) == len(ended.out.splitlines())
        assert ended.err == ""
        findings = {subject: (mark == "✓", text) for mark, subject, text in found}
        assert ended.code == (0 if all(well for well, _ in findings.values()) else 1)
        return findings

    return examine


def test_before_the_first_index_it_says_how_to_make_one(doctor: Doctor) -> None:
    findings = doctor()
    assert findings.pop("index") == (False, "none yet: run 'footnote sync'")
    assert all(well for well, _ in findings.values())


def test_a_place_of_words_that_cannot_be_reached_is_told_with_the_setting(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_SHARED", str(tmp_path / "shared"))
    assert doctor()["words"] == (True, f"Tantivy, fetched from {tmp_path / 'shared'}")
    monkeypatch.setenv("FOOTNOTE_SHARED", "nosuch://ada:s3cret@host/words")
    well, told = doctor()["words"]
    assert not well
    assert "FOOTNOTE_SHARED" in told
    assert "s3cret" not in told


def test_everything_that_is_needed_is_looked_at(
    doctor: Doctor, command: Command, articles: Path, home: Path, tmp_path: Path
) -> None:
    command("sync")
    findings = doctor()
    assert list(findings) == [
        "version", "packages", "collection", "settings", "home", "database", "articles",
        "embedding model", "catalogue", "vectors", "words", "lock", "index", "receipts", "Telegram",
    ]  # fmt: skip
    assert all(well for well, _ in findings.values())
    told = {subject: text for subject, (_, text) in findings.items()}
    assert re.fullmatch(r"Footnote \d+\.\d+\.\d+, Python 3\.\d+\.\d+\S*", told["version"])
    for package in ("chromadb", "llama-index-core", "python-telegram-bot", "tantivy", "torch"):
        assert re.search(rf"\b{package} \d+\.\d+", told["packages"])
    assert told["settings"].endswith(".env (none)")
    assert re.fullmatch(rf"{home}, \d+\.\d MB", told["home"])
    assert told["articles"] == f"3 in {articles}"
    assert told["embedding model"] == "words, 128 dimensions"
    assert re.fullmatch(r"Chroma, in the folder of the index, version 1\.\d+\.\d+", told["vectors"])
    assert told["lock"] == "free"
    assert told["index"] == "3 articles, 3 passages, built by words, up to date with the folder"
    assert told["receipts"] == "none yet"
    assert told["Telegram"].startswith("no token; to run the bot, set TELEGRAM_BOT_TOKEN")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[TelegramServer]:
    """A Telegram that the settings name, with a token that it knows."""
    with TelegramServer() as running:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", running.token)
        monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", running.url)
        yield running


def test_the_bot_is_told_by_name_and_its_token_not_at_all(
    doctor: Doctor, server: TelegramServer
) -> None:
    findings = doctor()
    assert findings["Telegram"] == (True, f"@telegram_server_bot, server {server.url}")
    assert findings["listening"] == (True, "by polling; 0 updates at Telegram not taken in yet")
    assert server.token not in str(findings)
    assert {request.method for request in server.requests} == {"getMe", "getWebhookInfo"}


def test_a_token_that_telegram_does_not_know(
    doctor: Doctor, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    findings = doctor()
    assert findings["Telegram"] == (
        False,
        f"{server.url} does not know the token: copy TELEGRAM_BOT_TOKEN again from @BotFather",
    )
    assert "secretsecret" not in str(findings)


def test_a_telegram_that_cannot_be_reached_hides_nothing_else(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", "http://127.0.0.1:9")
    findings = doctor()
    well, text = findings["Telegram"]
    assert not well
    assert text.startswith("token present, but http://127.0.0.1:9 can't be asked about it (httpx.")
    assert "who may ask" in findings
    assert "secretsecret" not in str(findings)


def test_a_webhook_is_told_with_what_went_wrong_with_it(
    doctor: Doctor, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = "http://127.0.0.1:9/tg"
    server.state.webhook = WebhookSettings(hook, last_error="Connection refused")
    server.private_chat(server.user("Ada")).send("Who?")
    assert doctor()["listening"] == (
        True,
        "by polling, which ends the webhook that is set now; 1 update at Telegram not taken in yet",
    )
    monkeypatch.setenv("FOOTNOTE_WEBHOOK_URL", hook)
    well, text = doctor()["listening"]
    assert not well
    assert text.startswith(f"by webhook at {hook}, which has to lead to 127.0.0.1:8080; 1 update")
    assert "; Telegram's last try failed (" in text


def test_what_waits_and_what_was_set_aside_is_told_with_the_way_to_replay_it(
    doctor: Doctor, server: TelegramServer, footnote: Footnote, command: Command
) -> None:
    findings = doctor()
    assert "inbox" not in findings
    inbox = Inbox(footnote.state)
    assert doctor()["inbox"] == (True, "0 updates to be handled; none has come yet")
    stored = inbox.store([{"update_id": number} for number in range(3)])
    inbox.set_aside(stored[1].number, "Traceback …\nKeyError: 'deep inside'\n")
    findings = doctor()
    assert findings["inbox"][1].startswith("2 updates to be handled; the last came 20")
    well, text = findings["set aside"]
    assert not well
    assert text.startswith("1 update (2 of 20")
    assert "KeyError: 'deep inside'" in text
    assert "'footnote replay' lets them be handled again" in text
    ended = command("replay", "7")
    assert (ended.code, ended.out, ended.err) == (1, "", "0 updates to be handled again.\n")
    ended = command("replay", "2")
    assert ended.code == 0
    assert ended.err.startswith("1 update to be handled again. The bot handles them within a")
    assert "set aside" not in doctor()
    assert len(inbox.waiting()) == 3


def test_replaying_nothing_is_told(command: Command) -> None:
    assert command("replay").err == "Nothing has been set aside.\n"


@pytest.mark.parametrize(
    ("settings", "well", "said"),
    [
        ({"FOOTNOTE_OPEN": "true"}, True, "anybody"),
        ({"FOOTNOTE_OWNERS": "20, 3"}, True, "owners 3, 20, and 0 others"),
        ({}, False, "nobody yet: start the bot, and it shows a code that makes you its owner"),
    ],
)
def test_who_may_ask_is_told(
    doctor: Doctor,
    server: TelegramServer,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    well: bool,
    said: str,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    found, text = doctor()["who may ask"]
    assert found == well
    assert text.startswith(said)


def test_people_who_were_let_in_are_counted(
    doctor: Doctor, server: TelegramServer, footnote: Footnote
) -> None:
    people = footnote.people
    people.redeem(people.owner_code(), 77, "Ada")
    people.redeem(people.invite(Role.READER), 78, "Bob")
    footnote.people.set_open(False)
    assert doctor()["who may ask"] == (True, "owners 77, and 1 other")


def test_a_setting_that_is_none_is_named_with_those_there_are(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_OWNER", "1")
    well, text = doctor()["FOOTNOTE_OWNER"]
    assert not well
    assert text.startswith("is no setting; remove it, or write one of FOOTNOTE_ALIASES, ")
    assert "FOOTNOTE_OWNERS" in text
    assert "BOT_TOKEN" not in text


def test_faulty_articles_are_named_with_file_and_line(doctor: Doctor, articles: Path) -> None:
    (articles / "odd.md").write_text("---\ndate: yesterday\n---\n\nText.\n")
    well, text = doctor()["articles"]
    assert not well
    assert text.startswith(f"mend these in {articles}: odd.md, line 2: date is 'yesterday'")


def test_a_faulty_file_of_aliases_is_named_with_its_line(doctor: Doctor, articles: Path) -> None:
    file = articles.parent / "aliases.txt"
    file.write_text("# names\nTea, chai\n")
    well, text = doctor()["aliases"]
    assert not well
    assert text.startswith(f"mend this: {file}, line 2: should be: usual name = another name")
    file.write_text("Tea = chai\n")
    assert "aliases" not in doctor()


def test_a_missing_folder_of_articles_hides_nothing_else(doctor: Doctor, tmp_path: Path) -> None:
    findings = doctor("--articles", str(tmp_path / "none"))
    assert findings["articles"][0] is False
    assert "make it, set FOOTNOTE_ARTICLES to one" in findings["articles"][1]
    assert {"embedding model", "index", "Telegram"} < findings.keys()


def test_files_that_the_index_lacks_are_counted(
    doctor: Doctor, command: Command, articles: Path
) -> None:
    command("sync")
    (articles / "ferry.md").write_text("The ferry crosses the strait.\n")
    (articles / "tea.md").unlink()
    (articles / "honeybees.md").write_text("Another text about bees.\n")
    well, text = doctor()["index"]
    assert not well
    assert text.endswith("; 3 files not taken in yet: run 'footnote sync'")


def test_while_another_keeps_the_index_it_is_told_who(
    doctor: Doctor, settings: Settings, articles: Path
) -> None:
    other = compose(settings, purpose="footnote bot", model=WordsModel())
    try:
        other.library.sync()
        (articles / "ferry.md").write_text("The ferry crosses the strait.\n")
        findings = doctor()
    finally:
        other.close()
    assert findings["lock"][1].startswith("held by footnote bot, process ")
    assert findings["index"][0] is True
    assert "; 1 file being taken in by footnote bot, process " in findings["index"][1]


def test_an_index_of_another_model_is_to_be_built_anew(doctor: Doctor, settings: Settings) -> None:
    other = compose(settings, purpose="x", model=WordsModel("letters", fingerprint="letters-1"))
    other.library.sync()
    other.close()
    well, text = doctor()["index"]
    assert not well
    assert text.startswith("built by letters ")
    assert "run 'footnote sync'" in text


def test_a_broken_index_is_told_with_the_way_out(
    doctor: Doctor, command: Command, home: Path
) -> None:
    command("sync")
    [catalogue] = home.rglob("catalogue.sqlite")
    catalogue.write_bytes(b"garbage" * 1000)
    well, text = doctor()["index"]
    assert not well
    assert "'footnote sync' makes it good" in text
    assert command("sync").code == 0
    assert doctor()["index"][0]


def test_a_model_that_cannot_be_used_hides_nothing_else(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(name: str, **_: object) -> NoReturn:
        raise ModelUnusable("no embedding model 'x'")

    monkeypatch.setattr(SentenceTransformerModel, "from_name", unusable)
    findings = doctor()
    assert findings["embedding model"] == (False, "no embedding model 'x'")
    assert findings["articles"][0]
    assert findings["Telegram"][0]


@pytest.mark.parametrize(
    ("setting", "subject"),
    [("FOOTNOTE_RERANKER", "reranker"), ("FOOTNOTE_SUPPORT_MODEL", "support model")],
)
def test_a_cross_encoder_is_tried_where_one_is_named(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str, subject: str
) -> None:
    assert subject not in doctor()
    reranker, entailing = tmp_path / "reranker", tmp_path / "entailing"
    make_tiny_cross_encoder(reranker)
    make_tiny_cross_encoder(entailing, names=["contradiction", "entailment", "neutral"])
    its_own, other = (reranker, entailing)[:: 1 if subject == "reranker" else -1]
    monkeypatch.setenv(setting, str(its_own))
    assert doctor()[subject] == (True, f"{its_own}, tried on a pair of texts")
    monkeypatch.setenv(setting, str(other))
    well, text = doctor()[subject]
    assert not well
    assert text.startswith(f"the model in {other} ")
    assert setting in text
    monkeypatch.setenv(setting, str(tmp_path))
    findings = doctor()
    well, text = findings[subject]
    assert not well
    assert text.startswith(f"{tmp_path} holds no ")
    assert setting in text
    assert "receipts" in findings  # nothing else is hidden


def test_a_home_that_cannot_be_used_is_told_and_hides_nothing_else(
    doctor: Doctor, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    findings = doctor("--home", str(tmp_path / "file" / "home"))
    well, text = findings["home"]
    assert not well
    assert "set FOOTNOTE_HOME to another folder" in text
    assert findings["articles"][0]
    assert findings["Telegram"][0]


def test_what_one_of_several_processes_lacks_is_told_and_hides_nothing_else(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "process" not in doctor()
    monkeypatch.setenv("FOOTNOTE_PROCESS", "replica")
    monkeypatch.setenv("FOOTNOTE_SHARED", str(tmp_path / "shared"))
    findings = doctor()
    well, text = findings["process"]
    assert not well
    assert "FOOTNOTE_DATABASE_URL, FOOTNOTE_CHROMA_URL:" in text
    assert findings["catalogue"][0]
    assert findings["receipts"][0]
    assert findings["index"] == (False, "none yet: run 'footnote sync' where the indexer is")


def test_receipts_are_counted_and_garbage_is_told(
    doctor: Doctor, footnote: Footnote, home: Path
) -> None:
    footnote.receipts.keep(footnote.answerer.answer(Question("Who?")), "telegram:1")
    assert doctor()["receipts"] == (True, "of 1 question asked")
    footnote.state.close()
    for file in home.glob("state.sqlite*"):
        file.write_bytes(b"garbage" * 1000)
    well, text = doctor()["receipts"]
    assert not well
    assert "move it away to begin without earlier answers" in text


def test_it_changes_neither_articles_nor_index(
    doctor: Doctor, command: Command, articles: Path, home: Path
) -> None:
    command("sync")
    (articles / "ferry.md").write_text("The ferry crosses the strait.\n")
    doctor()
    assert command("ask", "Does the ferry cross the strait?").err.startswith("1 added;")
