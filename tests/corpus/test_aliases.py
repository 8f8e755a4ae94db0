import os
from pathlib import Path

import pytest

from footnote.corpus.aliases import Aliases, AliasFile
from footnote.corpus.errors import AliasesFault

SHIPPED = Path(__file__).parents[2] / "corpus" / "aliases.txt"


def write(place: Path, text: str) -> Path:
    file = place / "aliases.txt"
    file.write_text(text, encoding="utf-8")
    return file


def names(aliases: Aliases, text: str) -> list[tuple[str, str]]:
    return [(named.span.of(text), named.names[0]) for named in aliases.named(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tehreek-e-Taliban", "Tehrek-e-Taliban"),
        ("TTP", "Tehrik-i-Taliban Pakistan"),
        ("ISIS", "Daesh"),
        ("ISIL", "IS"),
        ("Islamic State", "da’ish"),
        ("Khurasan", "Khorassan"),
        ("ISKP", "Islamic State - Khorasan Province"),
        ("QCCM", "Quadrilateral Cooperation and Coordination Mechanism"),
        ("rats", "Regional Anti-Terrorist Structure"),
    ],
)
def test_the_shipped_file_lets_two_spellings_of_a_name_meet(one, other):
    aliases = Aliases.read(SHIPPED)
    assert aliases.canonical(one) == aliases.canonical(other) != ""
    assert one in aliases.names(other) or one.casefold() in str(aliases.names(other)).casefold()


def test_the_longest_of_overlapping_names_counts():
    aliases = Aliases([("Islamic State", "Daesh"), ("Khorasan Province", "Islamic State Khorasan")])
    assert names(aliases, "Did Islamic State – Khorasan claim it?") == [
        ("Islamic State – Khorasan", "Khorasan Province")
    ]


def test_a_short_name_is_no_word_of_the_language():
    aliases = Aliases([("Islamic State", "IS")])
    assert names(aliases, "What is IS?") == [("IS", "Islamic State")]
    assert aliases.canonical("it is so") == "it is so"


def test_a_genitive_and_a_plural_s_leave_a_name_recognised():
    aliases = Aliases([("Islamic State", "Daesh")])
    assert aliases.canonical("Daesh’s aims") == "Islamic State’s aims"


def test_a_name_that_nobody_wrote_down_has_itself_alone():
    assert Aliases([("Islamic State", "Daesh")]).names("Boko Haram") == ("Boko Haram",)


def test_comments_and_empty_lines_are_no_names(tmp_path):
    file = write(tmp_path, "# names\n\nIslamic State = Daesh, ISIS # and more\n")
    assert Aliases.read(file).names("daesh") == ("Islamic State", "Daesh", "ISIS")


def test_without_a_file_there_are_no_aliases(tmp_path):
    assert Aliases.read(tmp_path / "none.txt").named("Daesh and ISIS") == []


def test_every_faulty_line_is_told(tmp_path):
    file = write(
        tmp_path, "A thing = other\nno other name\n = x\nthing = …\nAnother = third, a THING\n"
    )
    with pytest.raises(AliasesFault) as caught:
        Aliases.read(file)
    assert [line for line, _ in caught.value.faults] == [2, 3, 4, 5]
    assert f"{file}, line 5: 'a THING' is also a name of what line 1 is about" in str(caught.value)


def test_another_encoding_is_told_with_its_line(tmp_path):
    file = tmp_path / "aliases.txt"
    file.write_bytes("Café = Cafe\nÉtat islamique = ISIS\n".encode() + b"\xe9tat = state\n")
    with pytest.raises(AliasesFault, match="line 3: not UTF-8"):
        Aliases.read(file)


def test_a_changed_file_is_read_anew_and_a_faulty_one_changes_nothing(tmp_path, caplog):
    file = write(tmp_path, "Islamic State = Daesh\n")
    watched = AliasFile(file)
    assert watched.aliases().canonical("Daesh") == "Islamic State"
    write(tmp_path, "Islamic State = ISIS\n")
    assert watched.aliases().canonical("ISIS") == "Islamic State"
    write(tmp_path, "Islamic State\n")
    assert watched.aliases().canonical("ISIS") == "Islamic State"
    assert watched.fault() is not None
    assert "line 1" in caplog.text
    os.remove(file)
    assert watched.aliases().canonical("ISIS") == "ISIS"
    assert watched.fault() is None
