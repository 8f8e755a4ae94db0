"""A result as it is stored: JSON with all its evidence, checked again when it is read."""

import json
from dataclasses import asdict
from typing import Any

from corpus.span import Span
from index.checking import Checked, Sentence
from index.citation import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Nearest,
    Reason,
    Reference,
    Unwritten,
)
from index.support.judge import Verdict

Result = Answer | Abstention | Checked


def dump(result: Result) -> str:
    return json.dumps(asdict(result), ensure_ascii=False)


def load(stored: str) -> Result:
    """The result again; its quotations are checked as when it was first made."""
    fields = json.loads(stored)
    if "sentences" in fields:
        return Checked(
            fields["question"],
            [_sentence(s) for s in fields["sentences"]],
            left=fields["left"],
            languages=tuple(fields.get("languages", ())),
        )
    if "claims" not in fields:
        return Abstention(
            fields["question"],
            Reason(fields["reason"]),
            [
                Nearest(Reference(**near["reference"]), Span(**near["span"]), near["text"])
                for near in fields["nearest"]
            ],
            tuple(fields.get("languages", ())),
        )
    claims = [
        Claim(c["text"], [_citation(x) for x in c["citations"]], c.get("differs", False))
        for c in fields["claims"]
    ]
    why = fields.get("unwritten")
    return Answer(
        fields["question"],
        fields["mode"],
        fields["confidence"],
        claims,
        Unwritten(why) if why else None,
    )


def _sentence(fields: dict[str, Any]) -> Sentence:
    """What was checked before there were verdicts had a citation where it was supported."""
    citation = _citation(fields["citation"]) if fields["citation"] else None
    before = Verdict.SUPPORTED if citation else Verdict.UNFOUND
    return Sentence(fields["text"], citation, Verdict(fields.get("verdict", before)))


def _citation(fields: dict[str, Any]) -> Citation:
    nested = {
        "reference": Reference(**fields["reference"]),
        "span": Span(**fields["span"]),
        "passage": Span(**fields["passage"]),
    }
    return Citation(**fields | nested)
