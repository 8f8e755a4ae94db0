"""Which format and which encoding bytes are in, and what is said of those that are not read."""

import contextlib
import gzip
import io
import random
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from footnote.corpus.errors import CorpusError, Unreadable
from footnote.corpus.readers import MAX_BYTES
from footnote.corpus.readers.encoding import decode
from footnote.corpus.readers.formats import read
from footnote.corpus.readers.registry import ENDINGS, FORMATS, what_is_read

_SENTENCES = (
    "The ferry left at ten past six with eleven passengers. Nobody on the quay said a word."
)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = (1).to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def _zip(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, f"<x>{_SENTENCES}</x>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (_png(), "image/png"),
        (_zip("a.txt"), "an archive (ZIP)"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "an archive (ZIP)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"\xec\xa5", "an old document of Word"),
        (gzip.compress(_SENTENCES.encode()), "application/gzip"),
        (b"{\\rtf1\\ansi " + _SENTENCES.encode() + b"}", "application/rtf"),
        (b"%!PS-Adobe-3.0\n(" + _SENTENCES.encode() + b") show", "application/postscript"),
        (b"BM" + bytes(200), "image/bmp"),
        (b"<?xml version='1.0'?><rss><item>" + _SENTENCES.encode() + b"</item></rss>", "XML"),
        (b"\n<svg><text>" + _SENTENCES.encode() + b"</text></svg>", "XML"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("name", ["article.txt", "article.md", "article"])
def test_other_formats_are_refused_by_their_content(data, what, name):
    if what == "XML" and name.endswith(".md"):
        name = "feed.xml"  # in a Markdown file, tags are allowed
    with pytest.raises(Unreadable) as caught:
        read(data, name=name)
    assert str(caught.value).startswith(f"{name}: this is ")
    assert what in str(caught.value)
    assert str(caught.value).endswith(f"; Footnote reads {what_is_read()}")


@pytest.mark.parametrize(
    "beginning",
    [
        "BMW",
        "MZ",
        "GIF",
        "GIF89a",
        "ID3",
        "CWS",
        "FWS",
        "AC10",
        "LZIP",
        "BZh",
        "Cr24",
        "MThd",
        "OggS",
    ],
)
def test_word_that_is_also_the_mark_of_a_format_begins_a_text(beginning):
    text = f"{beginning} is the subject. {_SENTENCES}"
    assert read(text.encode(), name="x.txt").draft.text == text
    assert read(text.replace("quay", "quai à").encode("cp1252"), name="x.txt").draft.text


def test_size_has_a_limit_and_the_refusal_says_which():
    with pytest.raises(Unreadable, match="52,428,801 bytes; the most that is read is 52,428,800"):
        read(bytes(MAX_BYTES + 1), name="huge.txt")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "and no text"),
        (b" \n\t\n", "and no text"),
        (b"\xef\xbb\xbf", "and no text"),
        (b"\xff\xfe", "and no text"),
        (b"1, 2, 3, 4\n" * 90, "only"),
    ],
)
def test_file_without_words_is_refused(data, told):
    with pytest.raises(Unreadable, match=rf"empty\.txt: no article in it, {told}") as caught:
        read(data, name="empty.txt")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("size", [1, 10, 200, 5000, 200_000])
def test_random_bytes_are_no_text(size):
    for seed in range(5):
        with pytest.raises(Unreadable):
            read(random.Random(seed).randbytes(size), name="random.txt")


def test_text_with_a_zero_in_it_is_data_of_some_program():
    with pytest.raises(Unreadable, match="data of some program"):
        read(_SENTENCES.encode() + b"\0" + _SENTENCES.encode(), name="x.txt")


@given(st.binary(max_size=300), st.sampled_from(["x", "x.txt", "x.md", "x.html"]))
@example(b"---\ntitle: \x07\n---\n", "x.txt")
@example(b"<html>", "x")
@example(b"<!DOCTYPE html><p>\xff\xfe", "x")
def test_any_bytes_end_in_a_reading_or_in_a_named_fault(data, name):
    try:
        draft = read(data, name=name).draft
    except CorpusError as fault:
        assert name in str(fault)  # noqa: PT017 - either end is right
    else:
        assert draft.title
        assert draft.text


