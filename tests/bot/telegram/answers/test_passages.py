"""The passage behind a number: opened, moved, put away, and by whom."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.telegram.texts import ENGLISH, texts_for
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, LIGHTHOUSE, ask, numbers
from tools.telegram_server import Message, PrivateChat, TelegramServer

SOURCE = "How honeybees dance 🐝 · Ada Winter · 2016-08-03 · The Meadow"


DAY = " · 2020-05-01"
HARBOUR = """---
title: The harbour
language: en
date: 2020-05-01
---

The harbour of Port Ellis was dug by convicts in 1840.

## Ships

Whalers anchored in the harbour until the whales were gone.

## Storms

A storm in 1911 carried away the eastern breakwater of the harbour.
"""
WHALERS = "Until when did whalers anchor?"
ANCHORED = "Whalers anchored in the harbour until the whales were gone."


@pytest.fixture(scope="module")
def shared_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A bot for all tests of this module, with an article of three passages besides."""
    with TelegramServer() as server:
        running = RunningBot(server, tmp_path_factory.mktemp("shared"), reranker="")
        (running.articles / "harbour.md").write_text(HARBOUR)
        with running:
            yield running


def opened(answer: Message, label: str = "[1]") -> Message:
    """The message after a press: the same one, edited."""
    press = answer.press(label)
    assert press.wait_answered().text == ""
    return answer.wait_edited()


# Opening


def test_a_number_turns_the_answer_into_the_passage_with_the_sentence_marked(
    chat: PrivateChat,
) -> None:
    answer = ask(chat, DANCE)
    passage = opened(answer)
    assert passage.text.startswith(f"[1] {SOURCE}\n\n")
    assert passage.marked("underline") == [DECODED]
    assert DECODED in passage.marked("bold")
    [quotation] = passage.marked("expandable_blockquote")
    assert quotation.startswith("Honeybees 🐝 visit flowers. נחיל דבורים means a swarm")
    assert quotation.endswith("👩‍🔬 Each waggle tells how distant the nectar stands.")
    assert chat.bot_messages() == [answer]


def test_a_sentence_that_a_folded_quotation_hides_stands_before_it_too(chat: PrivateChat) -> None:
    passage = opened(ask(chat, DANCE))
    [quotation] = passage.marked("expandable_blockquote")
    assert quotation.index(DECODED) > 70
    assert passage.text.removesuffix(quotation).endswith(f"\n\n{DECODED}\n\n")


def test_a_message_with_the_number_alone_opens_the_passage_of_the_last_answer(
    chat: PrivateChat,
) -> None:
    first = ask(chat, DANCE)
    ask(chat, LIGHTHOUSE)
    assert ask(chat, "7").reply_to is not None  # a question like others: there is no such number
    for text in ("[7]", "/7"):  # which is no question
        ask(chat, LIGHTHOUSE)
        assert ask(chat, text).text == ENGLISH.no_footnote(7)
    for text in ("1", "[1]", "/1"):
        ask(chat, LIGHTHOUSE)
        passage = ask(chat, text)
        assert passage.text.startswith("[1] The lighthouse of Port Ellis · ")
        assert passage.marked("underline") == [
            "The lighthouse of Port Ellis was built by the brothers Hale."
        ]
    checked = ask(chat, f"/check {DECODED}")
    assert ask(chat, "1").text.startswith(f"[1] {SOURCE}")
    assert opened(checked).text.startswith(f"[1] {SOURCE}")
    older = chat.wait_for_message(after=chat.send("1", reply_to=first))
    assert older.text.startswith(f"[1] {SOURCE}")
    assert opened(older, ENGLISH.back).text == first.text


def test_a_number_that_is_asked_without_an_answer_before_it_is_a_question(
    chat: PrivateChat,
) -> None:
    assert ask(chat, "1").reply_to is not None
    assert ask(chat, "/1").text.startswith(ENGLISH.unknown_command)


def test_back_turns_the_passage_into_the_answer_again(chat: PrivateChat) -> None:
    answer = ask(chat, DANCE)
    before = answer.content
    opened(opened(answer), ENGLISH.back)
    assert {k: answer.content[k] for k in ("text", "entities", "reply_markup")} == {
        k: before[k] for k in ("text", "entities", "reply_markup")
    }
    assert chat.bot_messages() == [answer]


def test_each_number_opens_its_own_passage_of_its_own_answer(chat: PrivateChat) -> None:
    first, second = ask(chat, DANCE), ask(chat, LIGHTHOUSE)
    for answer, said in [(first, "Frisch"), (second, "Hale")]:
        [sentence] = opened(answer).marked("underline")
        assert said in sentence


def test_a_number_opens_even_when_telegram_no_longer_shows_the_bot_its_message(
    chat: PrivateChat,
) -> None:
    answer = ask(chat, DANCE)
    press = answer.press("[1]", inaccessible=True)
    assert press.wait_answered().text == ""
    assert answer.wait_edited().marked("underline") == [DECODED]


def test_a_number_under_a_deleted_answer_opens_in_a_message_of_its_own(chat: PrivateChat) -> None:
    answer = ask(chat, DANCE)
    data = answer.button("[1]").data
    answer.delete()
    press = answer.press_data(data)
    assert chat.wait_for_message(after=press).marked("underline") == [DECODED]


