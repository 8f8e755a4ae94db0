BEGIN TRANSACTION;
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    folder TEXT NOT NULL,
    article TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    at REAL NOT NULL,
    before BLOB,
    after BLOB
) STRICT;
INSERT INTO "change" VALUES(1,'/articles','a','added','Ada',1700000000.0,NULL,X'F39592393EF0859CB196A52693D2CEA00FB2DF784B3C04AE54AA7CADB8E562F8');
CREATE INDEX change_by_article ON change (folder, article, number);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('change',2);
COMMIT;
PRAGMA user_version = 1;
