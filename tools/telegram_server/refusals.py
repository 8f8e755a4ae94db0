"""How the Bot API says no. The texts are those of tdlib's telegram-bot-api server and of TDLib."""

from typing import Any

PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
}


class Refusal(Exception):
    """An answer with `"ok": false`; `description` and `parameters` are sent as they are."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


class Misuse(Refusal):
    """A refusal that also fails the test: the request is one that the bot must not make.

    `problems` are said to the author of the test; Telegram's text need not be as clear.
    """

    def __init__(self, *problems: str, code: int = 400, description: str | None = None) -> None:
        super().__init__(code, description or f"{PREFIXES[code]}: {problems[0]}")
        self.problems = problems


def not_imitated(what: str) -> Misuse:
    """For what the real server can do and this one cannot, so that nobody believes it works."""
    return Misuse(f"{what} is not imitated by the test server")


def bad_request(message: str) -> Refusal:
    """400 with the message as telegram-bot-api words it (Client::fail_query_with_error).

    The first letter becomes a small one, unless the second is a capital or an underscore, as in
    the codes that come from Telegram's own servers.
    """
    second = message[1:2]
    if not (second == "_" or "A" <= second <= "Z"):
        message = message[:1].lower() + message[1:]
    return Refusal(400, f"{PREFIXES[400]}: {message}")


def forbidden(message: str) -> Refusal:
    return Refusal(403, f"{PREFIXES[403]}: {message}")


def conflict(message: str) -> Refusal:
    return Refusal(409, f"{PREFIXES[409]}: {message}")


def too_many_requests(retry_after: int) -> Refusal:
    text = f"Too Many Requests: retry after {retry_after}"
    return Refusal(429, text, {"retry_after": retry_after})


def migrated(chat_id: int) -> Refusal:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, text, {"migrate_to_chat_id": chat_id})
