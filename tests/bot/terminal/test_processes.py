"""The real program in processes of its own: on a terminal, as a bot, and two of them at once."""

import codecs
import contextlib
import fcntl
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from footnote.bot.answers.receipts import Receipts
from footnote.bot.state import State
from tests.bot.indexed import ARTICLES
from tools.telegram_server import Message, PrivateChat, TelegramServer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "footnote.bot.terminal.program"]
DANCE = "Who decoded the waggle dance of honeybees?"
DECODED = "The waggle dance of honeybees was decoded by Karl von Frisch."
PATIENCE = 200.0  # seconds; reading the weights takes most of them on a busy machine

Running = tuple[TelegramServer, "subprocess.Popen[bytes]", dict[str, str], Path]
"""A Telegram, the bot on it, its environment, and the file of what it writes."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Folders for the processes of this module, which share one index."""
    folder = tmp_path_factory.mktemp("processes")
    shutil.copytree(ARTICLES, folder / "articles")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FOOTNOTE_") and name != "TELEGRAM_BOT_TOKEN"
    }
    own = {"FOOTNOTE_ARTICLES": str(folder / "articles"), "FOOTNOTE_HOME": str(folder / "home")}
    own |= {"FOOTNOTE_OPEN": "true", "FOOTNOTE_QUESTIONS_A_MINUTE": "0"}
    return kept | own | {"TERM": "xterm", "COLUMNS": "100"}


def footnote(
    environment: dict[str, str], *arguments: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=environment,
        cwd=ROOT,
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def _control(terminal: int) -> None:
    """Ctrl-C reaches the programs that the terminal controls, unless they are told to ignore it:
    so a shell does with what it runs in the background, and the tests may be."""
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A program on a pseudo-terminal, with somebody who types and reads."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments],
            env=environment,
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: _control(theirs),
        )
        os.close(theirs)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._read = ""

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def read_to(self, mark: str, *, patience: float = PATIENCE) -> str:
        """What was shown since the last call, up to and with `mark`."""
        end = time.monotonic() + patience
        while mark not in self._read:
            left = end - time.monotonic()
            assert left > 0, f"{mark!r} was not shown: {self._read}"
            if select.select([self._ours], [], [], left)[0]:
                self._read += self._decoder.decode(os.read(self._ours, 65536))
        shown, _, self._read = self._read.partition(mark)
        return shown + mark

    def interrupt(self) -> int:
        """Types Ctrl-C until the program leaves its line and ends; the exit code.

        One that comes between a prompt and the wait for a key is seen by Python with the next key.
        """
        for _ in range(int(PATIENCE)):
            self.type("\x03")
            with contextlib.suppress(AssertionError):
                self.read_to("\n", patience=1)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return self.process.wait(PATIENCE / 4)
        return self.process.wait(PATIENCE / 4)


def test_the_module_that_was_the_program_before_still_is_one(environment: dict[str, str]) -> None:
    """A guard that runs since before an upgrade starts its bot anew by that name."""
    earlier = [sys.executable, "-m", "footnote.bot.terminal.cli", "list"]
    ended = subprocess.run(
        earlier, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )
    assert (ended.returncode, ended.stdout) == (0, footnote(environment, "list").stdout)
    assert "honeybees" in ended.stdout


def test_a_conversation_on_a_terminal(environment: dict[str, str]) -> None:
    terminal = Terminal(["chat"], environment)
    try:
        assert "Footnote, with 3 articles. /help tells what you can do." in terminal.read_to("› ")
        terminal.type(f"{DANCE}\r")
        answer = terminal.read_to("honeybees.md").replace("\r\n", " ")
        assert DECODED in answer
        terminal.read_to("› ")
        terminal.type("/1\r")
        assert f"\x1b[1;7m{DECODED}" in terminal.read_to("stands.")
        terminal.read_to("› ")
        # The arrow up brings back "/1", and once more the question.
        terminal.type("\x1b[A\x1b[A\r")
        assert DECODED in terminal.read_to("honeybees.md").replace("\r\n", " ")
        terminal.read_to("› ")
        assert terminal.interrupt() == 0
    finally:
        terminal.process.kill()
    history = Path(environment["FOOTNOTE_HOME"], "history")
    assert history.read_text().splitlines()[-3:] == [DANCE, "/1", DANCE]
    assert history.stat().st_mode & 0o777 == 0o600


