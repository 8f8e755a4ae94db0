"""`python tools/install.py PIP-COMMAND…`: runs pip, and says every few seconds what it is at.

pip itself shows bars, which are nothing where there is no terminal, or with --quiet says nothing
for minutes. Needs nothing but Python, for it runs before anything is installed.
"""

import queue
import re
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

EVERY_SECONDS = 3.0
_LAST_LINES = 40
_SIZE = re.compile(r"\(([\d.]+) ?(kB|MB|GB)\)")
_IN_MB = {"kB": 0.001, "MB": 1.0, "GB": 1000.0}
_FILE = re.compile(r"([A-Za-z0-9_.]+?)-\d")


class Condensed:
    """What pip is at, from the lines that it writes; `installed` counts the packages that there
    are."""

    def __init__(self, installed: Callable[[], int]) -> None:
        self._installed = installed
        self._before = installed()
        self._found: set[str] = set()
        self._got: set[str] = set()
        self._megabytes = 0.0
        self._name = self._size = ""
        self._to_install = 0

    def take(self, line: str) -> None:
        told = line.strip()
        if told.startswith("Collecting "):
            self._found.add(told.split()[1])
        elif told.startswith(("Downloading ", "Using cached ")) and ".metadata" not in told:
            self._take_file(told)
        elif told.startswith("Installing collected packages:"):
            self._to_install = told.count(",") + 1

    def __str__(self) -> str:
        if self._to_install:
            done = max(0, self._installed() - self._before)
            return f"Installing: {min(done, self._to_install):,} of {self._to_install:,} packages"
        if not self._got:
            return f"Looking up packages: {len(self._found):,} so far"
        of = f"{len(self._got):,} of {max(len(self._found), len(self._got)):,} packages"
        return f"Downloading: {self._name}{self._size}, {of}, {self._megabytes:,.0f} MB so far"

    def _take_file(self, told: str) -> None:
        file = told.split()[2 if told.startswith("Using") else 1].rpartition("/")[2]
        named = _FILE.match(file)
        self._name = named[1] if named else file
        self._size = ""
        if size := _SIZE.search(told):
            megabytes = float(size[1]) * _IN_MB[size[2]]
            self._size = f" ({megabytes:,.1f} MB)"
            if file not in self._got:
                self._megabytes += megabytes
        self._got.add(file)


def run(command: Sequence[str], condensed: Condensed) -> int:
    """Run pip to its end and give its exit status; where it fails, the end of what it wrote."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    last: deque[str] = deque(maxlen=_LAST_LINES)
    said = ""
    for line in _lines(process, EVERY_SECONDS):
        if line:
            last.append(line)
            condensed.take(line)
        elif str(condensed) != said:
            said = str(condensed)
            print(said, file=sys.stderr, flush=True)
    status = process.wait()
    if status:
        print("".join(last), end="", file=sys.stderr, flush=True)
    return status


def _lines(process: "subprocess.Popen[str]", every: float) -> Iterator[str]:
    """The lines as they come, and an empty one whenever so many seconds have passed."""
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    tick = time.monotonic() + every
    while True:
        try:
            line = lines.get(timeout=max(0.0, tick - time.monotonic()))
        except queue.Empty:
            tick = time.monotonic() + every
            yield ""
            continue
        if line is None:
            return
        yield line
        if time.monotonic() >= tick:
            tick = time.monotonic() + every
            yield ""


def main(command: list[str]) -> int:
    venv = Path(command[0]).parents[1]

    def installed() -> int:
        return sum(1 for _ in venv.glob("lib/python*/site-packages/*.dist-info"))

    return run(command, Condensed(installed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
