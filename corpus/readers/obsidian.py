"""What Obsidian writes in a note beside Markdown: links, marks, callouts, tags, footnotes.

https://help.obsidian.md/obsidian-flavored-markdown
"""

import re
from collections.abc import Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

CODE = "\ufdd1"
"""Stands for a piece of code, whose marks are left as they are, until those around it are gone: it
is no character and never will be (Unicode, section 23.7)."""

_MAX_ENDING = 5
_MAX = 300  # characters of a link, which is on one line
_LINK = re.compile(
    rf"(?P<embedded>!)?\[\[(?P<target>[^\[\]|\n{CODE}]{{1,{_MAX}}})(?:\\?\|(?P<shown>[^\[\]\n{CODE}]{{0,{_MAX}}}))?\]\]"
)
_MARKED = re.compile(r"==(?=[^\s=])([^=\n]{1,2000}?)(?<=[^\s=])==")
_FOOTNOTE = re.compile(rf" ?\[\^[^\]\[\s{CODE}]{{1,60}}\]")
_CALLOUT = re.compile(r"\[!\w[\w-]{0,30}\][+-]?\s*")
_COMMENT = re.compile(rf"%%[^{CODE}%]{{0,5000}}%%")
_TAG = re.compile(r"(?<![\w#&/])#(?=[\w/-]{0,100}[^\W\d])([\w/-]{1,100})")
_BLOCK_ID = re.compile(r" \^[A-Za-z0-9-]{1,40}$")
_DEFINITION = re.compile(r"\[\^[^\]\[\s]{1,60}\]:[ \t]?")
_SENTENCE_ENDS = tuple('.!?:…。؟۔”»")')
_KEYS = {"aliases", "alias", "tags", "tag", "cssclasses", "cssclass"}


def is_note(head: Mapping[str, Any], body: str) -> bool:
    """Whether it was surely written in Obsidian, where # and ^ begin a tag and a name."""
    return bool(_KEYS.intersection(head)) or "[[" in body or "> [!" in body


def plain(text: str, *, note: bool) -> str:
    """The words of a paragraph whose other markup is gone; `note`: it is of a note of Obsidian."""
    text = _CALLOUT.sub("", text, count=1) if text.startswith("[!") else text
    if "[[" in text:
        text = _LINK.sub(_shown, text)
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    if "==" in text:
        text = _MARKED.sub(r"\1", text)
    if note:
        text = _COMMENT.sub("", text) if "%%" in text else text
        text = _TAG.sub(r"\1", _without_last_tags(_BLOCK_ID.sub("", text)))
    return text.strip()


def _without_last_tags(text: str) -> str:
    """Tags that follow the last sentence are no part of it."""
    words = text.split(" ")
    while words and _TAG.fullmatch(words[-1]):
        words.pop()
    said = " ".join(words)
    return said if said.endswith(_SENTENCE_ENDS) else text


def is_tags(text: str) -> bool:
    """Whether the paragraph is nothing but tags."""
    words = text.split()
    return bool(words) and all(_TAG.fullmatch(word) for word in words)


def with_footnotes(markdown: MarkdownIt) -> MarkdownIt:
    """The same, so that a footnote's text is a paragraph where it stands.

    Markdown itself takes "[^1]: https://example.org" for the address of a link.
    """
    markdown.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph"]})
    return markdown


def _shown(link: re.Match[str]) -> str:
    target, shown = link["target"].rstrip("\\"), (link["shown"] or "").strip()
    page, _, part = target.partition("#")
    ending = page.rpartition(".")[2] if "." in page else ""
    if link["embedded"] and ending.isalnum() and len(ending) <= _MAX_ENDING:
        return ""  # a picture, whose other name is its width
    return shown or page.rpartition("/")[2].strip() or part.lstrip("^#").strip()


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    definition = _DEFINITION.match(line)
    if not definition:
        return False
    if silent:
        return True
    following, rules = start + 1, state.md.block.ruler.getRules("paragraph")
    while following < end and not state.isEmpty(following):
        if any(rule(state, following, end, True) for rule in rules):
            break
        following += 1
    inside = state.getLines(start, following, state.blkIndent, False)
    state.line = following
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = _DEFINITION.sub("", inside.strip(), count=1).strip()
    inline.map, inline.children = [start, following], []
    state.push("paragraph_close", "p", -1)
    return True
