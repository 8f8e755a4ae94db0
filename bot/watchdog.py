"""A small process that the bot runs under: it ends a bot that is stuck, and starts it again.

Whatever holds Python's lock (a pattern, a decoder, a library in C) holds every thread with it: no
thread of the bot could notice, nor end it. So the bot says once a second that its loop goes round,
and this process, which does nothing else, kills it where it has used up much of the processor
without saying so. The inbox knows what was under way then, and sets it aside the second time.
"""

import contextlib
import math
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from footnote.corpus.processes import import_path, module_command

BEATS = "_FOOTNOTE_BEATS"
"""The variable of the environment with the number of the pipe to say it into; empty for none."""

STUCK = 75
"""The exit code with which a bot says itself that it has to be started again (EX_TEMPFAIL)."""

MAX_SECONDS = 20.0
"""Without a beat, most of which it used the processor: a busy machine, or one that slept, is no
reason. The longest that was seen is two, for a file of 50 MB."""

_MAX_OF_THEM = 0.75
_TIMES_UNSEEN = 6  # so many times as long where the system does not tell what was used
_LOOK_EVERY_SECONDS = 0.5
_ENDING_SECONDS = 15.0
_SHORT_LIFE_SECONDS = 60.0
_PAUSES_SECONDS = (0.0, 1.0, 5.0, 20.0, 60.0)
"""Before it is started again, the longer the more short lives there were in a row."""


class Watchdog:
    """Runs a command until it ends by itself; again and again where it is stuck or breaks down."""

    def __init__(self, command: Sequence[str], *, max_seconds: float = MAX_SECONDS) -> None:
        self._command = list(command)
        self._max_seconds = max_seconds
        self._stopped: int | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """The exit code of the command."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        short_lives = 0
        while True:
            begun = time.monotonic()
            code = self._live()
            if self._stopped or not (code < 0 or code == STUCK):
                return code if code >= 0 else 128 - code
            short_lives = short_lives + 1 if time.monotonic() < begun + _SHORT_LIFE_SECONDS else 0
            pause = _PAUSES_SECONDS[min(short_lives, len(_PAUSES_SECONDS) - 1)]
            _say(f"The bot ended unexpectedly ({_told(code)}) and is started again.")
            self._wait(pause)
            if self._stopped:
                return 128 + self._stopped

    def _live(self) -> int:
        """One life of the command; its exit code, negative where a signal ended it."""
        ours, theirs = os.pipe()
        os.set_blocking(ours, False)
        try:
            self._child = subprocess.Popen(
                self._command,
                env=os.environ | {BEATS: str(theirs)},
                pass_fds=[theirs],
                process_group=0,  # what is typed at the terminal is passed on, once
            )
            os.close(theirs)
            if self._stopped:
                self._child.send_signal(self._stopped)
            return self._watch(self._child, ours)
        finally:
            os.close(ours)

    def _watch(self, child: "subprocess.Popen[bytes]", beats: int) -> int:
        """Nothing is asked of it before its first beat: beginning takes a while."""
        used, at, ending = 0.0, math.inf, math.inf
        while (code := child.poll()) is None:
            if self._stopped:
                ending = min(ending, time.monotonic() + _ENDING_SECONDS)
            beaten = _has_beaten(beats)
            now, used_now = time.monotonic(), _processor_seconds(child.pid)
            if beaten:
                used, at = used_now or 0.0, now
            stuck = self._is_stuck(now - at, None if used_now is None else used_now - used)
            if stuck or now > ending:
                child.kill()
                child.wait()
                return STUCK if stuck else -signal.SIGKILL
        return code

    def _is_stuck(self, silent: float, used: float | None) -> bool:
        """By the seconds since its last beat, and those of the processor that it used since."""
        if used is None:
            return silent > _TIMES_UNSEEN * self._max_seconds
        return silent > self._max_seconds and used > _MAX_OF_THEM * self._max_seconds

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopped = number
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM if number == signal.SIGHUP else number)

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopped and time.monotonic() < until:
            time.sleep(_LOOK_EVERY_SECONDS)


def is_guarded() -> bool:
    return BEATS in os.environ


def guarded_again(arguments: Sequence[str]) -> None:
    """Become the guard of a program like this one, with the same arguments; does not return."""
    program = module_command("footnote.bot.terminal.program", *arguments)
    guard = module_command("footnote.bot.watchdog", *program)
    os.execve(sys.executable, guard, os.environ | import_path())


def beat() -> None:
    """Say that the loop goes round; where there was a guard and is none any more, it ends."""
    if pipe := os.environ.get(BEATS):
        try:
            os.write(int(pipe), b".")
        except BlockingIOError:
            pass  # the guard is stopped, and may go on
        except OSError:
            os.kill(os.getpid(), signal.SIGTERM)


def end_with_the_guard() -> None:
    """Have the system end this process when its guard is gone, where it does that (Linux)."""
    if not os.environ.get(BEATS):
        return
    os.set_blocking(int(os.environ[BEATS]), False)
    with contextlib.suppress(Exception):  # another system: then nothing watches over this process
        import ctypes

        end_me_with_my_parent = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(end_me_with_my_parent, signal.SIGKILL, 0, 0, 0)


def _has_beaten(beats: int) -> bool:
    """Waits for a beat for a moment."""
    ready, _, _ = select.select([beats], [], [], _LOOK_EVERY_SECONDS)
    if not ready:
        return False
    with contextlib.suppress(BlockingIOError):
        if os.read(beats, 65536):
            return True
    time.sleep(_LOOK_EVERY_SECONDS)  # the other side is closed: it is about to end
    return False


def _processor_seconds(pid: int) -> float | None:
    """What a process has used of the processor; None where the system does not tell (proc(5))."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    user, system = int(fields[11]), int(fields[12])
    return (user + system) / os.sysconf("SC_CLK_TCK")


def _told(code: int) -> str:
    return "it was stuck" if code == STUCK else f"signal {-code}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(Watchdog(sys.argv[1:]).run())
