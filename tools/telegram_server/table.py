"""The facts of the Bot API, read from bot_api.json: methods, types and what they hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

ARRAY = "Array of "


@dataclass(frozen=True)
class Expected:
    """A type as the specification writes it. "Array of Array of X" has the name X and depth 2."""

    name: str
    depth: int = 0

    @classmethod
    def from_text(cls, text: str) -> "Expected":
        depth = text.count(ARRAY)
        return cls(text.removeprefix(ARRAY * depth), depth)

    @property
    def element(self) -> "Expected":
        return Expected(self.name, self.depth - 1)

    def __str__(self) -> str:
        return ARRAY * self.depth + self.name


Union = tuple[Expected, ...]


@dataclass(frozen=True)
class Field:
    """A parameter of a method or a field of a type. It fits if one of its types does."""

    name: str
    types: Union
    required: bool
    constant: str | None = None  # the only value it may have, which tells subtypes apart


@dataclass(frozen=True)
class ObjectType:
    """Either an object with fields or a union of subtypes."""

    name: str
    fields: Mapping[str, Field]
    subtypes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Method:
    name: str
    parameters: Mapping[str, Field]
    returns: Union


@dataclass(frozen=True)
class Table:
    version: str
    methods: Mapping[str, Method]
    types: Mapping[str, ObjectType]
    reactions: frozenset[str]  # the emoji of ReactionTypeEmoji

    def method(self, name: str) -> Method | None:
        """The method of that name. "All methods in the Bot API are case-insensitive.\""""
        return self._methods_by_lower_case.get(name.lower())

    @cached_property
    def _methods_by_lower_case(self) -> dict[str, Method]:
        return {name.lower(): method for name, method in self.methods.items()}

    @property
    def update_kinds(self) -> tuple[str, ...]:
        """What `allowed_updates` may name: the fields of Update besides its number."""
        return tuple(name for name in self.types["Update"].fields if name != "update_id")


def _union(texts: list[str]) -> Union:
    return tuple(Expected.from_text(text) for text in texts)


def _fields(facts: dict[str, Any]) -> dict[str, Field]:
    required, constants = facts.get("required", ()), facts.get("constants", {})
    return {
        name: Field(name, _union(types), name in required, constants.get(name))
        for name, types in facts.get("fields", {}).items()
    }


@cache
def load() -> Table:
    """The table of bot_api.json beside this file, read once."""
    text = resources.files(__package__).joinpath("bot_api.json").read_text(encoding="utf-8")
    facts = json.loads(text)
    methods = {
        name: Method(name, _fields(entry), _union(entry["returns"]))
        for name, entry in facts["methods"].items()
    }
    types = {
        name: ObjectType(name, _fields(entry), tuple(entry.get("subtypes", ())))
        for name, entry in facts["types"].items()
    }
    return Table(facts["version"], methods, types, frozenset(facts["reactions"]))
