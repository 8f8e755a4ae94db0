"""What the bot says about itself: commands, name, descriptions, menu button."""

import json
from dataclasses import dataclass, field

from .validation import Json

DEFAULT_SCOPE: Json = {"type": "default"}


@dataclass
class Profile:
    """Texts are kept by language code, "" for everybody else's; menu buttons by chat, None for all
    others."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    _commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def commands(self, scope: Json | None = None, language: str = "") -> list[Json]:
        """Those set for exactly this scope and language."""
        return self._commands.get((_key(scope), language), [])

    def set_commands(self, commands: list[Json], scope: Json | None, language: str) -> None:
        self._commands[_key(scope), language] = commands

    def delete_commands(self, scope: Json | None, language: str) -> None:
        self._commands.pop((_key(scope), language), None)


def _key(scope: Json | None) -> str:
    return json.dumps(scope or DEFAULT_SCOPE, sort_keys=True)
