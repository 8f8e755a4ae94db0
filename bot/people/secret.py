"""Secrets that let somebody in: made at random, shown once, and kept as their digests."""

import hashlib
import secrets

_BYTES = 32


def new_secret() -> str:
    """256 random bits, in 43 letters, digits, - and _."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    """What is kept of it. A plain hash will do: nobody tries out 256 random bits."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
