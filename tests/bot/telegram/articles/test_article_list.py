"""The list of articles and their cards: pages, search, what a card shows, and to whom."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from footnote.bot.database.tables import feed
from footnote.bot.telegram.texts import ENGLISH, texts_for
from footnote.corpus.article import Draft
from footnote.corpus.readers import Reading
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, LIGHTHOUSE, ask, numbers
from tools.telegram_server import Message, PrivateChat, TelegramServer

HAMLETS = 17
TOWER = "Was the tower of the lighthouse painted red?"
LONG = "The ferry crosses the strait of Lorne twice a day. " * 100


@pytest.fixture(scope="module")
def shared_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A bot of twenty-one articles, one of which was added and is long."""
    folder = tmp_path_factory.mktemp("shared")
    with TelegramServer() as server:
        running = RunningBot(server, folder)
        for number in range(HAMLETS):
            page = f"---\ntitle: Hamlet {number:02}\ndate: {1900 + number}\n---\nOf a hamlet.\n"
            (running.articles / f"hamlet-{number:02}.md").write_text(page)
        with running:
            added = Reading(Draft("Ferries", LONG, url="https://www.lorne.example/ferries"))
            running.footnote.library.add(added, who="Bo")
            running.footnote.library.sync()
            yield running


def tapped(message: Message, label: str) -> Message:
    """The message after a press: the same one, edited."""
    assert message.press(label).wait_answered().text == ""
    return message.wait_edited()


def card(chat: PrivateChat, words: str) -> Message:
    """The card of the first article that a search finds."""
    return tapped(ask(chat, f"/articles {words}"), "1")


# The list


def test_pages_of_titles_newest_first_turn_in_one_message(chat: PrivateChat) -> None:
    first = ask(chat, "/articles")
    lines = [line for line in first.text.splitlines() if line]
    assert lines[0] == f"Articles: {HAMLETS + 4} · 1/3"
    # Without a date of its own: it came today.
    assert re.fullmatch(r"1\. Ferries · added \d{4}-\d\d-\d\d · lorne\.example", lines[1])
    assert lines[2:4] == [
        "2. How honeybees dance 🐝 · 2016-08-03 · The Meadow",
        "3. Hamlet 16 · 1916",
    ]
    assert first.labels == [
        ["1", "2", "3", "4"],
        ["5", "6", "7", "8"],
        [ENGLISH.older],
        [ENGLISH.search],
    ]
    assert first.marked("text_link") == ["Ferries"]
    second = tapped(first, ENGLISH.older)
    assert second.text.splitlines()[2].startswith("9. The lighthouse of Port Ellis · 1911")
    last = tapped(second, ENGLISH.older)
    assert last.text.splitlines()[0].endswith("3/3")
    assert "\n\n21. [bold]Tea[/bold] <b>without</b> *sugar* · added 20" in last.text
    assert last.labels == [["17", "18", "19", "20"], ["21"], [ENGLISH.newer], [ENGLISH.search]]
    assert tapped(last, ENGLISH.newer).text.splitlines()[0].endswith("2/3")
    assert chat.bot_messages() == [first]


def test_words_after_the_command_are_searched_for(chat: PrivateChat) -> None:
    found = ask(chat, "/articles HOW bees")
    assert found.text.splitlines()[0] == "Articles with “HOW bees”: 1"
    assert found.labels == [["1"], [ENGLISH.search, ENGLISH.all_articles]]
    assert ask(chat, "/articles lorne.example").text.splitlines()[2].startswith("1. Ferries")
    assert ask(chat, "/articles zebra").text == ENGLISH.found_nothing(words="zebra")
    pages = tapped(ask(chat, "/articles hamlet"), ENGLISH.older)
    assert pages.text.splitlines()[0] == f"Articles with “hamlet”: {HAMLETS} · 2/3"
    assert tapped(pages, ENGLISH.all_articles).text.startswith(f"Articles: {HAMLETS + 4}")


def test_the_button_asks_for_words_and_the_next_message_brings_them(chat: PrivateChat) -> None:
    listed = ask(chat, "/articles")
    asking = tapped(listed, ENGLISH.search)
    assert (asking.text, asking.labels) == (ENGLISH.search_how, [[ENGLISH.cancel]])
    found = ask(chat, "honeybees dance")
    assert found.text.splitlines()[0] == "Articles with “honeybees dance”: 1"
    listed.wait_deleted()
    assert ask(chat, DANCE).text.startswith(DECODED)  # the one after that is a question again


def test_a_question_in_place_of_the_words_is_answered(chat: PrivateChat) -> None:
    listed = ask(chat, "/articles")
    tapped(listed, ENGLISH.search)
    assert ask(chat, DANCE).text.startswith(DECODED)
    listed.wait_deleted()
    assert ask(chat, "honeybees dance").reply_to is not None  # no search, which replies to nothing


