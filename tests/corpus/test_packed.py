"""Reading DOCX, ODT and EPUB; and archives that are broken, locked or meant to do harm."""

import io
import zipfile

import pytest

from footnote.corpus.errors import Unreadable
from footnote.corpus.readers import packed
from footnote.corpus.readers.formats import read
from tests.corpus import files
from tests.corpus.files import CROSSING, ELAN, SPEECH, docx, epub, odt, paragraph

_PARAGRAPHS = paragraph(CROSSING) + paragraph(SPEECH)
_NOT_TEXT = files.packed({"a.txt": CROSSING, "b.txt": SPEECH})


def test_docx_gives_title_headings_items_and_tables():
    cells = "".join(f"<w:tc>{paragraph(word)}</w:tc>" for word in ("Skarn", "6.10"))
    draft = read(
        docx(
            paragraph("The last ferry", "Titel")
            + _PARAGRAPHS
            + paragraph("After it", "berschrift1")
            + paragraph(ELAN)
            + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        ),
        name="x.docx",
    ).draft
    assert draft.title == "The last ferry"
    assert draft.text == f"{CROSSING}\n\n{SPEECH}\n\n# After it\n\n{ELAN}\n\nSkarn | 6.10"
    assert draft.author == "Ada Winter, Bo Ek"
    assert (draft.date, draft.extra) == (None, {"file_date": "2021-03-04"})


def test_docx_without_a_line_in_the_style_of_titles_has_that_of_its_properties():
    assert read(docx(_PARAGRAPHS), name="x").draft.title == "A title of the program"


def test_what_a_tracked_change_took_out_of_a_docx_is_left_out():
    changed = (
        "<w:p><w:r><w:t>The ferry </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t>always </w:t></w:r></w:ins><w:r><w:t>came.</w:t></w:r></w:p>"
    )
    text = read(docx(changed + _PARAGRAPHS), name="x").draft.text
    assert text.startswith("The ferry always came.\n\n")


def test_odt_gives_title_headings_items_and_notes():
    draft = read(
        odt(
            "<text:tracked-changes><text:p>taken out</text:p></text:tracked-changes>"
            '<text:p text:style-name="Title">The last ferry</text:p>'
            f"<text:p>{CROSSING}<text:s/>It was<text:tab/>late.<text:note><text:note-citation>1"
            "</text:note-citation><text:note-body><text:p>So said Bo.</text:p></text:note-body>"
            '</text:note></text:p><text:h text:outline-level="2">After it</text:h>'
            f"<text:list><text:list-item><text:p>{SPEECH}</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>Skarn</text:p>"
            "</table:table-cell><table:table-cell><text:p>6.10</text:p></table:table-cell>"
            "</table:table-row></table:table>"
        ),
        name="x.odt",
    ).draft
    assert draft.title == "The last ferry"
    assert draft.text == (
        f"{CROSSING} It was late.\n\nSo said Bo.\n\n## After it\n\n- {SPEECH}\n\nSkarn | 6.10"
    )
    assert draft.author == "Ada Winter"
    assert (draft.date, draft.extra) == (None, {"file_date": "2021-03-04"})


def test_epub_gives_its_chapters_in_order():
    draft = read(
        epub(
            f"<h1>One</h1><p>{CROSSING}</p><script>not text</script>",
            f'<h1>Two</h1><div><p>{SPEECH}&nbsp;Yes<a id="x"/>.</p></div><p>{ELAN}</p>',
        ),
        name="x.epub",
    ).draft
    assert draft.title == "The Ferry Book"
    assert draft.text == f"# One\n\n{CROSSING}\n\n# Two\n\n{SPEECH} Yes.\n\n{ELAN}"
    assert (draft.author, draft.date, draft.language) == (
        "Ada Winter, Bo Ek",
        "2019-05-06",
        "en-GB",
    )


