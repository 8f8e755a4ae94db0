"""setWebhook, deleteWebhook, getWebhookInfo."""

import re
from urllib.parse import urlsplit

from .methods import Call, imitates
from .refusals import Misuse, bad_request, not_imitated
from .validation import Json
from .webhook import DEFAULT_CONNECTIONS, WebhookSettings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECRET = re.compile(r"[A-Za-z0-9_-]*")
LONGEST_SECRET = 256


def ask_for(call: Call) -> None:
    """Remembers `allowed_updates`, which counts for updates made from now on. A request without it
    leaves the setting as it is, an empty list resets it."""
    if "allowed_updates" not in call.parameters:
        return
    asked: list[str] = call.get("allowed_updates")
    unknown = sorted(set(asked).difference(call.state.table.update_kinds))
    if unknown:
        raise Misuse(f"allowed_updates names no kind of update: {', '.join(unknown)}")
    call.state.updates.allowed = tuple(asked)


@imitates("setWebhook")
def set_webhook(call: Call) -> bool:
    """Unlike Telegram, takes http as well, and nothing but this machine: it would deliver there."""
    call.refuse("ip_address")
    url, secret = call.get("url"), call.get("secret_token", "")
    if url and urlsplit(url).hostname not in LOOPBACK:
        raise not_imitated(f"delivery to {url}, which is not on this machine,")
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _drop_if_asked(call)
    ask_for(call)
    connections = min(max(call.get("max_connections", DEFAULT_CONNECTIONS), 1), 100)
    certificate = "certificate" in call.parameters
    call.state.webhook = WebhookSettings(url, secret, connections, certificate)
    call.state.on_update()
    return True


@imitates("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    _drop_if_asked(call)
    call.state.webhook = WebhookSettings()
    return True


@imitates("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    updates = call.state.updates
    pending = len(updates.pending(call.state.clock.now()))
    return call.state.webhook.to_api(pending, updates.allowed)


def _drop_if_asked(call: Call) -> None:
    if call.get("drop_pending_updates"):
        call.state.updates.drop_all(call.state.clock.now())
