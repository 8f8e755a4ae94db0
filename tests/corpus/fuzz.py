"""Reads broken files for a while: python -m tests.corpus.fuzz SECONDS [FOLDER].

Tells what no reader expected: other faults than a refusal, ends of a reader, too much time or
memory. Such files are put into FOLDER.
"""

import hashlib
import logging
import random
import sys
import time
from collections import Counter
from pathlib import Path

from footnote.corpus.errors import CorpusError
from footnote.corpus.readers.apart import ReadersApart
from tests.corpus.mutations import mutated, seeds, unpacked_and_mutated

_MAX_SECONDS = 10.0
_PACKED = (".docx", ".odt", ".epub")


def main(seconds: float, folder: Path | None) -> None:
    begun, counted, slowest = time.monotonic(), Counter[str](), 0.0
    readers = ReadersApart(most=1, max_seconds=_MAX_SECONDS)
    told = _Told()
    logging.getLogger("footnote.corpus").addHandler(told)
    logging.getLogger("footnote.corpus").setLevel(logging.INFO)
    number = int(begun * 1000)
    while time.monotonic() - begun < seconds:
        number += 1
        chosen = random.Random(number)
        name, data = chosen.choice(list(seeds().items()))
        inside = name.endswith(_PACKED) and chosen.random() < 0.7
        data = (unpacked_and_mutated if inside else mutated)(data, chosen)
        told.last = ""
        at = time.monotonic()
        outcome = _read(readers, data, name)
        slowest = max(slowest, time.monotonic() - at)
        counted[f"{name}: {outcome}"] += 1
        if told.last or "too long" in outcome:
            print(f"--- {name}, seed {number}: {outcome}\n{told.last[-700:]}", flush=True)
            if folder:
                digest = hashlib.sha256(data).hexdigest()[:8]
                (folder / f"{digest}-{name}").write_bytes(data)
    readers.close()
    print(f"{sum(counted.values()):,} files, the slowest in {slowest:.1f} s")
    for outcome, count in sorted(counted.items()):
        print(f"{count:8,} {outcome}")


def _read(readers: ReadersApart, data: bytes, name: str) -> str:
    try:
        if name == "feed.xml":
            readers.read_feed(data, url="https://example.org/feed")
        else:
            readers.read(data, name=name)
    except CorpusError as error:
        if "longer than" in str(error):
            return "too long"
        return "broke down" if "broke down" in str(error) else "refused"
    return "read"


class _Told(logging.Handler):
    """The traceback of the last fault that no reader expected."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