def test_the_words_around_a_passage_are_in_the_persons_language(shared_bot: RunningBot) -> None:
    server = shared_bot.server
    chat = server.private_chat(server.user("Karl", language_code="de"))
    passage = opened(ask(chat, WHALERS))
    german = texts_for("de")
    assert passage.labels == [[german.earlier, german.later], [german.back, german.whole]]


# Moving


def test_later_and_earlier_move_through_the_article_and_stop_at_its_ends(chat: PrivateChat) -> None:
    passage = opened(ask(chat, WHALERS))
    assert passage.text == f"[1] The harbour{DAY} · passage 2 of 3\n\n{ANCHORED}"
    after = opened(passage, ENGLISH.later)
    assert after.text.startswith(f"[1] The harbour{DAY} · passage 3 of 3\n\nA storm in 1911")
    assert after.marked("underline") == []
    assert after.labels == [[ENGLISH.earlier], [ENGLISH.back, ENGLISH.whole]]
    assert opened(after, ENGLISH.earlier).marked("underline") == [ANCHORED]
    before = opened(after, ENGLISH.earlier)
    assert before.text.startswith(
        f"[1] The harbour{DAY} · passage 1 of 3\n\nThe harbour of Port Ellis"
    )
    assert before.labels == [[ENGLISH.later], [ENGLISH.back, ENGLISH.whole]]


def test_of_an_article_of_one_passage_there_is_nothing_more_to_see(chat: PrivateChat) -> None:
    assert opened(ask(chat, DANCE)).labels == [[ENGLISH.back]]


