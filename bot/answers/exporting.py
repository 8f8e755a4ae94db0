"""`/export`: questions, answers and feedback as JSON Lines, in the form of the benchmarks' sets."""

import json
from collections.abc import Sequence
from typing import Any

from footnote.bot.answers.feedback import Feedback
from footnote.bot.answers.receipts import Receipt, Receipts
from footnote.index.results import Answer, Citation, Nearest, Reason


def export(receipts: Receipts, feedback: Feedback) -> tuple[bytes, int]:
    """The file, and how many questions it has; who asked is not in it.

    A line is {"id", "kind", "question", "answers"?, "evidence"?, "article_ids", "nearest"?,
    "history"?, "feedback"?}. `kind` is "answer", "nearest" or "abstention". `answers` are the
    claims and `evidence` the quotations, exact slices of the articles of `article_ids`: those of an
    answer, unless more people say that it is wrong than right, and those of what only came near
    where more people say that it did answer than not. What nobody has said that of stands in
    `nearest`, as {"article_id", "text"}. Whether the articles answer what nothing was found on is
    not known: that is for whoever reads the file to say. `history` is what the question followed
    up, oldest first.
    """
    lines = [_line(receipt, receipts, feedback) for receipt in receipts.asked() if _counts(receipt)]
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines), len(
        lines
    )


def _counts(receipt: Receipt) -> bool:
    """What asked nothing, or asked when there was nothing to answer from, tells nothing."""
    result = receipt.result
    return isinstance(result, Answer | Nearest) or (
        getattr(result, "reason", None) is Reason.NOTHING_FOUND
    )


def _line(receipt: Receipt, receipts: Receipts, feedback: Feedback) -> dict[str, Any]:
    result, tally = receipt.result, feedback.tally(receipt.id)
    line: dict[str, Any] = {"id": receipt.id, "kind": "abstention", "question": result.question}
    cited: list[Citation] = []
    match result:
        case Answer():
            line["kind"], cited = "answer", _all_citations(result)
            if tally.down <= tally.up:
                line |= _answered(result, cited)
        case Nearest() if tally.up > tally.down:
            line["kind"], cited = "nearest", _all_citations(result)
            line |= _answered(result, cited)
        case Nearest():
            line["kind"] = "nearest"
            line["nearest"] = [
                {"article_id": citation.reference.article, "text": citation.quotation}
                for citation in _all_citations(result)
            ]
    line["article_ids"] = list(dict.fromkeys(citation.reference.article for citation in cited))
    if history := receipts.history(receipt.parent):
        line["history"] = [{"role": turn.role, "text": turn.text} for turn in history]
    if tally.up or tally.down:
        line["feedback"] = {
            "up": tally.up,
            "down": tally.down,
            "wrong_passages": tally.wrong_passages,
        }
    return line


def _all_citations(result: Answer | Nearest) -> list[Citation]:
    return [citation for claim in result.claims for citation in claim.citations]


def _answered(result: Answer | Nearest, cited: Sequence[Citation]) -> dict[str, Any]:
    return {
        "answers": [claim.text for claim in result.claims],
        "evidence": [citation.quotation for citation in cited],
    }
