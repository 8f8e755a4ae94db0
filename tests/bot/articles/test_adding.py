"""`footnote add`: files and standard input become articles."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.articles.library import Library
from footnote.index.keeping.reconcile import SyncReport
from tests.bot.commands import ASKED, FERRY, Command, names
from tests.corpus.site import Site


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
    ended = command("add", str(file))
    assert ended.code == 0
    here = (
        r"Already here since \d{4}-\d\d-\d\d \d\d:\d\d: The ferry of Lorne \(the-ferry-of-lorne\)\n"
    )
    assert re.fullmatch(here, ended.out)
    assert names(articles) == before


def test_another_text_from_the_same_address_is_a_new_revision_of_the_first(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    page = "---\ntitle: Ferry\nurl: https://example.org/f\n---\n\n"
    for text in (FERRY, FERRY.replace("twice", "four times")):
        (tmp_path / "ferry.md").write_text(page + text)
        ended = command("add", str(tmp_path / "ferry.md"))
    assert ended.out.startswith("New revision (+2 words, −1): Ferry (ferry)\n")
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


def test_many_are_told_in_a_table_and_one_that_cannot_be_read_does_not_stop_the_others(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "deep" / "ferry.txt").write_text(FERRY)
    (folder / "page.html").write_bytes(b"<html><p>" + FERRY.replace("twice", "once").encode())
    for name in (".hidden/x.txt", ".y.txt", "notes.xls", "again.md"):
        (folder / name).write_text(FERRY)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    missing, empty = tmp_path / "missing.txt", tmp_path / "home"
    ended = command("add", *map(str, (missing, folder, tmp_path / "picture.txt", empty)))
    assert ended.code == 1
    lines = [re.split(r" {2,}", line) for line in ended.out.splitlines()]
    assert lines[0] == ["From", "Result", "Article"]
    assert lines[1][1] == f"Not added: {missing}: No such file or directory"
    assert [lines[2][0], lines[2][1]] == [str(folder / "again.md"), "Added"]
    assert lines[3][0] == str(folder / "deep" / "ferry.txt")
    assert lines[3][1].startswith("Already here since ")
    assert lines[4][:2] == [str(folder / "page.html"), "Added"]
    assert lines[5][1].startswith("Not added: picture.txt: this is image/png")
    assert lines[6][1] == f"Not added: {empty}: no file of a kind that is read in this folder"
    assert lines[7] == ["3 not added, 2 added, 1 already here."]
    assert len(names(articles)) == 5


def many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        told = f"The ferry of Lorne number {number}"
        text = " ".join(f"{word}{number}." for word in ("Harbour", "Lantern", "Granite", "Kettle"))
        (folder / f"{number:03}.txt").write_text(f"{told}\n\n{text * 9}\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


def test_of_very_many_only_what_needs_a_hand_is_named_and_the_sum_is_told(
    command: Command, tmp_path: Path
) -> None:
    ended = command("add", str(many(tmp_path / "mine", 45)))
    assert ended.code == 1
    header, fault, summed = ended.out.splitlines()
    assert header.split() == ["From", "Result", "Article"]
    assert fault.startswith(f"{tmp_path / 'mine' / 'broken.pdf'}")
    assert summed == "45 added, 1 not added."


def test_where_there_is_no_terminal_a_line_is_written_now_and_then(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.terminal.commands.startup._LINE_EVERY_SECONDS", 0.0)
    ended = command("add", str(many(tmp_path / "mine", 3)))
    assert "Reading: 1 of 4\n" in ended.err
    assert "Reading: 4 of 4\n" in ended.err


def test_what_was_read_can_be_asked_for_while_the_rest_is_read(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.terminal.commands.articles._INDEXED_EVERY_SECONDS", 0.0)
    levelled: list[int] = []
    level = Library.sync

    def notes(library: Library, **how: Any) -> SyncReport:
        report = level(library, **how)
        levelled.append(len(report.added))
        return report

    monkeypatch.setattr(Library, "sync", notes)
    ended = command("add", str(many(tmp_path / "mine", 3)))
    assert levelled == [3, 1, 1, 1, 0]
    assert ended.err.splitlines()[-1] == "3 added; 3 passages embedded. 6 articles in all."


def test_file_that_is_larger_than_the_setting_is_refused(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOOTNOTE_MAX_MEGABYTES", "1")
    (tmp_path / "x.txt").write_text(FERRY * 20_000)
    told = command("add", str(tmp_path / "x.txt")).out
    assert told.endswith("bytes; the most that is read is 1,048,576\n")
    told = command("add", "-", typed=FERRY * 20_000).out
    assert (
        told == "Not added: standard input: 1,048,577 bytes; the most that is read is 1,048,576\n"
    )


@pytest.fixture
def site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The web site, and every command may fetch from it."""
    monkeypatch.setattr("footnote.bot.composition.Fetcher", site.fetcher)
    return site


def page(text: str, *, title: str = "The ferry of Lorne", head: str = "") -> str:
    body = f"<article><h1>{title}</h1><p>{text}</p></article>"
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def test_page_behind_a_link_is_added_and_answered_from(
    command: Command, articles: Path, site: Site
) -> None:
    ended = command("add", site.page("/ferry?utm_source=x", page(FERRY * 3)))
    assert ended.code == 0
    assert ended.out.startswith("Added: The ferry of Lorne (the-ferry-of-lorne)\n")
    assert f"url: {site.url}/ferry\n" in (articles / "the-ferry-of-lorne.md").read_text()
    assert command("ask", ASKED).code == 0


