"""Long texts that editors paste: joined again, offered, added on one press."""

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from footnote.bot.database.tables import submission
from footnote.bot.people.people import Role
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.texts import ENGLISH
from footnote.corpus.readers.apart import ReadersApart
from tests.bot.database.faults import fault
from tests.bot.telegram.desk import ASKED, FERRY, STORY, Desk, answer_to, story
from tests.bot.telegram.talk import DANCE, DECODED, Answers, ask
from tools.telegram_server import Message, TelegramServer

LONG = f"The ferry of Lorne\n\n{FERRY} {STORY}"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client of these tests sends the parts of a text at once."""
    monkeypatch.setattr("footnote.bot.telegram.submissions.incoming._PART_SECONDS", 0.3)


DONE = [[ENGLISH.to_card, ENGLISH.undo]]


def offered(desk: Desk, sent: Message, asked: str = ENGLISH.offer_pasted) -> Message:
    return answer_to(desk.ada, sent, asked, ENGLISH.begins)


def test_a_long_text_is_offered_and_added_on_one_press(desk: Desk) -> None:
    answers = Answers(desk)
    sent = desk.ada.send(LONG)
    offer = offered(desk, sent)
    assert (
        "The ferry of Lorne\nWords: 139 · Passages: 1\nIt begins: The ferry crosses" in offer.text
    )
    assert offer.labels == [[ENGLISH.add, ENGLISH.edit_title], [ENGLISH.cancel]]
    assert sent.reactions == ["👀"]
    assert "the-ferry-of-lorne" not in desk.names()
    offer.press(ENGLISH.add).wait_answered()
    offer.wait_until(lambda m: m.text.startswith(f"{ENGLISH.added}\n") and m.labels == DONE)
    assert sent.reactions == ["👍"]
    assert answers.asked == []
    del vars(desk.footnote)["answerer"]
    assert ask(desk.ada, ASKED).text.startswith(FERRY)


@pytest.mark.parametrize("text", [DANCE, f"{DANCE} " + "I wonder about that. " * 30])
def test_a_text_that_asks_and_is_not_very_long_is_a_question(desk: Desk, text: str) -> None:
    answers = Answers(desk)
    desk.ada.wait_for_message(after=desk.ada.send(text))
    assert [question.text for question in answers.asked] == [text.strip()]


def test_a_very_long_text_is_offered_whatever_it_asks(desk: Desk) -> None:
    offered(desk, desk.ada.send(f"{LONG} Why? {STORY}"))


def test_a_text_in_parts_is_one_article_again(desk: Desk) -> None:
    paragraphs = [story(n, sentences=20) for n in range(7)]
    text = "The ferry of Lorne\n\n" + "\n\n".join(paragraphs)
    parts = desk.ada.paste(text)
    assert len(parts) == 3
    offer = offered(desk, parts[0])
    characters = sum(len(part.text) for part in parts)
    offer.wait_until(ENGLISH.parts(parts=3, characters=characters))
    desk.ada.wait(lambda: parts[2].reactions == ["👀"] or None, "the sign")
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith(ENGLISH.added))
    kept = desk.article("the-ferry-of-lorne").partition("\n---\n\n")[2].strip()
    assert "".join(kept.split()) == "".join("".join(paragraphs).split())
    desk.ada.wait(lambda: all(part.reactions == ["👍"] for part in parts) or None, "👍")
    assert len(desk.ada.bot_messages()) == 1


def test_a_part_that_is_handled_again_is_joined_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the bot was killed after it had joined it, and before it had noted that."""
    handled, failing = Inbox.handled, {2, 3}

    def handle(inbox: Inbox, number: int) -> None:
        if number in failing:
            failing.remove(number)
            raise fault("killed")
        handled(inbox, number)

    monkeypatch.setattr(Inbox, "handled", handle)
    parts = desk.ada.paste("The ferry of Lorne\n\n" + story(1, sentences=140))
    assert len(parts) == 3
    offered(desk, parts[0])
    desk.ada.wait(lambda: not Inbox(desk.footnote.state).waiting() or None, "the end")
    assert not failing
    desk.ada.wait_quiet(seconds=1)
    assert len(desk.ada.bot_messages()) == 1
    assert desk.footnote.state.rows(select(func.count()).select_from(submission)) == [(1,)]


