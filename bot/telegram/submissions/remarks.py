"""What people say of what they pass on, which their client sends as a message of its own."""

from footnote.bot.state import State
from footnote.bot.submissions.comments import TOGETHER_SECONDS, Comments
from footnote.bot.submissions.wordings import Wordings
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.said import Said
from footnote.bot.telegram.sending.delivery import handling
from footnote.bot.telegram.submissions.brings import asks, came_of


class Remarks:
    def __init__(self, state: State, comments: Comments, wordings: Wordings) -> None:
        self._aside = state.aside
        self._comments = comments
        self._wordings = wordings
        self._inbox = Inbox(state)

    async def take(self, said: Said) -> bool:
        """Whether a text is said of what its sender passes on: clients send the two as messages of
        their own, the comment first. What has a question mark is a question all the same.

        Mostly both have come in by now. Where nothing was passed on yet, the text is a question as
        far as can be told, and is answered at once; but it is kept, for what may come next.
        """
        if asks(said.text) or said.replied is not None:
            return False
        came = came_of(said)
        if await self._aside(self._wordings.remark, came, said.wording, TOGETHER_SECONDS):
            return True
        await self._aside(self._comments.keep, came, said.wording)
        return await self._aside(self._is_followed, said, handling.get())

    def _is_followed(self, said: Said, number: int | None) -> bool:
        """Whether what came in after it was passed on by the same person at the same time."""
        following = self._inbox.after(number, said.place.chat) if number is not None else None
        message = (following or {}).get("message") or {}
        return (
            "forward_origin" in message
            and (message.get("from") or {}).get("id") == said.person
            and abs(message.get("date", 0) - said.at) <= TOGETHER_SECONDS
        )
