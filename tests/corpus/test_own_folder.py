"""The folders that readers work in: none is left behind, and none is taken from a reader."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from footnote.corpus.readers.own_folder import OwnFolder

LONG_AGO = 1_000_000_000
MADE_AND_KILLED = """
import os, signal
from footnote.corpus.readers.own_folder import OwnFolder
folder = OwnFolder()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def temp(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def aged(folder: Path) -> Path:
    os.utime(folder, (LONG_AGO, LONG_AGO))
    return folder


@pytest.mark.slow
def test_folder_of_a_process_that_was_killed_is_removed_by_the_next_one(temp):
    subprocess.run([sys.executable, "-c", MADE_AND_KILLED], cwd=Path(__file__).parents[2])
    [left] = temp.iterdir()
    aged(left)
    folder = OwnFolder()
    assert list(temp.iterdir()) == [Path(folder.path)]
    folder.remove()
    assert list(temp.iterdir()) == []


def test_folder_that_is_in_use_stays_however_old_it_is(temp):
    one = OwnFolder()
    aged(Path(one.path))
    OwnFolder().remove()
    assert list(temp.iterdir()) == [Path(one.path)]
    one.remove()


def test_folder_that_has_just_been_made_or_that_holds_something_stays(temp):
    new = temp / "footnote-reader-new"
    new.mkdir()
    full = temp / "footnote-reader-full"
    full.mkdir()
    (full / "file").touch()
    aged(full)
    other = temp / "somebody-elses"
    other.mkdir()
    aged(other)
    OwnFolder().remove()
    assert sorted(temp.iterdir()) == sorted([new, full, other])
