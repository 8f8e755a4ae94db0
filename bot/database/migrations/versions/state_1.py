"""The state as it was when migrations began."""

from alembic import op
from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, Table

from footnote.bot.database.migrations.completing import complete
from footnote.index.database.columns import (
    COUNTED,
    KEYED,
    PLAIN,
    counter,
    moment,
    number,
    one,
    partly,
    words,
    zero,
)

revision = "state_1"
down_revision = None
branch_labels = ("state",)
depends_on = None

_SUPERGROUPS_BELOW = -1_000_000_000_000
_TABLES = MetaData()

# Answers

Table(
    "receipt",
    _TABLES,
    counter("seq"),
    words("id", unique=True),
    words("place"),
    moment("at"),
    words("result"),
    words("cause", nullable=True),
    words("parent", nullable=True),
    zero("replaced"),
    words("question", server_default=""),
    words("asked", nullable=True),
    words("why", nullable=True),
    Index("receipt_by_place", "place", "seq"),
    Index("receipt_by_cause", "cause", unique=True),
    Index("receipt_by_parent", "parent"),
    Index(
        "receipt_by_question", "asked", "parent", "seq",
        **partly("replaced = 0 AND asked IS NOT NULL"),
    ),
    Index(
        "receipt_without_answer", "seq",
        **partly("replaced = 0 AND asked IS NOT NULL AND why IS NOT NULL"),
    ),
    **COUNTED,
)  # fmt: skip
Table(
    "fresh_start",
    _TABLES,
    words("place", primary_key=True),
    number("after"),
    **PLAIN,
)
Table(
    "citing",
    _TABLES,
    words("article", primary_key=True),
    number("receipt", ForeignKey("receipt.seq"), primary_key=True),
    **KEYED,
)
Table(
    "asked",
    _TABLES,
    number("chat", primary_key=True),
    number("message", primary_key=True),
    words("text"),
    words("receipt", nullable=True),
    **KEYED,
)
Table(
    "said",
    _TABLES,
    number("chat", primary_key=True),
    number("message", primary_key=True),
    number("answers", nullable=True),
    words("receipt", nullable=True),
    Index("said_in_answer", "chat", "answers"),
    **KEYED,
)
Table(
    "opened", _TABLES, number("chat", primary_key=True), number("message"), **PLAIN
)  # fmt: skip
Table(
    "feedback",
    _TABLES,
    words("receipt", primary_key=True),
    number("person", primary_key=True),
    number("verdict"),
    number("wrong_passage"),
    moment("at"),
    words("press"),
    **KEYED,
)
Table("shared", _TABLES, words("receipt", primary_key=True), **KEYED)
Table(
    "written",
    _TABLES,
    words("day", primary_key=True),
    words("person", primary_key=True),
    number("questions"),
    number("tokens_in"),
    number("tokens_out"),
    number("kept"),
    number("dropped"),
    **KEYED,
)

# People

Table(
    "person",
    _TABLES,
    number("id", primary_key=True),
    words("name"),
    number("role"),
    moment("since"),
    **PLAIN,
)
Table(
    "admitted_group",
    _TABLES,
    number("chat", primary_key=True),
    words("title"),
    **PLAIN,
)
Table(
    "refusal",
    _TABLES,
    number("chat", primary_key=True),
    moment("at"),
    words("cause"),
    **PLAIN,
)
Table(
    "door",
    _TABLES,
    number("only", CheckConstraint('"only" = 1'), primary_key=True),
    number("open"),
    **PLAIN,
)
Table(
    "set_group",
    _TABLES,
    number("named", primary_key=True),
    number("chat"),
    **PLAIN,
)
Table("shut_out", _TABLES, number("id", primary_key=True), words("name"), **PLAIN)
Table(
    "invitation",
    _TABLES,
    words("digest", primary_key=True),
    number("rank"),
    moment("at"),
    number("used_by", nullable=True),
    number("made_by", nullable=True),
    **KEYED,
)
Table(
    "web_key",
    _TABLES,
    words("digest", primary_key=True),
    words("kind"),
    words("holder"),
    moment("until"),
    CheckConstraint("kind IN ('link', 'session')"),
    Index("web_key_by_holder", "holder"),
    **KEYED,
)
Table(
    "api_token",
    _TABLES,
    counter("number"),
    words("name", unique=True),
    number("role"),
    words("digest", unique=True),
    moment("since"),
    **COUNTED,
)
Table(
    "awaited",
    _TABLES,
    words("place", primary_key=True),
    number("person", primary_key=True),
    words("what"),
    words("subject"),
    moment("until"),
    words("cause", nullable=True),
    **KEYED,
)
Table("handle", _TABLES, number("number", primary_key=True), words("text"), **PLAIN)

