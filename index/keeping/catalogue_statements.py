"""What a catalogue asks its database and tells it, the same for every kind of one."""

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    union_all,
    update,
)

from footnote.index.database.conditions import one_of, pair_of, unindexed
from footnote.index.keeping.catalogue_tables import FIELDS, cleared, mark, passage, piece, version

# Written out and not as a value: an index that has only what is live serves no other statement.
_LIVE: ColumnClause[str] = literal_column("'live'")
_ONE: ColumnClause[int] = literal_column("1")
_is_live = version.c.state == _LIVE
# What comes or goes. By "not live" SQLite would go through all articles, twice in every sync.
_is_passing = or_(
    version.c.state == literal_column("'adding'"), version.c.state == literal_column("'leaving'")
)
# After what is asked for by its keys. SQLite would begin with all that is live (100,000 passages:
# .7 s against 3 ms).
_is_live_too = unindexed(version.c.state) == _LIVE
_fields = [version.c[name] for name in FIELDS]
_with_version = passage.join(version, version.c.id == passage.c.version)
_is_of_article = version.c.article == bindparam("article")
_is_of_days = and_(
    version.c.first_day <= bindparam("last"), version.c.last_day >= bindparam("first")
)
_is_of_version = piece.c.version == bindparam("version")
_LIMIT = bindparam("limit", type_=BigInteger())

# What is read

KNOWN = select(version.c.article, version.c.digest, version.c.modified_ns, version.c.size).where(
    _is_live
)
KNOWN_OF = KNOWN.where(_is_of_article)
REVISIONS = select(version.c.id, version.c.article, version.c.revision).where(_is_live)
PIECES = select(piece.c.text).where(_is_of_version).order_by(piece.c.number)
PIECES_AMONG = select(piece.c.version, piece.c.number, piece.c.text).where(
    pair_of(piece.c.version, piece.c.number, "places")
)
ADDED_OF = select(version.c.added).where(_is_of_article, _is_live)
ADDED = select(version.c.article, version.c.added).where(_is_live)
LEFTOVERS = (
    select(version.c.id, passage.c.key)
    .select_from(version.outerjoin(passage, passage.c.version == version.c.id))
    .where(_is_passing)
    .order_by(version.c.id, passage.c.key)
)
SKETCHES_AMONG = select(version.c.id, version.c.sketch).where(one_of(version.c.id, "versions"))
CLEARED = select(func.coalesce(func.sum(cleared.c.passages), 0), func.min(cleared.c.at))
KEYS = select(passage.c.key).select_from(_with_version).where(_is_live).order_by(passage.c.key)
KEYS_OF_DAYS = KEYS.where(_is_of_days)
KEYS_OF_ARTICLE = (
    select(passage.c.key)
    .select_from(_with_version)
    .where(_is_of_article, _is_live)
    .order_by(passage.c.start)
)
SPANS_OF_ARTICLE = (
    select(passage.c.start, passage.c.end)
    .select_from(_with_version)
    .where(_is_of_article, _is_live)
    .order_by(passage.c.start)
)
ARTICLES_OF_DAYS = (
    select(version.c.article).where(_is_live, _is_of_days).order_by(version.c.article)
)
A_DATE = select(_ONE).where(_is_live, version.c.date.is_not(None)).limit(1)
LAST_DAY = select(func.max(version.c.last_day)).where(_is_live)
PASSAGES_AMONG = (
    select(
        passage.c.version,
        passage.c.start,
        passage.c.end,
        passage.c.key,
        version.c.article,
        version.c.revision,
        version.c.title,
        version.c.language,
        passage.c.heading,
        version.c.date,
        version.c.added,
    )
    .select_from(_with_version)
    .where(one_of(passage.c.key, "keys"), _is_live_too)
    .order_by(passage.c.key)
)
TOKENS_AMONG = (
    select(passage.c.key, passage.c.tokens)
    .select_from(_with_version)
    .where(one_of(passage.c.key, "keys"), _is_live_too)
    .order_by(passage.c.key)
)
VERSION_OF = select(passage.c.version).where(passage.c.key == bindparam("key"))
HEAD = select(
    version.c.id, version.c.revision, version.c.page_starts, version.c.added, *_fields
).where(_is_live, _is_of_article)
_passages_of_it = (
    select(func.count()).where(passage.c.version == version.c.id).correlate(version)
).scalar_subquery()
INDEXED = HEAD.add_columns(version.c.digest, version.c.characters, _passages_of_it)
OF_REVISION = (
    select(version.c.article)
    .where(_is_live, version.c.revision == bindparam("revision"))
    .order_by(version.c.id)
)
OF_IDENTITY = (
    select(version.c.article)
    .where(
        _is_live,
        version.c.identity == bindparam("identity"),
        version.c.identity.is_not(None),
    )
    .order_by(version.c.id)
)
_shared = func.count().label("shared")
_likest = (
    select(mark.c.version, _shared)
    .where(one_of(mark.c.hash, "hashes"))
    .group_by(mark.c.version)
    .order_by(_shared.desc(), mark.c.version)
    .limit(_LIMIT)
    .subquery("likest")
)
MAYBE_NEAR = (
    select(version.c.article, version.c.sketch)
    .select_from(_likest.join(version, version.c.id == _likest.c.version))
    .where(_is_live_too)
    .order_by(version.c.id)
)
IDS = select(version.c.article).where(_is_live).order_by(version.c.id)
_newest = [func.coalesce(version.c.date, version.c.added).desc(), version.c.id.desc()]
NEWEST = select(version.c.article).where(_is_live).order_by(*_newest).limit(_LIMIT)
NEWEST_AMONG = NEWEST.where(one_of(version.c.article, "articles"))
LISTING = (
    select(
        version.c.article,
        *_fields,
        version.c.characters,
        select(func.count())
        .select_from(passage)
        .where(passage.c.version == version.c.id)
        .scalar_subquery(),
        version.c.added,
    )
    .where(_is_live)
    .order_by(version.c.article)
)
# From one to the next in the index of them: DISTINCT would go through all articles.
_first = select(func.min(version.c.language).label("language")).where(_is_live)
_found = _first.cte("found", recursive=True)
_next = (
    select(func.min(version.c.language))
    .where(_is_live, version.c.language > _found.c.language)
    .scalar_subquery()
)
_found = _found.union_all(select(_next).where(_found.c.language.is_not(None)))
LANGUAGES = union_all(
    select(_found.c.language).where(_found.c.language.is_not(None)),
    select(null()).where(exists(_ONE).where(_is_live, version.c.language.is_(None))),
)
AN_ARTICLE = select(_ONE).where(_is_live).limit(1)
ARTICLES = select(func.count()).where(_is_live)
PASSAGES = select(func.count()).select_from(_with_version).where(_is_live)

