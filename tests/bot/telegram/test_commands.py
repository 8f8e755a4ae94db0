"""The table of commands: what menus and /help show to whom, in every language."""

import re

import pytest

from footnote.bot.people.people import Role
from footnote.bot.telegram.commands import COMMANDS, Command, Menu, help_for, menu_of
from footnote.bot.telegram.texts import ENGLISH, LANGUAGES, Texts

ALL_TEXTS = [pytest.param(texts, id=code) for code, texts in LANGUAGES.items()]
ALL_COMMANDS = [pytest.param(command, id=name) for name, command in COMMANDS.items()]
READERS = ["new", "check", "articles", "help"]
EDITORS = ["add", "undo", "follow", "unfollow"]
OWNERS = ["gaps", "export", "invite", "people", "groups", "open", "close", "usage"]
NOT_IN_HELP = {"start", "ask", "help", "web", "cancel"}


@pytest.mark.parametrize(
    ("menu", "role", "expected"),
    [
        (Menu.PRIVATE, None, READERS),
        (Menu.PRIVATE, Role.READER, READERS),
        (Menu.PRIVATE, Role.EDITOR, READERS + EDITORS),
        (Menu.PRIVATE, Role.OWNER, READERS + EDITORS + OWNERS),
        (Menu.GROUPS, None, ["ask", "check", "articles"]),
    ],
)
def test_a_menu_has_what_somebody_of_a_role_may_use(
    menu: Menu, role: Role | None, expected: list[str]
) -> None:
    assert [entry.command for entry in menu_of(menu, role, ENGLISH)] == expected


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_a_command_is_one_that_telegram_takes_and_is_obeyed_where_it_is_shown(
    command: Command,
) -> None:
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command.name)
    assert bool(command.menu) == (command.description is not None)
    assert command.private or Menu.PRIVATE not in command.menu
    assert command.group or Menu.GROUPS not in command.menu
    assert command.help is None or command.help.startswith(f"/{command.name} ")


@pytest.mark.parametrize("texts", ALL_TEXTS)
def test_a_description_is_no_longer_than_telegram_takes_it(texts: Texts) -> None:
    for menu in (Menu.PRIVATE, Menu.GROUPS):
        assert all(0 < len(e.description) <= 256 for e in menu_of(menu, Role.OWNER, texts))


@pytest.mark.parametrize("texts", ALL_TEXTS)
def test_help_names_every_command_to_those_who_may_use_it_and_to_nobody_else(texts: Texts) -> None:
    for role in (None, Role.READER, Role.EDITOR, Role.OWNER):
        named = set(re.findall(r"/([a-z]+)", help_for(role, texts)))
        mine = {name for name, command in COMMANDS.items() if command.is_for(role)}
        assert named == mine - NOT_IN_HELP


def test_help_begins_with_asking_and_goes_on_with_what_the_role_may_do() -> None:
    everybody, editor, owner = (help_for(role, ENGLISH) for role in (None, Role.EDITOR, Role.OWNER))
    assert everybody.startswith(ENGLISH.help)
    assert everybody.endswith(ENGLISH.help_kept)
    assert editor.startswith(f"{everybody}\n\n{ENGLISH.help_editor}\n/add ")
    assert owner.startswith(f"{editor}\n\n{ENGLISH.help_owner}\n/gaps ")
    assert owner.endswith(ENGLISH.dismiss_how)
