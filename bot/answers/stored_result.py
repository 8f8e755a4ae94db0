"""A result as it is stored: JSON with all its evidence, checked again when it is read."""

import json
from dataclasses import asdict
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from footnote.index.checking import Checked
from footnote.index.results import Abstention, Answer, Listing, Nearest, Reason, Result
from footnote.index.support.judge import Verdict

StoredResult = Result | Checked

_KINDS: dict[str, type[StoredResult]] = {
    "answer": Answer,
    "nearest": Nearest,
    "listing": Listing,
    "abstention": Abstention,
    "check": Checked,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
# What NOTHING_FOUND was called when abstentions still said so; such receipts are read for ever.
NOT_ANSWERED = "the articles do not answer this"


def dump(result: StoredResult) -> str:
    return json.dumps({"kind": _NAMES[type(result)], **asdict(result)}, ensure_ascii=False)


def load(stored: str) -> StoredResult:
    """The result again; its quotations are checked as when it was first made.

    Raises WrongQuotation, or ValueError, KeyError or TypeError where it is no stored result.
    """
    fields = json.loads(stored)
    if "kind" not in fields:
        _bring_up_to_date(fields)
    return _adapter(fields.pop("kind")).validate_python(fields)


@cache
def _adapter(kind: str) -> TypeAdapter[StoredResult]:
    return TypeAdapter(_KINDS[kind])


def _bring_up_to_date(fields: dict[str, Any]) -> None:
    """From the form of before there were four kinds of results, which named none."""
    if "sentences" in fields:
        fields["kind"] = "check"
        for sentence in fields["sentences"]:  # at first without a verdict
            unsaid = Verdict.SUPPORTED if sentence["citation"] else Verdict.UNFOUND
            sentence.setdefault("verdict", unsaid)
    elif "claims" in fields:
        fields["kind"] = "answer"
    else:
        fields["kind"] = "abstention"
        if fields["reason"] == NOT_ANSWERED:
            fields["reason"] = Reason.NOTHING_FOUND
