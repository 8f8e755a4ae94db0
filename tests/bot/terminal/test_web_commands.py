"""`footnote web` and `footnote token`."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from footnote.bot.people.people import Role
from footnote.bot.people.tokens import Tokens
from footnote.bot.state import STATE, State
from tests.bot.commands import Command
from tests.bot.indexed import ARTICLES
from tests.ports import free_port

ROOT = Path(__file__).parents[3]


def test_a_token_is_made_listed_and_revoked(command: Command, home: Path) -> None:
    made = command("token", "new", "my-notes", "--role", "editor")
    secret = made.out.strip()
    with closing(State(home / STATE)) as state:
        found = Tokens(state).find(secret)
        assert found is not None
        assert found.role is Role.EDITOR
    assert re.fullmatch(
        r"my-notes · editor · since \d{4}-\d\d-\d\d\n", command("token", "list").out
    )
    assert command("token", "revoke", "my-notes").code == 0
    assert command("token", "list").out == ""
    with closing(State(home / STATE)) as state:
        assert Tokens(state).find(secret) is None


def test_a_token_that_cannot_be_made_or_revoked_is_told_in_a_sentence(command: Command) -> None:
    assert command("token", "new", "twice").code == 0
    again = command("token", "new", "twice")
    assert (again.code, again.out) == (1, "")
    assert "already" in again.err
    assert "no token" in command("token", "revoke", "others").err


def test_a_port_that_is_taken_is_told_in_a_sentence(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = command("web", "--port", str(taken.getsockname()[1]))
    assert ended.code == 1
    assert "can't be listened on" in ended.err


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    port = free_port()
    shutil.copytree(ARTICLES, tmp_path / "articles")
    environment = os.environ | {
        "FOOTNOTE_ARTICLES": str(tmp_path / "articles"),
        "FOOTNOTE_HOME": str(tmp_path / "home"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "footnote.bot.terminal.program", "web", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process, port
    process.kill()
    process.wait()


@pytest.mark.slow
def test_web_serves_on_this_machine_until_it_is_stopped(
    running: tuple["subprocess.Popen[str]", int],
) -> None:
    process, port = running
    assert process.stderr
    link = next(line.strip() for line in process.stderr if line.startswith("http"))
    assert link.startswith(f"http://127.0.0.1:{port}/enter?link=")
    with httpx.Client(trust_env=False) as browser:
        assert browser.get(link).status_code == 303
        assert browser.get(f"http://127.0.0.1:{port}/nothing").status_code == 404
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
