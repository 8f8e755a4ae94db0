"""Groups, supergroups and forums."""

from .chats import Chat
from .members import ADMINISTRATORS, OUTSIDE
from .messages import Message
from .people import Bot, User
from .refusals import Refusal, forbidden, migrated
from .state import State
from .validation import Json

FIRST_SUPERGROUP = -1_000_000_000_000  # supergroups have the numbers below this one


class Group(Chat):
    """The first member is its owner. The bot is a plain member from the beginning.

    With privacy mode on (`Bot.can_read_all_group_messages` is False) a bot that is no
    administrator is shown only commands that are not for another bot, replies to it, and messages
    with its @username.
    """

    type = "group"

    def __init__(
        self,
        state: State,
        chat_id: int,
        title: str,
        *members: User,
        username: str | None = None,
    ) -> None:
        if not members:
            raise ValueError("a group needs somebody in it")
        super().__init__(state, chat_id, username=username)
        self.title = title
        self.members: dict[int, str] = {user.id: "member" for user in members}
        self.members[members[0].id] = "creator"
        self.members[state.bot.id] = "member"
        self.upgraded_to: Supergroup | None = None

    def to_api(self) -> Json:
        return {"id": self.id, "type": self.type, "title": self.title}

    def somebody(self) -> User:
        first = self.state.users[next(iter(self.members))]
        assert isinstance(first, User)
        return first

    # What people do

    def join(self, user: User) -> None:
        """Somebody comes in, and the bot sees the service message."""
        with self.state.changed:
            self.members[user.id] = "member"
            self.hand_over(self.add(user, {"new_chat_members": [user.to_api()]}))

    def set_status(self, user: User, status: str, *, by: User | None = None) -> None:
        """Makes somebody "administrator", "restricted", "left", …; a bot that is an administrator
        and asks for chat_member is told."""
        with self.state.changed:
            old, self.members[user.id] = self.members.get(user.id, "left"), status
            if self.bot_is_administrator:
                self.tell_status(user, old, status, by or self.somebody())

    def set_bot_status(self, status: str, *, by: User | None = None) -> None:
        """Makes the bot "administrator" or "member", removes it ("kicked", "left")."""
        with self.state.changed:
            actor = by or self.somebody()
            old, self.members[self.state.bot.id] = self.bot_status, status
            self.tell_status(self.state.bot, old, status, actor)

    def remove_bot(self, *, by: User | None = None) -> None:
        self.set_bot_status("kicked", by=by)

    def add_bot(self, *, by: User | None = None) -> None:
        with self.state.changed:
            self.set_bot_status("member", by=by)
            bot = self.state.bot.to_api()
            self.hand_over(self.add(by or self.somebody(), {"new_chat_members": [bot]}))

    def migrate(self) -> "Supergroup":
        """Telegram makes a supergroup of it, with another number and new message numbers."""
        with self.state.changed:
            people = [self.state.users[number] for number in self.members]
            users = [person for person in people if isinstance(person, User)]
            number = FIRST_SUPERGROUP - self.state.number()
            new = Supergroup(self.state, number, self.title, *users)
            new.members |= self.members
            self.hand_over(self.add(self.somebody(), {"migrate_to_chat_id": new.id}))
            new.hand_over(new.add(self.somebody(), {"migrate_from_chat_id": self.id}))
            self.upgraded_to = new
        return new

    # What the bot may

    @property
    def bot_status(self) -> str:
        return self.members.get(self.state.bot.id, "left")

    @property
    def bot_is_administrator(self) -> bool:
        return self.bot_status in ADMINISTRATORS

    def check_writable(self) -> None:
        if self.upgraded_to:
            raise ValueError(f"{self} has become the supergroup {self.upgraded_to.id}")

    def reaches_bot(self, message: Message) -> bool:
        bot = self.state.bot
        if self.bot_status in OUTSIDE:
            return False
        if bot.can_read_all_group_messages or self.bot_is_administrator:
            return True
        answered = message.reply_to
        if answered and answered.from_bot:
            return True
        if "text" not in message.content and "caption" not in message.content:
            return not message.has_file  # a service message
        return _addressed(message, bot)

    def unreachable(self, *, to_write: bool) -> Refusal | None:
        if self.upgraded_to:
            return migrated(self.upgraded_to.id) if to_write else None
        if self.bot_status == "kicked" and to_write:
            return forbidden(f"bot was kicked from the {self.type} chat")
        if self.bot_status == "left" and to_write:
            return forbidden(f"bot is not a member of the {self.type} chat")
        return None

    def __str__(self) -> str:
        return f"the {self.type} {self.title!r}"


class Supergroup(Group):
    """With `forum`, a supergroup with topics."""

    type = "supergroup"
    forum = False

    def to_api(self) -> Json:
        chat = super().to_api()
        if self.username:
            chat["username"] = self.username
        return chat | {"is_forum": True} if self.forum else chat

    @property
    def has_topics(self) -> bool:
        return self.forum

    def unreachable(self, *, to_write: bool) -> Refusal | None:
        """Unlike a group, it cannot even be read after the bot was removed, nor from outside unless
        it is public."""
        closed = self.bot_status == "kicked" or not self.username
        return super().unreachable(to_write=to_write or closed)


def _addressed(message: Message, bot: Bot) -> bool:
    """Whether a text has a command that may be for the bot, or its @username."""
    own = f"@{bot.username}".lower()
    commands = (command.lower() for command in message.marked("bot_command"))
    for_it = any("@" not in command or command.endswith(own) for command in commands)
    return for_it or own in (mention.lower() for mention in message.marked("mention"))
