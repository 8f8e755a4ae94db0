"""Awkward pages, each next to the article that it should become."""

from pathlib import Path

import pytest

from footnote.corpus.front_matter import parse, render
from footnote.corpus.readers.formats import read

_PAGES = Path(__file__).parent / "pages"
_EXPECTED = ".expected.md"
_NAMES = sorted(path.name for path in _PAGES.iterdir() if not path.name.endswith(_EXPECTED))


@pytest.mark.parametrize("name", _NAMES)
def test_page_becomes_its_article(name):
    page = _PAGES / name
    reading = read(page.read_bytes(), name=name)
    expected = (_PAGES / (page.stem + _EXPECTED)).read_text(encoding="utf-8")
    assert render(reading.draft) == expected
    assert parse(expected, name=name) == reading.draft


def test_every_expected_article_has_its_page():
    expected = {path.name.removesuffix(_EXPECTED) for path in _PAGES.glob("*" + _EXPECTED)}
    assert expected == {Path(name).stem for name in _NAMES}
    assert len(_NAMES) >= 12


def test_lines_that_were_left_out_are_told():
    page = _PAGES / "scraped-commentary.txt"
    assert read(page.read_bytes(), name=page.name).dropped == (
        "Share this:",
        "Click to share on Facebook (Opens in new window)",
        "Click to email a link to a friend (Opens in new window)",
        "Like this:",
        "Like Loading...",
        "Related",
        "Leave a Reply",
        "%d bloggers like this:",
    )
