"""`footnote list`, `show`, `remove` and `sync`."""

import re
from pathlib import Path

import pytest

from footnote.bot.settings import Settings
from footnote.corpus.store import ArticleStore
from footnote.index.keeping.lock import FileWriterLock
from tests.bot.commands import ASKED, FERRY, Command, names


def test_every_article_has_a_line_in_the_list(command: Command) -> None:
    ended = command("list")
    assert [line.split()[0] for line in ended.out.splitlines()] == [
        "Article",
        "honeybees",
        "lighthouse",
        "tea",
    ]
    assert ended.err == ""


def test_a_list_of_nothing_says_so(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = command("list", "--articles", str(tmp_path / "empty"))
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "There are no articles yet. Add some with: footnote add FILE\n"


def test_a_faulty_file_is_left_out_and_named(command: Command, articles: Path) -> None:
    (articles / "odd.md").write_text("---\ntitle: [\n---\n\nText.\n")
    ended = command("list")
    assert "odd" not in ended.out
    assert ended.err.startswith("Not taken in until it is mended: odd.md, line 3: not YAML")


def test_the_text_is_shown_byte_for_byte(command: Command, articles: Path) -> None:
    for name in names(articles):
        stored = ArticleStore(articles).read(name).text
        assert command("show", name, "--text").out == stored


@pytest.mark.parametrize("name", ["honeybees", "honeybees.md", "how honeybees dance 🐝", "honey"])
def test_an_article_goes_by_its_name_file_title_or_beginning(
    command: Command, name: str, articles: Path
) -> None:
    ended = command("show", name)
    assert ended.code == 0
    assert ended.out.startswith(
        "How honeybees dance 🐝\nAda Winter · 2016-08-03 · The Meadow · en\n"
        "34 words · 1 passage\ncited 0 times\n"
        f"{articles / 'honeybees.md'}\n\n(1) Honeybees 🐝"
    )


def test_an_unknown_article_is_not_shown_but_guessed_at(command: Command) -> None:
    ended = command("show", "honeybee-dance")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "no article is called 'honeybee-dance'; did you mean honeybees?"
        " ('footnote list' shows all)\n"
    )


@pytest.mark.parametrize("name", ["../home/index", "/etc/passwd", "", ".hidden", "a\0b"])
def test_nothing_outside_of_the_folder_is_shown_or_removed(command: Command, name: str) -> None:
    assert command("show", name).code == 1
    assert command("remove", name, "--yes").code == 1


@pytest.mark.parametrize(("typed", "gone"), [("y\n", True), ("n\n", False), ("", False)])
def test_removing_asks_first(command: Command, articles: Path, typed: str, gone: bool) -> None:
    ended = command("remove", "tea", typed=typed)
    assert f"Remove {articles / 'tea.md'}?" in ended.out
    assert ended.code == (0 if gone else 1)
    assert ("tea" not in names(articles)) == gone


