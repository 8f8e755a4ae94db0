"""Reading Markdown: the words without the markup, headings kept as lines that start with #."""

import re
from collections.abc import Iterator
from dataclasses import replace

import lxml.html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from footnote.corpus.front_matter import cut, heading_of, parse
from footnote.corpus.readers.brought import Brought
from footnote.corpus.readers.markdown_table import markdown_table
from footnote.corpus.readers.markup_blocks import blocks_of_html
from footnote.corpus.readers.obsidian import CODE, is_note, is_tags, plain, with_footnotes
from footnote.corpus.readers.reading import Reading, finish

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n")
_MARKDOWN = with_footnotes(MarkdownIt("commonmark").enable("table"))
_TASK = re.compile(r"^\[[ xX]\] ")


def is_markdown(brought: Brought) -> bool:
    return brought.ending in (".md", ".markdown") or bool(_FRONT_MATTER.match(brought.text))


def read_markdown(content: str, *, name: str) -> Reading:
    """A Markdown file, with front matter or without; FrontMatterFault where that is faulty."""
    draft = parse(content, name=name, untitled="")
    _, body, _ = cut(content, name=name)
    note = is_note(draft.extra, body)
    tokens = _MARKDOWN.parse(body.replace(CODE, ""))
    blocks = [block for block in _blocks(tokens, note=note) if block.strip()]
    heading = blocks[0].removeprefix("# ") if blocks and blocks[0].startswith("# ") else None
    # A heading that serves as the title is in the draft with its markup.
    titled = draft.title if draft.title != heading_of(draft.text) else None
    reading = finish(
        "\n\n".join(blocks),
        name=name,
        title=titled or heading,
        author=draft.author,
        date=draft.date,
        language=draft.language,
        source=draft.source,
        url=draft.url,
    )
    return replace(reading, draft=replace(reading.draft, extra=draft.extra, head=draft.head))


def _blocks(tokens: list[Token], *, note: bool) -> Iterator[str]:
    """The text of each block: paragraph, heading, list item, table, piece of code, raw HTML."""
    prefix = ""
    rows: list[list[str]] = []
    in_row = False
    for token in tokens:
        if token.type == "heading_open":
            prefix = "#" * int(token.tag[1]) + " "
        elif token.type == "list_item_open":
            prefix = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "tr_open":
            rows, in_row = [*rows, []], True
        elif token.type == "tr_close":
            in_row = False
        elif token.type == "table_close":
            yield markdown_table(rows, headed=True)
            rows = []
        elif token.type == "inline" and in_row:
            rows[-1].append(" ".join(_words(token, note=note)))
        elif token.type == "inline":
            for text in _words(token, note=note):
                text = _TASK.sub("", text, count=1) if prefix == "- " else text
                yield prefix + text if text else ""
                prefix = ""
        elif token.type in ("fence", "code_block"):
            yield prefix + token.content
            prefix = ""
        elif token.type == "html_block":
            text = _words_of_html(token.content)
            yield prefix + text if text else ""
            prefix = ""
        elif token.type == "list_item_close":
            prefix = ""


def _words(block: Token, *, note: bool) -> list[str]:
    """The words of a paragraph; a callout's title and what it says are two.

    A paragraph of nothing but tags has none.
    """
    parts, code = list[str](), list[str]()
    callout = block.content.startswith("[!")
    for token in block.children or ():
        if token.type == "code_inline":
            parts.append(CODE)
            code.append(token.content)
        elif token.type in ("text", "image"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.startswith("<br"):
            parts.append("\n" if callout else " ")
    pieces = [piece.replace("\n", " ") for piece in "".join(parts).strip().split("\n", 1)]
    left = iter(code)
    return [
        re.sub(CODE, lambda _: next(left), plain(piece, note=note))
        for piece in pieces
        if not (note and is_tags(piece))
    ]


def _words_of_html(html: str) -> str:
    return "\n\n".join(blocks_of_html(lxml.html.fromstring(f"<div>{html}</div>")))
