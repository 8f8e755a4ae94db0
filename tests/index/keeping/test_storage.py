"""Which builds there are and which answers, who writes, and the small files, on each kind."""

from pathlib import Path

import pytest

from footnote.index.errors import IndexLocked, IndexUnreadable
from footnote.index.keeping.storage import Storage
from tests.index.keeping.storages import MakeStorage, held


def other(make: MakeStorage, place: Path) -> Storage:
    """As another process has it."""
    return make(place / "home", place / "articles")


def build_in(storage: Storage) -> Path:
    folder = storage.folders.new()
    folder.mkdir(parents=True)
    storage.catalogues.files(folder).write("record.json", b"{}")
    storage.catalogues.create(folder, lambda: None).close()
    return folder


def test_no_build_answers_before_one_is_told_to(storage: Storage) -> None:
    assert storage.folders.current() is None
    build_in(storage)
    assert storage.folders.current() is None


def test_build_that_is_told_to_answer_is_seen_by_others_to_do_so(
    storage: Storage, make_storage: MakeStorage, tmp_path: Path
) -> None:
    first, second = build_in(storage), build_in(storage)
    seeing = other(make_storage, tmp_path)
    for folder in (first, second, first):
        storage.folders.answer_from(folder)
        assert storage.folders.current() == seeing.folders.current() == folder
    seeing.close()


def test_new_build_is_none_of_those_that_are_or_were_there(storage: Storage) -> None:
    first, second = build_in(storage), build_in(storage)
    storage.folders.clear_away(first)
    assert storage.folders.new() not in (first, second)


def test_build_that_is_cleared_away_is_nowhere(storage: Storage) -> None:
    kept, gone = build_in(storage), build_in(storage)
    storage.folders.answer_from(kept)
    assert storage.folders.may_go(gone)
    storage.folders.clear_away(gone)
    assert storage.folders.all() == [kept]
    assert not gone.exists()
    assert storage.catalogues.files(gone).read("record.json") is None
    with pytest.raises(IndexUnreadable):
        storage.catalogues.open(gone)
    storage.folders.clear_away(gone)


def test_small_file_is_read_as_it_was_written_last_and_by_its_part(
    storage: Storage, make_storage: MakeStorage, tmp_path: Path
) -> None:
    files = storage.catalogues.files(build_in(storage))
    files.write("axes", b"\x00\xff one")
    files.write("axes", b"\x00\xff two")
    files.within("vectors").write("axes", b"others")
    seeing = other(make_storage, tmp_path)
    there = seeing.catalogues.files(files.folder)
    assert (there.read("axes"), there.within("vectors").read("axes")) == (
        b"\x00\xff two",
        b"others",
    )
    assert there.read("never written") is None
    assert there.within("vectors").told == files.within("vectors").told != files.told
    seeing.close()


def test_one_writes_at_a_time_and_others_are_told_who(
    storage: Storage, make_storage: MakeStorage, tmp_path: Path
) -> None:
    second = other(make_storage, tmp_path)
    with pytest.raises(IndexLocked, match="a test, process"):
        second.lock.acquire("another")
    assert (storage.lock.held, second.lock.held) == (True, False)
    for lock in (storage.lock, second.lock):
        assert (lock.holder() or "").startswith("a test, process ")
    storage.lock.confirm()
    storage.lock.release()
    storage.lock.release()
    assert second.lock.holder() is None
    second.lock.acquire("another")
    assert (storage.lock.held, second.lock.held) == (False, True)
    second.lock.release()
    second.close()


def test_lock_of_a_storage_that_is_closed_is_free(
    make_storage: MakeStorage, tmp_path: Path
) -> None:
    with held(make_storage, tmp_path):
        pass
    with held(make_storage, tmp_path) as storage:
        assert storage.lock.held


def test_catalogues_tell_what_and_which_version_keeps_them(storage: Storage) -> None:
    assert storage.catalogues.told.startswith(("SQLite", "PostgreSQL at postgresql://127.0.0.1"))
    assert storage.catalogues.version()[0].isdigit()
    assert "s3cretpass" not in storage.catalogues.told
