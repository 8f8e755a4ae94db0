"""Who has opened a Mini App: the `initData` of Telegram, by its signature and its age.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app tells the form.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

MAX_AGE_SECONDS = 3600.0
"""A page that is open for longer has a session by then."""
_MAX_SKEW_SECONDS = 60.0
_MAX_CHARACTERS = 8192
_MAX_FIELDS = 32


@dataclass(frozen=True, slots=True)
class AppUser:
    """Somebody in Telegram; `start` is what the link that they followed carried."""

    id: int
    name: str
    language: str
    start: str


def app_user(
    init_data: str, bot_token: str, *, now: Callable[[], float] = time.time
) -> AppUser | None:
    """None where Telegram has not signed it for this bot, or has done so too long ago."""
    if len(init_data) > _MAX_CHARACTERS:
        return None
    try:
        pairs = parse_qsl(
            init_data, keep_blank_values=True, strict_parsing=True, max_num_fields=_MAX_FIELDS
        )
    except ValueError:
        return None
    fields = dict(pairs)
    given = fields.pop("hash", "")
    if len(fields) + 1 != len(pairs) or not _is_signed(fields, given, bot_token):
        return None
    try:
        at = float(fields["auth_date"])
        user = json.loads(fields["user"])
        names = [str(user.get(part) or "") for part in ("first_name", "last_name")]
        found = AppUser(
            int(user["id"]),
            " ".join(filter(None, names)),
            str(user.get("language_code") or ""),
            fields.get("start_param", ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    age = now() - at
    return found if found.id > 0 and -_MAX_SKEW_SECONDS <= age <= MAX_AGE_SECONDS else None


def _is_signed(fields: dict[str, str], given: str, bot_token: str) -> bool:
    checked = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(b"WebAppData", bot_token.encode(), hashlib.sha256)
    right = hmac.new(key, checked.encode(errors="replace"), hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), given.encode(errors="replace"))
