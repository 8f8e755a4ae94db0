"""`footnote add`: files and standard input become articles, each with a line of what was read."""

import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.composition import Footnote
from bot.library import Taken
from bot.terminal import say
from bot.wording import visible
from corpus.errors import CorpusError, Unreadable
from corpus.readers import MOST_BYTES, Reading, read

STANDARD_INPUT = "-"


def add_files(footnote: Footnote, files: list[str], console: Console) -> bool:
    """Add each of them and say what became of it; whether all could be read.

    One that cannot be read does not stop the others.
    """
    all_read = True
    for file in files:
        try:
            reading = _read(file)
            taken = footnote.library.add(reading)
        except CorpusError as error:
            all_read = False
            say(console, Text(f"Not added: {visible(str(error))}", style="red"))
        else:
            say(console, *_told(taken, reading))
    return all_read


def _read(file: str) -> Reading:
    if file == STANDARD_INPUT:
        return read(sys.stdin.buffer.read(MOST_BYTES + 1), name="standard input")
    if file.startswith(("http://", "https://")):
        raise Unreadable(f"{file} is an address; save the page as a file and add that")
    path = Path(file)
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise Unreadable(
                f"{file} has {path.stat().st_size:,} bytes; {MOST_BYTES:,} is the most"
            )
        return read(path.read_bytes(), name=path.name)
    except IsADirectoryError:
        raise Unreadable(
            f"{file} is a folder; name the files in it ({file.rstrip('/')}/*)"
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Unreadable(f"{file}: {reason}") from None


def _told(taken: Taken, reading: Reading) -> list[Text]:
    article, draft = taken.article, reading.draft
    told = [Text(f"{taken.how[0].upper()}{taken.how[1:]}: {article.title} ({article.id})")]
    if taken.how == "already here":
        return told
    known = [draft.author, draft.date, draft.source, draft.language]
    facts = [f"{len(draft.text.split()):,} words", *(fact for fact in known if fact)]
    told.append(Text(f"  {' · '.join(facts)}", style="dim"))
    if reading.dropped:
        dropped = ", ".join(repr(line) for line in reading.dropped)
        told.append(Text(f"  Left out as no part of the article: {dropped}", style="dim"))
    return told
