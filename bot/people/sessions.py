"""How people come to the pages: by a link that is good once, which begins a session.

Links and sessions are random secrets; their digests are kept. Whose they are is told by a holder:
`local` for whoever runs Footnote on this machine, `telegram:12345` for somebody known there.
"""

import time
from collections.abc import Callable

from footnote.bot.people.secret import digest_of, new_secret
from footnote.bot.state import State

LOCAL, TELEGRAM = "local", "telegram"
LINK_SECONDS = 900.0
"""So long a link is good that nobody has used."""
SESSION_SECONDS = 30 * 24 * 3600.0
"""Then whoever has a session needs a new link."""

_STEPS = (
    """
CREATE TABLE web_key (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('link', 'session')),
    holder TEXT NOT NULL,
    until REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX web_key_by_holder ON web_key (holder);
""",
)


def telegram_holder(user: int) -> str:
    """The holder that somebody known in Telegram is."""
    return f"{TELEGRAM}:{user}"


class Sessions:
    """Safe to use from several threads; what is written is on disk when a call returns."""

    def __init__(self, state: State, *, now: Callable[[], float] = time.time) -> None:
        state.migrate("sessions", _STEPS)
        self._state = state
        self._now = now

    def invite(self, holder: str, *, seconds: float = LINK_SECONDS) -> str:
        """The secret of a new link, which begins one session of this holder."""
        return self._keep("link", holder, seconds)

    def redeem(self, link: str) -> str | None:
        """The secret of the session that a link begins; None where it is void, or was used."""
        with self._state.transaction() as connection:
            row = connection.execute(
                "DELETE FROM web_key WHERE digest = ? AND kind = 'link' RETURNING holder, until",
                (digest_of(link),),
            ).fetchone()
        return self.begin(row[0]) if row and row[1] > self._now() else None

    def begin(self, holder: str, *, seconds: float = SESSION_SECONDS) -> str:
        """The secret of a new session."""
        return self._keep("session", holder, seconds)

    def holder(self, session: str) -> str | None:
        """Whose session it is; None where there is no such one, or it is over."""
        rows = self._state.rows(
            "SELECT holder FROM web_key WHERE digest = ? AND kind = 'session' AND until > ?",
            digest_of(session),
            self._now(),
        )
        return rows[0][0] if rows else None

    def end(self, session: str) -> None:
        self._delete("digest = ?", digest_of(session))

    def end_all(self, holder: str) -> None:
        """End the sessions of somebody, and make void the links that they have not used."""
        self._delete("holder = ?", holder)

    def _keep(self, kind: str, holder: str, seconds: float) -> str:
        secret = new_secret()
        with self._state.transaction() as connection:
            connection.execute("DELETE FROM web_key WHERE until <= ?", (self._now(),))
            connection.execute(
                "INSERT INTO web_key VALUES (?, ?, ?, ?)",
                (digest_of(secret), kind, holder, self._now() + seconds),
            )
        return secret

    def _delete(self, where: str, value: str) -> None:
        with self._state.transaction() as connection:
            connection.execute(f"DELETE FROM web_key WHERE {where}", (value,))
