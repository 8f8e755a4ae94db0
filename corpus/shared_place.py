"""A place that several machines reach by an address of fsspec's: a folder, or an object store."""

from typing import Any
from urllib.parse import unquote

from footnote.corpus.address import without_login

_REASON_CHARACTERS = 300
_SECONDS = 30.0
"""For so long a store is waited for that takes a request and gives no answer to it."""
_SECONDS_OF_MANY = {"find": 180.0, "cat_ranges": 120.0}


class PlaceSilent(Exception):
    """It gives no answer; the message is what it says instead, in a line without a login."""


class DriverMissing(PlaceSilent):
    """What reads such an address is not installed: nothing comes of waiting."""


def open_place(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it. Raises DriverMissing and PlaceSilent."""
    import fsspec

    try:
        files, root = fsspec.url_to_fs(address)
    except ImportError as error:
        raise DriverMissing(reason(error, address)) from error
    except Exception as error:  # each kind of store has its own
        raise PlaceSilent(reason(error, address)) from error
    return files, root


def call(files: Any, name: str, *values: Any, **options: Any) -> Any:
    """What this function of a file system returns, within a time where that can be bounded, as it
    can with object stores. Raises FSTimeoutError of fsspec's, and whatever the store's are."""
    from fsspec.asyn import AsyncFileSystem, sync

    if not isinstance(files, AsyncFileSystem):
        return getattr(files, name)(*values, **options)
    seconds = _SECONDS_OF_MANY.get(name, _SECONDS)
    return sync(files.loop, getattr(files, f"_{name}"), *values, timeout=seconds, **options)


def reason(error: BaseException, address: str) -> str:
    """What a store says, in a line, without what the address has of a user and a password."""
    text = without_login(" ".join(str(error).split()))
    login = address.partition("://")[2].partition("/")[0].rpartition("@")[0]
    for secret in filter(None, (login, login.partition(":")[2])):
        for form in (secret, unquote(secret)):
            text = text.replace(form, "…")
    return f"{type(error).__name__}: {text[:_REASON_CHARACTERS]}" if text else type(error).__name__
