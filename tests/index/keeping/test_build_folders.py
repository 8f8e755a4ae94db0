"""Which build answers, told by a file that is opened only once it is another."""

import os
from pathlib import Path

import pytest

from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.build_folders import FoldersHere


@pytest.fixture
def folders(tmp_path: Path) -> FoldersHere:
    folders = FoldersHere(tmp_path)
    for _ in range(2):
        folders.new().mkdir()
    return folders


def test_none_answers_before_one_is_named(folders: FoldersHere) -> None:
    assert folders.current() is None
    first = folders.root / "build-1"
    folders.answer_from(first)
    assert folders.current() == first


def test_a_swap_by_another_process_is_seen_at_once(folders: FoldersHere) -> None:
    others = FoldersHere(folders.root)
    for name in ("build-1", "build-2", "build-1"):
        others.answer_from(folders.root / name)
        assert folders.current() == folders.root / name


def test_the_file_is_not_opened_again_while_it_is_the_same(
    folders: FoldersHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders.answer_from(folders.root / "build-1")
    folders.current()
    opened = list[Path]()
    read = Path.read_bytes

    def counted(self: Path) -> bytes:
        opened.append(self)
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", counted)
    assert folders.current() == folders.root / "build-1"
    assert opened == []
    folders.answer_from(folders.root / "build-2")
    assert folders.current() == folders.root / "build-2"
    assert len(opened) == 1


def test_a_build_that_is_gone_does_not_answer(folders: FoldersHere) -> None:
    first = folders.root / "build-1"
    folders.answer_from(first)
    assert folders.current() == first
    os.rmdir(first)
    assert folders.current() is None


def test_garbage_is_told_each_time(folders: FoldersHere) -> None:
    folders.answer_from(folders.root / "build-1")
    folders.current()
    (folders.root / "current").write_text("../elsewhere\n")
    for _ in range(2):
        with pytest.raises(IndexUnreadable):
            folders.current()
