"""A sound index is never taken for a damaged one, whatever the order of what happens to it."""

import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from footnote.index.errors import IndexUnreadable
from footnote.index.keeping import vectors
from footnote.index.keeping.lexical import LexicalEntry
from footnote.index.keeping.seal import Seal, files_in, folders_in
from footnote.index.keeping.tantivy_index import TantivyIndex, refuse_broken_words
from footnote.index.keeping.vectors import ChromaVectors
from tests.index.home import Home
from tests.index.keeping.test_damage import flipped
from tests.index.keeping.test_vectors import many

MERGED_FROM = 8
"""So many segments, one of each commit, does Tantivy merge into one."""


@pytest.fixture
def early_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    early = {"space": "cosine", "sync_threshold": 20, "batch_size": 10}
    monkeypatch.setattr(vectors, "GRAPH", early)


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and date of all files but locks and lists of files to be deleted."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name[0] != "."]
    return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in files}


def texts_of(number: int) -> list[LexicalEntry]:
    return [
        LexicalEntry(number * 500 + n, f"The river Nari{n} flooded Sibi{number}. " * 20, "en")
        for n in range(500)
    ]


def test_closing_words_waits_until_nothing_more_is_written_to_them(tmp_path: Path) -> None:
    """Or whoever takes the lock next would find files half written."""
    words = TantivyIndex(tmp_path, create=True)
    for number in range(MERGED_FROM):
        words.add(texts_of(number))
        words.commit()
    words.close()
    before = states(tmp_path)
    assert len([name for name in before if name.endswith(".term")]) == 1, "they have been merged"
    threading.Event().wait(0.3)
    assert states(tmp_path) == before


def test_index_that_many_syncs_have_written_to_needs_nothing_anew(tmp_path: Path) -> None:
    """As many as Tantivy merges after, each looked at by the next."""
    home = Home(tmp_path)
    with home.open() as passage_index:
        for number in range(MERGED_FROM + 1):
            told = [f"The river Nari{n} flooded Sibi{number}. " * 20 for n in range(60)]
            home.write(f"flood{number}", "\n\n".join(told))
            assert passage_index.sync().mended == ()
            states_then = states(home.current / "words")
            threading.Event().wait(0.05)
            assert states(home.current / "words") == states_then
    home.sync()
    assert home.current.name == "build-1"


