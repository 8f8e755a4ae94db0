"""In groups: when it answers, when it keeps quiet, and where it may."""

from pathlib import Path
from typing import Any

import pytest

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, LIGHTHOUSE, Answers, ask, numbers
from tools.telegram_server import Entity, Supergroup, TelegramServer

BOT = "@telegram_server_bot"


@pytest.fixture
def group(shared_bot: RunningBot) -> Supergroup:
    """A group with Ada, where the bot is shown everything and may answer."""
    server = shared_bot.server
    server.bot.can_read_all_group_messages = True
    return server.supergroup("Desk", server.user("Ada"))


@pytest.mark.parametrize(
    "text",
    [
        f"/ask {DANCE}",
        f"/ASK{BOT} {DANCE}",
        f"{BOT} {DANCE}",
        f"{DANCE} {BOT.upper()}",
        f"🐝🐝 {BOT}, {DANCE}",
    ],
)
def test_it_answers_when_it_is_asked(group: Supergroup, text: str) -> None:
    question = group.send(text)
    answer = group.wait_for_message(after=question)
    assert answer.text.startswith(DECODED)
    assert answer.reply_to == question
    assert answer.labels == [["[1]"], ["👍", "👎"]]


def test_what_addresses_it_is_no_part_of_the_question(bot: RunningBot) -> None:
    answers, server = Answers(bot), bot.server
    group = server.supergroup("Desk", server.user("Ada"))
    for text in (f"🐝👩‍🔬 {BOT}, who?", f"/ask{BOT} who?", f"who, {BOT}?", "/ask\nwho?"):
        group.wait_for_message(after=group.send(text))
    assert [question.text for question in answers.asked] == [
        "🐝👩‍🔬 , who?",
        "who?",
        "who, ?",
        "who?",
    ]


def test_it_answers_when_its_name_stands_for_a_link(
    shared_bot: RunningBot, group: Supergroup
) -> None:
    link = Entity("text_mention", 2, 4, (("user", shared_bot.server.bot.to_api()),))
    text = f"🐝 Desk {DANCE}"
    entity = link.to_api() | {"offset": 3}
    message = {
        "message_id": 4001,
        "date": group.state.date,
        "chat": group.to_api(),
        "from": group.somebody().to_api(),
        "text": text,
        "entities": [entity],
    }
    shared_bot.server.inject("message", message)
    assert group.wait_for_message().text.startswith(DECODED)


def test_it_answers_replies_to_its_messages(group: Supergroup) -> None:
    answer = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
    again = group.wait_for_message(after=group.send(LIGHTHOUSE, reply_to=answer))
    assert again.text.startswith("The lighthouse")


def test_it_keeps_quiet_otherwise(shared_bot: RunningBot, group: Supergroup) -> None:
    server = shared_bot.server
    other = group.send("Lunch?")
    said = [
        group.send(DANCE),
        group.send("/help"),
        group.send("/start@another_bot"),
        group.send(f"/ask@another_bot {DANCE}"),
        group.send("/nonsense"),
        group.send("@another_bot hello"),
        group.send(DANCE, reply_to=other),
        group.send_sticker(),
        group.send_photo(caption=f"{BOT} who is this?"),
    ]
    other.edit("Dinner?")
    group.join(server.user("Bob"))
    assert all(message.reached_bot for message in said)
    ask(shared_bot.chat(), "/help")
    group.wait_quiet(seconds=0.2)
    assert server.calls(chat=group) == []


def test_commands_with_its_name_are_explained(group: Supergroup) -> None:
    said = group.wait_for_message(after=group.send(f"/help{BOT}"))
    assert said.text == ENGLISH.help_group
    for command in ("/undo", "/gaps", "/new"):
        said = group.wait_for_message(after=group.send(f"{command}{BOT}"))
        assert said.text == ENGLISH.only_in_private
    said = group.wait_for_message(after=group.send("/ask"))
    assert said.text == ENGLISH.ask_how
    assert group.wait_for_message(after=group.send(DANCE, reply_to=said)).text.startswith(DECODED)


def test_anonymous_administrators_and_channels_may_ask(
    shared_bot: RunningBot, group: Supergroup
) -> None:
    question = group.send(f"/ask {DANCE}", anonymously=True)
    assert group.wait_for_message(after=question).text.startswith(DECODED)
    channel = {"id": -1009999999999, "type": "channel", "title": "News"}
    sender = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    message = {
        "message_id": 5001,
        "date": group.state.date,
        "chat": group.to_api(),
        "from": sender,
        "sender_chat": channel,
        "text": f"/ask {LIGHTHOUSE}",
        "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
    }
    shared_bot.server.inject("message", message)
    group.wait_for_message(matching="The lighthouse of Port Ellis was")


def test_other_bots_are_not_answered(shared_bot: RunningBot, group: Supergroup) -> None:
    message = {
        "message_id": 6001,
        "date": group.state.date,
        "chat": group.to_api(),
        "from": {"id": 77, "is_bot": True, "first_name": "Parrot"},
        "text": f"{BOT} hello",
        "entities": [{"type": "mention", "offset": 0, "length": len(BOT)}],
    }
    shared_bot.server.inject("message", message)
    group.wait_for_message(after=group.send(f"/ask {DANCE}"))
    assert len(group.bot_messages()) == 1


def test_an_edited_question_edits_its_answer_there_too(group: Supergroup) -> None:
    question = group.send(f"/ask {DANCE}")
    answer = group.wait_for_message(after=question)
    question.edit(f"/ask {LIGHTHOUSE}")
    assert answer.wait_edited().text.startswith("The lighthouse")


# Where it may


