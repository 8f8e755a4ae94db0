"""The tables of every database, in one place; what each is for is told where it is used.

A table of a released Footnote is changed by a migration in `migrations/versions/` and, to the same
form, here: what is new is made from here, what is there already is migrated.
"""

from dataclasses import dataclass

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, MetaData, Table

from footnote.index.database.columns import (
    CHAT,
    COUNTED,
    KEYED,
    PLACE,
    PLAIN,
    counter,
    moment,
    number,
    one,
    partly,
    words,
    zero,
)
from footnote.index.keeping.database_tables import BUILDS

SUPERGROUPS_BELOW = -1_000_000_000_000
"""Telegram's numbers of supergroups and channels are lower than this, those of others higher."""

STATE, CHANGES, FEEDS = MetaData(), MetaData(), MetaData()


@dataclass(frozen=True, slots=True)
class Part:
    """Tables that are one file where they are SQLite's; `revision` is their newest migration."""

    name: str
    tables: MetaData
    revision: str


STATE_PART = Part("state", STATE, "state_2")
CHANGES_PART = Part("changes", CHANGES, "changes_2")
FEEDS_PART = Part("feeds", FEEDS, "feeds_1")
PARTS = (STATE_PART, CHANGES_PART, FEEDS_PART)
INDEX_PART = Part("index", BUILDS, "index_1")
SERVER_PARTS = (*PARTS, INDEX_PART)
"""Those of a server: an index in files has a form of its own, and no migrations, for it is made
anew from the articles."""

# Answers

