"""The language of a text, told by its letters, and what its code says of it."""

import py3langid

# Measured on the sentences of the XQuAD articles in English, German, Spanish and Russian: right
# for 99 % of those with 60 characters or more, 96 % with 30 to 60, and 4 % below that.
_MIN_CHARACTERS_TO_TELL = 60
_MAX_CHARACTERS = 5000
_CAPITAL_NOUNS = frozenset({"de", "lb"})


def language_of(text: str) -> str | None:
    """Its ISO 639-1 code; None where it is too short to tell."""
    if len(text) < _MIN_CHARACTERS_TO_TELL:
        return None
    code: str = py3langid.classify(text[:_MAX_CHARACTERS])[0]
    return None if code == "zxx" else code


def primary_language(tag: str | None, default: str = "") -> str:
    """ "de" of "de-AT" and of "DE_de" (BCP 47, ISO 639); the default where nothing is declared."""
    return (tag or default).replace("_", "-").split("-")[0].lower()


def capitalises_nouns(tag: str | None) -> bool:
    """Whether every noun has a capital letter, so that names cannot be told by it."""
    return primary_language(tag) in _CAPITAL_NOUNS