def test_parts_that_were_parted_between_words_and_paragraphs_are_joined_as_they_were(
    desk: Desk,
) -> None:
    first = "The ferry of Lorne\n\n" + story(1, sentences=33)
    second = story(2, sentences=35).removesuffix(".")
    third = "and that was all of it"
    sent = desk.ada.send(first)
    for part in (second, third):
        desk.ada.send(part)
    offer = offered(desk, sent)
    offer.wait_until("Got 3 parts")
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith(ENGLISH.added))
    text = desk.article("the-ferry-of-lorne")
    assert f"{first[-30:]}\n\n{second[:30]}" in text
    assert f"{second[-30:]} {third}" in text


def test_a_part_that_comes_late_still_joins_what_is_offered(desk: Desk) -> None:
    sent = desk.ada.send("The ferry of Lorne\n\n" + story(1, sentences=40))
    offer = offered(desk, sent)
    desk.ada.send(story(2, sentences=3))
    offer.wait_until(lambda m: "Got 2 parts" in m.text)
    assert len(desk.ada.bot_messages()) == 1


def test_parts_of_different_people_and_a_later_text_are_not_joined(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = desk.chat("Bob")
    desk.footnote.people.redeem(desk.footnote.people.invite(Role.EDITOR), bob.id, "Bob")
    sent = desk.ada.send("One\n\n" + story(1, sentences=40))
    other = bob.send(story(2, sentences=10))
    assert "parts" not in offered(desk, sent).text
    assert answer_to(bob, other, ENGLISH.offer_pasted)
    monkeypatch.setattr("footnote.bot.submissions.message_edits._ONE_PASTE_SECONDS", 0.5)
    time.sleep(1)  # Telegram counts in seconds
    short = desk.ada.send(f"Two\n\n{story(3)}")
    offered(desk, short)
    assert ask(desk.ada, DANCE).text.startswith(DECODED)


def test_an_edited_text_is_offered_as_it_reads_now(desk: Desk) -> None:
    sent = desk.ada.send(LONG)
    offer = offered(desk, sent)
    sent.edit(LONG.replace("The ferry of Lorne", "Of ferries"))
    offer.wait_until(lambda m: "\nOf ferries\n" in m.text)
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith(ENGLISH.added))
    sent.edit(LONG.replace("The ferry of Lorne", "Too late"))
    desk.ada.wait_quiet(seconds=0.3)
    assert "of-ferries" in desk.names()
    assert len(desk.ada.bot_messages()) == 1


def test_after_add_a_text_is_offered_however_short(desk: Desk) -> None:
    sent = desk.ada.send(f"/add {FERRY}")
    offer = offered(desk, sent)
    offer.press(ENGLISH.cancel)
    offer.wait_until(lambda m: m.text == f"{ENGLISH.cancelled}\n{FERRY}")
    assert offer.labels == []
    desk.ada.wait(lambda: not sent.reactions or None, "no sign any more")
    assert len(desk.names()) == 3


def test_the_title_can_be_changed_before_it_counts(desk: Desk) -> None:
    offer = offered(desk, desk.ada.send(LONG))
    offer.press(ENGLISH.edit_title).wait_answered()
    asked = answer_to(desk.ada, offer, ENGLISH.title_how)
    for silly in ("…", "https://example.org/x", "two\nlines", "x" * 201):
        refused = desk.ada.send(silly, reply_to=asked)
        answer_to(desk.ada, refused, ENGLISH.title_refused)
    title = desk.ada.send("Who sails to Lorne?")
    offer.wait_until(lambda m: "\nWho sails to Lorne?\n" in m.text)
    desk.ada.wait(lambda: title.reactions == ["👌"] or None, "👌")
    assert ask(desk.ada, DANCE).text.startswith(DECODED)
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith(ENGLISH.added))
    assert "who-sails-to-lorne" in desk.names()


