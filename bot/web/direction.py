"""In which direction a text runs: that of most of its letters.

Browsers go by the first letter alone (`dir="auto"`), so that an English sentence which begins with
an Arabic word is laid out from right to left.
"""

import re

_RIGHT_TO_LEFT = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # Hebrew, Arabic, Syriac, Thaana, N'Ko and others
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_FROM_RIGHT = re.compile(f"[{_RIGHT_TO_LEFT}]+")
_FROM_LEFT = re.compile(rf"[^\W\d_{_RIGHT_TO_LEFT}]+")
_LEADING = (*range(0xD6, 0xE1), 0xEF, 0xF0)
"""The bytes that such a letter can begin with in UTF-8, as some others do, too."""
_MOST = 1_000
"""So many characters tell it."""


def is_mixed(text: str) -> bool:
    """Whether anything in it runs from right to left."""
    encoded = text.encode(errors="replace")
    # The expression takes 10 ns for each character, and hardly any article has one of these.
    return any(map(encoded.__contains__, _LEADING)) and _FROM_RIGHT.search(text) is not None


def direction_of(text: str) -> str:
    """As HTML has it: "rtl", "ltr", or "auto" where nothing tells."""
    beginning = text[:_MOST]
    if beginning.isascii():
        return "ltr"
    from_right = sum(map(len, _FROM_RIGHT.findall(beginning)))
    from_left = sum(map(len, _FROM_LEFT.findall(beginning)))
    if from_right == from_left == 0:
        return "auto"
    return "rtl" if from_right > from_left else "ltr"