@pytest.mark.parametrize("asks", [("remove", "tea"), ("undo",)])
def test_what_nobody_confirms_says_how_to_where_there_is_no_terminal(
    command: Command, articles: Path, asks: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    command("rename", "tea", "Another title")
    before = (articles / "tea.md").read_bytes()
    told = "Nothing was changed, for nobody answered. Without a terminal, --yes confirms it.\n"
    ended = command(*asks)
    assert (ended.code, ended.err) == (1, told)
    ended = command(*asks, typed="n\n")
    assert (ended.code, ended.err) == (1, "Nothing was changed.\n")
    assert (articles / "tea.md").read_bytes() == before
    assert command(*asks, "--yes").code == 0
    assert not (articles / "tea.md").exists() or (articles / "tea.md").read_bytes() != before


def test_undo_asks_before_it_takes_back_what_it_names(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Ferry {number}\n\n{FERRY}{number}.\n" * 9)
    command("add", "--copies", *(str(tmp_path / f"{number}.txt") for number in range(4)))
    command("remove", "tea", typed="n\n")
    ended = command("undo", typed="n\n")
    *lines, whole, question = ended.out.splitlines()
    line = r"ferry-\d was added by .+ in the terminal, \d{4}-\d\d-\d\d \d\d:\d\d\."
    assert [bool(re.fullmatch(line, told)) for told in lines] == [True] * 4
    assert whole == "These 4 changes were made together."
    assert question.startswith("Take them back? [y/N]")
    assert len(names(articles)) == 7
    assert "4 changes that were made together are taken back." in command("undo", typed="y\n").out
    assert len(names(articles)) == 3


def test_nothing_is_removed_unasked_by_the_beginning_of_its_name(
    command: Command, articles: Path
) -> None:
    ended = command("remove", "te", "--yes")
    assert (ended.code, ended.err) == (
        1,
        "no article is called 'te'; did you mean tea? ('footnote list' shows all)\n",
    )
    assert len(names(articles)) == 3
    assert "tea.md?" in command("remove", "te", typed="n\n").out
    assert command("remove", "[BOLD]tea[/bold] <b>without</b> *sugar*", "--yes").code == 0
    assert "tea" not in names(articles)


def test_what_is_removed_is_not_quoted_any_more(command: Command, articles: Path) -> None:
    asked = "Who decoded the waggle dance of honeybees?"
    assert command("ask", asked).code == 0
    ended = command("remove", "honeybees", "--yes")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == (
        f"Removed {articles / 'honeybees.md'}. For a day, 'footnote undo' brings it back.\n"
    )
    assert command("ask", asked).code == 3


def test_a_second_sync_does_nothing_and_says_so(new_command: Command) -> None:
    first, second = new_command("sync"), new_command("sync")
    assert (first.code, second.code) == (0, 0)
    assert first.out == "3 added; 3 passages embedded. 3 articles in all.\n"
    assert second.out == "Nothing to do: 3 articles, all up to date.\n"
    assert first.err == second.err == ""


def test_a_rebuilt_index_is_made_of_everything(command: Command) -> None:
    command("sync")
    ended = command("sync", "--rebuild")
    assert ended.out == "3 added; 3 passages embedded. 3 articles in all.\n"
    assert command("ask", "Who built the lighthouse of Port Ellis?").code == 0


def test_a_broken_index_that_another_process_keeps_is_told_with_the_way_out(
    command: Command, home: Path, settings: Settings
) -> None:
    command("sync")
    keeping = FileWriterLock(home)
    keeping.acquire("a test")
    [catalogue] = home.rglob("catalogue.sqlite")
    catalogue.write_bytes(b"garbage" * 1000)
    ended = command("ask", "Who built the lighthouse of Port Ellis?")
    keeping.release()
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith("keeps the index makes it anew within a minute: ask again then\n")
    assert command("sync").code == 0
    assert command("ask", "Who built the lighthouse of Port Ellis?").code == 0


def test_a_change_by_hand_is_taken_in_by_the_next_command(command: Command, articles: Path) -> None:
    command("sync")
    (articles / "ferry.md").write_text(FERRY)
    (articles / "tea.md").unlink()
    stands = (articles / "lighthouse.md").read_text()
    (articles / "lighthouse.md").write_text(stands.replace("red", "green"))
    ended = command("ask", ASKED)
    assert ended.code == 0
    assert ended.err == "1 added, 1 changed, 1 removed; 2 passages embedded. 3 articles in all.\n"


def test_a_sync_with_faulty_files_ends_with_a_fault(new_command: Command, articles: Path) -> None:
    (articles / "odd.md").write_text("---\ndate: yesterday\n---\n\nText.\n")
    ended = new_command("sync")
    assert ended.code == 1
    assert ended.out.startswith("3 added; 3 passages embedded. 3 articles in all.\n")
    assert "Not taken in until it is mended: odd.md, line 2: date is 'yesterday'" in ended.out


def test_the_list_is_newest_first_and_can_be_searched(command: Command) -> None:
    def listed(*options: str) -> list[str]:
        return [line.split()[0] for line in command("list", *options).out.splitlines()[1:]]

    assert listed() == ["honeybees", "lighthouse", "tea"]
    assert listed("--search", "HOW bees") == ["honeybees"]
    assert listed("-s", "meadow") == ["honeybees"]
    ended = command("list", "--search", "zebra")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "No article has 'zebra' in its title, name, author or site.\n"


def test_the_list_can_be_of_some_days(command: Command) -> None:
    before = command("list", "--until", "1950").out
    assert "Port Ellis" in before
    assert "honeybees" not in before
    assert command("list", "--search", "before 1950").out == before
    assert "No article of these days" in command("list", "--until", "1500").err


def test_an_article_is_renamed_and_its_name_stays(command: Command, articles: Path) -> None:
    ended = command("rename", "tea", "  Of tea:\n#1 ")
    assert (ended.code, ended.err) == (0, "tea is now called 'Of tea: #1'.\n")
    assert ArticleStore(articles).read("tea").title == "Of tea: #1"
    assert "Of tea: #1" in command("list").out
    assert command("show", "of tea: #1", "--text").code == 0
    assert command("rename", "tea", " \n").err == "a title needs at least one character\n"


def test_an_article_is_given_another_text_and_it_is_answered_from(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    (tmp_path / "new.txt").write_text(f"Of ferries\n\n{FERRY}")
    ended = command("replace", "tea", str(tmp_path / "new.txt"))
    assert ended.code == 0
    assert re.match(r"New revision \(\+\d+ words, −\d+\): Of ferries \(tea\)\n", ended.out)
    assert command("ask", ASKED).code == 0
    assert len(names(articles)) == 3
    assert command("replace", "tea", str(tmp_path / "gone")).code == 1
    assert command("replace", "tea", "-", typed="Hi").code == 1
    assert command("replace", "tea", str(articles)).err.endswith("is not one article but 3\n")


def test_a_text_without_a_title_leaves_the_article_its_own(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    before = ArticleStore(articles).read("tea").title
    (tmp_path / "second draft.txt").write_text(FERRY)
    assert command("replace", "tea", str(tmp_path / "second draft.txt")).code == 0
    now = ArticleStore(articles).read("tea")
    assert (now.title, now.text.strip()) == (before, FERRY.strip())


def test_the_last_changes_are_taken_back_one_by_one(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    before = {name: (articles / f"{name}.md").read_bytes() for name in names(articles)}
    command("add", "-", typed=f"Of ferries\n\n{FERRY}")
    command("rename", "tea", "Another title")
    command("replace", "lighthouse", "-", typed=f"Of ferries\n\n{FERRY * 2}")
    command("remove", "honeybees", "--yes")
    told = command("undo", "--yes").out
    assert re.fullmatch(
        r"Taken back: honeybees is here again \(it was removed by .+ in the terminal\)\.\n", told
    )
    assert command("ask", "Who decoded the waggle dance of honeybees?").code == 0
    assert "lighthouse is as it was before it was replaced (" in command("undo", "--yes").out
    assert "tea is as it was before it was renamed (" in command("undo", "--yes").out
    assert "of-ferries is no longer here (it was added by " in command("undo", "--yes").out
    assert {name: (articles / f"{name}.md").read_bytes() for name in names(articles)} == before
    ended = command("undo", "--yes")
    assert (ended.code, ended.err) == (1, "nothing of the last day is left to take back\n")


def test_all_that_one_command_added_is_taken_back_at_once(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    before = {name: (articles / f"{name}.md").read_bytes() for name in names(articles)}
    command("rename", "tea", "Another title")
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Ferry {number}\n\n{FERRY}{number}.\n" * 9)
    files = [str(tmp_path / f"{number}.txt") for number in range(3)]
    assert command("add", "--copies", *files).out.endswith("3 added.\n")
    command("remove", "honeybees", "--yes")
    assert "honeybees is here again" in command("undo", "--yes").out
    ended = command("undo", "--yes")
    *each, whole = ended.out.splitlines()
    assert [line.split(" (")[0] for line in each] == [
        f"Taken back: ferry-{number} is no longer here" for number in (2, 1, 0)
    ]
    assert whole == "3 changes that were made together are taken back."
    assert "Taken back: tea is as it was" in command("undo", "--yes").out
    assert {name: (articles / f"{name}.md").read_bytes() for name in names(articles)} == before


def test_what_was_changed_by_hand_since_stays_where_the_rest_is_taken_back(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Ferry {number}\n\n{FERRY}{number}.\n" * 9)
    command("add", "--copies", *(str(tmp_path / f"{number}.txt") for number in range(3)))
    (articles / "ferry-1.md").write_text("By hand.")
    ended = command("undo", "--yes")
    assert ended.code == 1
    kept = "Not taken back: ferry-1 has been changed since it was added: it stays as it is."
    assert kept in ended.out.splitlines()
    assert ended.out.endswith("\n2 of 3 changes that were made together are taken back.\n")
    assert names(articles) == ["ferry-1", "honeybees", "lighthouse", "tea"]
    again = command("undo", "--yes")
    assert (again.code, again.out) == (1, "")
    assert "ferry-1 has been changed since it was added" in again.err


def test_a_card_tells_who_added_the_article_and_when(command: Command) -> None:
    command("add", "-", typed=f"Of ferries\n\n{FERRY}")
    shown = command("show", "of-ferries").out
    assert re.search(r"\nadded \d{4}-\d\d-\d\d \d\d:\d\d by .+ in the terminal\n", shown)
