"""The people that write to the bot, and the bot's own account."""

from dataclasses import dataclass

from .validation import Json


@dataclass(eq=False)
class User:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    deactivated: bool = False  # a deleted account: nothing can be sent to it

    def to_api(self) -> Json:
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        given = {name: value for name, value in optional.items() if value is not None}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **given}

    def __str__(self) -> str:
        return self.first_name


@dataclass(eq=False)
class Bot:
    """The account behind the token. The flags are those that getMe tells."""

    id: int
    first_name: str = "Test bot"
    username: str = "telegram_server_bot"
    can_join_groups: bool = True
    can_read_all_group_messages: bool = False  # privacy mode is on unless BotFather was asked
    supports_guest_queries: bool = False
    supports_inline_queries: bool = False
    can_connect_to_business: bool = False
    has_main_web_app: bool = False
    has_topics_enabled: bool = False
    allows_users_to_create_topics: bool = False
    can_manage_bots: bool = False

    def to_api(self) -> Json:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def to_api_in_full(self) -> Json:
        flags = {name: value for name, value in vars(self).items() if isinstance(value, bool)}
        return {**self.to_api(), **flags}

    def __str__(self) -> str:
        return "bot"


# Who stands as the sender of what an anonymous administrator writes.
GROUP_ANONYMOUS_BOT: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
