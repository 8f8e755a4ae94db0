"""Whether the tests' temporary folders may be in memory: where there is room for them."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

MEMORY = Path("/dev/shm")

NEEDED_BYTES = 4 * 1024**3
"""The tests write a gigabyte at most, and their programs need memory beside it."""

_CHOSEN_BY = ("TMPDIR", "TEMP", "TMP")
"""Where one of them is set, `tempfile` goes by it."""

_FILES_OF_LIMITS = (
    ("memory.max", "memory.current", "inactive_file"),
    ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)
"""Of control groups of the second and the first version: what there may be, what is taken, and what
of that is the content of files, which gives way."""


def may_be_taken(environment: Mapping[str, str]) -> bool:
    """Unless another folder is chosen, or programs may not be started from there."""
    if any(environment.get(name) for name in _CHOSEN_BY):
        return False
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return False
    there = os.statvfs(MEMORY)
    if there.f_flag & os.ST_NOEXEC:
        return False
    # Of such a folder that is the limit, and no memory that is kept for it.
    return min(there.f_bavail * there.f_frsize, free_bytes()) > NEEDED_BYTES


def free_bytes(root: Path = Path("/")) -> int:
    """Of the machine's memory and of what its control groups leave to this process; 0 where that is
    not told."""
    try:
        lines = (root / "proc/meminfo").read_text().splitlines()
        told = dict(line.split(":", 1) for line in lines if ":" in line)
        available = int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, LookupError, ValueError):
        return 0
    return min([available, *_left_by_groups(root)])


def _left_by_groups(root: Path) -> Iterator[int]:
    """By the limit of each group that this process is in, and of those that these are in."""
    for folder in _groups(root):
        for most, taken, inactive in _FILES_OF_LIMITS:
            try:
                limit, used = (int((folder / name).read_text()) for name in (most, taken))
                fields = dict(map(str.split, (folder / "memory.stat").read_text().splitlines()))
                yield limit - used + int(fields.get(inactive, 0))
            except (OSError, ValueError):
                continue  # of the other version, or without a limit ("max")


def _groups(root: Path) -> Iterator[Path]:
    """Their folders. In a container there may be none by the name that the group has outside: then
    those above it are looked at, of which the uppermost is the container's own."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return
    for _, controllers, path in (line.split(":", 2) for line in lines if line.count(":") >= 2):
        if controllers and "memory" not in controllers.split(","):
            continue
        mounted = root / "sys/fs/cgroup" / ("memory" if controllers else "")
        folder = mounted / path.lstrip("/")
        yield folder
        yield from (above for above in folder.parents if above.is_relative_to(mounted))
