"""The guard of the bot: whatever holds a process, it is ended, begun again, and ended for good."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote.bot.watchdog import STUCK, Watchdog

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
_BEATING = "import sys, time\nfrom footnote.bot.watchdog import beat\nbeat()\n"
_NTH_LIFE = (
    "from pathlib import Path\n"
    "file = Path(sys.argv[1])\n"
    "life = len(file.read_text()) + 1 if file.exists() else 1\n"
    "file.write_text('.' * life)\n"
)


@pytest.fixture(autouse=True)
def _handlers_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("footnote.bot.watchdog._PAUSES_SECONDS", (0.0,))
    monkeypatch.chdir(ROOT)
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def run(code: str, folder: Path, *, max_seconds: float = 1.0) -> tuple[int, int]:
    """The exit code, and how many lives there were."""
    lives = folder / "lives"
    command = [sys.executable, "-c", _BEATING + _NTH_LIFE + code, str(lives)]
    return Watchdog(command, max_seconds=max_seconds).run(), len(lives.read_text())


def test_a_process_that_ends_by_itself_is_not_begun_again(tmp_path: Path) -> None:
    assert run("sys.exit(3)", tmp_path) == (3, 1)


def test_what_holds_the_lock_of_python_is_ended_and_begun_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A pattern in C, which no thread of the process and no signal handler gets past."""
    code = "import re\nif life == 1:\n re.match('(?:a|a)*b', 'a' * 60)\nsys.exit(7)"
    assert run(code, tmp_path) == (7, 2)
    assert (
        "The bot ended unexpectedly (it was stuck) and is started again." in capfd.readouterr().err
    )


def test_a_process_that_a_signal_ends_is_begun_again(tmp_path: Path) -> None:
    code = "import os\nif life < 3:\n os.kill(os.getpid(), 11)\nsys.exit(0)"
    assert run(code, tmp_path) == (0, 3)


def test_a_process_that_says_itself_that_it_is_stuck_is_begun_again(tmp_path: Path) -> None:
    assert run(f"sys.exit({STUCK} if life == 1 else 0)", tmp_path) == (0, 2)


def test_a_process_that_waits_without_a_word_is_left_alone(tmp_path: Path) -> None:
    assert run("time.sleep(3)", tmp_path, max_seconds=0.5) == (0, 1)


def test_a_process_that_works_before_its_first_beat_is_left_alone(tmp_path: Path) -> None:
    code = "import time\nend = time.process_time() + 1.5\nwhile time.process_time() < end: pass"
    command = [sys.executable, "-c", code]
    assert Watchdog(command, max_seconds=0.5).run() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_guard_ends_the_process_in_order(number: int) -> None:
    code = (
        "import signal, sys, time\n"
        f"signal.signal({int(number)}, lambda *_: sys.exit(0))\n"
        "print('ready', flush=True)\ntime.sleep(60)"
    )
    guard = subprocess.Popen(
        [sys.executable, "-m", "footnote.bot.watchdog", sys.executable, "-c", code],
        stdout=subprocess.PIPE,
    )
    assert guard.stdout
    assert guard.stdout.readline() == b"ready\n"
    guard.send_signal(number)
    assert guard.wait(60) == 0


def test_a_guard_that_is_killed_takes_the_process_with_it() -> None:
    code = (
        "import os, time\nfrom footnote.bot.watchdog import beat, end_with_the_guard\n"
        "end_with_the_guard()\n"
        "print(os.getpid(), flush=True)\n"
        "while True:\n beat()\n time.sleep(0.1)"
    )
    guard = subprocess.Popen(
        [sys.executable, "-m", "footnote.bot.watchdog", sys.executable, "-c", code],
        stdout=subprocess.PIPE,
    )
    assert guard.stdout
    pid = int(guard.stdout.readline())
    guard.kill()
    guard.wait(60)
    end = time.monotonic() + 60
    while _lives(pid):
        assert time.monotonic() < end
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    os.kill(pid, 0)
    return state != "Z"
