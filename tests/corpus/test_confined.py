"""What a process that reads what others wrote cannot do, whatever it is made to do."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import footnote
from footnote import corpus
from footnote.corpus.readers.apart import ReadersApart
from footnote.corpus.readers.confined import confine

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux"),
]
_ROOT = Path(footnote.__file__).parents[1]

_TRY = """
import json, os, resource, socket, subprocess, sys
from pathlib import Path
from footnote import corpus
from footnote.corpus.readers.worker import _limit_memory, _limit_time
from footnote.corpus.readers.confined import confine

def told(act, needs):
    _limit_memory(2 * 1024**3)
    _limit_time(100, for_good=True)
    if needs not in confine([Path(corpus.__file__).parent]):
        return "not here"
    try:
        return f"done: {eval(act)}"
    except (OSError, ValueError) as error:
        return type(error).__name__

for line in sys.stdin:
    act, needs = json.loads(line)
    if os.fork() == 0:  # there is no way back
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.write(1, told(act, needs).encode())
        os._exit(0)
    _, status = os.wait()
    print(f" {status}", flush=True)
"""
Try = Callable[..., str]


@pytest.fixture(scope="module")
def confined() -> Iterator[subprocess.Popen[str]]:
    """Has imported what a reader does, and tries each thing in a confined process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", _TRY],
        env={"PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def tried(confined: subprocess.Popen[str]) -> Try:
    """What comes of it in a confined process: the name of the error, or what it gives."""

    def tried(act: str, *, needs: str) -> str:
        confined.stdin.write(json.dumps([act, needs]) + "\n")
        confined.stdin.flush()
        told, _, status = confined.stdout.readline().strip().rpartition(" ")
        assert status == "0"
        if told == "not here":
            pytest.skip(f"this system does not let go of {needs}")
        return told

    return tried


@pytest.mark.parametrize(
    "act",
    [
        "socket.socket()",
        "socket.socketpair()",
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "subprocess.run(['/bin/true'])",
        "os.execv(sys.executable, [sys.executable])",
        "os.kill(os.getppid(), 0)",
    ],
)
def test_no_connection_no_other_program_and_no_say_over_others(act: str, tried: Try) -> None:
    assert tried(act, needs="network") == "PermissionError"


def test_neither_the_state_nor_a_file_of_settings_nor_the_environment_of_others_is_read(
    tmp_path: Path, tried: Try
) -> None:
    secret = tmp_path / ".env"
    secret.write_text("TELEGRAM_BOT_TOKEN=123:secret")
    assert tried(f"open({str(secret)!r}).read()", needs="files") == "PermissionError"
    environment = f"open('/proc/{os.getpid()}/environ', 'rb').read()"
    assert tried(environment, needs="files") == "PermissionError"
    assert tried(f"os.listdir({str(_ROOT)!r})", needs="files") == "PermissionError"
    assert tried(f"open({str(tmp_path / 'new')!r}, 'w')", needs="files") == "PermissionError"


def test_what_it_is_made_of_is_read(tried: Try) -> None:
    assert tried("__import__('trafilatura').__name__", needs="files") == "done: trafilatura"
    package = str(Path(corpus.__file__))
    assert tried(f"len(open({package!r}).read()) > 0", needs="files") == "done: True"


@pytest.mark.parametrize("what", ["AS", "CPU", "FSIZE", "CORE", "NOFILE"])
def test_no_limit_is_raised_again(what: str, tried: Try) -> None:
    hard = f"resource.getrlimit(resource.RLIMIT_{what})[1]"
    assert tried(f"{hard} != resource.RLIM_INFINITY", needs="privileges") == ("done: True")
    raised = f"resource.setrlimit(resource.RLIMIT_{what}, ({hard} + 1, {hard} + 1))"
    assert tried(raised, needs="privileges") == "ValueError"


def test_a_reader_has_an_environment_and_a_folder_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    readers = ReadersApart(most=1)
    try:
        reading = readers.read(b"The ferry of Lorne crosses the strait twice a day.", name="x")
        assert "ferry" in reading.draft.text
        [reader] = readers._idle
        process = Path(f"/proc/{reader._process.pid}")
        environment = (process / "environ").read_bytes()
        assert b"secret" not in environment
        folder = Path(os.readlink(process / "cwd"))
        assert (folder.parent != _ROOT, list(folder.iterdir())) == (True, [])
        assert f"HOME={folder}".encode() in environment
    finally:
        readers.close()
    assert not folder.exists()


def test_elsewhere_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert confine() == []