_BOM_LESS = [
    "utf-8",
    "cp1252",
    "latin-1",
    "koi8-r",
    "cp1251",
    "cp1253",
    "cp1254",
    "gb18030",
    "euc-jp",
]
_IN_LETTERS_OF = {
    "utf-8": "کتب خانے کی چھت پچھلے سال کی بارش میں گر گئی تھی، مگر کتابیں بچ گئیں۔ café ☕",
    "cp1252": "L’été dernier, les élèves ont été reçus à la mairie, où le maire les a salués.",
    "latin-1": "El año pasado, la señora Muñoz habló de la economía. ¿Qué pasará mañana, y cuándo?",
    "koi8-r": "Третью неделю стоит туман, и пароход не приходит. Хлеба хватит до субботы.",
    "cp1251": "Смотритель поднялся на башню и насчитал сорок две ступени вместо сорока трёх.",
    "cp1253": "Ο φαροφύλακας ανέβηκε στον πύργο και μέτρησε σαράντα δύο σκαλοπάτια.",
    "cp1254": "Başbakan, bölgedeki ışıkların söndüğünü söyledi ve komşulara çağrıda bulundu.",
    "gb18030": "看守人登上灯塔，数了四十二级台阶，而不是四十三级。他说有一级被海水冲走了。",
    "euc-jp": "灯台守は塔に登り、四十三段ではなく四十二段を数えた。一段は海に流されたと言う。",
}


@pytest.mark.parametrize("encoding", _BOM_LESS)
def test_encoding_is_told_by_the_letters(encoding):
    text = " ".join([_IN_LETTERS_OF[encoding]] * 3)
    assert decode(text.encode(encoding), name="x.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", _IN_LETTERS_OF.values(), ids=_IN_LETTERS_OF)
def test_byte_order_mark_settles_the_encoding(encoding, text):
    marked = text if encoding in ("utf-8-sig", "utf-16", "utf-32") else "\ufeff" + text
    assert decode(marked.encode(encoding), name="x.txt").text.removeprefix("\ufeff") == text
    reading = read(marked.encode(encoding), name="x.txt")
    assert reading.draft.text == text


def test_quotation_marks_of_windows_are_kept_in_a_short_text():
    text = "The author’s “plan” – it’s simple… – failed.\xa0So be it™."
    assert decode(text.encode("cp1252"), name="x.txt").text == text


def test_few_broken_bytes_do_not_change_the_encoding_of_the_rest():
    text = "“Nobody wants to wait,” she said – and it’s the café’s fault. " * 20
    broken = text.encode() + b"\xe2\x80 cut off \xff"
    assert decode(broken, name="x.txt").text == text + "\ufffd cut off \ufffd"


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("windows-1251", "cp1251", _IN_LETTERS_OF["cp1251"]),
        ("ISO-8859-2", "iso8859-2", "Zażółć gęślą jaźń, a Łódź leży w środkowej części Polski."),
        ("iso-8859-9", "cp1254", "Işık gören ağaçlar büyüdü; bekçi kulübesine döndü."),
        ("iso-8859-1", "cp1252", "The keeper’s “light” – it’s out."),
        ("us-ascii", "cp1252", "The keeper’s “light” – it’s out."),
        ("gb2312", "gb18030", _IN_LETTERS_OF["gb18030"]),
        ("shift_jis", "cp932", "灯台守は塔に登り、①段目を数えた。"),
        ("big5", "big5", "看守人登上燈塔，數了四十二級臺階。"),
        ("utf-8", "utf-8", _IN_LETTERS_OF["utf-8"]),
        ("no-such-thing", "cp1252", _IN_LETTERS_OF["cp1252"]),
        ("utf-16", "utf-8", _IN_LETTERS_OF["cp1252"]),
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        "<meta charset={}>",
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={}">',
        "<!-- saved --><meta name=a content=b><meta charset='{}' />",
    ],
)
@pytest.mark.parametrize("name", ["page.html", "page"])
def test_page_is_read_in_the_encoding_that_it_declares(declared, encoding, text, head, name):
    page = (
        f"<!DOCTYPE html><html><head>{head.format(declared)}<title>A</title></head><body><article>"
    )
    page += "".join(f"<p>{number}. {text} {text}</p>" for number in range(4))
    draft = read((page + "</article></body></html>").encode(encoding), name=name).draft
    assert draft.text.split("\n\n")[0] == f"0. {text} {text}"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_page_with_a_byte_order_mark_is_a_page_whatever_it_is_called(encoding):
    page = f"<!doctype html><html><body><article><p>{_SENTENCES}</p></article></body></html>"
    assert read(page.encode(encoding), name="download").draft.text == _SENTENCES


