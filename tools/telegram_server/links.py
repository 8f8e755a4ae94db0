"""Which links Telegram takes, and how it writes them (TDLib's LinkManager::check_link, HttpUrl).

A host needs a dot or must be an address: http://localhost is refused, http://127.0.0.1:8000 is not.
"""

import re

SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
HOST = re.compile(r"(?:[^@/?#]*@)?(\[[0-9a-fA-F:.]+\]|[^/?#:\[\]]+)(:\d{1,5})?(.*)", re.DOTALL)
OWN_LINK = re.compile(r"(?:tg|ton)://[a-z0-9_-]+", re.IGNORECASE)
OWN_USER = re.compile(r"tg://user\?id=(\d+)", re.IGNORECASE)
HOST_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")


class WrongLink(Exception):
    """`str()` of it is what Telegram says after "URL '…' is invalid: "."""


def checked(url: str, *, web_only: bool = False) -> str:
    """The link as Telegram keeps it: with a scheme, the host in small letters, a slash after it.

    A fragment stays as it is. `web_only` refuses Telegram's own tg:// and ton:// links.
    """
    url = url.strip()
    if OWN_LINK.match(url) and not web_only:
        return url
    scheme = SCHEME.match(url)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise WrongLink("Unsupported URL protocol")
    rest = url[scheme.end() :] if scheme else url
    if not rest:
        raise WrongLink("URL host is empty")
    parts = HOST.fullmatch(rest)
    if parts is None or not _is_host(parts[1]):
        raise WrongLink("Wrong HTTP URL")
    name, port, path = parts[1].lower(), parts[2] or "", parts[3]
    path = path if path.startswith("/") else "/" + path
    protocol = scheme[1].lower() if scheme else "http"
    return f"{protocol}://{name}{port}{_escaped(path)}"


def user_of(url: str) -> int | None:
    """The user in a link tg://user?id=…, which mentions that user."""
    match = OWN_USER.fullmatch(url.strip())
    return int(match[1]) if match else None


def _is_host(host: str) -> bool:
    if host.startswith("["):
        return True
    labels = host.split(".")
    return len(labels) > 1 and all(HOST_LABEL.fullmatch(label) for label in labels)


def _escaped(path: str) -> str:
    return "".join(f"%{ord(c):02X}" if c <= " " else c for c in path)
