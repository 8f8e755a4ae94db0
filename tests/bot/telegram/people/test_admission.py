"""Who may use the bot, how they come in, and what the others are told."""

import re
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.people.people import Role
from footnote.bot.telegram.commands import help_for
from footnote.bot.telegram.texts import ENGLISH, texts_for
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, LIGHTHOUSE, Answers, ask
from tools.telegram_server import PrivateChat, TelegramServer


def code_of(capfd: pytest.CaptureFixture[str]) -> str:
    """The owner's code that the terminal shows."""
    told = capfd.readouterr().err
    [code] = re.findall(r"/start ([A-Z2-9]{12})\n", told)
    assert f"https://t.me/telegram_server_bot?start={code}" in told
    return code


def invitation(owner: PrivateChat, label: str) -> str:
    """The payload of a link that an owner makes, by the button with this label."""
    asked = ask(owner, "/invite")
    assert asked.labels == [[ENGLISH.invite_reader, ENGLISH.invite_editor]]
    asked.press(label)
    text = asked.wait_edited().text
    assert asked.labels == []
    [payload] = re.findall(r"https://t\.me/telegram_server_bot\?start=([\w-]{1,64})$", text)
    return payload


def test_a_stranger_is_told_once_how_to_come_in_and_nothing_else(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path, open=False) as bot:
        chat, other = bot.chat(), server.private_chat(server.user("Bob", language_code="ru"))
        answers = Answers(bot)
        refusal = ENGLISH.not_admitted(str(chat.id))
        assert ask(chat, DANCE).text == refusal
        for text in ("/start", "/articles", "/check Bees dance.", "/nonsense", "/gaps", DANCE):
            chat.send(text)
        chat.send_sticker()
        question = chat.send(DANCE)
        question.edit(LIGHTHOUSE)
        assert ask(other, DANCE).text == texts_for("ru").not_admitted(str(other.id))
        chat.wait_quiet(seconds=0.2)
        assert len(chat.bot_messages()) == 1
        assert answers.asked == []