# Submissions

Table(
    "submission",
    _TABLES,
    counter("number"),
    words("cause", unique=True),
    number("report"),
    number("own", nullable=True),
    words("place"),
    number("message"),
    number("person"),
    words("who"),
    moment("at"),
    moment("due"),
    words("replaces", nullable=True),
    zero("changed"),
    zero("begun"),
    words("title", nullable=True),
    number("approved"),
    words("stage"),
    words("what"),
    words("offer", nullable=True),
    words("result", nullable=True),
    moment("since", nullable=True),
    zero("suspected"),
    Index("submission_by_stage", "stage", "due", **partly("stage <> 'done'")),
    Index("submission_by_report", "report"),
    Index("submission_by_own", "own", **partly("own IS NOT NULL")),
    Index("submission_by_place", "place", "person", "number"),
    **COUNTED,
)
Table(
    "report",
    _TABLES,
    counter("number"),
    words("place"),
    number("person"),
    words("language"),
    number("replies"),
    words("album", nullable=True),
    moment("at"),
    number("closed"),
    zero("counted"),
    one("version"),
    zero("told"),
    number("message", nullable=True),
    Index("report_by_place", "place", "person", "number"),
    Index("report_untold", "number", **partly("told < version")),
    **COUNTED,
)
Table(
    "comment",
    _TABLES,
    words("place", primary_key=True),
    number("person"),
    number("message", primary_key=True),
    moment("at"),
    words("text"),
    **KEYED,
)
Table(
    "reaction",
    _TABLES,
    words("place", primary_key=True),
    number("message", primary_key=True),
    words("emoji", nullable=True),
    moment("at"),
    one("version"),
    zero("shown"),
    Index("reaction_missing", "at", **partly("shown < version")),
    **KEYED,
)

Table(
    "page_offer",
    _TABLES,
    counter("number"),
    words("id", unique=True),
    words("place"),
    number("person"),
    words("who"),
    moment("at"),
    words("replaces", nullable=True),
    words("what"),
    words("offer"),
    Index("page_offer_by_place", "place"),
    **COUNTED,
)

# Telegram

Table(
    "incoming",
    _TABLES,
    counter("number"),
    number("update_id"),
    words("lane"),
    number("chat", nullable=True),
    number("message", nullable=True),
    moment("at"),
    words("status", server_default="waiting"),
    words("body", nullable=True),
    zero("begun"),
    zero("failed"),
    words("fault", nullable=True),
    moment("since", nullable=True),
    zero("suspected"),
    CheckConstraint("status IN ('waiting', 'handled', 'aside')"),
    Index("incoming_by_update", "update_id"),
    Index("incoming_by_status", "status", "number", **partly("status <> 'handled'")),
    Index("incoming_by_message", "chat", "message"),
    Index("incoming_by_common_message", "message", **partly(f"chat > {_SUPERGROUPS_BELOW}")),
    **COUNTED,
)
Table(
    "sent",
    _TABLES,
    words("key", primary_key=True),
    number("chat"),
    number("above"),
    moment("at"),
    number("message", nullable=True),
    Index("sent_by_message", "chat", "message"),
    Index("sent_by_time", "at"),
    Index("sent_by_common_message", "message", **partly(f"chat > {_SUPERGROUPS_BELOW}")),
    Index("sent_in_doubt", "chat", **partly("message IS NULL")),
    **KEYED,
)
Table("hold", _TABLES, number("chat", primary_key=True), moment("until"), **PLAIN)
Table("moved", _TABLES, number("chat", primary_key=True), number("now"), **PLAIN)
Table(
    "undone",
    _TABLES,
    number("change", primary_key=True),
    words("cause", unique=True),
    words("article"),
    words("what"),
    words("who"),
    moment("at"),
    **PLAIN,
)
Table("introduced", _TABLES, number("bot", primary_key=True), words("digest"), **PLAIN)


def upgrade() -> None:
    complete(op.get_bind(), _TABLES)