def test_a_second_press_says_that_it_is_decided_and_a_forged_one_does_nothing(
    desk: Desk,
) -> None:
    bob = desk.chat("Bob")
    hello = ask(bob, "Hello")
    offer = offered(desk, desk.ada.send(LONG))
    data = offer.button(ENGLISH.add).data
    assert data is not None
    assert hello.press_data(data).wait_answered().text == ENGLISH.only_editors
    desk.footnote.people.redeem(desk.footnote.people.invite(Role.EDITOR), bob.id, "Bob")
    assert hello.press_data(data).wait_answered().text == ENGLISH.unknown_button
    assert hello.press_data("ja::999").wait_answered().text == ENGLISH.unknown_button
    presses = [offer.press(ENGLISH.add) for _ in range(3)]
    said = [press.wait_answered().text for press in presses]
    assert said.count(ENGLISH.decided) == 2
    offer.wait_until(lambda m: m.text.startswith(ENGLISH.added))
    assert offer.press_data("jc::1").wait_answered().text == ENGLISH.decided
    assert offer.press_data("jt::1").wait_answered().text == ENGLISH.decided
    assert desk.names().count("the-ferry-of-lorne") == 1


def test_an_offer_works_after_a_restart_and_is_let_go_after_a_day(
    server: TelegramServer, tmp_path: Path, readers: ReadersApart
) -> None:
    with Desk(server, tmp_path, readers) as desk:
        ada, editors = desk.ada, desk.settings.editors
        one = offered(desk, ada.send(LONG))
        two = offered(desk, ada.send(f"Saddles\n\n{story(5)}"))
        three = offered(desk, ada.send(f"Kettles\n\n{story(6)}"))
    with Desk(server, tmp_path, readers, editors=editors) as desk:
        one.press(ENGLISH.add)
        one.wait_until(lambda m: "Passages: 1" in m.text and m.labels == DONE)
    with closing(sqlite3.connect(desk.settings.home / "state.sqlite")) as state, state:
        state.execute("UPDATE submission SET due = due - 90000 WHERE number = 2")
    with Desk(server, tmp_path, readers, editors=editors) as desk:
        two.wait_until(lambda m: m.text == f"{ENGLISH.expired}\nSaddles")
        assert two.press_data("ja::2").wait_answered().text == ENGLISH.decided
        assert three.labels
        assert sorted(set(desk.names()) & {"saddles", "kettles", "the-ferry-of-lorne"}) == [
            "the-ferry-of-lorne"
        ]


def test_a_near_copy_is_offered_with_its_likeness(desk: Desk) -> None:
    first = offered(desk, desk.ada.send(LONG))
    first.press(ENGLISH.add)
    first.wait_until(lambda m: m.text.startswith(ENGLISH.added))
    sent = desk.ada.send(f"News of ferries\n\n(Agency) {FERRY} {STORY}")
    copy = answer_to(desk.ada, sent, "of this stands in “The ferry of Lorne” already")
    assert re.match(r"(9\d|100) % ", copy.text)
    assert copy.labels == [[ENGLISH.add_anyway, ENGLISH.edit_title], [ENGLISH.cancel]]
    copy.press(ENGLISH.add_anyway)
    copy.wait_until(lambda m: m.text.startswith(f"{ENGLISH.added}\nNews of ferries"))


def test_a_text_that_is_here_already_is_not_offered(desk: Desk) -> None:
    offer = offered(desk, desk.ada.send(LONG))
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith(ENGLISH.added))
    told = answer_to(desk.ada, desk.ada.send(LONG), "Already here since 20")
    assert told.labels == [[ENGLISH.to_card]]


def test_a_reader_who_pastes_is_told_what_to_do_with_it(desk: Desk) -> None:
    assert ask(desk.chat("Bob"), LONG).text == ENGLISH.wall_of_text


def test_what_was_left_out_is_shown(desk: Desk) -> None:
    offer = offered(desk, desk.ada.send(f"{LONG}\n\nLeave a Reply"))
    assert f"{ENGLISH.left_out} “Leave a Reply”" in offer.text


def test_a_text_that_is_no_article_is_refused(desk: Desk) -> None:
    sent = desk.ada.send("1234567890 " * 60)
    told = answer_to(desk.ada, sent, ENGLISH.not_added)
    assert "no article in it" in told.text
    assert "this text:" not in told.text
