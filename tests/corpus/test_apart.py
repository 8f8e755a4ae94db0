"""Readers in processes of their own: bounds on time and memory, and what a broken one says."""

import sys
import threading

import pytest

from footnote.corpus.errors import FrontMatterFault, Unreadable
from footnote.corpus.readers.apart import ReadersApart
from footnote.corpus.readers.formats import read
from tests.corpus.files import CROSSING, SPEECH, pdf

pytestmark = pytest.mark.slow

_TEXT = f"{CROSSING}\n\n{SPEECH}".encode()
_PDF = pdf([CROSSING], [SPEECH])


@pytest.fixture(scope="module")
def readers():
    readers = ReadersApart(most=2)
    yield readers
    readers.close()


@pytest.mark.parametrize("data", [_TEXT, _PDF, b"---\ntitle: T\nmine: [a, b]\n---\n\n" + _TEXT])
def test_what_is_read_apart_is_what_is_read_here(readers, data):
    here = read(data, name="x.md", url="https://example.org/a")
    assert readers.read(data, name="x.md", url="https://example.org/a") == here


def test_faults_are_told_as_here(readers):
    with pytest.raises(Unreadable, match="no article in it, only 2 characters"):
        readers.read(b"Hi", name="x")
    with pytest.raises(FrontMatterFault, match="line 2: date is 'never'") as caught:
        readers.read(b"---\ndate: never\n---\n" + _TEXT, name="x.md")
    assert caught.value.faults[0][0] == 2


def test_several_are_read_at_once_and_none_is_mixed_up(readers):
    read_texts: dict[int, str] = {}

    def one(number: int) -> None:
        text = f"Text number {number} of many. {CROSSING}"
        read_texts[number] = readers.read(text.encode(), name="x").draft.text

    threads = [threading.Thread(target=one, args=[n]) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(f"Text number {n} of" in read_texts[n] for n in range(20))


def test_reader_that_takes_too_long_is_ended_and_the_next_one_reads():
    readers = ReadersApart(most=1, max_seconds=0.05)
    with pytest.raises(Unreadable, match=r"x\.html: reading it took longer than"):
        readers.read(b"<p>" + b"<b>x" * 500_000, name="x.html")
    readers.close()


def test_reader_that_takes_too_much_memory_is_ended_and_the_next_one_reads():
    readers = ReadersApart(most=1, max_memory=300 * 1024**2)
    with pytest.raises(Unreadable, match=r"takes more memory|broke down"):
        readers.read(b"word and " * 12_000_000, name="x.txt")
    assert readers.read(_TEXT, name="x").draft.text.endswith(SPEECH)
    readers.close()


def test_reader_that_dies_is_replaced(readers):
    readers.read(_TEXT, name="x")
    for reader in readers._idle:
        reader._process.kill()
        reader._process.wait()
    assert readers.read(_TEXT, name="x").draft.text.endswith(SPEECH)


def test_reader_knows_no_secret(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")
    readers = ReadersApart(most=1)
    readers.read(_TEXT, name="x")
    [reader] = readers._idle
    if sys.platform == "linux":
        with open(f"/proc/{reader._process.pid}/environ") as environment:
            assert "secret" not in environment.read()
    readers.close()
    assert reader._process.poll() is not None
