"""Text survives every reader: normalised once, no word lost, and every passage an exact slice."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.corpus.front_matter import parse, render
from footnote.corpus.normalise import normalise
from footnote.corpus.readers.formats import read
from footnote.index.passages import split
from tests.corpus.awkward import texts
from tests.corpus.files import CROSSING, SPEECH, docx, epub, letter, odt, paragraph

pytestmark = pytest.mark.slow

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _docx(text: str) -> bytes:
    return docx("".join(paragraph(part) for part in (CROSSING, _xml(text), SPEECH)))


def _odt(text: str) -> bytes:
    return odt("".join(f"<text:p>{part}</text:p>" for part in (CROSSING, _xml(text), SPEECH)))


def _epub(text: str) -> bytes:
    return epub("".join(f"<p>{part}</p>" for part in (CROSSING, _xml(text), SPEECH)))


def _letter(text: str) -> bytes:
    return letter(f"{CROSSING}\n\n{_NOT_XML.sub('', text)}\n\n{SPEECH}\n")


def _plain(text: str) -> bytes:
    # What has a NUL in it is taken for the data of a program.
    return f"{CROSSING}\n\n{text}\n\n{SPEECH}".replace("\0", "").encode(errors="replace")


_WRITTEN = {"x.docx": _docx, "x.odt": _odt, "x.epub": _epub, "x.eml": _letter, "x.txt": _plain}


def _xml(text: str) -> str:
    return html.escape(_NOT_XML.sub("", text), quote=False)


@pytest.mark.parametrize("name", list(_WRITTEN))
@given(texts)
@settings(max_examples=40)
def test_text_is_normalised_once_and_every_passage_is_an_exact_slice(name, text):
    draft = read(_WRITTEN[name](text), name=name).draft
    assert draft.text == normalise(draft.text)
    assert parse(render(draft), name="x.md") == draft
    end = 0
    for span, _ in split(draft.text, draft.language):
        assert span.start >= end
        assert span.of(draft.text).strip()
        end = span.end


@pytest.mark.parametrize("name", ["x.docx", "x.odt", "x.epub"])
@given(st.text(st.characters(categories=("L", "N", "Mn", "So", "Cf")), min_size=1, max_size=40))
@settings(max_examples=40)
def test_no_letter_is_lost(name, word):
    draft = read(_WRITTEN[name](f"{word} and on."), name=name).draft
    assert f"{CROSSING}\n\n{normalise(f'{word} and on.')}\n\n{SPEECH}" in draft.text


@pytest.mark.parametrize("name", ["x.docx", "x.txt"])
def test_ten_megabytes_on_one_line_are_read(name):
    draft = read(_WRITTEN[name]("word and " * 1_100_000 + "end."), name=name).draft
    assert draft.text.count("word and") == 1_100_000