# What is written

RESTAMP = (
    update(version)
    .where(version.c.article == bindparam("which"), _is_live)
    .values(modified_ns=bindparam("modified"), size=bindparam("bytes"))
)
BEGIN_VERSION, BEGIN_PIECES, BEGIN_MARKS = insert(version), insert(piece), insert(mark)
BEGIN_PASSAGES = insert(passage).returning(passage.c.key, sort_by_parameter_order=True)
KEEP_TOKENS = (
    update(passage).where(passage.c.key == bindparam("its")).values(tokens=bindparam("codes"))
)
_coming = version.alias("coming")
_its_article = select(_coming.c.article).where(_coming.c.id == bindparam("its")).scalar_subquery()
LEAVE = (
    update(version)
    .where(version.c.article == bindparam("which"), _is_live)
    .values(state=literal_column("'leaving'"))
)
LEAVE_REPLACED = (
    update(version)
    .where(version.c.article == _its_article, _is_live)
    .values(state=literal_column("'leaving'"))
)
GO_LIVE = update(version).where(one_of(version.c.id, "versions")).values(state=_LIVE)
_of_gone = (
    select(func.count())
    .select_from(passage)
    .where(passage.c.version == bindparam("gone"))
    .scalar_subquery()
)
NOTE_CLEARED = insert(cleared).values(at=bindparam("now"), passages=_of_gone)
FORGET_MARKS = delete(mark).where(
    mark.c.hash == bindparam("its"), mark.c.version == bindparam("gone")
)
FORGET = delete(version).where(one_of(version.c.id, "versions"))
FORGET_CLEARED = delete(cleared)