@pytest.mark.parametrize("way_out", ["button", "command"])
def test_a_search_that_is_cancelled_leaves_the_next_message_a_question(
    chat: PrivateChat, way_out: str
) -> None:
    asking = tapped(ask(chat, "/articles"), ENGLISH.search)
    if way_out == "button":
        assert tapped(asking, ENGLISH.cancel).text.startswith("Articles: ")
    else:
        assert ask(chat, "/cancel").text == ENGLISH.left_as_is
    assert ask(chat, DANCE).text.startswith(DECODED)


def test_followed_feeds_stand_under_the_first_page(bot: RunningBot) -> None:
    feeds = bot.footnote.feeds
    row: dict[str, Any] = {
        "folder": feeds._folder,
        "identity": "i",
        "url": "https://ledger.example/feed",
    }
    row |= {"title": "The Ledger", "who": "Ada", "since": 0.0, "next": 9e9, "every": 1800.0}
    with feeds._database.transaction() as connection:
        connection.execute(insert(feed), row)
    listed = ask(bot.chat(), "/articles")
    assert listed.text.endswith(f"\n\n{ENGLISH.feeds}: 1\n• The Ledger")
    assert "The Ledger" in listed.marked("text_link")


def test_a_list_without_articles_says_so_and_to_editors_how_to_add_some(
    server: TelegramServer, tmp_path: Path
) -> None:
    (tmp_path / "articles").mkdir()
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, editors={ada.id}) as bot:
        for text in ("/articles", DANCE):
            listed = ask(bot.chat("Bob"), text)
            assert (listed.text, listed.labels) == (ENGLISH.no_articles, [])
            told = ask(server.private_chat(ada), text)
            assert told.text == f"{ENGLISH.no_articles}\n\n{ENGLISH.add_how}"
        group = server.supergroup("Desk", ada)
        for text in ("/articles", f"/ask {DANCE}"):
            said = group.wait_for_message(after=group.send(text, sender=ada))
            assert said.text == ENGLISH.no_articles


# The card