def test_the_whole_of_a_short_article_is_shown_in_place_with_the_sentence_marked(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    passage = opened(ask(chat, WHALERS))
    whole = opened(passage, ENGLISH.whole)
    with shared_bot.footnote.passage_index.reading() as build:
        article = build.catalogue.article("harbour")
    shown = article.text.replace("## ", "")
    assert whole.marked("expandable_blockquote") == [shown]
    assert whole.marked("bold") == ["The harbour", "Ships", ANCHORED, "Storms"]
    assert whole.marked("underline") == [ANCHORED]
    assert opened(whole, ENGLISH.back).text.startswith(f"[1] The harbour{DAY} · passage 2 of 3")


def test_the_whole_of_a_long_article_comes_as_a_file(bot: RunningBot) -> None:
    file = bot.articles / "honeybees.md"
    file.write_text(file.read_text() + "\n\nالعسل حلو. " + "Honey is sweet and keeps. " * 300)
    bot.footnote.library.sync()
    chat = bot.chat()
    answer = ask(chat, DANCE)
    passage = opened(answer)
    press = passage.press(ENGLISH.whole)
    document = chat.wait_for_message(after=press)
    assert document.text == "How honeybees dance 🐝"
    assert document.file.name == "honeybees.txt"
    with bot.footnote.passage_index.reading() as build:
        text = build.catalogue.article("honeybees").text
    content = document.file.content.decode("utf-8-sig")
    assert content.startswith("How honeybees dance 🐝\nAda Winter\n2016-08-03\nThe Meadow\n\n")
    assert content.endswith(f"\n\n{text}\n")
    assert chat.bot_messages() == [answer, document]


def test_a_link_to_the_source_leads_to_the_sentence(chat: PrivateChat) -> None:
    passage = opened(ask(chat, LIGHTHOUSE))
    [link] = [entity["url"] for entity in passage.entities if entity["type"] == "text_link"]
    page, _, fragment = link.partition("#")
    assert page == "https://example.org/lighthouse?a=1&b=2"
    assert fragment.startswith(":~:text=The%20lighthouse%20of%20Port%20Ellis")


# The numbers in the text


def test_a_number_in_the_text_is_a_link_that_opens_the_passage(chat: PrivateChat) -> None:
    answer = ask(chat, DANCE)
    [payload] = numbers(answer)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert answer.marked("text_link") == ["[1]", "[1]"]
    passage = ask(chat, f"/start {payload}")
    assert passage.marked("underline") == [DECODED]
    assert answer.text.startswith(DECODED)


def test_of_passages_opened_by_links_one_stands_at_a_time(chat: PrivateChat) -> None:
    payload = numbers(ask(chat, DANCE))[0], numbers(ask(chat, LIGHTHOUSE))[0]
    first = ask(chat, f"/start {payload[0]}")
    second = ask(chat, f"/start {payload[1]}")
    first.wait_deleted()
    assert "Hale" in second.marked("underline")[0]
    assert opened(second, ENGLISH.back).text.startswith("The lighthouse of Port Ellis was built")


# Whose it is


def test_another_persons_receipt_is_opened_neither_by_a_button_nor_by_a_link(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    others = ask(shared_bot.chat("Bob"), LIGHTHOUSE)
    assert refused(ask(chat, DANCE), others.button("[1]").data) == ENGLISH.unknown_button
    said = ask(chat, f"/start {numbers(others)[0]}")
    assert said.text == ENGLISH.closed_passage


def test_a_groups_receipt_is_opened_in_private_by_its_people(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, bob, eve, mia = (server.user(name) for name in ("Ada", "Bob", "Eve", "Mia"))
    group = server.supergroup("Desk", ada, bob)
    with RunningBot(server, tmp_path, open=False, owners={ada.id, mia.id}, groups={group.id}):
        answer = group.wait_for_message(after=group.send(f"/ask {DANCE}", sender=bob))
        [payload] = numbers(answer)
        for person in (ada, bob, mia):  # an owner, a member, somebody let in
            passage = ask(server.private_chat(person), f"/start {payload}")
            assert passage.marked("underline") == [DECODED]
            answered = opened(passage, ENGLISH.back)
            assert answered.text.startswith(DECODED)
            assert opened(answered).marked("underline") == [DECODED]
        stranger = ask(server.private_chat(eve), f"/start {payload}")
        assert stranger.text == ENGLISH.not_admitted(str(eve.id))
        group.set_status(bob, "left")
        assert ask(server.private_chat(bob), f"/start {payload}").marked("underline") == []


def test_a_press_in_a_group_leads_to_private_and_leaves_the_answer_to_the_others(
    server: TelegramServer, bot: RunningBot
) -> None:
    ada = server.user("Ada")
    group = server.supergroup("Desk", ada)
    answer = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
    told = answer.press("[1]").wait_answered()
    assert told.url.endswith(numbers(answer)[0])
    assert answer.edits == 0
    assert group.bot_messages() == [answer]


def test_of_a_groups_receipt_its_members_see_what_is_quoted_and_not_all_the_articles(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    group = server.supergroup("Desk", ada, bob)
    settings: dict[str, Any] = {"owners": {ada.id}, "groups": {group.id}, "reranker": ""}
    running = RunningBot(server, tmp_path, open=False, **settings)
    (running.articles / "harbour.md").write_text(HARBOUR)
    with running:
        answer = group.wait_for_message(after=group.send(f"/ask {WHALERS}", sender=bob))
        [payload] = numbers(answer)
        mine = ask(server.private_chat(ada), f"/start {payload}")
        assert {ENGLISH.earlier, ENGLISH.whole} <= {label for row in mine.labels for label in row}
        theirs = ask(server.private_chat(bob), f"/start {payload}")
        assert theirs.labels == [[ENGLISH.back]]
        receipt = answer.button("[1]").data.split(":")[1]
        forged = [f"w:{receipt}:1", f"p:{receipt}:1:1", f"p:{receipt}:1:-1"]
        # What is about no receipt is not opened by naming one.
        forged += [f"l:{receipt}:0:0", f"c:{receipt}:5:0:0", f"o:{receipt}:5:0:0", "l::0:0"]
        before = theirs.text
        for data in forged:
            told = theirs.press_data(data).wait_answered().text
            assert told in (ENGLISH.private, ENGLISH.unknown_button), data
        theirs.chat.wait_quiet(seconds=0.2)
        assert (theirs.text, len(theirs.chat.bot_messages())) == (before, 1)


# What is no button of ours


def refused(answer: Message, data: str) -> str:
    press = answer.press_data(data)
    told = press.wait_answered().text
    answer.chat.wait_quiet(seconds=0.1)
    assert answer.chat.bot_messages(after=press) == []
    return told


@pytest.mark.parametrize(
    "forge",
    [
        lambda data: data + "7",
        lambda data: data.removesuffix(":1") + ":0",
        lambda data: data.removesuffix(":1") + ":-1",
        lambda data: data.removesuffix(":1") + ":",
        lambda data: data.removesuffix(":1"),
        lambda data: data.removesuffix(":1") + ":²",
        lambda data: data.removesuffix(":1") + ":١",
        lambda data: data.removesuffix(":1") + ":1:1:1",
        lambda data: data + ":99999999999999999999",
        lambda data: data + ":-99999999999999999999",
        lambda data: "p:AAAAAAAAAAAA:1",
        lambda data: "w:AAAAAAAAAAAA:1",
        lambda data: "a:AAAAAAAAAAAA",
        lambda data: "u:AAAAAAAAAAAA",
        lambda data: "q" + data[1:],
        lambda data: "show_source|41|2",
        lambda data: '{"a": 1}',
        lambda data: "x" * 64,
        lambda data: ":",
    ],
)
def test_a_forged_or_outdated_button_gets_one_plain_word_and_the_spinner_ends(
    chat: PrivateChat, forge: Callable[[str], str]
) -> None:
    answer = ask(chat, DANCE)
    data = answer.button("[1]").data
    assert re.fullmatch(r"p:[\w-]{12}:1", data)
    assert refused(answer, forge(data)) == ENGLISH.unknown_button


@pytest.mark.parametrize("by", ["99999", "-99999", "9223372036854775807"])
def test_a_forged_step_beyond_the_article_shows_what_was_quoted(chat: PrivateChat, by: str) -> None:
    answer = ask(chat, DANCE)
    press = answer.press_data(f"{answer.button('[1]').data}:{by}")
    press.wait_answered()
    assert answer.wait_edited().marked("underline") == [DECODED]