def test_what_a_killed_process_left_of_a_segment_is_not_taken_for_damage(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write("flood", "The river flooded Sibi in July.")
    home.sync()
    build = home.current
    (build / "writing").touch()
    (build / "words" / "0123456789abcdef0123456789abcdef.store").write_bytes(b"half a segm")
    (build / "words" / "0123456789abcdef0123456789abcdef.store.temp").write_bytes(b"half")
    with home.open() as passage_index:
        assert passage_index.sync().mended == ()
        assert passage_index.build().folder == build


def test_deletions_of_a_commit_that_did_not_end_are_not_taken_for_damage(tmp_path: Path) -> None:
    words = TantivyIndex(tmp_path, create=True)
    words.add(texts_of(0))
    words.commit()
    words.remove([1, 2])
    words.commit()
    words.close()
    [deleted] = tmp_path.glob("*.del")
    segment, opstamp, _ = deleted.name.split(".")
    deleted.with_name(f"{segment}.{int(opstamp) + 7}.del").write_bytes(b"half")
    refuse_broken_words(tmp_path)
    flipped(deleted)
    with pytest.raises(IndexUnreadable):
        refuse_broken_words(tmp_path)


def test_chroma_writes_nothing_after_a_call_has_returned(tmp_path: Path, early_graph: None) -> None:
    """It once purged its queue in the background."""
    store = ChromaVectors(tmp_path, create=True)
    for start in range(0, 200, 10):
        store.add(range(start, start + 10), many(10))
        before = states(tmp_path)
        threading.Event().wait(0.03)
        assert states(tmp_path) == before
    store.close()
    threading.Event().wait(0.3)
    assert states(tmp_path) == before
    ChromaVectors(tmp_path).close()


def sealed(folder: Path) -> tuple[Seal, Path]:
    file = folder / "data"
    file.write_bytes(b"one")
    seal = Seal(folder, lambda _: ["data"])
    seal.renew()
    return seal, file


def test_second_write_with_the_same_size_and_date_is_sealed_too(tmp_path: Path) -> None:
    """Within a tick of the clock that files are dated by."""
    seal, file = sealed(tmp_path)
    date = file.stat().st_mtime_ns
    file.write_bytes(b"two")
    os.utime(file, ns=(date, date))
    seal.renew()
    assert not seal.differences().broken


def test_what_was_written_long_before_it_was_sealed_is_not_read_again(tmp_path: Path) -> None:
    seal, file = sealed(tmp_path)
    os.utime(file, ns=(0, 0))
    seal.renew()
    file.write_bytes(b"two")
    os.utime(file, ns=(0, 0))
    seal.renew()
    assert seal.differences().broken == ("data",)


def in_folders(folder: Path) -> list[str]:
    return [f"{name}/{file}" for name in folders_in(folder) for file in files_in(folder / name)]


@pytest.fixture
def of_a_folder(tmp_path: Path) -> Seal:
    """A seal of what is in the folders beside it, which was changed since."""
    file = tmp_path / "graph" / "data"
    file.parent.mkdir()
    file.write_bytes(b"one")
    seal = Seal(tmp_path, in_folders)
    seal.renew()
    file.write_bytes(b"three")
    return seal


def scan_fails_with(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def scanned(folder: Any) -> Any:
        if str(folder).endswith("graph"):  # others are scanned by a descriptor
            raise OSError(number, os.strerror(number))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", scanned)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.EIO])
def test_folder_that_cannot_be_read_now_is_not_sealed_as_an_empty_one(
    of_a_folder: Seal, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = of_a_folder.read()
    scan_fails_with(number, monkeypatch)
    with pytest.raises(OSError, match=os.strerror(number)):
        of_a_folder.renew()
    assert of_a_folder.read() == before


@pytest.mark.parametrize("number", [errno.ENOENT, errno.ENOTDIR, errno.EACCES])
def test_folder_that_is_gone_or_closed_has_no_files(
    of_a_folder: Seal, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan_fails_with(number, monkeypatch)
    of_a_folder.renew()
    assert of_a_folder.read() == {}


@pytest.fixture
def killed(tmp_path: Path, early_graph: None) -> Path:
    """Vectors whose process was killed in a write before it came to the graph, which is there."""
    store = ChromaVectors(tmp_path / "vectors", create=True)
    store.add(range(60), many(60))
    store.close()
    (tmp_path / "vectors" / "writing").touch()
    return tmp_path / "vectors"


def same_date(folder: Path) -> None:
    now = (folder / "writing").stat().st_mtime_ns
    for file in folder.glob("*/*"):
        os.utime(file, ns=(now, now))


def clock_set_back(folder: Path) -> None:
    os.utime(folder / "writing", ns=(0, 0))


def copied(folder: Path) -> None:
    """By a program that does not keep dates."""
    shutil.copytree(folder, folder.with_name("copy"), copy_function=shutil.copyfile)
    shutil.rmtree(folder)
    folder.with_name("copy").rename(folder)
    clock_set_back(folder)


@pytest.mark.parametrize("happened", [same_date, clock_set_back, copied])
def test_graph_that_is_as_it_was_sealed_was_not_being_written(
    killed: Path, happened: Callable[[Path], None]
) -> None:
    happened(killed)
    store = ChromaVectors(killed)
    assert store.count() == 60
    assert not (killed / "writing").exists()
    store.close()


def test_interrupt_from_the_keyboard_leaves_vectors_sealed(
    tmp_path: Path, early_graph: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes when Chroma's call has returned, with the graph written."""
    store = ChromaVectors(tmp_path, create=True)
    upsert = store._collection.upsert

    def interrupted(**named: Any) -> None:
        upsert(**named)
        raise KeyboardInterrupt

    monkeypatch.setattr(store._collection, "upsert", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.add(range(60), many(60))
    store.close()
    store = ChromaVectors(tmp_path)
    assert store.count() == 60
    store.close()
