"""`/export`: questions, answers and feedback as JSON Lines, in the form of the benchmarks' sets."""

import json
from typing import Any

from bot.answers.feedback import Feedback
from bot.answers.receipts import Receipt, Receipts
from index.results import Answer, Nearest, Reason


def export(receipts: Receipts, feedback: Feedback) -> tuple[bytes, int]:
    """The file, and how many questions it has; who asked is not in it.

    A line is {"id", "question", "answers", "evidence", "article_ids", "history"?, "feedback"?}:
    `answers` are the claims, none where the articles did not answer; `evidence` are the quotations,
    exact slices of the articles of `article_ids`; both are left out where more people say that the
    answer is wrong than right. `history` is what the question followed up, oldest first.
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
    result = receipt.result
    claims = result.claims if isinstance(result, Answer) else []
    citations = [citation for claim in claims for citation in claim.citations]
    tally = feedback.tally(receipt.id)
    line: dict[str, Any] = {"id": receipt.id, "question": result.question}
    if tally.down <= tally.up:
        line["answers"] = [claim.text for claim in claims]
        line["evidence"] = [citation.quotation for citation in citations]
    line["article_ids"] = list(dict.fromkeys(citation.reference.article for citation in citations))
    if history := receipts.history(receipt.parent):
        line["history"] = [{"role": turn.role, "text": turn.text} for turn in history]
    if tally.up or tally.down:
        line["feedback"] = {
            "up": tally.up,
            "down": tally.down,
            "wrong_passages": tally.wrong_passages,
        }
    return line
