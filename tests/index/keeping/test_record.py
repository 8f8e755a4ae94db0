from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from footnote.index.errors import IndexUnreadable
from footnote.index.keeping.build_files import FolderFiles
from footnote.index.keeping.record import BuildRecord
from tests.fakes import WordsModel

RECORD = BuildRecord.of(WordsModel())


def test_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    RECORD.write(FolderFiles(tmp_path))
    assert BuildRecord.read(FolderFiles(tmp_path)) == RECORD


@pytest.mark.parametrize("name", [field.name for field in fields(BuildRecord)])
def test_everything_but_the_name_of_the_model_decides_whether_records_match(name: str) -> None:
    value = getattr(RECORD, name)
    changed: dict[str, Any] = {name: value + 1 if isinstance(value, int) else "other"}
    other = replace(RECORD, **changed)
    assert RECORD.matches(other) == (name == "embedding_model")
    assert RECORD.same_vectors(other) == (name != "embedding_fingerprint")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"{}", b'{"embedding_model": "a"}', b"\xff"]
)
def test_file_of_another_form_is_unreadable_and_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "record.json").write_bytes(content)
    with pytest.raises(IndexUnreadable, match=r"record\.json of .* is not the record"):
        BuildRecord.read(FolderFiles(tmp_path))


def test_missing_record_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(IndexUnreadable, match=r"has no record\.json"):
        BuildRecord.read(FolderFiles(tmp_path))


def test_record_with_an_earlier_name_in_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    record = BuildRecord("a", "b", max_characters=700)
    record.write(FolderFiles(tmp_path))
    file.write_text(file.read_text().replace("max_characters", "most_characters"))
    assert BuildRecord.read(FolderFiles(tmp_path)) == record
