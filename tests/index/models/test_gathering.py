from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from footnote.index.models.gathering import Gathering


class Reading:
    """Gives each text in capitals; the first batch is held until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun, self.let_go = Event(), Event()

    def __call__(self, texts: Sequence[str]) -> list[str]:
        self.batches.append(list(texts))
        self.begun.set()
        assert self.let_go.wait(60)
        if "bad" in texts:
            raise ValueError("bad")
        return [text.upper() for text in texts]


def test_text_that_comes_alone_is_read_at_once() -> None:
    reading = Reading()
    reading.let_go.set()
    assert Gathering(reading).read("a") == "A"
    assert reading.batches == [["a"]]


def at_once(gathering: Gathering[str], reading: Reading, texts: list[str]) -> list[str | Exception]:
    """What each gets, where all came while the first text was being read."""

    def read(text: str) -> str | Exception:
        try:
            return gathering.read(text)
        except ValueError as error:
            return error

    with ThreadPoolExecutor(len(texts) + 1) as threads:
        first = threads.submit(gathering.read, "first")
        assert reading.begun.wait(60)
        waiting = [threads.submit(read, text) for text in texts]
        while len(gathering._waiting) < len(texts):
            pass
        reading.let_go.set()
        assert first.result(60) == "FIRST"
        return [future.result(60) for future in waiting]


def test_texts_that_come_meanwhile_are_read_together_and_each_gets_its_own() -> None:
    reading = Reading()
    texts = [f"text {number}" for number in range(10)]
    assert at_once(Gathering(reading), reading, texts) == [text.upper() for text in texts]
    assert [len(batch) for batch in reading.batches] == [1, 10]


def test_batch_has_at_most_so_many() -> None:
    reading = Reading()
    texts = [f"text {number}" for number in range(10)]
    assert at_once(Gathering(reading, most=4), reading, texts) == [t.upper() for t in texts]
    assert [len(batch) for batch in reading.batches] == [1, 4, 4, 2]


def test_text_that_cannot_be_read_fails_alone() -> None:
    reading = Reading()
    good, bad, other = at_once(Gathering(reading), reading, ["good", "bad", "other"])
    assert (good, other) == ("GOOD", "OTHER")
    assert isinstance(bad, ValueError)


def test_reading_that_is_broken_off_holds_nobody() -> None:
    def broken_off(texts: Sequence[str]) -> list[str]:
        raise KeyboardInterrupt

    gathering = Gathering(broken_off)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            gathering.read("a")


def test_many_threads_each_get_their_own() -> None:
    gathering = Gathering(lambda texts: [text.upper() for text in texts])
    together = Barrier(16)

    def read(number: int) -> bool:
        together.wait(60)
        return all(gathering.read(f"text {number} {n}") == f"TEXT {number} {n}" for n in range(200))

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(read, range(16)))
