"""The catalogues: up to date, complete, and the same in every language but for the words."""

import ast
import re
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from babel.core import get_global
from babel.messages.catalog import Catalog, Message

from footnote.bot.texts.translations import languages
from tools import texts as tool

CATALOGUES = [
    pytest.param(tool.read(file), id=file.parent.parent.name) for file in tool.catalogue_files()
]
NAMES = (
    "FOOTNOTE_[A-Z_]+|Telegram|ID|Footnote|PDF|Word|OpenDocument|EPUB|Markdown|RSS|Atom|cookie"
    "|DOCX|ODT|MHTML|HTML|CSV|TSV|ZIP|DRM|YAML|UTF|[.]docx|[.]eml|https?|footnote add|pt-BR|en"
    "|date|language|url"
)


@pytest.fixture(scope="module")
def template() -> Catalog:
    return tool.extract()


def places(text: str) -> set[str]:
    parsed = list(string.Formatter().parse(text))
    assert all(not form and not conversion for _, _, form, conversion in parsed), text
    return {name for _, name, _, _ in parsed if name is not None}


def commands(text: str) -> list[str]:
    return sorted(re.findall(r"/[a-z]+|FOOTNOTE_[A-Z]+|\[n\]|\{link\}", text))


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each form of a translation, with the English text that it stands for: the one in the plural
    for all but the first."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        one, many = message.id
        yield from zip((one, *[many] * len(message.string)), message.string, strict=False)


def declared() -> Iterator[tuple[str, int, list[ast.expr]]]:
    """Each call that declares a text, with the arguments that are the text."""
    for file in sorted((tool.ROOT / tool.SOURCES).glob("**/*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
                if called in ("Translated", "translatable", "_", "ngettext"):
                    yield str(file), node.lineno, node.args[: 2 if called == "ngettext" else 1]


def test_the_template_has_what_stands_in_the_code(template: Catalog) -> None:
    assert tool.TEMPLATE.read_bytes() == tool.written(template), "run `make texts`"


def test_every_declared_text_is_found_by_the_extraction(template: Catalog) -> None:
    known = {text for m in messages(template) for text in (m.id if m.pluralizable else (m.id,))}
    by_variables = []
    for file, line, arguments in declared():
        for argument in arguments:
            if isinstance(argument, ast.Constant):
                assert argument.value in known, f"{file}:{line}"
            else:
                by_variables.append(Path(file).name)
    assert set(by_variables) == {"base.py"}


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_catalogue_has_the_texts_of_the_template(catalogue: Catalog, template: Catalog) -> None:
    file = tool.catalogue_file(str(catalogue.locale))
    assert file.read_bytes() == tool.written(tool.updated(tool.read(file), template)), (
        "run `make texts`"
    )


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_catalogue_is_complete_and_looked_over(catalogue: Catalog) -> None:
    assert not catalogue.fuzzy
    for message in messages(catalogue):
        assert not message.fuzzy, message.id
        for _, text in forms(message):
            assert text, message.id


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_text_has_as_many_forms_as_its_language(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        expected = catalogue.num_plurals if isinstance(message.id, tuple) else 1
        assert len(list(forms(message))) == expected, message.id


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_text_has_the_places_and_commands_of_the_english_one(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        for english, text in forms(message):
            may_lack = {"count"} if isinstance(message.id, tuple) else set()
            assert places(text) <= places(english) | may_lack, text
            assert places(text) | may_lack >= places(english), text
            assert commands(text) == commands(english), text
            assert text.count("\n") == english.count("\n"), text
            assert text == text.strip(), text


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_text_is_translated_and_in_the_script_of_its_language(catalogue: Catalog) -> None:
    _, script, *_ = get_global("likely_subtags")[str(catalogue.locale)].split("_")
    script_name = Locale("en").scripts[script].upper()
    for message in messages(catalogue):
        for english, text in forms(message):
            assert text != english or len(text.split()) < 3, text
            bare = re.sub(rf"\{{\w+\}}|/[a-z]+|{NAMES}", "", text)
            letters = {unicodedata.name(c).split()[0] for c in bare if c.isalpha()}
            assert letters <= {script_name}, text


def test_the_languages_are_those_of_the_catalogues() -> None:
    assert languages() == ("en", *(file.parent.parent.name for file in tool.catalogue_files()))


@pytest.mark.parametrize("language", languages())
def test_every_language_is_named_where_people_look_for_it(language: str) -> None:
    name = Locale(language).english_name
    assert name is not None
    assert f'"Natural Language :: {name}",' in (tool.ROOT / "pyproject.toml").read_text("utf-8")
    spoken = re.search(r"The bot speaks ([^.]+)", (tool.ROOT / "docs/asking.md").read_text("utf-8"))
    assert spoken
    assert name in spoken[1]