def test_chapter_that_is_no_xml_is_read_as_a_browser_would():
    draft = read(epub(f"<p>{CROSSING}<br><p>{SPEECH} & more <b>of <i>it</b></i>."), name="x").draft
    assert draft.text == f"{CROSSING}\n\n{SPEECH} & more of it."


def test_protected_book_is_refused():
    encryption = (
        '<encryption><EncryptedData><CipherReference URI="OPS/text/chapter%200.xhtml"/>'
        "</EncryptedData></encryption>"
    )
    data = epub(f"<p>{CROSSING}</p>", more={"META-INF/encryption.xml": encryption})
    with pytest.raises(Unreadable, match=r"protected \(DRM\)"):
        read(data, name="x.epub")


@pytest.mark.parametrize("data", [docx(_PARAGRAPHS), odt(f"<text:p>{CROSSING}</text:p>")])
def test_format_is_told_by_the_content(data):
    assert CROSSING in read(data, name="photo.jpg").draft.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_NOT_TEXT, "an archive"),
        (docx(""), "no article in it"),
        (odt(""), "no article in it"),
        (epub(), "no chapters with text"),
        (epub("<p></p>"), "no chapters with text"),
        (docx(_PARAGRAPHS)[:-50], "is broken"),
        (docx("<w:p>"), "is broken"),
        (odt("<text:p>"), "is broken"),
        (files.packed({"META-INF/container.xml": "<x/>"}), "is broken"),
    ],
)
def test_what_has_no_text_is_refused_in_a_sentence(data, reason):
    with pytest.raises(Unreadable, match=reason):
        read(data, name="x")


def test_locked_archive_is_refused():
    data = bytearray(odt(f"<text:p>{CROSSING}</text:p>"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        directory = archive.start_dir
    data[directory + 8] |= 1
    with pytest.raises(Unreadable, match="locked with a password"):
        read(bytes(data), name="x.odt")


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = epub(more={"OPS/text/chapter 0.xhtml": " " * (packed.MAX_UNPACKED_BYTES + 1)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "read", None)  # nothing may be unpacked
    with pytest.raises(Unreadable, match="unpacks to 67,1"):
        read(bomb, name="x.epub")


def test_bomb_that_lies_about_its_size_gives_no_more_than_it_says():
    data = bytearray(odt("<text:p>" + "word " * 200_000 + "</text:p>"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = data.index(b"content.xml", archive.start_dir) - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(Unreadable, match="is broken"):
        read(bytes(data), name="x.odt")


def test_part_that_is_named_many_times_is_not_unpacked_without_end(monkeypatch):
    monkeypatch.setattr(packed, "MAX_UNPACKED_BYTES", 50_000)
    chapter = f"<p>{CROSSING * 100}</p>"
    book = epub(chapter).replace(b"", b"")
    spine = "<itemref idref='c0'/>" * 20
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="c0" href="text/chapter'
        f' 0.xhtml" media-type="application/xhtml+xml"/></manifest><spine>{spine}</spine></package>'
    )
    book = epub(chapter, more={"OPS/book.opf": opf})
    with pytest.raises(Unreadable, match="unpacks to more than 50,000 bytes"):
        read(book, name="x.epub")


def test_entities_neither_expand_nor_fetch():
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    head = f"<!DOCTYPE html [<!ENTITY l0 'ha'>{laughs}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    chapter = f"{head}<html><body><p>{CROSSING} &l9; &f; {SPEECH}</p></body></html>"
    text = read(epub("", more={"OPS/text/chapter 0.xhtml": chapter}), name="x").draft.text
    assert "root:" not in text
    assert "haha" not in text
    assert len(text) < 400


def test_day_on_which_a_book_was_made_is_not_its_date():
    made = '<dc:date opf:event="modification">2021-03-04</dc:date>'
    published = '<dc:date opf:event="publication">2019-05-06</dc:date>'
    assert read(epub(f"<p>{CROSSING}</p>", dates=made), name="x").draft.date is None
    assert read(epub(f"<p>{CROSSING}</p>", dates=made + published), name="x").draft.date == (
        "2019-05-06"
    )
