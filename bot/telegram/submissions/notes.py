"""Comments on forwarded messages, which clients send as separate messages."""

from footnote.bot.state import State
from footnote.bot.submissions.comments import TOGETHER_SECONDS, Comments
from footnote.bot.submissions.message_edits import MessageEdits
from footnote.bot.telegram.incoming_message import IncomingMessage
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.sending.delivery import handling
from footnote.bot.telegram.submissions.uploads_in_message import asks, came_of


class Notes:
    def __init__(self, state: State, comments: Comments, edits: MessageEdits) -> None:
        self._run_in_db = state.run_in_db
        self._comments = comments
        self._edits = edits
        self._inbox = Inbox(state)

    async def take(self, incoming: IncomingMessage) -> bool:
        """Whether a text is said of what its sender passes on: clients send the two as messages of
        their own, the comment first. What has a question mark is a question all the same.

        Mostly both have come in by now. Where nothing was passed on yet, the text is a question as
        far as can be told, and is answered at once; but it is kept, for what may come next.
        """
        if asks(incoming.text) or incoming.replied is not None:
            return False
        came = came_of(incoming)
        if await self._run_in_db(self._edits.remark, came, incoming.wording, TOGETHER_SECONDS):
            return True
        await self._run_in_db(self._comments.keep, came, incoming.wording)
        return await self._run_in_db(self._is_followed, incoming, handling.get())

    def _is_followed(self, incoming: IncomingMessage, number: int | None) -> bool:
        """Whether what came in after it was passed on by the same person at the same time."""
        following = self._inbox.after(number, incoming.place.chat) if number is not None else None
        message = (following or {}).get("message") or {}
        return (
            "forward_origin" in message
            and (message.get("from") or {}).get("id") == incoming.person
            and abs(message.get("date", 0) - incoming.at) <= TOGETHER_SECONDS
        )
