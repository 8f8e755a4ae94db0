"""Real files of every kind that is read, and ways to break them."""

import gzip
import random
from collections.abc import Callable
from functools import cache

from tests.corpus.files import (
    CROSSING,
    ELAN,
    SPEECH,
    docx,
    epub,
    letter,
    mhtml,
    odt,
    paragraph,
    pdf,
)

_PAGE = (
    "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Of ferries</title>"
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Of ferries"}</script>'
    f"</head><body><nav><a href='/'>Home</a></nav><article><h1>Of ferries</h1><p>{CROSSING}</p>"
    f"<h2>After</h2><ul><li>{SPEECH}</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
    f"<blockquote>{ELAN}</blockquote></article><footer>Leave a Reply</footer></body></html>"
)
_NOTES = f"---\ntitle: Of ferries\ndate: 2021-03-04\n---\n\n# One\n\n{CROSSING}\n\n- {SPEECH}\n"
_FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><item><title>One</title>"
    f"<link>https://example.org/1</link><description>&lt;p>{SPEECH}&lt;/p></description>"
    "<pubDate>Thu, 04 Mar 2021 10:11:12 GMT</pubDate></item></channel></rss>"
)
_TROUBLE = [
    *(b"\0", b"\xff", b"\xff\xfe", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"%%EOF"),
    *(b"/Kids [1 0 R]", b"<<", b"endobj", b"stream\n", b"\r\n\r\n", b"--", b"PK\x03\x04"),
    *(b"99999999999999999999", b"-1", b"e\xcc\x81" * 50, b"\xe2\x80\xae", b"\xef\xb7\x90"),
    *(b"<div>" * 300, b"<table><tr><td>" * 100, b"[" * 500, b"(" * 500, b">" * 200, b"# " * 100),
    *(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"=?utf-8?b?", b"charset=utf-7"),
]


@cache
def seeds() -> dict[str, bytes]:
    """A small file of each kind, by its name."""
    return {
        "x.pdf": pdf([f"# One {SPEECH}", CROSSING * 3], [ELAN, SPEECH * 4], title="Of ferries"),
        "x.docx": docx(paragraph("One", "Titel") + paragraph(CROSSING) + paragraph(ELAN)),
        "x.odt": odt(f"<text:h text:outline-level='1'>One</text:h><text:p>{CROSSING}</text:p>"),
        "x.epub": epub(f"<h1>One</h1><p>{CROSSING}</p>", f"<p>{SPEECH}&nbsp;{ELAN}</p>"),
        "x.html": _PAGE.encode(),
        "x.mhtml": mhtml(_PAGE),
        "x.eml": letter(f"{CROSSING}\n\n{SPEECH}", page=_PAGE),
        "x.md": _NOTES.encode(),
        "x.txt": f"{CROSSING}\n{SPEECH}\n\n{ELAN}".encode("utf-16"),
        "feed.xml": _FEED.encode(),
    }


def mutated(data: bytes, chosen: random.Random) -> bytes:
    """The file with one to eight faults in it."""
    for _ in range(chosen.randint(1, 8)):
        data = chosen.choice(_WAYS)(data, chosen)
    return data


def unpacked_and_mutated(data: bytes, chosen: random.Random) -> bytes:
    """A ZIP archive with faults in one of its parts: the archive itself is whole."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chosen.choice(list(parts))
    parts[name] = mutated(parts[name], chosen)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def _flip(data: bytes, chosen: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chosen.randint(1, 20)):
        if changed:
            changed[chosen.randrange(len(changed))] = chosen.randrange(256)
    return bytes(changed)


def _insert(data: bytes, chosen: random.Random) -> bytes:
    at = chosen.randint(0, len(data))
    return data[:at] + chosen.choice(_TROUBLE) + data[at:]


def _cut(data: bytes, chosen: random.Random) -> bytes:
    start, end = sorted(chosen.randint(0, len(data)) for _ in range(2))
    return data[:start] + data[end:] if chosen.random() < 0.7 else data[:end]


def _double(data: bytes, chosen: random.Random) -> bytes:
    start, end = sorted(chosen.randint(0, len(data)) for _ in range(2))
    part = data[start : min(end, start + 2000)]
    return data[:end] + part * chosen.choice([1, 2, 50]) + data[end:]


def _splice(data: bytes, chosen: random.Random) -> bytes:
    other = chosen.choice(list(seeds().values()))
    start = chosen.randint(0, len(other))
    at = chosen.randint(0, len(data))
    return data[:at] + other[start : start + 500] + data[at:]


def _pack(data: bytes, chosen: random.Random) -> bytes:
    return gzip.compress(data) if chosen.random() < 0.05 else data


_WAYS: list[Callable[[bytes, random.Random], bytes]] = [
    *(_flip, _flip, _insert, _insert, _cut, _double, _splice, _pack)
]