@pytest.fixture(scope="module")
def running(environment: dict[str, str]) -> Iterator[Running]:
    """The bot as a process, its Telegram, and what it writes to standard error."""
    with TelegramServer() as server:
        token = {"TELEGRAM_BOT_TOKEN": server.token, "FOOTNOTE_TELEGRAM_API_URL": server.url}
        errors = Path(environment["FOOTNOTE_HOME"]).with_name("errors")
        with errors.open("w") as written:
            process = subprocess.Popen(
                PROGRAM, env=environment | token, cwd=ROOT, stderr=written, stdout=written
            )
        try:
            server.wait_until_ready(timeout=PATIENCE)
            yield server, process, environment | token, errors
        finally:
            process.kill()
            process.wait()


def ask(chat: PrivateChat, text: str) -> Message:
    return chat.wait_for_message(after=chat.send(text))


def test_the_bot_answers_and_opens_passages(running: Running) -> None:
    server, *_ = running
    chat = server.private_chat(server.user("Ada"))
    answer = ask(chat, DANCE)
    assert answer.text.startswith(f"{DECODED} [1]")
    press = answer.press("[1]")
    assert press.wait_answered().text == ""
    assert answer.wait_edited().marked("underline") == [DECODED]


def test_what_is_added_beside_the_running_bot_is_answered_from_within_seconds(
    running: Running, tmp_path: Path
) -> None:
    server, _, environment, _ = running
    (tmp_path / "ferry.txt").write_text("The ferry of Lorne\n\nThe ferry leaves at dawn.\n")
    ended = footnote(environment, "add", str(tmp_path / "ferry.txt"))
    assert ended.returncode == 0
    assert ended.stdout.startswith("Added: The ferry of Lorne (the-ferry-of-lorne)")
    assert "Another Footnote (footnote bot, process " in ended.stderr
    chat = server.private_chat(server.user("Bob"))
    end = time.monotonic() + PATIENCE
    while "leaves at dawn" not in (said := ask(chat, "Which ferry of Lorne leaves at dawn?")).text:
        assert time.monotonic() < end, said.text
        chat.wait_quiet(seconds=0.2)


def test_the_bot_ends_soon_when_it_is_told_to(running: Running) -> None:
    """While it takes in articles and sends an answer. Last here: the tests above need the bot."""
    server, process, environment, errors = running
    chat = server.private_chat(server.user("Cy"))
    _begin_to_take_in(200, environment)
    with server.faults.delay(1, method="sendMessage"):
        chat.send(DANCE)
        server.wait_for_call("sendMessage", chat=chat)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    # The answer that was under way has arrived, and its receipt is there.
    data = chat.wait_for_message().button("[1]").data
    with closing(State(Path(environment["FOOTNOTE_HOME"]) / "state.sqlite")) as state:
        receipt = Receipts(state).find(data.split(":")[1])
    assert receipt.result.claims[0].text == DECODED
    written = errors.read_text() + Path(environment["FOOTNOTE_HOME"], "footnote.log").read_text()
    assert "listening as @telegram_server_bot; Ctrl-C stops it" in written
    assert server.token not in written
    assert "Traceback" not in written


def _begin_to_take_in(count: int, environment: dict[str, str]) -> None:
    """Puts articles into the folder, and returns when the index has begun to change."""
    paragraph = "The archive of the canal holds letters of those who dug it by hand. " * 8
    begun = time.time()
    for number in range(count):
        file = Path(environment["FOOTNOTE_ARTICLES"], f"archive-{number}.md")
        file.write_text("\n\n".join(f"Box {number}. {paragraph}" for _ in range(10)))
    index = Path(environment["FOOTNOTE_HOME"], "index")
    while not any(file.stat().st_mtime > begun for file in index.rglob("*-wal")):
        assert time.time() < begun + PATIENCE
        time.sleep(0.05)
