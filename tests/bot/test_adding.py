"""`footnote add`: files and standard input become articles."""

from pathlib import Path

import pytest

from tests.bot.commands import ASKED, FERRY, Command, names


def test_a_file_is_added_with_a_word_of_what_was_read_and_answered_from(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(f"The ferry of Lorne\n\nBy Ada Winter\n\n{FERRY}")
    ended = command("add", str(file))
    assert ended.code == 0
    title, facts = ended.out.splitlines()
    assert title == "Added: The ferry of Lorne (the-ferry-of-lorne)"
    assert facts == "  13 words · Ada Winter · en"
    assert ended.err == "1 added; 1 passage embedded. 4 articles in all.\n"
    assert "the-ferry-of-lorne" in names(articles)
    assert command("ask", ASKED).code == 0


def test_the_same_article_again_changes_nothing(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(f"The ferry of Lorne\n\n{FERRY}")
    command("add", str(file))
    before = names(articles)
    ended = command("add", str(file), str(file))
    assert ended.code == 0
    assert ended.out == "Already here: The ferry of Lorne (the-ferry-of-lorne)\n" * 2
    assert names(articles) == before


def test_another_text_from_the_same_address_replaces_the_first(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    page = "---\ntitle: Ferry\nurl: https://example.org/f\n---\n\n"
    for text in (FERRY, FERRY.replace("twice", "four times")):
        (tmp_path / "ferry.md").write_text(page + text)
        ended = command("add", str(tmp_path / "ferry.md"))
    assert ended.out.startswith("Replaced: Ferry (ferry)\n")
    assert ended.err == "1 changed; 1 passage embedded. 4 articles in all.\n"
    assert len(names(articles)) == 4
    assert "four times" in command("show", "ferry", "--text").out


def test_standard_input_is_added_under_a_dash(command: Command, articles: Path) -> None:
    ended = command("add", "-", typed=f"The ferry of Lorne\n\n{FERRY}")
    assert ended.out.startswith("Added: The ferry of Lorne (the-ferry-of-lorne)\n")
    assert "the-ferry-of-lorne" in names(articles)


def test_what_was_left_out_is_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(f"Ferry\n\n{FERRY}\nLeave a Reply\n")
    out = command("add", str(tmp_path / "x.txt")).out
    assert "  Left out as no part of the article: 'Leave a Reply'\n" in out


def test_one_file_that_cannot_be_read_does_not_stop_the_others(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "ferry.txt").write_text(FERRY)
    missing = tmp_path / "missing.txt"
    ended = command(
        "add",
        str(missing),
        str(tmp_path),
        str(tmp_path / "picture.txt"),
        str(tmp_path / "ferry.txt"),
    )
    lines = ended.out.splitlines()
    assert ended.code == 1
    assert lines[0] == f"Not added: {missing}: No such file or directory"
    assert lines[1] == f"Not added: {tmp_path} is a folder; name the files in it ({tmp_path}/*)"
    assert lines[2].startswith("Not added: picture.txt: this is image/png")
    assert lines[3].startswith("Added: ")
    assert len(names(articles)) == 4


def test_an_address_is_not_fetched(command: Command) -> None:
    ended = command("add", "https://example.org/x")
    assert ended.code == 1
    assert "is an address; save the page as a file and add that" in ended.out


@pytest.mark.parametrize("nothing", ["", " \n ", "Hi.\n"])
def test_nothing_is_no_article(command: Command, articles: Path, nothing: str) -> None:
    ended = command("add", "-", typed=nothing)
    assert ended.code == 1
    assert ended.out.startswith("Not added: standard input: no article in it")
    assert len(names(articles)) == 3


def test_the_folder_is_made_for_the_first_article(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    ended = command("add", "-", "--articles", str(folder), typed=FERRY)
    assert ended.code == 0
    assert len(names(folder)) == 1


def test_a_name_with_escapes_is_harmless_on_the_terminal(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m").mkdir()
    out = command("add", str(tmp_path / "a\x1b[31m")).out
    assert "\x1b" not in out
    assert "�[31m is a folder" in out