def test_a_tap_shows_the_card_and_back_the_page_that_it_was_on(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    with shared_bot.footnote.passage_index.reading() as build:
        passages = len(build.catalogue.spans("ferries"))
    listed = ask(chat, "/articles")
    shown = tapped(listed, "1")
    lines = shown.text.splitlines()
    assert re.fullmatch(r"Added on 20\d\d-\d\d-\d\d by Bo", lines.pop(3))
    assert lines == [
        "Ferries",
        "https://www.lorne.example/ferries",
        "",
        f"Words: 1,000 · Passages: {passages}",
        "Times cited: 0",
    ]
    assert shown.marked("bold") == ["Ferries"]
    assert shown.labels == [[ENGLISH.open], [ENGLISH.to_list]]  # for a reader
    page = tapped(
        tapped(tapped(tapped(shown, ENGLISH.to_list), ENGLISH.older), "9"), ENGLISH.to_list
    )
    assert page.text.splitlines()[0].endswith("2/3")
    assert chat.bot_messages() == [listed]


def test_a_card_tells_how_often_it_was_cited_and_only_ones_own_questions(
    shared_bot: RunningBot,
) -> None:
    ada, bob = shared_bot.chat("Ada"), shared_bot.chat("Bob")
    ask(bob, LIGHTHOUSE)
    ask(ada, LIGHTHOUSE)
    ask(ada, "/new")
    assert ask(ada, TOWER).labels
    mine, his = card(ada, "lighthouse"), card(bob, "lighthouse")
    assert mine.text.endswith(
        f"Times cited: 3\n\n{ENGLISH.your_questions}\n• {TOWER}\n• {LIGHTHOUSE}"
    )
    assert his.text.endswith(f"Times cited: 3\n\n{ENGLISH.your_questions}\n• {LIGHTHOUSE}")


def test_the_whole_of_a_short_article_opens_in_place_and_of_a_long_one_as_a_file(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    whole = tapped(card(chat, "honeybees"), ENGLISH.open)
    [text] = whole.marked("expandable_blockquote")
    assert text == shared_bot.footnote.store.read("honeybees").text
    assert tapped(whole, ENGLISH.back).labels == [[ENGLISH.open], [ENGLISH.to_list]]
    press = card(chat, "ferries").press(ENGLISH.open)
    document = chat.wait_for_message(after=press)
    assert document.file.name == "ferries.txt"
    assert document.file.content.decode("utf-8-sig").endswith(f"\n\n{LONG.strip()}\n")


def test_the_words_of_list_and_card_are_in_the_persons_language(shared_bot: RunningBot) -> None:
    server, german = shared_bot.server, texts_for("de")
    chat = server.private_chat(server.user("Karl", language_code="de"))
    listed = ask(chat, "/articles")
    assert listed.labels[-2:] == [[german.older], [german.search]]
    assert tapped(listed, "1").labels == [[german.open], [german.to_list]]


def test_the_buttons_work_after_a_restart(server: TelegramServer, tmp_path: Path) -> None:
    with RunningBot(server, tmp_path) as bot:
        chat = bot.chat()
        listed = ask(chat, "/articles lighthouse")
    with RunningBot(server, tmp_path):
        assert tapped(listed, "1").text.startswith("The lighthouse of Port Ellis · 1911\n")
        again = tapped(listed, ENGLISH.to_list)
        assert again.text.splitlines()[0] == "Articles with “lighthouse”: 1"


def test_an_article_that_has_gone_since_is_told(bot: RunningBot) -> None:
    chat = bot.chat()
    listed = ask(chat, "/articles tea")
    (bot.articles / "tea.md").unlink()
    gone = tapped(listed, "1")
    assert (gone.text, gone.labels) == (ENGLISH.article_gone, [[ENGLISH.to_list]])


def test_an_article_with_a_name_longer_than_a_button_holds_is_found(bot: RunningBot) -> None:
    name = "ö" * 100
    (bot.articles / f"{name}.md").write_text("---\ntitle: Umlauts\n---\nText of umlauts.\n")
    bot.footnote.library.sync()
    assert card(bot.chat(), "umlauts").text.startswith("Umlauts\n")


@pytest.mark.parametrize(
    "data",
    [
        "l::7:0",  # words that nobody searched for
        "l:::",
        "l::0",
        "r::1:0:0",
        "k::1:0:0",
        "s::5:0",
        "c:AAAAAAAAAAAA",
        "c::99999999999999999999:0:0",
        "l::99999999999999999999:0",
        "l::0:99999999999999999999",
        "l:AAAAAAAAAAAA:0:0",
    ],
)
def test_a_forged_button_gets_one_plain_word(chat: PrivateChat, data: str) -> None:
    listed = ask(chat, "/articles")
    before = listed.text
    told = listed.press_data(data).wait_answered().text
    assert told in (ENGLISH.unknown_button, ENGLISH.editors_only)
    chat.wait_quiet(seconds=0.1)
    assert (listed.text, chat.bot_messages()) == (before, [listed])


@pytest.mark.parametrize(
    "data", ["c::0:0:0", "c::12345678901234567:0:0", "c::-1:0:0", "o::9223372036854775807:0:0"]
)
def test_a_button_of_no_article_says_that_it_is_gone(chat: PrivateChat, data: str) -> None:
    listed = ask(chat, "/articles")
    listed.press_data(data)
    listed.wait_until(ENGLISH.article_gone)
    assert tapped(listed, ENGLISH.to_list).text.startswith("Articles: ")


@pytest.mark.parametrize("page", ["-5", "99999999"])
def test_a_forged_page_is_one_that_there_is(chat: PrivateChat, page: str) -> None:
    listed = ask(chat, "/articles")
    tapped(listed, ENGLISH.older)
    listed.press_data(f"l::0:{page}").wait_answered()
    listed.wait_until(re.compile(r"^Articles: 21 · [13]/3\n"))


# In a group


def test_in_a_group_the_list_turns_for_all_and_its_numbers_open_cards_in_private(
    server: TelegramServer, bot: RunningBot
) -> None:
    ada = server.user("Ada")
    group = server.supergroup("Desk", ada)
    for number in range(7):
        (bot.articles / f"{number}.md").write_text(f"---\ntitle: No {number}\n---\nText {number}.")
    bot.footnote.library.sync()
    listed = group.wait_for_message(after=group.send("/articles"))
    assert listed.labels == [[ENGLISH.older]]
    links = [e["url"] for e in listed.entities if e["type"] == "text_link"]
    assert links[0].startswith("https://t.me/telegram_server_bot?start=c_")
    shown = ask(server.private_chat(ada), f"/start {links[0].partition('start=')[2]}")
    assert shown.text.startswith("How honeybees dance 🐝 · Ada Winter")
    assert tapped(listed, ENGLISH.older).text.splitlines()[0] == "Articles: 10 · 2/2"
    for data in (
        shown.button(ENGLISH.open).data,
        shown.button(ENGLISH.open).data.replace("o", "c"),
    ):
        assert listed.press_data(data).wait_answered().text == ENGLISH.unknown_button


# How much


def test_looking_at_articles_has_its_limit_too(server: TelegramServer, tmp_path: Path) -> None:
    with RunningBot(server, tmp_path, questions_a_minute=1) as bot:
        ada, bob = bot.chat("Ada"), bot.chat("Bob")
        listed = ask(ada, "/articles")
        tapped(listed, "1")
        assert ENGLISH.open in listed.labels[0]
        tapped(listed, ENGLISH.open)
        too_much = re.compile(ENGLISH.too_many(2).replace("2", r"\d+").replace("?", r"\?"))
        before = listed.text
        for act in ("l::0:0", "s::0:0", listed.button(ENGLISH.back).data, "o::5:0:0"):
            assert too_much.fullmatch(listed.press_data(act).wait_answered().text)
        assert listed.text == before
        assert too_much.fullmatch(ask(ada, "/articles").text)
        ada.send("/articles")  # once a minute it is told
        assert ask(bob, "/articles").text.startswith("Articles: ")
        answer = ask(ada, DANCE)
        assert too_much.fullmatch(answer.press("[1]").wait_answered().text)
        assert answer.text.startswith(DECODED)
        ada.send(f"/start {numbers(answer)[0]}")
        ada.wait_quiet(seconds=0.2)
        assert ada.bot_messages()[-1] == answer
