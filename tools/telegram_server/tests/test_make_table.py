import json
from pathlib import Path

import pytest

from ..make_table import main


def test_a_table_keeps_the_facts_and_no_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    emoji = {"name": "emoji", "types": ["String"], "required": True, "description": 'One of "👍"'}
    kind = {"name": "type", "types": ["String"], "required": True, "description": 'always "emoji"'}
    limit = {"name": "limit", "types": ["Integer"], "required": False, "description": "A limit"}
    api = {
        "version": "Bot API 11.0",
        "methods": {"getReactions": {"returns": ["Boolean"], "fields": [limit]}},
        "types": {
            "ReactionType": {"subtypes": ["ReactionTypeEmoji"]},
            "ReactionTypeEmoji": {"subtype_of": ["ReactionType"], "fields": [kind, emoji]},
        },
    }
    path = tmp_path / "api.json"
    path.write_text(json.dumps(api), encoding="utf-8")
    main(str(path))
    assert json.loads(capsys.readouterr().out) == {
        "version": "11.0",
        "reactions": ["👍"],
        "methods": {"getReactions": {"returns": ["Boolean"], "fields": {"limit": ["Integer"]}}},
        "types": {
            "ReactionType": {"subtypes": ["ReactionTypeEmoji"]},
            "ReactionTypeEmoji": {
                "fields": {"type": ["String"], "emoji": ["String"]},
                "required": ["type", "emoji"],
                "constants": {"type": "emoji"},
            },
        },
    }
