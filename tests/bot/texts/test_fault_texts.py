"""Faults of files, links and changes: everybody reads them in their language."""

import ast
import errno
from pathlib import Path

import pytest

import footnote
from footnote.bot.bot_faults import BotFault
from footnote.bot.submissions.intake import failed, not_added
from footnote.bot.submissions.upload import SubmissionResult, dump, result_of
from footnote.bot.texts.base import BaseTexts
from footnote.bot.texts.fault_texts import FAULTS, FORMATS, fault_of, sentence
from footnote.corpus.errors import ArticleNotFound, FolderUnusable, FrontMatterFault, Unreadable
from footnote.corpus.faults import Fault, ToldFault, told_of, written
from footnote.corpus.readers.registry import what_is_read

EVERY = [*Fault, *BotFault]
LANGUAGES = BaseTexts.by_language()
OTHERS = [texts for language, texts in LANGUAGES.items() if language != "en"]
_ROOT = Path(footnote.__file__).parent
_RAISED = {"Unreadable", "Unreachable"}


def test_every_fault_is_declared_to_be_translated_with_its_own_sentence() -> None:
    assert {fault: fault.value for fault in EVERY} == FAULTS
    assert what_is_read() == FORMATS


def test_no_two_faults_have_the_same_name() -> None:
    assert len({fault.name for fault in EVERY}) == len(EVERY)


@pytest.mark.parametrize("texts", OTHERS)
def test_every_fault_is_said_in_every_language(texts: BaseTexts) -> None:
    for fault in EVERY:
        if any(map(str.isalpha, _bare(fault.value))):
            assert texts.translate(fault.value) != fault.value, fault


def test_what_is_raised_for_a_file_or_a_link_is_always_one_of_the_faults() -> None:
    by_words = [
        f"{file}:{node.lineno}"
        for room in ("corpus", "bot")
        for file in sorted((_ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", None) in _RAISED
        and any(isinstance(given, ast.Constant | ast.JoinedStr) for given in node.args)
    ]
    assert not by_words


def test_a_fault_is_the_same_after_it_was_stored() -> None:
    inner = BotFault.NO_ROOM.of()
    told = Fault.SYSTEM_REFUSES.of(name="a.pdf", reason=inner)
    assert told_of(written(told)) == told
    assert str(told) == "a.pdf: No space left on device"
    result = SubmissionResult("added", told=(told,), later=BotFault.NOT_SYNCED.of())
    assert result_of(dump(result)) == result


def test_what_an_earlier_footnote_stored_is_told_in_its_words() -> None:
    stored = dump(SubmissionResult("not added", fault="it was so")).replace(', "told": []', "")
    assert fault_of(result_of(stored), LANGUAGES["de"]) == "it was so"


def test_what_a_later_footnote_stored_is_told_in_its_english_words() -> None:
    stored = dump(not_added(Fault.NO_TEXT.of(name="a.txt"))).replace("NO_TEXT", "NOT_YET_KNOWN")
    told = fault_of(result_of(stored), LANGUAGES["de"])
    assert told == "a.txt: no article in it, and no text"


def test_all_parts_of_a_fault_are_told_with_numbers_as_the_language_writes_them() -> None:
    error = Unreadable(
        Fault.TOO_LARGE.of(name="a.pdf", size=5_000_000, most=1_000_000),
        Fault.WHAT_IS_READ.of(formats=what_is_read()),
    )
    said = fault_of(failed(error), LANGUAGES["de"])
    assert said.startswith("a.pdf: 5.000.000 Bytes; gelesen werden höchstens 1.000.000; Footnote")
    assert said.endswith("TSV und reinen Text")
    assert "؛" in fault_of(failed(error), LANGUAGES["fa"])


@pytest.mark.parametrize("texts", LANGUAGES.values())
def test_a_name_that_is_shown_already_is_not_said_again(texts: BaseTexts) -> None:
    result = failed(Unreadable(Fault.NO_TEXT.of(name="a.pdf")))
    assert "a.pdf" in fault_of(result, texts)
    assert "a.pdf" not in fault_of(result, texts, name="a.pdf")


def test_faults_in_lines_are_told_line_by_line() -> None:
    faults: list[tuple[int, ToldFault | str]] = [
        (2, Fault.NO_DATE.of(value="'soon'")),
        (9, "of another program"),
    ]
    said = fault_of(failed(FrontMatterFault("a.md", faults)), LANGUAGES["de"])
    assert said.startswith("a.md, Zeile 2: als Datum (date) steht 'soon'")
    assert said.endswith("; a.md, Zeile 9: of another program")


def test_what_the_system_refuses_is_told_without_a_path_of_this_machine() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/home/ada/articles/a.md")
    unusable = FolderUnusable("cannot write /home/ada/articles/a.md")
    unusable.__cause__ = full
    for error in (full, unusable, ArticleNotFound("there is no article 'a' in /home/ada")):
        result = failed(error)
        assert "/home" not in str(result.fault)
        assert "/home" not in fault_of(result, LANGUAGES["ru"])
        assert sentence(result.told, LANGUAGES["ru"]) != result.fault
    assert "не осталось места" in fault_of(failed(full), LANGUAGES["ru"])


def _bare(sentence: str) -> str:
    return "".join(part.partition("}")[2] or "" for part in f"}}{sentence}".split("{"))
