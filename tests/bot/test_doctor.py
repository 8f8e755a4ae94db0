"""`footnote doctor`: what it finds, and what it says to do about it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from bot.composition import Footnote, compose
from bot.settings import Settings
from index.embedding import SentenceTransformerEmbedding
from index.errors import ModelUnusable
from index.question import Question
from tests.bot.commands import Command
from tests.fakes import WordsModel

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


def test_everything_that_is_needed_is_looked_at(
    doctor: Doctor, command: Command, articles: Path, home: Path, tmp_path: Path
) -> None:
    command("sync")
    findings = doctor()
    assert list(findings) == [
        "version", "packages", "settings", "home", "articles", "embedding model", "lock", "index",
        "receipts", "Telegram",
    ]  # fmt: skip
    assert all(well for well, _ in findings.values())
    told = {subject: text for subject, (_, text) in findings.items()}
    assert re.fullmatch(r"Footnote \d+\.\d+\.\d+, Python 3\.\d+\.\d+\S*", told["version"])
    for package in ("chromadb", "llama-index-core", "python-telegram-bot", "tantivy", "torch"):
        assert re.search(rf"\b{package} \d+\.\d+", told["packages"])
    assert told["settings"].endswith(".env (none)")
    assert re.fullmatch(rf"{home}, \d+\.\d MB", told["home"])
    assert told["articles"] == f"3 in {articles}"
    assert told["embedding model"] == "words, 512 dimensions"
    assert told["lock"] == "free"
    assert told["index"] == "3 articles, 3 passages, built by words, level with the folder"
    assert told["receipts"] == "none yet"
    assert told["Telegram"].startswith("no token; to run the bot, set TELEGRAM_BOT_TOKEN")


def test_the_token_is_present_and_not_shown(
    doctor: Doctor, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("sync")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    findings = doctor()
    assert findings["Telegram"] == (True, "token present, server https://api.telegram.org")
    assert findings["who may ask"][0] is False
    assert "nobody: set FOOTNOTE_OWNERS" in findings["who may ask"][1]
    assert "secretsecret" not in str(findings)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FOOTNOTE_OPEN", "true", "anybody"),
        ("FOOTNOTE_OWNERS", "20, 3", "only Telegram users 3, 20"),
    ],
)
def test_who_may_ask_is_told(
    doctor: Doctor,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    said: str,
) -> None:
    command("sync")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv(name, value)
    assert doctor()["who may ask"] == (True, said)


def test_a_setting_that_is_none_is_named_with_those_there_are(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_OWNER", "1")
    well, text = doctor()["FOOTNOTE_OWNER"]
    assert not well
    assert text.startswith("is no setting; remove it, or write one of FOOTNOTE_ARTICLES, ")
    assert "FOOTNOTE_OWNERS" in text
    assert "TOKEN" not in text


def test_faulty_articles_are_named_with_file_and_line(doctor: Doctor, articles: Path) -> None:
    (articles / "odd.md").write_text("---\ndate: yesterday\n---\n\nText.\n")
    well, text = doctor()["articles"]
    assert not well
    assert text.startswith(f"mend these in {articles}: odd.md, line 2: date is 'yesterday'")


def test_a_missing_folder_of_articles_hides_nothing_else(doctor: Doctor, tmp_path: Path) -> None:
    findings = doctor("--articles", str(tmp_path / "none"))
    assert findings["articles"][0] is False
    assert "make it, or set FOOTNOTE_ARTICLES" in findings["articles"][1]
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
        other.library.level()
        (articles / "ferry.md").write_text("The ferry crosses the strait.\n")
        findings = doctor()
    finally:
        other.close()
    assert findings["lock"][1].startswith("held by footnote bot, process ")
    assert findings["index"][0] is True
    assert "; 1 file being taken in by footnote bot, process " in findings["index"][1]


def test_an_index_of_another_model_is_to_be_built_anew(doctor: Doctor, settings: Settings) -> None:
    other = compose(settings, purpose="x", model=WordsModel("letters", fingerprint="letters-1"))
    other.library.level()
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
    assert "footnote sync --rebuild" in text
    assert command("sync", "--rebuild").code == 0
    assert doctor()["index"][0]


def test_a_model_that_cannot_be_used_hides_nothing_else(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(cls: type, name: str) -> NoReturn:
        raise ModelUnusable("no embedding model 'x'")

    monkeypatch.setattr(SentenceTransformerEmbedding, "from_name", classmethod(unusable))
    findings = doctor()
    assert findings["embedding model"] == (False, "no embedding model 'x'")
    assert findings["articles"][0]
    assert findings["Telegram"][0]


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
