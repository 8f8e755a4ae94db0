"""Reading Markdown: the words without the markup, headings kept as lines that start with #."""

from collections.abc import Iterator
from dataclasses import replace

import lxml.html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.front_matter import cut, heading_of, parse
from corpus.readers.blocks import blocks_of_html
from corpus.readers.reading import Reading, finish

_MARKDOWN = MarkdownIt("commonmark").enable("table")


def read_markdown(content: str, *, name: str) -> Reading:
    """A Markdown file, with front matter or without; FrontMatterFault where that is faulty."""
    draft = parse(content, name=name, untitled="")
    _, body, _ = cut(content, name=name)
    blocks = [block for block in _blocks(_MARKDOWN.parse(body)) if block.strip()]
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
    return replace(reading, draft=replace(reading.draft, extra=draft.extra))


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """The text of each block: paragraph, heading, list item, table row, piece of code, raw HTML."""
    prefix, in_row = "", False
    row: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            prefix = "#" * int(token.tag[1]) + " "
        elif token.type == "list_item_open":
            prefix = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            in_row = False
            yield " | ".join(row)
        elif token.type == "inline" and in_row:
            row.append(_words(token))
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            text = _words(token)
            yield prefix + text if text else ""
            prefix = ""
        elif token.type == "list_item_close":
            prefix = ""


def _words(block: Token) -> str:
    if block.type == "html_block":
        return _words_of_html(block.content)
    if block.children is None:
        return block.content
    parts = []
    for token in block.children:
        if token.type in ("text", "code_inline", "image"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.startswith("<br"):
            parts.append(" ")
    return "".join(parts).strip()


def _words_of_html(html: str) -> str:
    return "\n\n".join(blocks_of_html(lxml.html.fromstring(f"<div>{html}</div>")))
