BEGIN TRANSACTION;
CREATE TABLE feed (
    folder TEXT NOT NULL,
    identity TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    who TEXT NOT NULL,
    since REAL NOT NULL,
    next REAL NOT NULL,
    every REAL NOT NULL,
    etag TEXT,
    modified TEXT,
    fault TEXT,
    PRIMARY KEY (folder, identity)
) STRICT;
INSERT INTO "feed" VALUES('/articles','example.org/feed','https://example.org/feed','News','Ada',1700000000.0,1700000000.0,1800.0,'"e"',NULL,NULL);
CREATE TABLE seen (
    folder TEXT NOT NULL,
    feed TEXT NOT NULL,
    entry TEXT NOT NULL,
    tries INTEGER NOT NULL,
    PRIMARY KEY (folder, feed, entry)
) STRICT;
INSERT INTO "seen" VALUES('/articles','example.org/feed','example.org/1',3);
COMMIT;
PRAGMA user_version = 1;
