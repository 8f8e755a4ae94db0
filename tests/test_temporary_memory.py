import os
from pathlib import Path

import pytest

from tests import temporary_memory
from tests.temporary_memory import NEEDED_BYTES, free_bytes, may_be_taken

GB = 1024**3


def machine(root: Path, files: dict[str, object]) -> Path:
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{content}\n")
    return root


MEMORY = {"proc/meminfo": f"MemTotal: {32 * GB // 1024} kB\nMemAvailable: {8 * GB // 1024} kB"}
SECOND = MEMORY | {
    "proc/self/cgroup": "0::/job/test",
    "sys/fs/cgroup/job/test/memory.max": "max",
    "sys/fs/cgroup/job/test/memory.current": GB,
    "sys/fs/cgroup/job/test/memory.stat": "inactive_file 5",
    "sys/fs/cgroup/job/memory.max": 6 * GB,
    "sys/fs/cgroup/job/memory.current": 3 * GB,
    "sys/fs/cgroup/job/memory.stat": f"anon 7\ninactive_file {GB}",
}
FIRST = MEMORY | {
    "proc/self/cgroup": "9:name=systemd:/\n4:cpu,memory:/outside/name\n3:cpuset:/other",
    "sys/fs/cgroup/memory/memory.limit_in_bytes": 2 * GB,
    "sys/fs/cgroup/memory/memory.usage_in_bytes": GB,
    "sys/fs/cgroup/memory/memory.stat": "cache 5\ntotal_inactive_file 9",
}


@pytest.mark.parametrize(
    ("files", "free"),
    [
        (MEMORY, 8 * GB),
        (SECOND, 4 * GB),
        (SECOND | {"sys/fs/cgroup/job/memory.max": 64 * GB}, 8 * GB),
        (FIRST, GB + 9),
        (FIRST | {"sys/fs/cgroup/memory/memory.limit_in_bytes": 2**63 - 4096}, 8 * GB),
        ({}, 0),
        ({"proc/meminfo": "MemTotal: 5 kB"}, 0),
    ],
)
def test_free_memory_is_what_the_machine_and_every_control_group_leave(
    tmp_path: Path, files: dict[str, object], free: int
) -> None:
    assert free_bytes(machine(tmp_path, files)) == free


@pytest.fixture
def roomy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder as large as one likes, from which programs may be started."""
    fields = {"f_bavail": 2 * NEEDED_BYTES, "f_frsize": 1, "f_flag": 0}
    monkeypatch.setattr(temporary_memory, "MEMORY", tmp_path)
    monkeypatch.setattr(os, "statvfs", lambda _: type("Statvfs", (), fields))


@pytest.mark.parametrize(("free", "taken"), [(NEEDED_BYTES + 1, True), (NEEDED_BYTES, False)])
def test_room_in_a_folder_in_memory_counts_only_where_memory_is_free(
    roomy: None, free: int, taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporary_memory, "free_bytes", lambda: free)
    assert may_be_taken({}) is taken


@pytest.mark.parametrize("name", ["TMPDIR", "TEMP", "TMP"])
def test_folder_that_is_chosen_is_kept_to(
    roomy: None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporary_memory, "free_bytes", lambda: 2 * NEEDED_BYTES)
    assert not may_be_taken({name: "/var/tmp"})
    assert may_be_taken({name: ""})  # as `tempfile` has it
