"""Broken files: whatever comes in, a reading or a refusal comes out, in bounded time.

`broken/` holds files that a reader once fell over; `python -m tests.corpus.fuzz` finds more.
"""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.corpus.errors import CorpusError
from footnote.corpus.feeds import parse_feed
from footnote.corpus.normalise import normalise
from footnote.corpus.readers import Reading
from footnote.corpus.readers.formats import read
from tests.corpus.mutations import mutated, seeds, unpacked_and_mutated

_FOUND = sorted(Path(__file__).with_name("broken").iterdir())


def _read(data: bytes, name: str) -> None:
    try:
        found = parse_feed(data, url=name) if name.endswith(".xml") else read(data, name=name)
    except CorpusError:
        return
    if isinstance(found, Reading):
        assert found.draft.text == normalise(found.draft.text) != ""


@pytest.mark.parametrize("file", _FOUND, ids=lambda file: file.name)
def test_what_a_reader_once_fell_over_is_read_or_refused(file):
    _read(file.read_bytes(), file.name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MIME-Version: 1.0\nMessage-ID: <1>\nContent-Type: text/plain; a=" + b"(" * 9000, "x"),
        (b"<html><body>" + b"<div>" * 100_000 + b"words", "x.html"),
        (b"> " * 5000 + b"words", "x.md"),
    ],
    ids=["headers", "html", "markdown"],
)
def test_what_is_nested_without_end_is_read_or_refused(data, name):
    _read(data + b"\n\n", name)


@pytest.mark.parametrize("name", list(seeds()))
@given(seed=st.integers(0, 2**32))
def test_file_with_faults_is_read_or_refused(name, seed):
    chosen = random.Random(seed)
    inside = name.endswith((".docx", ".odt", ".epub")) and chosen.random() < 0.7
    _read((unpacked_and_mutated if inside else mutated)(seeds()[name], chosen), name)
