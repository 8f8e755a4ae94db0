import os
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from footnote.index.keeping import held_files
from footnote.index.keeping.catalogue_file import CatalogueFile
from footnote.index.keeping.catalogue_tables import cleared
from footnote.index.keeping.seal import Seal
from tests.index import other_process


def close_it(place: Path) -> None:
    """As a process does that has only read."""
    catalogue = CatalogueFile(place / "catalogue.sqlite")
    (place / "seen").write_text(str(catalogue.rows(select(func.count()).select_from(cleared))))
    catalogue.close()


def seen_elsewhere(place: Path) -> str:
    process = other_process.start(close_it, place)
    process.join()
    return (place / "seen").read_text()


@pytest.mark.skipif(os.name != "posix", reason="locks belong to handles elsewhere")
def test_sealing_takes_no_lock_of_the_database_away(tmp_path: Path) -> None:
    """The log would be deleted under the process that writes it: nobody else would see what it
    writes, and a kill would lose it."""
    file = tmp_path / "catalogue.sqlite"
    catalogue = CatalogueFile(file, create=True)
    assert catalogue.checkpoint()
    Seal(tmp_path, lambda _: [file.name]).renew()
    assert seen_elsewhere(tmp_path) == "[(0,)]"
    with catalogue.transaction() as connection:
        connection.execute(insert(cleared).values(at=1.0, passages=1))
    assert seen_elsewhere(tmp_path) == "[(1,)]"
    assert file.with_name("catalogue.sqlite-wal").stat().st_size > 0
    catalogue.close()


def open_descriptors(file: Path) -> int:
    return sum(
        os.path.samestat(os.fstat(number), file.stat())
        for number in map(int, os.listdir("/dev/fd"))
        if os.path.exists(f"/dev/fd/{number}")
    )


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="open files are not told here")
def test_what_is_held_is_closed_with_its_last_holder(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_bytes(b"one")
    with held_files.reading(file) as descriptor:
        assert os.pread(descriptor, 9, 0) == b"one"
    assert open_descriptors(file) == 0
    held_files.hold(file)
    held_files.hold(file)
    for _ in range(3):
        with held_files.reading(file):
            assert open_descriptors(file) == 1
    held_files.release(file)
    assert open_descriptors(file) == 1
    held_files.release(file)
    assert open_descriptors(file) == 0


def test_file_put_in_the_place_of_a_held_one_is_the_one_that_is_read(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_bytes(b"one")
    held_files.hold(file)
    with held_files.reading(file):
        pass
    (tmp_path / "other").write_bytes(b"two")
    os.replace(tmp_path / "other", file)
    with held_files.reading(file) as descriptor:
        assert os.pread(descriptor, 9, 0) == b"two"
    held_files.release(file)
