"""Giving up what a process that reads what others wrote need not have, where the system allows it.

On Linux, each step where the kernel knows it: no rights of the superuser, no files but those that
Python and its packages are made of (Landlock, https://docs.kernel.org/userspace-api/landlock.html),
no network, no other programs, and no say over other processes (seccomp(2)). There is no way back.
"""

import contextlib
import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
# Numbers of system calls: those that every architecture has alike, and for each the others.
_CREATE_RULES, _ADD_RULE, _RESTRICT = 444, 445, 446
_ALIKE = {"pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434, "pidfd_getfd": 438}
_DENIED = {
    "x86_64": {
        "socket": 41, "connect": 42, "bind": 49, "listen": 50, "socketpair": 53, "execve": 59,
        "kill": 62, "ptrace": 101, "mount": 165, "tkill": 200, "tgkill": 234, "keyctl": 250,
        "unshare": 272, "perf_event_open": 298, "setns": 308, "process_vm_readv": 310,
        "process_vm_writev": 311, "bpf": 321, "execveat": 322, "userfaultfd": 323,
    },
    "aarch64": {
        "mount": 40, "unshare": 97, "ptrace": 117, "kill": 129, "tkill": 130, "tgkill": 131,
        "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "connect": 203,
        "keyctl": 219, "execve": 221, "perf_event_open": 241, "setns": 268,
        "process_vm_readv": 270, "process_vm_writev": 271, "bpf": 280, "execveat": 281,
        "userfaultfd": 282,
    },
}  # fmt: skip
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_OTHER_NUMBERS = 0x40000000  # x32, another set of calls of the same processor
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILES_FROM_VERSION = {1: 13, 2: 14, 3: 15, 5: 16}  # how many rights there are
_NETWORK_FROM_VERSION = 4
_PACKAGES = ("site-packages", "dist-packages", "lib-dynload", ".zip")
_SYSTEM = (
    *("/usr", "/lib", "/lib64", "/nix/store", "/dev/null", "/dev/urandom"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types"),
)


def confine(readable: Iterable[Path] = ()) -> list[str]:
    """Give up what can be; the names of what was: "privileges", "files", "network".

    Files below `readable` can be read, beside those of Python, of its packages and of the system.
    """
    if not sys.platform.startswith("linux"):
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return []
    given_up = []
    packages = [Path(path) for path in sys.path if path.endswith(_PACKAGES)]
    needed = [*readable, *packages, Path(sys.prefix), Path(sys.base_prefix), *map(Path, _SYSTEM)]
    if _restrict_files(libc, needed):
        given_up.append("files")
    if _drop_capabilities(libc):
        given_up.append("privileges")
    if _restrict_calls(libc):
        given_up.append("network")
    return sorted(given_up)


def _restrict_files(libc: ctypes.CDLL, readable: Iterable[Path]) -> bool:
    version = libc.syscall(_CREATE_RULES, None, 0, 1)
    if version < 1:
        return False
    rights = max(count for since, count in _FILES_FROM_VERSION.items() if since <= version)
    attributes = struct.pack("=Q", (1 << rights) - 1)
    if version >= _NETWORK_FROM_VERSION:
        attributes += struct.pack("=Q", 0b11)  # to be connected to, and to connect
    rules = libc.syscall(_CREATE_RULES, attributes, len(attributes), 0)
    if rules < 0:
        return False
    try:
        for path in readable:
            with contextlib.suppress(OSError):  # not here
                _allow(libc, rules, path)
        return bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | (_READ_FOLDER if path.is_dir() else 0)
        below = 1
        libc.syscall(_ADD_RULE, rules, below, struct.pack("=Qi", rights, opened), 0)
    finally:
        os.close(opened)


def _drop_capabilities(libc: ctypes.CDLL) -> bool:
    """Without them the superuser is like anybody else, and raises no limit."""
    version_3 = 0x20080522
    return bool(libc.capset(struct.pack("=Ii", version_3, 0), bytes(24)) == 0)


def _restrict_calls(libc: ctypes.CDLL) -> bool:
    """Calls of the list fail with EPERM; what comes with other numbers, too."""
    machine = platform.machine()
    if machine not in _DENIED:
        return False
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    allow, deny = 0x7FFF0000, 0x00050000 | errno.EPERM
    denied = sorted({*_DENIED[machine].values(), *_ALIKE.values()})
    steps = [
        (load, 0, 0, 4),  # the architecture
        (equal, 1, 0, _ARCHITECTURES[machine]),
        (answer, 0, 0, deny),
        (load, 0, 0, 0),  # the number of the call
        (at_least, len(denied) + 1, 0, _OTHER_NUMBERS),
        *((equal, len(denied) - place, 0, number) for place, number in enumerate(denied)),
        (answer, 0, 0, allow),
        (answer, 0, 0, deny),
    ]
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code)
    program = struct.pack("@HP", len(steps), ctypes.addressof(buffer))
    return bool(libc.prctl(_SECCOMP, _FILTER, program, 0, 0) == 0)
