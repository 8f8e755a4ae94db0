"""Removes the reference marks of pasted texts, which are no part of what these say.

Known are numbers in brackets as Footnote, Perplexity and papers print them, with or without a link;
notes and editors' remarks of Wikipedia; raised figures; marks of ChatGPT; links in brackets.
"""

import re
from collections.abc import Sequence

_NUMBERS = r"\^?\d{1,3}(?:[,;–-]\s?\d{1,3}|_\d{1,3}){0,20}\^?"
_ADDRESS = r"\((?:https?://|#|/)(?:[^()\s]|\([^()\s]{0,200}\)){0,1000}\)"
_REMARKS = (
    r"(?:citation|clarification|better source|page|verification|specify|quotation|attribution|year"
    r"|additional citations?|non-primary source|full citation|original research) needed"
    r"|update|edit|edit source|when|who|where|which|why|how|by whom|according to whom|dubious"
    r"|dubious\s[–-]\sdiscuss|failed verification|unreliable source|not in citation given|dead link"
    r"|permanent dead link|disputed|vague|further explanation needed|neutrality is disputed"
)
_MARK = re.compile(
    # [1](https://…), [[1]](https://…), [1], [1, 2], [3–5], [^1], [^1^], [^1_2]
    rf"\[\[?{_NUMBERS}\]?\](?:{_ADDRESS}|:(?=\s|$))?"
    # [note 2], [nb 1], [a], [citation needed], [when?]
    rf"|\[(?:(?:note|nb|n|fn|footnote|ref|source|upper-alpha|lower-alpha)\s?\d{{1,3}}|[a-z]"
    rf"|(?:{_REMARKS})\??)\](?:{_ADDRESS})?"
    # ([nature.com](https://…)), ([1](https://…), [2](https://…))
    rf"|\((?:\[[^\[\]\n]{{1,200}}\]{_ADDRESS}[,;]?\s?){{1,20}}\)"
    # 【4†source】, :contentReference[oaicite:0]{index=0}, and what ChatGPT copies without its signs
    r"|【\d{1,3}(?:[:†][^【】\n]{0,100})?】"
    r"|:contentReference\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?"
    r"|\ue200[^\ue200\ue201\n]{0,300}\ue201|\bcite(?:turn\d{1,3}[a-z]{3,16}\d{1,3}){1,20}"
    r"|<sup>\s?\[?\d{1,3}\]?\s?</sup>"
    # Raised figures behind a word or a full stop: of a unit (km², m³) they are no marks.
    r"|(?<=[^\W\d_]{3})[⁰¹²³⁴-⁹]{1,3}(?!\w)|(?<=[.!?,;:”\"’»)])[⁰¹²³⁴-⁹]{1,3}(?!\w)"
    # (1) at the end of a sentence, before its full stop or behind it
    r"|(?<=\S)\s?\(\d{1,2}\)(?=[.!?]?\s*$)|(?<=\w)\s?\(\d{1,2}\)(?=[.!?]\s)"
    r"|(?<=[.!?])\s?\(\d{1,2}\)(?=\s(?-i:[^\W\da-z_]))",
    re.IGNORECASE | re.MULTILINE,
)
_ENDS, _CLOSES = '.!?”"’»', ".,;:!?)]}”’»"
_SOURCES = re.compile(
    r"[\s#*]{0,8}(?:sources|references|citations|quellen|fuentes|sources|источники|fonti)[\s:*]{0,8}",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\s{0,8}(?:[-*•]\s{1,8})?(?:\[?\^?\d{1,3}[\].)]|https?://|\[[^\]\n]{1,200}\]\()"
)
_LINK = re.compile(rf"\[([^\[\]\n]{{1,300}})\]{_ADDRESS}")


def without_marks(text: str) -> str:
    """The text without its reference marks; unchanged if it has none.

    "Bees dance.[1][note 2]" gives "Bees dance."; of a link with a text, the text stays. A list of
    sources at the end goes with what is before it left as it is.
    """
    lines = text.split("\n")
    return "\n".join(_without_marks(line) for line in lines[: _sources_begin(lines)])


def _sources_begin(lines: Sequence[str]) -> int:
    """The place of the heading of a list of sources; behind the last line where there is none."""
    for place, line in enumerate(lines):
        if _SOURCES.fullmatch(line) and place:
            listed = [line for line in lines[place + 1 :] if line.strip()]
            if listed and _LISTED.match(listed[0]):
                return place
    return len(lines)


def _without_marks(line: str) -> str:
    pieces: list[str] = []
    end = 0
    for mark in _MARK.finditer(line):
        between = line[end : mark.start()]
        if between.strip() or not pieces:
            pieces.append(between)
        end = mark.end()
    return _LINK.sub(r"\1", _joined([*pieces, line[end:]]) if pieces else line)


def _joined(pieces: list[str]) -> str:
    """With one space, or none before a full stop, where a mark stood."""
    joined = [pieces[0]]
    for piece in pieces[1:]:
        before, after = joined[-1].rstrip(" \t"), piece.lstrip(" \t")
        spaced = before != joined[-1] or after != piece or before[-1:] in _ENDS
        none = not before or not after or after[0] in _CLOSES or before[-1] in "([{"
        joined[-1] = before + (" " if spaced and not none else "")
        joined.append(after)
    return "".join(joined)
