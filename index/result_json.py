"""Results as JSON, written and read: as they are stored, printed, sent and described.

One schema does it all, that of the classes in `results`.
"""

from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic_core import from_json

from footnote.index.results import (
    AnyResult,
    CheckedSentence,
    Citation,
    Claim,
    Reason,
    TextOf,
    Verdict,
)

# What NOTHING_FOUND was called when abstentions still said so; such results are read for ever.
NOT_ANSWERED = "the articles do not answer this"


def to_json(written: AnyResult | Claim | CheckedSentence | Citation) -> dict[str, Any]:
    """The JSON that docs/python.md describes, made of plain values."""
    found: dict[str, Any] = _adapter(type(written)).dump_python(written, mode="json", by_alias=True)
    return found


def dump_result(result: AnyResult) -> str:
    """The same as text, with every digit of its figures: what is stored."""
    return _adapter(type(result)).dump_json(result, by_alias=True, round_trip=True).decode()


def load_result(written: str | bytes, *, text_of: TextOf | None = None) -> AnyResult:
    """A result that was stored or printed, of whatever version.

    Raises WrongQuotation where a quotation is not what stands at its place in its passage, or that
    passage not in its article, if `text_of` has its text; ValueError where it is no result.
    """
    fields = from_json(written)
    try:
        _bring_up_to_date(fields)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is no result") from error
    # What a later version knows, and this one does not, keeps no receipt from being read.
    result: AnyResult = _adapter(_ANY).validate_python(fields, context=text_of, extra="ignore")
    return result


_ANY = Annotated[AnyResult, Field(discriminator="kind")]


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(of: Any) -> TypeAdapter[Any]:
    """Made when it is first needed: that takes some milliseconds."""
    found = _adapters.get(of)
    if found is None:
        found = _adapters[of] = TypeAdapter(of)
    return found


def _bring_up_to_date(fields: dict[str, Any]) -> None:
    """From the forms in which results were stored before, which were those of their fields."""
    if "kind" not in fields:
        _name_kind(fields)
    if fields["kind"] == "check" and "claim" not in fields:
        fields["claim"] = fields.pop("question", None)
        for sentence in fields["sentences"]:
            sentence["citations"] = [cited] if (cited := sentence.pop("citation")) else []
    _flatten(fields)


def _name_kind(fields: dict[str, Any]) -> None:
    """Of the form of before there were four kinds of results, which named none."""
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


def _flatten(value: Any) -> None:
    """Citations and listed articles that had a reference within them, wherever they are."""
    if isinstance(value, list):
        for item in value:
            _flatten(item)
    elif isinstance(value, dict):
        if "reference" in value:
            value |= {"added": None} | value.pop("reference")
        if "passage_text" in value:
            _name_slices(value)
        for item in value.values():
            _flatten(item)


def _name_slices(citation: dict[str, Any]) -> None:
    passage = citation["passage"]
    passage["text"] = citation.pop("passage_text")
    citation |= citation.pop("span")
    before = citation.pop("before", None)
    if before:
        start, end = (before[name] - passage["start"] for name in ("start", "end"))
        citation["before"] = before | {"text": passage["text"][start:end]}
    if citation.get("page") is None:
        citation.pop("page", None)
