"""Reading Markdown: the words without the markup, headings kept as lines that start with #."""

from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.front_matter import parse
from corpus.readers.reading import Reading, finish

_MARKDOWN = MarkdownIt("commonmark").enable("table")


def read_markdown(content: str, *, name: str) -> Reading:
    """A Markdown file, with front matter or without; FrontMatterFault where that is faulty."""
    draft = parse(content, name=name)
    blocks = list(_blocks(_MARKDOWN.parse(draft.text)))
    titled = content.lstrip("\ufeff").startswith("---") and draft.title
    heading = blocks[0] if blocks and blocks[0].startswith("# ") else None
    reading = finish(
        "\n\n".join(blocks),
        name=name,
        title=titled or (heading.removeprefix("# ") if heading else None),
        author=draft.author,
        date=draft.date,
        language=draft.language,
        source=draft.source,
        url=draft.url,
    )
    return replace(reading, draft=replace(reading.draft, extra=draft.extra))


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """The text of each block: paragraph, heading, list item, table row, piece of code."""
    prefix, in_row = "", False
    row: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            prefix = "#" * int(token.tag[1]) + " "
        elif token.type == "list_item_open":
            prefix = "- "
        elif token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            in_row = False
            yield " | ".join(row)
        elif token.type == "inline":
            text = _words(token)
            if in_row:
                row.append(text)
            elif text:
                yield prefix + text
            prefix = ""
        elif token.type in ("fence", "code_block"):
            yield token.content


def _words(inline: Token) -> str:
    parts = []
    for token in inline.children or []:
        if token.type in ("text", "code_inline", "image"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()