def test_it_answers_only_in_groups_that_an_owner_let_in(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    group = server.supergroup("Desk", bob, ada)
    with RunningBot(server, tmp_path, open=False, owners={ada.id}) as bot:
        assert group.wait_for_message(after=group.send(f"/ask {DANCE}")).text == (
            ENGLISH.group_closed
        )
        group.send(f"/ask {DANCE}")  # it says so once
        group.send("/admit")  # Bob is no owner
        group.wait_quiet(seconds=0.2)
        assert len(group.bot_messages()) == 1
        by_name = group.wait_for_message(after=group.send("/admit", anonymously=True))
        assert by_name.text == ENGLISH.by_name
        hello = group.wait_for_message(after=group.send("/admit", sender=ada))
        assert hello.text == ENGLISH.group_hello
        answer = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
        assert answer.text.startswith(DECODED)
        assert ask(server.private_chat(bob), DANCE).text == ENGLISH.not_admitted(str(bob.id))
        owner = server.private_chat(ada)
        groups = ask(owner, "/groups")
        assert groups.text == "Groups: 1\n• Desk"
        groups.press("Dismiss Desk")
        assert groups.wait_edited().text == ENGLISH.no_groups
        assert answer.press("[1]").wait_answered().text == ENGLISH.private
        assert not bot.footnote.people.may_ask_in(group.id)


def test_an_owner_who_adds_it_lets_the_group_in_and_others_do_not(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    with RunningBot(server, tmp_path, open=False, owners={ada.id}) as bot:
        theirs, ours = (
            server.supergroup(title, person) for title, person in (("Theirs", bob), ("Ours", ada))
        )
        for group, by in ((theirs, bob), (ours, ada)):
            group.remove_bot()
            group.add_bot(by=by)
        assert theirs.wait_for_message().text == ENGLISH.group_closed
        assert ours.wait_for_message().text == ENGLISH.group_hello
        assert [group.title for group in bot.footnote.people.groups()] == ["Ours"]
        ours.remove_bot()
        ask(server.private_chat(ada), "/help")
        assert bot.footnote.people.groups() == []


def test_dismiss_ends_it_in_the_group(server: TelegramServer, tmp_path: Path) -> None:
    ada = server.user("Ada")
    group = server.supergroup("Desk", ada)
    with RunningBot(server, tmp_path, open=False, owners={ada.id}):
        group.wait_for_message(after=group.send("/admit"))
        gone = group.wait_for_message(after=group.send("/dismiss"))
        assert gone.text == ENGLISH.group_dismissed
        assert group.wait_for_message(after=group.send(f"/ask {DANCE}")).text == (
            ENGLISH.group_closed
        )
        assert ask(server.private_chat(ada), "/admit").text == ENGLISH.dismiss_how


def test_dismiss_ends_it_in_an_open_bot_too_and_in_a_group_of_the_settings(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    group, other = server.supergroup("Desk", ada, bob), server.supergroup("Club", ada, bob)
    settings: dict[str, Any] = {"open": True, "owners": {ada.id}, "groups": {group.id}}
    with RunningBot(server, tmp_path, **settings) as bot:
        answer = group.wait_for_message(after=group.send(f"/ask {DANCE}", sender=bob))
        gone = group.wait_for_message(after=group.send("/dismiss", sender=ada))
        assert gone.text == ENGLISH.group_dismissed
        asked = group.send(f"/ask {DANCE}", sender=bob)
        assert group.wait_for_message(after=asked).text == ENGLISH.group_closed
        assert answer.press("[1]", by=bob).wait_answered().text == ENGLISH.private
        assert other.wait_for_message(after=other.send(f"/ask {DANCE}")).text.startswith(DECODED)
        group.remove_bot()
        group.add_bot(by=bob)
        group.send(f"/ask {LIGHTHOUSE}", sender=bob)
        other.wait_for_message(after=other.send(f"/ask {LIGHTHOUSE}"))
        assert not bot.footnote.people.may_ask_in(group.id)
        back = group.wait_for_message(after=group.send("/admit", sender=ada))
        assert back.text == ENGLISH.group_hello
        assert group.wait_for_message(after=group.send(f"/ask {DANCE}")).text.startswith(DECODED)


def test_a_group_that_becomes_a_supergroup_stays_let_in(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    group = server.group("Desk", ada)
    with RunningBot(server, tmp_path, open=False, owners={ada.id}):
        group.wait_for_message(after=group.send("/admit"))
        answer = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
        [payload] = numbers(answer)
        new = group.migrate()
        assert new.wait_for_message(after=new.send(f"/ask {LIGHTHOUSE}")).text.startswith("The")
        assert "start=" in answer.press("[1]").wait_answered().url
        assert answer.press("👍").wait_answered().text == ENGLISH.thanked
        passage = ask(server.private_chat(ada), f"/start {payload}")
        assert passage.marked("underline") == [DECODED]


def test_a_group_of_the_settings_that_becomes_a_supergroup_stays_let_in_and_that_is_told(
    server: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    group = server.group("Desk", server.user("Ada"))
    settings: dict[str, Any] = {"open": False, "groups": frozenset({group.id})}
    with RunningBot(server, tmp_path, **settings):
        group.wait_for_message(after=group.send(f"/ask {DANCE}"))
        new = group.migrate()
        assert new.wait_for_message(after=new.send(f"/ask {DANCE}")).text.startswith(DECODED)
    with RunningBot(server, tmp_path, **settings):
        assert new.wait_for_message(after=new.send(f"/ask {DANCE}")).text.startswith(DECODED)
        assert f"{group.id} has become {new.id}; put that in its place" in caplog.text
    with RunningBot(server, tmp_path, open=False):
        assert new.wait_for_message(after=new.send(f"/ask {DANCE}")).text == ENGLISH.group_closed
