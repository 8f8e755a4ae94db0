"""The encodings of texts that are taken on somebody's word, a site's or a page's.

Python knows more: ways of packing, and some that take hours over a megabyte ("punycode").
"""

import codecs
import re

_CODE_PAGES = "874 932 949 950 1250 1251 1252 1253 1254 1255 1256 1257 1258 437 850 852 855 866"
_PARTS_OF_8859 = range(1, 17)
# By Python's names: those of https://encoding.spec.whatwg.org/#names-and-labels, and UTF-32.
_TAKEN = (
    {f"cp{number}" for number in _CODE_PAGES.split()}
    | {f"iso8859-{number}" for number in _PARTS_OF_8859}
    | {"ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"}
    | {"utf-32", "utf-32-le", "utf-32-be", "koi8-r", "koi8-u", "kz1048", "tis-620", "mac-roman"}
    | {"mac-cyrillic", "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "euc_jp", "euc_kr"}
    | {"shift_jis", "iso2022_jp", "johab"}
)
_NAMED = re.compile(r"(?i)charset\s*+=\s*+[\"']?([\w.:-]{1,40})")


def codec_of(label: str) -> str | None:
    """Python's name of an encoding of texts; None for any other, and for what is none."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # ValueError: no name at all
        return None
    return name if name in _TAKEN else None


def charset_of(content_type: str) -> str | None:
    """The encoding that a site names for what is text; None for none and strange ones."""
    named = _NAMED.search(content_type[:1000])
    return codec_of(named[1]) if named and content_type.lower().startswith("text/") else None


def in_utf8(data: bytes, charset: str | None) -> bytes:
    """Text in that encoding, in UTF-8; as it is where it is in another one."""
    if charset is None or charset in ("utf-8", "utf-8-sig"):
        return data
    try:
        return data.decode(charset).encode()
    except UnicodeError:
        return data
