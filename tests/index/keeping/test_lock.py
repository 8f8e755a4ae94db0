import os
import signal
import threading
import time
from pathlib import Path

import pytest

from footnote.index.errors import IndexLocked
from footnote.index.keeping.lock import FileWriterLock
from tests.index import other_process


def hold(home: Path) -> None:
    lock = FileWriterLock(home)
    lock.acquire("the bot")
    (home / "held").touch()
    time.sleep(60)


def acquire_and_go(home: Path) -> None:
    FileWriterLock(home).acquire("somebody quick")


def wait_for(file: Path) -> None:
    until = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_second_process_is_told_who_has_the_lock_and_gets_it_after_kill_9(tmp_path: Path) -> None:
    process = other_process.start(hold, tmp_path)
    wait_for(tmp_path / "held")
    lock = FileWriterLock(tmp_path)
    with pytest.raises(IndexLocked, match=rf"the bot, process {process.pid}, since 20\d\d-"):
        lock.acquire("a shell")
    assert not lock.held
    assert (lock.holder() or "").startswith("the bot, process ")
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert lock.holder() is None
    lock.acquire("a shell")
    assert lock.held


def test_lock_is_free_after_a_process_has_ended(tmp_path: Path) -> None:
    other_process.run(acquire_and_go, tmp_path)
    FileWriterLock(tmp_path).acquire("a shell")


def test_lock_is_free_after_release(tmp_path: Path) -> None:
    first, second = FileWriterLock(tmp_path), FileWriterLock(tmp_path)
    first.acquire("one")
    first.release()
    first.release()
    assert second.holder() is None
    second.acquire("two")
    assert (second.held, first.held) == (True, False)
    assert (first.holder() or "").startswith("two, process ")


def test_lock_is_held_by_the_process_whatever_thread_asks(tmp_path: Path) -> None:
    lock = FileWriterLock(tmp_path)
    lock.acquire("one thread")
    held: list[bool] = []
    thread = threading.Thread(target=lambda: held.append(lock.held))
    thread.start()
    thread.join()
    assert held == [True]


def test_holder_who_has_not_signed_yet_is_still_a_holder(tmp_path: Path) -> None:
    lock = FileWriterLock(tmp_path)
    lock.acquire("one")
    (tmp_path / "index.lock.holder").unlink()
    assert FileWriterLock(tmp_path).holder() == "another process"
    with pytest.raises(IndexLocked, match="another process"):
        FileWriterLock(tmp_path).acquire("two")


def test_asking_for_the_holder_takes_the_lock_from_nobody(tmp_path: Path) -> None:
    asking, stop = FileWriterLock(tmp_path), threading.Event()

    def ask() -> None:
        while not stop.is_set():
            asking.holder()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        for _ in range(50):
            lock = FileWriterLock(tmp_path)
            lock.acquire("a shell")
            lock.release()
    finally:
        stop.set()
        thread.join()
