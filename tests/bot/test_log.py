"""The log: what goes where, and never a secret."""

import json
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.bot.log import logfmt, start_log, where_logged
from footnote.bot.settings import Settings

TOKEN = "123456789:AAsecretsecret"
logger = logging.getLogger("footnote.bot.test")

Log = Callable[..., Callable[[], str]]
"""Starts the log; what it gives reads the file."""


@pytest.fixture
def log(home: Path) -> Iterator[Log]:
    """Starts the log, and gives what is in its file; pytest's own handlers come back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def start(*, home: Path = home, to_terminal: bool = False) -> Callable[[], str]:
        settings = Settings(_env_file=None, home=home, telegram_bot_token=TOKEN)
        start_log(settings, to_terminal=to_terminal)
        return lambda: (home / "footnote.log").read_text()

    yield start
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("footnote.bot").setLevel(logging.NOTSET)
    logging.captureWarnings(False)


def fail() -> NoReturn:
    address = f"https://api.telegram.org/bot{TOKEN}/getMe"
    try:
        raise ValueError(f"no answer from {address}")
    except ValueError as error:
        raise RuntimeError("asking failed") from error


def log_a_failure() -> None:
    try:
        fail()
    except RuntimeError:
        logger.exception("could not ask with %s", TOKEN)


def test_the_token_is_blotted_out_of_lines_arguments_and_tracebacks(
    log: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    written = log(to_terminal=True)
    log_a_failure()
    assert "secretsecret" not in written() + capfd.readouterr().err
    assert "https://api.telegram.org/bot‹token›/getMe" in written()
    assert "could not ask with ‹token›" in written()


def test_the_file_has_the_traceback_and_the_terminal_a_line(
    log: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    written = log(to_terminal=True)
    log_a_failure()
    shown = capfd.readouterr().err
    assert "Traceback" in written()
    assert shown.count("\n") == 1
    assert shown.endswith("could not ask with ‹token› (RuntimeError: asking failed)\n")


def test_the_terminal_gets_nothing_unless_asked(
    log: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    log()
    log_a_failure()
    assert capfd.readouterr().err == ""


def test_addresses_of_requests_are_not_logged(log: Log) -> None:
    written = log()
    logging.getLogger("httpx").info("HTTP Request: POST https://example.org/")
    logging.getLogger("httpx").warning("a fault")
    assert "HTTP Request" not in written()
    assert "a fault" in written()


def test_people_are_shown_our_own_words_and_the_warnings_of_others(
    log: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    log(to_terminal=True)
    logger.info("listening")
    logger.debug("ended with a fault")
    logging.getLogger("telegram.ext.Application").info("Application started")
    logging.getLogger("chromadb").warning("something is odd")
    shown = [line.split(": ", 1)[1] for line in capfd.readouterr().err.splitlines()]
    assert shown == ["listening", "something is odd"]


def test_the_log_is_readable_by_its_owner_alone(log: Log, home: Path) -> None:
    log()
    for _ in range(3):
        logger.info("x" * 1_000_000)
    assert {file.stat().st_mode & 0o777 for file in home.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"update": 7, "kind": "message", "chat": None}, "update=7 kind=message"),
        ({"took": "0.120", "outcome": "set aside"}, 'took=0.120 outcome="set aside"'),
        ({"text": 'say "no"\nnow'}, 'text="say \\"no\\"\\nnow"'),
        ({"text": "a=b"}, 'text="a=b"'),
        ({"text": ""}, 'text=""'),
        ({"text": "Wer fährt wohin?"}, 'text="Wer fährt wohin?"'),
    ],
)
def test_facts_are_a_line_of_names_and_values(facts: dict[str, object], line: str) -> None:
    assert logfmt(facts) == line


@given(text=st.text())
def test_whatever_a_value_is_it_stays_on_its_line_and_can_be_read_back(text: str) -> None:
    line = logfmt({"text": text, "update": 7})
    assert len(line.splitlines()) == 1
    assert line.endswith(" update=7")
    value = line.removeprefix("text=").removesuffix(" update=7")
    assert text == (json.loads(value) if value.startswith('"') else value)


def test_text_that_is_no_unicode_can_be_logged(log: Log) -> None:
    written = log()
    logger.warning("a file called %s", "caf\udce9")
    assert "a file called caf\\udce9" in written()


def test_without_a_place_for_it_there_is_no_log_and_no_fault(log: Log, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    log(home=tmp_path / "file" / "home")
    logger.error("unheard")
    assert where_logged().startswith("no log could be written to ")
    assert where_logged().endswith("(Not a directory)")


def test_where_the_log_is_can_be_told(log: Log, home: Path) -> None:
    log()
    assert where_logged() == f"the log {home / 'footnote.log'} has the details"


def test_the_log_does_not_grow_for_ever(log: Log, home: Path) -> None:
    log()
    for _ in range(5):
        logger.info("x" * 1_000_000)
    assert sorted(file.name for file in home.iterdir()) == ["footnote.log", "footnote.log.1"]
    assert sum(file.stat().st_size for file in home.iterdir()) < 5_000_000


def test_a_warning_of_a_library_goes_to_the_log_and_not_to_the_terminal(
    log: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    written = log()
    warnings.warn("an old way", UserWarning, stacklevel=1)
    assert "an old way" in written()
    assert capfd.readouterr().err == ""