def test_same_page_by_another_address_is_here_already_and_a_changed_one_a_new_revision(
    command: Command, articles: Path, site: Site
) -> None:
    command("add", site.page("/ferry", page(FERRY * 3)))
    other = site.page("/ferry?fbclid=1", page(FERRY * 3)).replace("article.test", "m.article.test")
    assert command("add", other).out.startswith("Already here since ")
    site.page("/ferry", page(FERRY * 3 + "It takes an hour."))
    ended = command("add", f"{site.url}/ferry")
    assert ended.out.startswith("New revision (+4 words, −0): The ferry of Lorne")
    assert len(names(articles)) == 4


def test_page_that_cannot_be_had_or_is_no_article_is_told_with_the_reason(
    command: Command, articles: Path, site: Site
) -> None:
    wall = page(
        "We and our partners use cookies. With your consent we store cookies on this device.",
        title="Cookies",
    )
    ended = command("add", f"{site.url}/missing", site.page("/wall", wall), "http://10.0.0.1:1/x")
    assert ended.code == 1
    assert "the site answers 404 Not Found, the page is not there" in ended.out
    assert "no article in this page (a cookie wall); it begins: 'Cookies We and" in ended.out
    assert "10.0.0.1 is inside this machine or its networks" in ended.out
    assert len(names(articles)) == 3


def test_entries_of_a_feed_are_added_and_whole_ones_taken_from_the_feed_where_pages_fail(
    command: Command, articles: Path, site: Site
) -> None:
    site.page("/one", page(FERRY * 3, title="One"))
    whole = "<p>" + "The harbour office of Skarn kept a log of every ferry by hand. " * 12 + "</p>"
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>Thu, 04 Mar 2021 10:11:12 GMT"
        f"</pubDate><description>{html.escape(text)}</description></item>"
        for title, link, text in (
            ("One", f"{site.url}/one", "Short."),
            ("Two", "/gone", whole),
            ("Three", "/gone-too", "Short."),
        )
    )
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{items}</channel>"
    ended = command("add", site.page("/feed", feed + "</rss>", Content_Type="text/xml"))
    assert ended.code == 1
    assert ended.out.splitlines()[-1] == "2 added, 1 not added."
    two = (articles / "two.md").read_text()
    assert (
        f"title: Two\ndate: 2021-03-04\nlanguage: en\nsource: News\nurl: {site.url}/gone\n" in two
    )
    assert "log of every ferry" in two


LETTER = " ".join(
    f"On day {n} the ferry of Lorne carried {n * 7} sheep and the mail of {n} farms."
    for n in range(40)
)


def test_near_copy_is_pointed_out_and_added_only_if_wished(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    (tmp_path / "first.txt").write_text(f"Sheep at sea\n\n{LETTER}")
    (tmp_path / "copy.txt").write_text(f"Islands: mail and mutton\n\n(Agency) {LETTER[:2000]}.")
    command("add", str(tmp_path / "first.txt"))
    ended = command("add", str(tmp_path / "copy.txt"))
    assert ended.code == 0
    assert re.match(r"Not added, 99 % of it stands in: Sheep at sea \(sheep-at-sea\)\n", ended.out)
    assert len(names(articles)) == 4
    ended = command("add", "--copies", str(tmp_path / "copy.txt"))
    assert ended.out.startswith("Added: Islands: mail and mutton")
    assert len(names(articles)) == 5


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
    assert "�[31m: no file of a kind that is read" in out


def test_what_has_neither_title_nor_name_is_called_by_its_beginning(
    command: Command, articles: Path
) -> None:
    command("add", "-", typed=FERRY)
    title = "The ferry crosses the strait of Lorne twice a day, except in storms."
    assert title in command("list").out
    command("add", "-", typed="Word after word. " * 20)
    assert "Word after word. " * 4 + "Word after …  " in command("list").out


def test_an_encoding_that_is_a_guess_is_told(command: Command, tmp_path: Path) -> None:
    polish = "Wąż żółty pełznie przez łąkę. Święto źródła obchodzą mieszkańcy każdej wsi. " * 3
    (tmp_path / "waz.txt").write_bytes(polish.encode("iso8859-2"))
    (tmp_path / "sure.txt").write_bytes(polish.encode())
    guess = "Its encoding is a guess (iso8859_10): see that its letters are right"
    assert f"\n  {guess}\n" in command("add", str(tmp_path / "waz.txt")).out
    command("undo", "--yes")
    told = command("add", str(tmp_path / "waz.txt"), str(tmp_path / "sure.txt")).out
    assert f"Added. {guess}" in " ".join(told.split())
    assert told.count("guess") == 1


def test_an_address_that_can_be_none_stops_nothing_else(
    command: Command, articles: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(f"The ferry of Lorne\n\n{FERRY}")
    ended = command("add", "http://xn--a/", str(file))
    assert ended.code == 1
    assert "'http://xn--a/' is not an address" in ended.out + ended.err
    assert "the-ferry-of-lorne" in names(articles)
