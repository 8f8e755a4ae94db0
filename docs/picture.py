"""Draws docs/answer.svg from the program itself: `python docs/picture.py`."""

import io
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from bot.composition import composed
from bot.settings import base_folder, read_settings
from bot.terminal.chat import Chat
from bot.terminal.console import say

SAID = [
    "Which states are members of the Shanghai Cooperation Organisation?",
    "When did Iran join?",
    "/1",
]
# Without rich's web fonts: a picture should fetch nothing.
FORMAT = (
    CONSOLE_SVG_FORMAT[: CONSOLE_SVG_FORMAT.index("@font-face")]
    + CONSOLE_SVG_FORMAT[CONSOLE_SVG_FORMAT.index(".{unique_id}-matrix") :]
)


def main() -> None:
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    with (
        tempfile.TemporaryDirectory() as home,
        composed(read_settings(home=Path(home)), purpose="picture") as footnote,
    ):
        footnote.library.level()
        chat = Chat(footnote, console)
        for line in SAID:
            say(console, Text("› ", style="dim").append(line, style="bold default"))
            chat.take(line)
    picture = base_folder() / "docs" / "answer.svg"
    console.save_svg(str(picture), title="footnote", code_format=FORMAT)


if __name__ == "__main__":
    main()
