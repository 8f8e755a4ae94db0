"""Normalising a text once, before it is stored; spans point into what comes out of here."""

import re
import unicodedata

VERSION = 1
"""Raise it when `normalise` gives another text for the same input: every index is then rebuilt."""

# Line ends of every platform, and Unicode's own (https://unicode.org/reports/tr14/, class BK, NL).
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
# Spaces other than the plain one: the no-break, typographic and ideographic ones (category Zs).
_ODD_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Without width and without meaning in running text: soft hyphen, zero-width space, byte order
# mark, word joiner and invisible operators, and the embeddings, overrides and isolates that can
# make a text look other than it is (https://trojansource.codes). The joiners U+200C and U+200D
# stay, for Persian, Urdu and emoji need them, and so do the marks U+200E and U+200F.
_INVISIBLE = re.compile("[\xad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(" {2,}")
_SPACES_AT_LINE_END = re.compile(" ?\n ?")  # where no two spaces are left
_EMPTY_LINES = re.compile("\n{3,}")
# What has none of all these, as most sentences have, is as it is to be but for its two ends.
_ODD = re.compile("[\x00-\x1f\x7f-\xa0\xad\u1680\u2000-\u200b\u2028-\u202f\u205f-\u2069\u3000"
                  "\ud800-\udfff\ufeff\ufff9-\ufffb]|  ")  # fmt: skip


def normalise(text: str) -> str:
    """The text as it is stored: NFC, plain spaces and line ends, paragraphs a blank line apart.

    Applying it again changes nothing. Letters, punctuation and single line breaks are kept.
    """
    if not _ODD.search(text):
        return unicodedata.normalize("NFC", text).strip()
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    text = _INVISIBLE.sub("", _CONTROLS.sub("", _SURROGATES.sub("\ufffd", text)))
    text = _SPACES.sub(" ", _ODD_SPACES.sub(" ", text))
    text = _EMPTY_LINES.sub("\n\n", _SPACES_AT_LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """The same for a title, a name or an address: all on one line."""
    return " ".join(normalise(text).split())
