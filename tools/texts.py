"""`python -m tools.texts [LANGUAGE]`: collects what the program says, and brings it into every
catalogue.

Writes `footnote.pot`, the template with the English texts of all of `bot/`, and updates the
catalogue of each language by it: new texts are added without a translation, those that are gone
are taken out, and what has changed a little keeps its translation marked "fuzzy" until somebody
has looked at it. With LANGUAGE, the code of one that there is no catalogue of, begins that too.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCES = "bot"
LOCALE = ROOT / SOURCES / "texts" / "locale"
TEMPLATE = LOCALE / "footnote.pot"

_KEYWORDS = {"Translated": None, "translatable": None, "_": None, "ngettext": (1, 2)}
# What a tool would fill in anew each time, or leave as it is.
_IDLE_HEADERS = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    rb"|Report-Msgid-Bugs-To|Project-Id-Version): [^\n]*\n",
    re.MULTILINE,
)
_WIDTH = 100


def extract() -> Catalog:
    """Every text that is declared in the code, in the order of the modules."""
    catalogue = Catalog(header_comment="# What Footnote says. Made by `make texts`.", fuzzy=False)
    found = extract_from_dir(
        ROOT / SOURCES,
        method_map=[("**.py", "python")],
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for file, _, message, comments, context in found:
        catalogue.add(
            message, locations=[(f"{SOURCES}/{file}", 0)], auto_comments=comments, context=context
        )
    return catalogue


def catalogue_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "footnote.po"


def catalogue_files() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/footnote.po"))


def read(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parent.parent.name)


def written(catalogue: Catalog) -> bytes:
    """As it stands in a file: the same for the same texts, wherever and whenever it is made."""
    buffer = BytesIO()
    write_po(
        buffer,
        catalogue,
        width=_WIDTH,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return _IDLE_HEADERS.sub(b"", buffer.getvalue())


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    comment = catalogue.header_comment
    catalogue.update(template)
    catalogue.header_comment = comment
    return catalogue


def _begin(language: str) -> None:
    try:
        locale = Locale(language)
    except (UnknownLocaleError, ValueError):
        sys.exit(f"{language} is no language that Babel knows: give its two letters of ISO 639-1")
    file = catalogue_file(language)
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    comment = f"# What Footnote says, in {locale.english_name}."
    catalogue = Catalog(locale, header_comment=comment, fuzzy=False)
    file.write_bytes(written(catalogue))


def _is_translated(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(forms)


def main(arguments: list[str]) -> None:
    for language in arguments:
        _begin(language)
    template = extract()
    TEMPLATE.write_bytes(written(template))
    for file in catalogue_files():
        catalogue = updated(read(file), template)
        file.write_bytes(written(catalogue))
        missing = sum(not _is_translated(message) for message in catalogue if message.id)
        fuzzy = sum(message.fuzzy for message in catalogue if message.id)
        print(f"{file.relative_to(ROOT)}: {missing:,} to translate, {fuzzy:,} to look at")


if __name__ == "__main__":
    main(sys.argv[1:])
