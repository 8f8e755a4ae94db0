"""How people come to the pages: by a link that is good once, which begins a session.

Links and sessions are random secrets; their digests are kept. Whose they are is told by a holder:
`local` for whoever runs Footnote on this machine, `telegram:12345` for somebody known there.
"""

import time
from collections.abc import Callable

from sqlalchemy import ColumnElement, bindparam, delete, insert, select

from footnote.bot.database.tables import web_key
from footnote.bot.people.secret import digest_of, new_secret
from footnote.bot.state import State

LOCAL, TELEGRAM = "local", "telegram"
LINK_SECONDS = 900.0
"""So long a link is good that nobody has used."""
SESSION_SECONDS = 30 * 24 * 3600.0
"""Then whoever has a session needs a new link."""

_HELD = select(web_key.c.holder, web_key.c.until).where(
    web_key.c.digest == bindparam("digest"),
    web_key.c.kind == "session",
    web_key.c.until > bindparam("now"),
)


def telegram_holder(user: int) -> str:
    """The holder that somebody known in Telegram is."""
    return f"{TELEGRAM}:{user}"


class Sessions:
    """Safe to use from several threads; what is written is on disk when a call returns."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._now = now

    def invite(self, holder: str, *, seconds: float = LINK_SECONDS) -> str:
        """The secret of a new link, which begins one session of this holder."""
        return self._keep("link", holder, seconds)

    def redeem(self, link: str) -> str | None:
        """The secret of the session that a link begins; None where it is void, or was used."""
        with self._state.transaction() as connection:
            row = connection.execute(
                delete(web_key)
                .where(web_key.c.digest == digest_of(link), web_key.c.kind == "link")
                .returning(web_key.c.holder, web_key.c.until)
            ).first()
        return self.begin(row.holder) if row and row.until > self._now() else None

    def begin(self, holder: str, *, seconds: float = SESSION_SECONDS) -> str:
        """The secret of a new session."""
        return self._keep("session", holder, seconds)

    def holder(self, session: str) -> str | None:
        """Whose session it is; None where there is no such one, or it is over."""
        held = self._held(session)
        return held[0] if held else None

    def until(self, session: str) -> float:
        """When it is over, in seconds since 1970; 0 where there is no such one."""
        held = self._held(session)
        return held[1] if held else 0.0

    def is_over(self, until: float) -> bool:
        return until <= self._now()

    def _held(self, session: str) -> tuple[str, float] | None:
        rows = self._state.rows(_HELD, digest=digest_of(session), now=self._now())
        return (rows[0][0], rows[0][1]) if rows else None

    def end(self, session: str) -> None:
        self._delete(web_key.c.digest == digest_of(session))

    def end_all(self, holder: str) -> None:
        """End the sessions of somebody, and make void the links that they have not used."""
        self._delete(web_key.c.holder == holder)

    def _keep(self, kind: str, holder: str, seconds: float) -> str:
        secret = new_secret()
        with self._state.transaction() as connection:
            connection.execute(delete(web_key).where(web_key.c.until <= self._now()))
            until = self._now() + seconds
            row = {"digest": digest_of(secret), "kind": kind, "holder": holder, "until": until}
            connection.execute(insert(web_key), row)
        return secret

    def _delete(self, which: ColumnElement[bool]) -> None:
        with self._state.transaction() as connection:
            connection.execute(delete(web_key).where(which))