def test_the_code_in_the_terminal_makes_the_owner_once_and_is_not_in_the_log(
    server: TelegramServer,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with RunningBot(server, tmp_path, open=False) as bot:
        code = code_of(capfd)
        ada, bob = bot.chat("Ada"), bot.chat("Bob")
        welcome = ask(ada, f"/start {code}")
        owns = ENGLISH.introduction(writes=False, adds=True)
        assert welcome.text == f"{ENGLISH.welcome_owner}\n\n{owns}"
        assert ask(bob, f"/start {code}").text == ENGLISH.void_code
        assert ask(ada, DANCE).text.startswith(DECODED)
        assert ask(ada, "/help").text == help_for(Role.OWNER, ENGLISH)
        mine = server.profile.commands({"type": "chat", "chat_id": ada.id}, "de")
        assert {"invite", "gaps", "new"} <= {command["command"] for command in mine}
    with RunningBot(server, tmp_path, open=False):
        assert "/start" not in capfd.readouterr().err
        assert ask(ada, f"/start {code}").text == owns
        assert ask(ada, LIGHTHOUSE).text.startswith("The lighthouse")
    assert code not in caplog.text


def test_owners_by_settings_get_their_commands_when_they_begin(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    scope = {"type": "chat", "chat_id": ada.id}
    with RunningBot(server, tmp_path, owners={ada.id}, new=True):
        assert server.profile.commands(scope) == []  # she has not written yet
        chat = server.private_chat(ada)
        ask(chat, "/start")
        ask(chat, "/help")
        assert "export" in [command["command"] for command in server.profile.commands(scope)]
        calls = len(server.calls("setMyCommands"))
    with RunningBot(server, tmp_path, owners={ada.id}):
        assert len(server.calls("setMyCommands")) == calls  # nothing is new
    with RunningBot(server, tmp_path, owners={ada.id, chat.id + 1}):
        assert len(server.calls("setMyCommands")) > calls


def test_wrong_codes_get_no_further_than_five(
    server: TelegramServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with RunningBot(server, tmp_path, open=False) as bot:
        code, eve = code_of(capfd), bot.chat("Eve")
        for number in range(5):
            assert ask(eve, f"/start WRONG{number}").text == ENGLISH.void_code
        eve.send(f"/start {code}")  # not looked at, and not answered either
        ask(bot.chat("Bob"), "Hello")
        eve.wait_quiet(seconds=0.2)
        assert len(eve.bot_messages()) == 5
        assert bot.footnote.people.listed() == []


def test_who_is_dismissed_does_not_come_in_by_the_same_invitation(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, open=False, owners={ada.id}) as bot:
        owner, bob = server.private_chat(ada), bot.chat("Bob")
        payload = invitation(owner, ENGLISH.invite_reader)
        assert ask(bob, f"/start {payload}").text.startswith(ENGLISH.welcome_reader)
        people = ask(owner, "/people")
        people.press("Dismiss Bob")
        people.wait_edited()
        assert ask(bob, f"/start {payload}").text == ENGLISH.void_code
        assert bot.footnote.people.role(bob.id) is None


def test_open_invitations_are_listed_and_revoked(server: TelegramServer, tmp_path: Path) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, open=False, owners={ada.id}) as bot:
        owner, bob, eve = server.private_chat(ada), bot.chat("Bob"), bot.chat("Eve")
        first, second = (invitation(owner, ENGLISH.invite_reader) for _ in range(2))
        third = invitation(owner, ENGLISH.invite_editor)
        assert ask(eve, f"/start {second}").text.startswith(ENGLISH.welcome_reader)
        people = ask(owner, "/people")
        assert f"{ENGLISH.invitations}:" in people.text
        assert re.search(
            r"\n1\. editor · Ada · until \d{4}-\d\d-\d\d\n2\. reader · Ada", people.text
        )
        assert people.labels[-1] == ["Revoke: 1.", "Revoke: 2."]
        for _ in range(2):
            people.press("Revoke: 1.")
            people.wait_edited()
        assert "Revoke" not in str(people.labels)
        for payload in (first, third):
            assert ask(bob, f"/start {payload}").text == ENGLISH.void_code


def test_an_invitation_is_void_once_the_owner_who_made_it_is_none(
    server: TelegramServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bob = server.private_chat(server.user("Bob"))
    with RunningBot(server, tmp_path, open=False) as bot:
        eve = bot.chat("Eve")
        ask(eve, f"/start {code_of(capfd)}")
        dismissed = invitation(eve, ENGLISH.invite_editor)
        unset = bot.footnote.people.invite(Role.EDITOR, by=77)
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, open=False, owners={ada.id}):
        people = ask(server.private_chat(ada), "/people")
        people.press("Dismiss Eve")
        people.wait_edited()
        for payload in (dismissed, f"i_{unset}"):
            assert ask(bob, f"/start {payload}").text == ENGLISH.void_code
        assert ask(bob, "/start").text == ENGLISH.not_admitted(str(bob.id))


def test_who_is_dismissed_is_shut_out_of_an_open_bot_too_and_let_in_again(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, open=True, owners={ada.id}) as bot:
        owner, bob, eve = server.private_chat(ada), bot.chat("Bob"), bot.chat("Eve")
        group = server.supergroup("Desk", ada, server.user("Cy"))
        answer = ask(bob, DANCE)
        assert answer.text.startswith(DECODED)
        assert ask(eve, f"/dismiss {bob.id}").text == ENGLISH.only_in_groups
        assert ask(owner, "/dismiss").text == ENGLISH.dismiss_how
        assert ask(owner, f"/dismiss {ada.id}").text == ENGLISH.dismiss_how
        people = ask(owner, f"/dismiss {bob.id}")
        assert f"{ENGLISH.shut_out}: 1\n• Bob" in people.text
        assert ask(bob, DANCE).text == ENGLISH.not_admitted(str(bob.id))
        assert answer.press("[1]").wait_answered().text == ENGLISH.private
        assert answer.press_data("l::0:0").wait_answered().text == ENGLISH.private
        assert not bot.footnote.people.may_ask(bob.id)
        group.wait_for_message(after=group.send(f"/ask {DANCE}", sender=ada))
        assert ask(eve, LIGHTHOUSE).text.startswith("The lighthouse")
        people.press("Let in again: Bob")
        people.wait_edited()
        assert ask(bob, LIGHTHOUSE).text.startswith("The lighthouse")
        ask(owner, f"/dismiss {bob.id}")
        ask(owner, f"/admit {bob.id}")
        assert ask(bob, DANCE).text.startswith(DECODED)


def test_a_private_bot_answers_whom_an_owner_lets_in_again_or_admits(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, open=False, owners={ada.id}) as bot:
        owner, bob, eve = server.private_chat(ada), bot.chat("Bob"), bot.chat("Eve")
        ask(bob, f"/start {invitation(owner, ENGLISH.invite_reader)}")
        people = ask(owner, "/people")
        people.press("Dismiss Bob")
        people.wait_edited().press("Let in again: Bob")
        assert people.wait_edited().labels == [["Dismiss Bob"]]
        assert ask(bob, DANCE).text.startswith(DECODED)
        assert ask(eve, DANCE).text == ENGLISH.not_admitted(str(eve.id))
        assert f"• Eve · {ENGLISH.reader}" in ask(owner, f"/admit {eve.id}").text
        assert ask(eve, DANCE).text.startswith(DECODED)


def test_who_is_shut_out_asks_in_no_group_either(server: TelegramServer, tmp_path: Path) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    group = server.supergroup("Desk", ada, bob)
    with RunningBot(server, tmp_path, open=True, owners={ada.id}):
        answer = group.wait_for_message(after=group.send(f"/ask {DANCE}", sender=bob))
        ask(server.private_chat(ada), f"/dismiss {bob.id}")
        group.send(f"/ask {LIGHTHOUSE}", sender=bob)
        after = group.send(f"/ask {DANCE}", sender=ada)
        assert group.wait_for_message(after=after).reply_to == after
        assert answer.press("[1]", by=bob).wait_answered().text == ENGLISH.private


def test_an_invitation_lets_in_one_reader_or_editor(server: TelegramServer, tmp_path: Path) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, open=False, owners={ada.id}) as bot:
        owner, bob, eve = server.private_chat(ada), bot.chat("Bob"), bot.chat("Eve")
        payload = invitation(owner, ENGLISH.invite_reader)
        assert ask(bob, f"/start {payload}").text == f"{ENGLISH.welcome_reader}\n\n{ENGLISH.start}"
        assert ask(bob, DANCE).text.startswith(DECODED)
        assert ask(eve, f"/start {payload}").text == ENGLISH.void_code
        payload = invitation(owner, ENGLISH.invite_editor)
        assert ask(eve, f"/start {payload}").text.startswith(ENGLISH.welcome_editor)
        people = ask(owner, "/people")
        assert people.text.splitlines() == [
            "People: 3",
            "• Ada · owner · by settings",
            "• Eve · editor",
            "• Bob · reader",
        ]
        assert people.labels == [["Dismiss Eve"], ["Dismiss Bob"]]
        people.press("Dismiss Bob")
        assert people.wait_edited().labels == [["Dismiss Eve"], ["Let in again: Bob"]]
        refusal = ENGLISH.not_admitted(str(bob.id))
        assert ask(bob, DANCE).text == refusal


def test_who_is_let_in_by_settings_or_by_number_is_called_by_name_where_it_is_known(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, eve = server.user("Ada"), server.user("Eve", last_name="Holt")
    settings: dict[str, Any] = {"open": False, "owners": {ada.id}, "readers": {eve.id, 77}}
    with RunningBot(server, tmp_path, **settings) as bot:
        owner, bob, _ = server.private_chat(ada), bot.chat("Bob"), server.private_chat(eve)
        admitted = ask(owner, f"/admit {bob.id}")
        assert set(admitted.text.splitlines()) == {
            "People: 4",
            "• Ada · owner · by settings",
            "• Bob · reader",
            "• Eve Holt · reader · by settings",
            "• 77 · reader · by settings",  # who has never written to the bot
        }
        assert admitted.labels == [["Dismiss Bob"]]
        assert ask(owner, "/people holt").text.endswith("\n• Eve Holt · reader · by settings")
        admitted.press("Dismiss Bob")
        assert admitted.wait_edited().labels == [["Let in again: Bob"]]


def test_a_long_name_is_short_on_a_button(server: TelegramServer, tmp_path: Path) -> None:
    ada, name = server.user("Ada"), "Wilhelmina von Habsburg-Lothringen"
    with RunningBot(server, tmp_path, open=False, owners={ada.id}) as bot:
        owner, long = server.private_chat(ada), bot.chat(name)
        ask(long, f"/start {invitation(owner, ENGLISH.invite_reader)}")
        people = ask(owner, "/people")
        assert f"• {name} · reader" in people.text
        assert people.labels == [["Dismiss Wilhelmina von …"]]
        people.press("Dismiss Wilhelmina von …")
        assert people.wait_edited().text.endswith(f"• {name}")
        assert people.labels == [["Let in again: Wilhelmina von …"]]


def test_among_many_people_one_is_found_by_a_part_of_the_name(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    settings: dict[str, Any] = {"open": False, "owners": {ada.id}, "readers": set(range(1, 50))}
    with RunningBot(server, tmp_path, **settings) as bot:
        owner, zoe = server.private_chat(ada), bot.chat("Zoe Zander")
        ask(zoe, f"/start {invitation(owner, ENGLISH.invite_reader)}")
        everybody = ask(owner, "/people")
        assert "Zoe" not in everybody.text
        assert everybody.text.endswith("(/people …)")
        found = ask(owner, "/people zand")
        assert found.labels == [["Dismiss Zoe Zander"]]


def test_only_owners_may_use_it_and_press_its_buttons(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    with RunningBot(server, tmp_path):
        chat, other = server.private_chat(ada), server.private_chat(bob)
        answer, before = ask(chat, DANCE), ask(other, DANCE)
    with RunningBot(server, tmp_path, open=False, owners={ada.id}):
        assert ask(chat, LIGHTHOUSE).text.startswith("The lighthouse")
        answer.press("[1]")
        assert answer.wait_edited().marked("underline") == [DECODED]
        assert ask(other, LIGHTHOUSE).text == ENGLISH.not_admitted(str(bob.id))
        for label in ("[1]", "👍"):
            assert before.press(label).wait_answered().text == ENGLISH.private
        assert before.edits == 0


def test_what_is_for_owners_is_not_for_others(server: TelegramServer, tmp_path: Path) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    settings: dict[str, Any] = {"open": False, "owners": {ada.id}, "editors": {bob.id}}
    with RunningBot(server, tmp_path, **settings) as bot:
        editor = server.private_chat(bob)
        for command in ("invite", "people", "groups", "open", "close", "gaps", "export"):
            assert ask(editor, f"/{command}").text == ENGLISH.owners_only
        answer = ask(editor, DANCE)
        for data in (f"D::{ada.id}", "i::1", "i::3", "G::-1"):
            assert answer.press_data(data).wait_answered().text == ENGLISH.owners_only
        forged = ask(server.private_chat(ada), "/invite").press_data("i::3")
        assert forged.message.wait_edited().text == ENGLISH.unknown_button
        assert [person.id for person in bot.footnote.people.listed()] == [ada.id, bob.id]


def test_owners_open_the_bot_to_everybody_and_close_it(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, open=False, owners={ada.id}) as bot:
        owner, bob = server.private_chat(ada), bot.chat("Bob")
        assert ask(owner, "/open").text == ENGLISH.opened
        assert ask(bob, DANCE).text.startswith(DECODED)
        assert ask(bob, "/people").text == ENGLISH.owners_only
        assert ask(owner, "/close").text == ENGLISH.closed
        assert ask(bob, DANCE).text == ENGLISH.not_admitted(str(bob.id))


def test_what_the_settings_open_stays_open(server: TelegramServer, tmp_path: Path) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, open=True, owners={ada.id}) as bot:
        assert ask(server.private_chat(ada), "/close").text == ENGLISH.open_by_settings
        assert ask(bot.chat("Bob"), DANCE).text.startswith(DECODED)


def test_who_asks_too_much_is_told_so_once_and_others_are_not_held_up(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path, questions_a_minute=2) as bot:
        ada, bob = bot.chat("Ada"), bot.chat("Bob")
        assert [ask(ada, DANCE).text.startswith(DECODED) for _ in range(2)] == [True, True]
        told = ask(ada, LIGHTHOUSE).text
        assert re.fullmatch(ENGLISH.too_many(2).replace("2", r"\d+").replace("?", r"\?"), told)
        ada.send(LIGHTHOUSE)
        assert ask(bob, DANCE).text.startswith(DECODED)
        assert ask(ada, "/help").text == help_for(None, ENGLISH)
        assert len(ada.bot_messages()) == 4


def test_an_edit_beyond_the_limit_leaves_the_answer_as_it_was(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path, questions_a_minute=1) as bot:
        chat = bot.chat()
        question = chat.send(DANCE)
        answer = chat.wait_for_message(after=question)
        question.edit(LIGHTHOUSE)
        told = chat.wait_for_message(after=answer)
        assert told.text.startswith("That's a lot at once!")
        assert answer.text.startswith(DECODED)
