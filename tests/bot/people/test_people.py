"""Who may do what, and how they came to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.database.opening import Place
from footnote.bot.people.codes import INVITATION_DAYS
from footnote.bot.people.people import People, Person, Role
from footnote.bot.settings import Settings
from footnote.bot.state import State

ADA, BOB, EVE = 5_000_000_001, 5_000_000_002, 5_000_000_003
DESK, CLUB = -1_000_000_000_123, -456


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


Make = Callable[..., People]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(place: Place, tmp_path: Path, clock: Clock) -> Iterator[Make]:
    """People as a start of the bot finds them, with the settings given."""

    with ExitStack() as ending:

        def make(**settings: Any) -> People:
            read = Settings(_env_file=None, home=tmp_path, **settings)
            return People(ending.enter_context(closing(State(place))), read, now=clock)

        yield make


def test_nobody_may_ask_at_first(people: Make) -> None:
    fresh = people()
    assert not fresh.may_ask(ADA)
    assert not fresh.may_ask_in(DESK)
    assert fresh.listed() == []


# The one-time code


def test_the_code_makes_one_owner_and_is_void_then(people: Make) -> None:
    fresh = people()
    code = fresh.owner_code()
    assert fresh.redeem(code, ADA, "Ada") == Role.OWNER
    assert fresh.redeem(code, BOB, "Bob") is None
    assert (fresh.role(ADA), fresh.role(BOB)) == (Role.OWNER, None)
    assert people().role(ADA) == Role.OWNER


def test_there_is_no_code_where_there_is_an_owner(people: Make) -> None:
    fresh = people()
    fresh.redeem(fresh.owner_code(), ADA, "Ada")
    assert fresh.owner_code() is None
    assert people(owners={BOB}).owner_code() is None


def test_a_new_code_takes_the_place_of_the_one_before(people: Make) -> None:
    fresh = people()
    old, new = fresh.owner_code(), fresh.owner_code()
    assert fresh.redeem(old, ADA, "Ada") is None
    assert fresh.redeem(new.lower(), ADA, "Ada") == Role.OWNER


def test_a_code_is_nowhere_on_disk(people: Make, tmp_path: Path) -> None:
    fresh = people()
    codes = [fresh.owner_code(), fresh.invite(Role.READER)]
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert not [code for code in codes if code.encode() in stored]


@pytest.mark.parametrize("code", ["", "x", "\0", "²" * 12, "\ud800", "A" * 5000])
def test_a_wrong_code_makes_nobody_anything(people: Make, code: str) -> None:
    fresh = people()
    fresh.owner_code()
    assert fresh.redeem(code, EVE, "Eve") is None


def test_after_five_wrong_tries_even_the_right_code_is_not_looked_at_for_an_hour(
    people: Make, clock: Clock
) -> None:
    fresh = people()
    code = fresh.owner_code()
    for _ in range(5):
        assert fresh.redeem("WRONG", EVE, "Eve") is None
    assert fresh.redeem(code, EVE, "Eve") is None
    clock.now += 3601
    assert fresh.redeem(code, EVE, "Eve") == Role.OWNER


def test_the_tries_of_one_do_not_shut_out_another(people: Make) -> None:
    fresh = people()
    code = fresh.owner_code()
    for _ in range(50):
        fresh.redeem("WRONG", EVE, "Eve")
    assert fresh.redeem(code, ADA, "Ada") == Role.OWNER


# Invitations


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_an_invitation_lets_in_one_person(people: Make, role: Role) -> None:
    fresh = people()
    code = fresh.invite(role)
    assert fresh.redeem(code, BOB, "Bob") == role
    assert fresh.redeem(code, EVE, "Eve") is None
    assert (people().role(BOB), people().role(EVE)) == (role, None)


def test_an_invitation_handled_twice_gives_the_same_role(people: Make) -> None:
    fresh = people()
    code = fresh.invite(Role.READER)
    assert [fresh.redeem(code, BOB, "Bob") for _ in range(2)] == [Role.READER] * 2


def test_an_invitation_is_void_after_a_week(people: Make, clock: Clock) -> None:
    fresh = people()
    code = fresh.invite(Role.READER)
    clock.now += INVITATION_DAYS * 24 * 3600 + 1
    assert fresh.redeem(code, BOB, "Bob") is None


def test_an_invitation_raises_a_role_and_never_lowers_one(people: Make) -> None:
    fresh = people()
    reader, editor, unused = (fresh.invite(r) for r in (Role.READER, Role.EDITOR, Role.READER))
    assert fresh.redeem(reader, BOB, "Bob") == Role.READER
    assert fresh.redeem(editor, BOB, "Bob") == Role.EDITOR
    assert fresh.redeem(unused, BOB, "Bob") is None
    assert fresh.role(BOB) == Role.EDITOR
    assert fresh.redeem(unused, EVE, "Eve") == Role.READER


# Settings, lists, dismissal


def test_settings_give_roles_without_a_word_said(people: Make) -> None:
    deployed = people(owners={ADA}, editors={BOB, ADA}, readers={EVE}, groups={DESK})
    roles = [deployed.role(user) for user in (ADA, BOB, EVE)]
    assert roles == [Role.OWNER, Role.EDITOR, Role.READER]
    assert deployed.may_ask_in(DESK)
    assert not deployed.may_ask_in(CLUB)
    assert [(p.id, p.by_settings) for p in deployed.listed()] == [
        (ADA, True),
        (BOB, True),
        (EVE, True),
    ]


def test_people_are_listed_owners_first_and_gone_when_dismissed(people: Make) -> None:
    fresh = people(owners={ADA})
    fresh.redeem(fresh.invite(Role.READER), EVE, "Eve")
    fresh.redeem(fresh.invite(Role.EDITOR), BOB, "Bob")
    assert fresh.listed() == [
        Person(ADA, str(ADA), Role.OWNER, True),
        Person(BOB, "Bob", Role.EDITOR, False),
        Person(EVE, "Eve", Role.READER, False),
    ]
    fresh.dismiss(BOB)
    fresh.dismiss(ADA)  # who is so by the settings stays
    assert [person.id for person in fresh.listed()] == [ADA, EVE]
    assert not people().may_ask(BOB)


def test_who_is_let_in_again_may_ask_as_a_reader_where_not_everybody_may(people: Make) -> None:
    fresh = people(owners={ADA})
    fresh.redeem(fresh.invite(Role.EDITOR), BOB, "Bob")
    fresh.dismiss(BOB)
    assert not fresh.may_ask(BOB)
    for user in (BOB, BOB, EVE, ADA, CLUB):  # once more changes nothing, nor does a stranger
        fresh.let_in_again(user)
    assert fresh.listed() == [
        Person(ADA, str(ADA), Role.OWNER, True),
        Person(EVE, str(EVE), Role.READER, False),
        Person(BOB, "Bob", Role.READER, False),
    ]
    assert fresh.shut_out() == []


def test_who_is_let_in_again_where_everybody_may_ask_has_no_role(people: Make) -> None:
    fresh = people()
    fresh.set_open(True)
    fresh.dismiss(EVE)
    fresh.let_in_again(EVE)
    assert fresh.may_ask(EVE)
    fresh.set_open(False)
    assert not fresh.may_ask(EVE)


def test_open_lets_everybody_ask_until_it_is_closed(people: Make) -> None:
    fresh = people()
    fresh.set_open(True)
    assert people().may_ask(EVE)
    assert people().may_ask_in(CLUB)
    assert people().role(EVE) is None
    fresh.set_open(False)
    assert not people().may_ask(EVE)
    assert people(open=True).may_ask(EVE)


def test_groups_are_admitted_and_dismissed(people: Make) -> None:
    fresh = people(groups={DESK})
    fresh.admit(CLUB, "Club")
    assert [(group.chat, group.title) for group in people(groups={DESK}).groups()] == [
        (DESK, str(DESK)),
        (CLUB, "Club"),
    ]
    fresh.dismiss_group(CLUB)
    assert not people().may_ask_in(CLUB)


def test_a_refusal_is_said_once_a_day_and_again_when_it_is_handled_again(
    people: Make, clock: Clock
) -> None:
    fresh = people()
    assert fresh.refuses_now(EVE, "m:1")
    assert fresh.refuses_now(EVE, "m:1")
    assert not fresh.refuses_now(EVE, "m:2")
    assert fresh.refuses_now(BOB, "m:2")
    clock.now += 24 * 3600 + 1
    assert fresh.refuses_now(EVE, "m:3")
