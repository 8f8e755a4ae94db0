"""The JSON API: what other programs ask, check, read and change, as docs/api.md describes it."""
