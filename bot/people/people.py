"""Who may do what: owners, editors and readers, admitted groups, and whether everybody may ask.

People come in by the settings, by the one-time code that makes the first owner, or by invitation.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import bindparam, delete, select

from footnote.bot.database.tables import admitted_group, door, person, refusal, set_group, shut_out
from footnote.bot.people.codes import Codes, Invitation
from footnote.bot.settings import Settings
from footnote.bot.state import State
from footnote.index.database.upsert import put, put_new

logger = logging.getLogger(__name__)

# Asked again and again, so made once.
_ROLE = select(person.c.role).where(person.c.id == bindparam("of"))
_SHUT_OUT = select(shut_out.c.id).where(shut_out.c.id == bindparam("of"))
_OPEN = select(door.c.only).where(door.c.open == 1)
_REFUSED_AGAIN_AFTER_SECONDS = 24 * 3600


class Role(IntEnum):
    """Each may do what the ones before it may."""

    READER = 1
    EDITOR = 2
    OWNER = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role; whoever has it `by_settings` can be dismissed there only."""

    id: int
    name: str
    role: Role
    by_settings: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A group whose members may ask in it."""

    chat: int
    title: str
    by_settings: bool


class People:
    """Safe to use from several threads; what is decided is on disk when a call returns."""

    def __init__(
        self,
        state: State,
        settings: Settings,
        *,
        now: Callable[[], float] = time.time,
        on_dismissed: Callable[[int], object] = lambda user: None,
    ) -> None:
        """`on_dismissed` is called with whoever has just been dismissed."""
        self._state = state
        self._now = now
        self._on_dismissed = on_dismissed
        self._by_settings = (
            dict.fromkeys(settings.readers, Role.READER)
            | dict.fromkeys(settings.editors, Role.EDITOR)
            | dict.fromkeys(settings.owners, Role.OWNER)
        )
        self._keep_groups(settings.groups)
        self._set_groups = settings.groups
        self.open_by_settings = settings.open
        self._lock = threading.Lock()
        self._codes = Codes(state, now, lambda user: self.role(user) is Role.OWNER)

    def role(self, user: int) -> Role | None:
        """The highest that this person has; None for a stranger, whoever may ask."""
        stored = self._state.rows(_ROLE, of=user)
        roles = [*(Role(row[0]) for row in stored), self._by_settings.get(user)]
        return max((role for role in roles if role), default=None)

    def name(self, user: int) -> str:
        """As it was when they were let in; their number where that is not known."""
        rows = self._state.rows(select(person.c.name).where(person.c.id == user))
        return rows[0][0] if rows else str(user)

    def may_ask(self, user: int) -> bool:
        return self.role(user) is not None or (self.is_open() and not self.is_shut_out(user))

    def may_ask_in(self, group: int) -> bool:
        if self.is_shut_out(group):
            return False
        return self.is_open() or any(known.chat == group for known in self.groups())

    def is_shut_out(self, of: int) -> bool:
        """Whether this person or group was dismissed, and not let in again since."""
        if self._state.rows(_SHUT_OUT, of=of):
            return of < 0 or self.role(of) is None
        return False

    def shut_out(self) -> list[tuple[int, str]]:
        """People who were dismissed, with their names."""
        people = select(shut_out).where(shut_out.c.id > 0)
        rows = self._state.rows(people.order_by(shut_out.c.name, shut_out.c.id))
        return [(user, name) for user, name in rows]

    def let_in_again(self, user: int) -> None:
        """Have somebody who was dismissed ask again, or a stranger: where everybody may, like
        everybody, and otherwise as a reader. A higher role that they had they have no more."""
        becomes_reader = user > 0 and not self.may_ask(user) and not self.is_open()
        with self._state.transaction() as connection:
            name = connection.scalar(select(shut_out.c.name).where(shut_out.c.id == user))
            connection.execute(delete(shut_out).where(shut_out.c.id == user))
            if becomes_reader:
                row = {"id": user, "name": str(user) if name is None else name}
                row |= {"role": Role.READER.value, "since": self._now()}
                put_new(connection, person, row)

    def is_open(self) -> bool:
        """Whether everybody may ask, in private and in any group."""
        if self.open_by_settings:
            return True
        return bool(self._state.rows(_OPEN))

    def set_open(self, is_open: bool) -> None:
        with self._state.transaction() as connection:
            put(connection, door, {"only": 1, "open": int(is_open)})

    def listed(self) -> list[Person]:
        """Everybody with a role, owners first."""
        names: dict[int, str] = dict(self._state.rows(select(person.c.id, person.c.name)))
        people = [
            Person(user, names.get(user, str(user)), role, user in self._by_settings)
            for user in {*names, *self._by_settings}
            if (role := self.role(user))
        ]
        return sorted(people, key=lambda known: (-known.role, known.name.casefold(), known.id))

    def dismiss(self, user: int) -> None:
        """Take away the role that this person has by code or invitation, the invitation, and those
        of theirs that are open; and shut them out where everybody may ask.

        A role by the settings stays.
        """
        with self._state.transaction() as connection:
            name = connection.scalar(select(person.c.name).where(person.c.id == user))
            connection.execute(delete(person).where(person.c.id == user))
            self._codes.forget(user, connection)
            if user not in self._by_settings:
                row = {"id": user, "name": str(user) if name is None else name}
                put_new(connection, shut_out, row)
        self._on_dismissed(user)

    # Coming in

    def owner_code(self) -> str | None:
        """A new code that makes whoever sends it the owner; None where there is an owner."""
        has_owner = any(known.role is Role.OWNER for known in self.listed())
        return None if has_owner else self._codes.for_owner()

    def invite(self, role: Role, *, by: int | None = None) -> str:
        """A code that lets one person in, as long as the owner who made it is one."""
        return self._codes.invite(role, by)

    def invitations(self) -> list[Invitation]:
        """Those that nobody has used yet, the newest first."""
        return self._codes.open()

    def revoke(self, invitation: int) -> None:
        """Make the open invitation of this number void."""
        self._codes.revoke(invitation)

    def redeem(self, code: str, user: int, name: str) -> Role | None:
        """Let this person in by the owner's code or an invitation; the role, None where it is void.

        An invitation to less than somebody has is void for them, and stays good for another.
        """
        with self._lock:
            before = self.role(user)
            redeemed = self._codes.redeem(code, user, above=before or 0)
            if redeemed is None:
                return None
            role = max(Role(redeemed), before or Role.READER)
            with self._state.transaction() as connection:
                row = {"id": user, "name": name, "role": role.value, "since": self._now()}
                put(connection, person, row)
                connection.execute(delete(shut_out).where(shut_out.c.id == user))
            return role

    def has_tried_enough(self, user: int) -> bool:
        """Whether no code that this person sends is looked at for a while."""
        with self._lock:
            return self._codes.has_tried_enough(user)

    # Groups

    def groups(self) -> list[Group]:
        titles: dict[int, str] = dict(self._state.rows(select(admitted_group)))
        by_settings = {
            chat for named, chat in self._state.rows(select(set_group)) if named in self._set_groups
        }
        found = [
            Group(chat, titles.get(chat, str(chat)), chat in by_settings)
            for chat in {*titles, *by_settings}
        ]
        return sorted(found, key=lambda group: (group.title.casefold(), group.chat))

    def admit(self, group: int, title: str) -> None:
        with self._state.transaction() as connection:
            put(connection, admitted_group, {"chat": group, "title": title})
            connection.execute(delete(shut_out).where(shut_out.c.id == group))

    def dismiss_group(self, group: int, title: str = "") -> None:
        """Nobody may ask in it any more, not even where everybody may in any other."""
        with self._state.transaction() as connection:
            connection.execute(delete(admitted_group).where(admitted_group.c.chat == group))
            put(connection, shut_out, {"id": group, "name": title})

    def leave_group(self, group: int) -> None:
        """The bot was removed from it, and has to be let in again where not everybody may ask."""
        with self._state.transaction() as connection:
            connection.execute(delete(admitted_group).where(admitted_group.c.chat == group))

    def _keep_groups(self, named: Collection[int]) -> None:
        with self._state.transaction() as connection:
            put_new(connection, set_group, [{"named": chat, "chat": chat} for chat in named])
        renamed = select(set_group).where(set_group.c.named != set_group.c.chat)
        for was, now in self._state.rows(renamed):
            if was in named:
                logger.warning("FOOTNOTE_GROUPS: %d has become %d; put that in its place", was, now)

    # Refusing

    def refuses_now(self, chat: int, cause: str) -> bool:
        """Whether to say no in this chat: once, and then not again for a day.

        `cause` names what is refused, so that it is refused again if it has to be handled again.
        """
        with self._state.transaction() as connection:
            last = select(refusal.c.at, refusal.c.cause).where(refusal.c.chat == chat)
            at, told = connection.execute(last).first() or (0.0, None)
            if told != cause and at > self._now() - _REFUSED_AGAIN_AFTER_SECONDS:
                return False
            put(connection, refusal, {"chat": chat, "at": self._now(), "cause": cause})
            return True