receipt = Table(
    "receipt",
    STATE,
    counter("seq"),
    words("id", unique=True),
    words("place", info=PLACE),
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
fresh_start = Table(
    "fresh_start",
    STATE,
    words("place", primary_key=True, info=PLACE),
    number("after"),
    **PLAIN,
)
citing = Table(
    "citing",
    STATE,
    words("article", primary_key=True),
    number("receipt", ForeignKey("receipt.seq"), primary_key=True),
    **KEYED,
)
asked = Table(
    "asked",
    STATE,
    number("chat", primary_key=True),
    number("message", primary_key=True),
    words("text"),
    words("receipt", nullable=True),
    **KEYED,
)
said = Table(
    "said",
    STATE,
    number("chat", primary_key=True),
    number("message", primary_key=True),
    number("answers", nullable=True),
    words("receipt", nullable=True),
    Index("said_in_answer", "chat", "answers"),
    **KEYED,
)
opened = Table(
    "opened", STATE, number("chat", primary_key=True), number("message"), **PLAIN
)  # fmt: skip
feedback = Table(
    "feedback",
    STATE,
    words("receipt", primary_key=True),
    number("person", primary_key=True),
    number("verdict"),
    number("wrong_passage"),
    moment("at"),
    words("press"),
    **KEYED,
)
shared = Table("shared", STATE, words("receipt", primary_key=True), **KEYED)
written = Table(
    "written",
    STATE,
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

person = Table(
    "person",
    STATE,
    number("id", primary_key=True),
    words("name"),
    number("role"),
    moment("since"),
    **PLAIN,
)
admitted_group = Table(
    "admitted_group",
    STATE,
    number("chat", primary_key=True, info=CHAT),
    words("title"),
    **PLAIN,
)
refusal = Table(
    "refusal",
    STATE,
    number("chat", primary_key=True, info=CHAT),
    moment("at"),
    words("cause"),
    **PLAIN,
)
door = Table(
    "door",
    STATE,
    number("only", CheckConstraint('"only" = 1'), primary_key=True),
    number("open"),
    **PLAIN,
)
set_group = Table(
    "set_group",
    STATE,
    number("named", primary_key=True),
    number("chat", info=CHAT),
    **PLAIN,
)
shut_out = Table(
    "shut_out", STATE, number("id", primary_key=True, info=CHAT), words("name"), **PLAIN
)
invitation = Table(
    "invitation",
    STATE,
    words("digest", primary_key=True),
    number("rank"),
    moment("at"),
    number("used_by", nullable=True),
    number("made_by", nullable=True),
    **KEYED,
)
web_key = Table(
    "web_key",
    STATE,
    words("digest", primary_key=True),
    words("kind"),
    words("holder"),
    moment("until"),
    CheckConstraint("kind IN ('link', 'session')"),
    Index("web_key_by_holder", "holder"),
    **KEYED,
)
api_token = Table(
    "api_token",
    STATE,
    counter("number"),
    words("name", unique=True),
    number("role"),
    words("digest", unique=True),
    moment("since"),
    **COUNTED,
)
awaited = Table(
    "awaited",
    STATE,
    words("place", primary_key=True, info=PLACE),
    number("person", primary_key=True),
    words("what"),
    words("subject"),
    moment("until"),
    words("cause", nullable=True),
    **KEYED,
)
handle = Table("handle", STATE, number("number", primary_key=True), words("text"), **PLAIN)

# Submissions

submission = Table(
    "submission",
    STATE,
    counter("number"),
    words("cause", unique=True),
    number("report"),
    number("own", nullable=True),
    words("place", info=PLACE),
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
report = Table(
    "report",
    STATE,
    counter("number"),
    words("place", info=PLACE),
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
comment = Table(
    "comment",
    STATE,
    words("place", primary_key=True, info=PLACE),
    number("person"),
    number("message", primary_key=True),
    moment("at"),
    words("text"),
    **KEYED,
)
reaction = Table(
    "reaction",
    STATE,
    words("place", primary_key=True, info=PLACE),
    number("message", primary_key=True),
    words("emoji", nullable=True),
    moment("at"),
    one("version"),
    zero("shown"),
    Index("reaction_missing", "at", **partly("shown < version")),
    **KEYED,
)

page_offer = Table(
    "page_offer",
    STATE,
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

incoming = Table(
    "incoming",
    STATE,
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
    Index("incoming_by_common_message", "message", **partly(f"chat > {SUPERGROUPS_BELOW}")),
    **COUNTED,
)
lane_claim = Table(
    "lane_claim",
    STATE,
    words("lane", primary_key=True),
    words("holder"),
    moment("until"),
    **KEYED,
)
sent = Table(
    "sent",
    STATE,
    words("key", primary_key=True),
    number("chat"),
    number("above"),
    moment("at"),
    number("message", nullable=True),
    Index("sent_by_message", "chat", "message"),
    Index("sent_by_time", "at"),
    Index("sent_by_common_message", "message", **partly(f"chat > {SUPERGROUPS_BELOW}")),
    Index("sent_in_doubt", "chat", **partly("message IS NULL")),
    **KEYED,
)
hold = Table("hold", STATE, number("chat", primary_key=True), moment("until"), **PLAIN)
moved = Table("moved", STATE, number("chat", primary_key=True), number("now", info=CHAT), **PLAIN)
undone = Table(
    "undone",
    STATE,
    number("change", primary_key=True),
    words("cause", unique=True),
    words("article"),
    words("what"),
    words("who"),
    moment("at"),
    **PLAIN,
)
introduced = Table("introduced", STATE, number("bot", primary_key=True), words("digest"), **PLAIN)

# Articles

change = Table(
    "change",
    CHANGES,
    counter("number"),
    words("folder"),
    words("article"),
    words("what"),
    words("who"),
    moment("at"),
    Column("before", LargeBinary),
    Column("after", LargeBinary),
    Index("change_by_article", "folder", "article", "number"),
    **COUNTED,
)
together = Table(
    "together",
    CHANGES,
    number("change", primary_key=True),
    number("first"),
    Index("together_by_first", "first"),
    **PLAIN,
)
feed = Table(
    "feed",
    FEEDS,
    words("folder", primary_key=True),
    words("identity", primary_key=True),
    words("url"),
    words("title"),
    words("who"),
    moment("since"),
    moment("next"),
    moment("every"),
    words("etag", nullable=True),
    words("modified", nullable=True),
    words("fault", nullable=True),
    **PLAIN,
)
seen = Table(
    "seen",
    FEEDS,
    words("folder", primary_key=True),
    words("feed", primary_key=True),
    words("entry", primary_key=True),
    number("tries"),
    **PLAIN,
)
