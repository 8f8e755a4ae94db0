"""Draws docs/answer.svg and docs/telegram.svg from the program itself: `python docs/picture.py`."""

import io
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text
from telegram import InlineKeyboardMarkup, MessageEntity

from footnote.bot.answers.feedback import Tally
from footnote.bot.composition import Footnote, composed
from footnote.bot.settings import read_settings
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.rendering.keyboards import answer_buttons
from footnote.bot.telegram.rendering.message import Message
from footnote.bot.telegram.rendering.result_message import result_message
from footnote.bot.telegram.texts import ENGLISH
from footnote.bot.terminal.chat import Chat
from footnote.bot.terminal.console import say
from footnote.corpus.processes import package_root
from footnote.index.question import Question

SAID = [
    "Which states are members of the Shanghai Cooperation Organisation?",
    "When did Iran join?",
    "/1",
]
ASKED = [
    "How many people died in the Quetta hospital attack?",
    "How large is the budget of the CSTO?",
]
# Without rich's web fonts: a picture should fetch nothing.
FORMAT = (
    CONSOLE_SVG_FORMAT[: CONSOLE_SVG_FORMAT.index("@font-face")]
    + CONSOLE_SVG_FORMAT[CONSOLE_SVG_FORMAT.index(".{unique_id}-matrix") :]
)

WIDTH, MARGIN, PADDING, GAP = 640, 18, 14, 10
LINE, SIZE, BUTTON = 22, 15, 34
FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"
BACKGROUND, OF_BOT, OF_PERSON, OF_BUTTON = "#dfe8d8", "#ffffff", "#e3ffc9", "#8fae86"
STYLES = {
    MessageEntity.BOLD: 'font-weight="bold"',
    MessageEntity.ITALIC: 'font-style="italic"',
    MessageEntity.TEXT_LINK: 'fill="#2678b6"',
}
NARROW, WIDE = "iljtfrI.,;:'|!()[] ", "mwMW—@%"

Run = tuple[str, str]
"""Text, and the attributes of its style."""


def terminal(footnote: Footnote) -> None:
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    chat = Chat(footnote, console)
    for line in SAID:
        say(console, Text("› ", style="dim").append(line, style="bold default"))
        chat.take(line)
    console.save_svg(str(file("answer.svg")), title="footnote", code_format=FORMAT)


def telegram(footnote: Footnote) -> None:
    drawn, y = [], MARGIN
    for number, text in enumerate(ASKED, start=1):
        result = footnote.respondent.answer(Question(text), person="picture")
        receipt = footnote.receipts.keep(result, str(ChatThread(number)))
        message = result_message(receipt, ENGLISH, bot="footnote_bot")
        for said, of_bot, buttons in (
            (Message().add(text), False, None),
            (message, True, answer_buttons(receipt, ENGLISH, Tally())),
        ):
            bubble, y = drawing(said, y, of_bot=of_bot, buttons=buttons)
            drawn.append(bubble)
    height = y + MARGIN - GAP
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' font-family="{FONT}" font-size="{SIZE}">\n'
        f'<rect width="{WIDTH}" height="{height}" rx="12" fill="{BACKGROUND}"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )
    file("telegram.svg").write_text(svg, encoding="utf-8")


def drawing(
    message: Message, y: int, *, of_bot: bool, buttons: InlineKeyboardMarkup | None
) -> tuple[str, int]:
    """A bubble with its buttons below it, and where the next one begins."""
    most = WIDTH - 2 * MARGIN - 60
    lines = list(wrapped(runs_of(message), most - 2 * PADDING))
    width = min(most, max(sum(map(width_of, line)) for line in lines) + 2 * PADDING)
    width = most if buttons else int(width)
    x = MARGIN if of_bot else WIDTH - MARGIN - width
    height = len(lines) * LINE + PADDING
    parts = [box(x, y, width, height, OF_BOT if of_bot else OF_PERSON)]
    for number, line in enumerate(lines, start=1):
        spans = "".join(
            f"<tspan {style}>{escape(text)}</tspan>" if style else escape(text)
            for text, style in line
        )
        at = y + number * LINE
        parts.append(f'<text x="{x + PADDING}" y="{at}" xml:space="preserve">{spans}</text>')
    y += height + 4
    for row in buttons.inline_keyboard if buttons else ():
        each = (width - 4 * (len(row) - 1)) // len(row)
        for place, button in enumerate(row):
            left = x + place * (each + 4)
            parts.append(box(left, y, each, BUTTON, OF_BUTTON))
            parts.append(
                f'<text x="{left + each // 2}" y="{y + 22}" text-anchor="middle" fill="#ffffff">'
                f"{escape(button.text)}</text>"
            )
        y += BUTTON + 4
    return "\n".join(parts), y + GAP


def box(x: int, y: int, width: int, height: int, colour: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="10" fill="{colour}"/>'


def runs_of(message: Message) -> Iterator[Run]:
    """The text cut where a style begins or ends."""
    borders = {0, len(message.text)}
    for entity in message.entities:
        borders |= {entity.offset, entity.offset + entity.length}
    for start, end in itertools.pairwise(sorted(borders)):
        styles = (
            STYLES.get(entity.type, "")
            for entity in message.entities
            if entity.offset <= start and end <= entity.offset + entity.length
        )
        yield message.text[start:end], " ".join(filter(None, styles))


def wrapped(runs: Iterator[Run], width: int) -> Iterator[Sequence[Run]]:
    """Lines of runs, broken between words."""
    line: list[Run] = []
    for text, style in runs:
        for number, paragraph in enumerate(text.split("\n")):
            if number:
                yield line
                line = []
            for word in paragraph.replace(" ", " \n").split("\n"):
                if sum(map(width_of, line)) + width_of((word.rstrip(), style)) > width:
                    yield line
                    line = []
                before = line.pop() if line and line[-1][1] == style else ("", style)
                line.append((before[0] + word, style))
    yield line


def width_of(run: Run) -> float:
    """As wide as DejaVu Sans, the widest of the fonts, is about."""
    text, style = run
    wide = sum(0.34 if c in NARROW else 0.98 if c in WIDE else 0.595 for c in text)
    return SIZE * (wide + 0.13 * sum(map(str.isupper, text))) * (1.1 if "bold" in style else 1.0)


def file(name: str) -> Path:
    return package_root() / "docs" / name


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as home,
        composed(read_settings(home=Path(home)), purpose="picture") as footnote,
    ):
        footnote.library.sync()
        terminal(footnote)
        telegram(footnote)


if __name__ == "__main__":
    main()
