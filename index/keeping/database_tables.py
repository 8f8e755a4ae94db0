"""The tables of a database that several machines have in common, beside those of each catalogue."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, MetaData, Table

from footnote.index.database.columns import moment, words, zero

BUILDS = MetaData()

index_collection = Table(
    "index_collection",
    BUILDS,
    words("collection", primary_key=True),
    words("answers", nullable=True),
    words("holder", nullable=True),
    zero("term"),
)
"""Of each folder of articles: the build that answers, and which process writes; `term` grows each
time that one begins to."""

index_build = Table(
    "index_build",
    BUILDS,
    words("name", primary_key=True),
    words("collection"),
    zero("generation"),
    moment("replaced", nullable=True),
    Index("index_build_by_collection", "collection"),
)
"""`generation` grows whenever what is live in it becomes another; `replaced` is when another build
began to answer in its place."""

index_file = Table(
    "index_file",
    BUILDS,
    Column(
        "build",
        index_build.c.name.type,
        ForeignKey("index_build.name", ondelete="CASCADE"),
        primary_key=True,
    ),
    words("name", primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
