"""Where updates are sent to, if the bot has set a webhook."""

from dataclasses import dataclass

from .validation import Json

DEFAULT_CONNECTIONS = 40


@dataclass
class WebhookSettings:
    """No webhook is set while `url` is empty."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    has_certificate: bool = False
    last_error: str | None = None
    last_error_date: int = 0

    def to_api(self, pending: int, allowed: tuple[str, ...]) -> Json:
        info: Json = {
            "url": self.url,
            "has_custom_certificate": self.has_certificate,
            "pending_update_count": pending,
        }
        if self.url:
            info["max_connections"] = self.max_connections
        if self.last_error:
            info |= {
                "last_error_date": self.last_error_date,
                "last_error_message": self.last_error,
            }
        return info | {"allowed_updates": list(allowed)} if allowed else info