@pytest.mark.parametrize(
    "opening",
    [
        *(
            "<!DOCTYPE html>",
            "<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
            "<html>",
            "<HTML>",
        ),
        *(
            "<head><title>A</title></head>",
            "<body class='x'>",
            "\n\n  <html lang=en>",
            "\ufeff<html>",
        ),
        *(
            "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE html>",
            "<!-- saved from a page --><html>",
        ),
        *(
            "<title>A</title>",
            "<meta name=x content=y>",
            "<div id=x>",
            "<article>",
            "<p>",
            "<h1>A</h1>",
        ),
    ],
)
@pytest.mark.parametrize("name", ["download", "page.txt", "page.html"])
def test_page_is_told_by_how_it_begins(opening, name):
    page = f"{opening}<p>{_SENTENCES}</p><p>{_SENTENCES.upper()}</p>"
    draft = read(page.encode(), name=name).draft
    assert draft.text == f"{_SENTENCES}\n\n{_SENTENCES.upper()}"


def test_text_that_speaks_of_tags_is_a_text():
    text = f"<pre-war> and <post-war> are how she marked them. {_SENTENCES}"
    assert read(text.encode(), name="x.txt").draft.text == text


@pytest.mark.parametrize("name", ["x.md", "x.MD", "sub/x.markdown"])
def test_markdown_is_told_by_its_name(name):
    assert read(f"*{_SENTENCES}*".encode(), name=name).draft.text == _SENTENCES


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_markdown_is_told_by_its_head(mark):
    draft = read(f"{mark}---\ntitle: A\n---\n*{_SENTENCES}*".encode(), name="paste").draft
    assert (draft.title, draft.text) == ("A", _SENTENCES)


@pytest.mark.parametrize(
    "data",
    [
        b"<!---->" * 50_000 + _SENTENCES.encode(),
        b"<!--" * 50_000 + _SENTENCES.encode(),
        b"<?xml ?>" * 50_000 + _SENTENCES.encode(),
        b"<meta " * 50_000 + _SENTENCES.encode("utf-16"),
        (_SENTENCES * 40_000).encode(),
        (_SENTENCES * 20_000).replace("quay", "quai à").encode("cp1252"),
        b"\n" * 1_000_000 + _SENTENCES.encode(),
    ],
    ids=[
        "comments",
        "open comments",
        "xml",
        "meta",
        "one line",
        "one line of Windows",
        "line ends",
    ],
)
def test_no_text_takes_long(data):
    start = time.process_time()
    with contextlib.suppress(Unreadable):
        read(data, name="x")
    assert time.process_time() - start < 10


def test_every_format_is_named_for_people_and_has_endings_of_its_own() -> None:
    page = (Path(__file__).parents[2] / "docs" / "adding.md").read_text("utf-8")
    [line] = [line for line in page.splitlines() if line.startswith("- **Formats:**")]
    named = [name for of in FORMATS for name in of.names]
    assert [name for name in named if name.partition(" (")[0] not in line] == []
    assert what_is_read().startswith("PDF, DOCX, ")
    assert what_is_read().endswith(" and plain text")
    endings = [ending for of in FORMATS for ending in of.endings]
    assert len(endings) == len(set(endings)) == len(ENDINGS)
    assert all(ending.startswith(".") and ending == ending.lower() for ending in endings)
    assert all(bool(of.names) == bool(of.endings) for of in FORMATS)


def test_who_only_looks_into_the_table_imports_no_reader() -> None:
    code = (
        "import sys, footnote.corpus.readers.registry\n"
        "print([name for name in ('lxml', 'trafilatura', 'filetype', 'charset_normalizer')"
        " if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
