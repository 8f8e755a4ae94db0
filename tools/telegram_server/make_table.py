"""Makes bot_api.json anew, for a later version of the Bot API.

Reads the `api.json` of github.com/PaulSonOfLars/telegram-bot-api-spec, which is scraped from
core.telegram.org/bots/api, and keeps the facts: names, types, what is required, constants.

    python make_table.py api.json > bot_api.json
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

CONSTANT = re.compile(r'(?:always|must be) ["“]?([a-z0-9_]+)["”]?(?:\.|,|$)')
EMOJI = re.compile(r'["“]([^"”]+)["”]')


def members(described: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a method or the fields of a type, and which of them are required."""
    fields = described.get("fields", [])
    facts: dict[str, Any] = {"fields": {field["name"]: field["types"] for field in fields}}
    if required := [field["name"] for field in fields if field["required"]]:
        facts["required"] = required
    return facts


def type_facts(described: dict[str, Any]) -> dict[str, Any]:
    if "subtypes" in described:
        return {"subtypes": described["subtypes"]}
    facts = members(described)
    if "subtype_of" in described:  # the field that tells the subtypes of a union apart
        found = ((f["name"], CONSTANT.search(f["description"])) for f in described["fields"])
        if constants := {name: match[1] for name, match in found if match}:
            facts["constants"] = constants
    return facts


def lines(facts: dict[str, dict[str, Any]]) -> str:
    """One entry a line, so that a change of the API can be read in a diff."""
    entries = (f'"{name}": {json.dumps(entry)}' for name, entry in sorted(facts.items()))
    return "{\n" + ",\n".join(entries) + "\n}"


def main(path: str) -> None:
    api = json.loads(Path(path).read_text(encoding="utf-8"))
    methods = {
        name: {"returns": method["returns"], **members(method)}
        for name, method in api["methods"].items()
    }
    types = {name: type_facts(described) for name, described in api["types"].items()}
    emoji = next(f for f in api["types"]["ReactionTypeEmoji"]["fields"] if f["name"] == "emoji")
    reactions = json.dumps(EMOJI.findall(emoji["description"]), ensure_ascii=False)
    version = json.dumps(api["version"].removeprefix("Bot API "))
    print(f'{{\n"version": {version},\n"reactions": {reactions},')
    print(f'"methods": {lines(methods)},\n"types": {lines(types)}\n}}')


if __name__ == "__main__":
    main(sys.argv[1])
