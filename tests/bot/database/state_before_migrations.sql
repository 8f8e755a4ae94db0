BEGIN TRANSACTION;
CREATE TABLE admitted_group (
    chat INTEGER PRIMARY KEY,
    title TEXT NOT NULL
) STRICT;
INSERT INTO "admitted_group" VALUES(-5,'Desk');
CREATE TABLE api_token (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    role INTEGER NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    since REAL NOT NULL
) STRICT;
INSERT INTO "api_token" VALUES(1,'notes',1,'ad143ac3056cb43f45d9546bf0970cb8f3f44f9456eea0fa03c0d09dc770a810',1700000000.0);
CREATE TABLE asked (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    text TEXT NOT NULL,
    receipt TEXT,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
INSERT INTO "asked" VALUES(1,10,'Who?','uM89peZOVZeI');
CREATE TABLE awaited (
    place TEXT NOT NULL,
    person INTEGER NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    until REAL NOT NULL, cause TEXT,
    PRIMARY KEY (place, person)
) STRICT, WITHOUT ROWID;
INSERT INTO "awaited" VALUES('telegram:1',5,'title','3',1700000600.0,NULL);
CREATE TABLE citing (
    article TEXT NOT NULL,
    receipt INTEGER NOT NULL REFERENCES receipt (seq),
    PRIMARY KEY (article, receipt)
) STRICT, WITHOUT ROWID;
INSERT INTO "citing" VALUES('a',1);
CREATE TABLE comment (
    place TEXT NOT NULL,
    person INTEGER NOT NULL,
    message INTEGER NOT NULL,
    at REAL NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (place, message)
) STRICT, WITHOUT ROWID;
INSERT INTO "comment" VALUES('telegram:1',5,21,1700000000.0,'Look');
CREATE TABLE door (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    open INTEGER NOT NULL
) STRICT;
INSERT INTO "door" VALUES(1,1);
CREATE TABLE feedback (
    receipt TEXT NOT NULL,
    person INTEGER NOT NULL,
    verdict INTEGER NOT NULL,
    wrong_passage INTEGER NOT NULL,
    at REAL NOT NULL,
    press TEXT NOT NULL,
    PRIMARY KEY (receipt, person)
) STRICT, WITHOUT ROWID;
INSERT INTO "feedback" VALUES('uM89peZOVZeI',5,1,0,1700000000.0,'');
CREATE TABLE fresh_start (
    place TEXT PRIMARY KEY,
    after INTEGER NOT NULL
) STRICT;
INSERT INTO "fresh_start" VALUES('telegram:2',4);
CREATE TABLE handle (
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
INSERT INTO "handle" VALUES(65593002724218893,'ferry');
CREATE TABLE hold (
    chat INTEGER PRIMARY KEY,
    until REAL NOT NULL
) STRICT;
INSERT INTO "hold" VALUES(1,1700000005.0);
CREATE TABLE incoming (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id INTEGER NOT NULL,
    lane TEXT NOT NULL,
    chat INTEGER,
    message INTEGER,
    at REAL NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'handled', 'aside')),
    body TEXT,
    begun INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    fault TEXT
, since REAL, suspected INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "incoming" VALUES(1,1,'chat 1',1,3,1700000000.0,'waiting','{"update_id": 1, "message": {"message_id": 3, "date": 1, "chat": {"id": 1, "type": "private"}, "from": {"id": 1}, "text": "Hi"}}',0,0,NULL,NULL,0);
INSERT INTO "incoming" VALUES(2,2,'sender None',NULL,NULL,1700000000.0,'handled',NULL,0,0,NULL,NULL,0);
CREATE TABLE introduced (
    bot INTEGER PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT;
INSERT INTO "introduced" VALUES(1,'d');
CREATE TABLE invitation (
    digest TEXT PRIMARY KEY,
    rank INTEGER NOT NULL,
    at REAL NOT NULL,
    used_by INTEGER
, made_by INTEGER) STRICT, WITHOUT ROWID;
INSERT INTO "invitation" VALUES('06d65d3c294ff777b1e073ffccca2e9ccde266ce4c9daab3a02fe1e33a9c2e47',2,1700000000.0,NULL,7);
INSERT INTO "invitation" VALUES('359bc6c2ff09a580899fa58d634daffc7775ad26f4f3d639e3e8fbef422ee028',1,1700000000.0,7,NULL);
CREATE TABLE moved (
    chat INTEGER PRIMARY KEY,
    now INTEGER NOT NULL
) STRICT;
INSERT INTO "moved" VALUES(-8,-1000000000008);
CREATE TABLE opened (
    chat INTEGER PRIMARY KEY,
    message INTEGER NOT NULL
) STRICT;
INSERT INTO "opened" VALUES(1,13);
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role INTEGER NOT NULL,
    since REAL NOT NULL
) STRICT;
INSERT INTO "person" VALUES(7,'Ada',1,1700000000.0);
CREATE TABLE reaction (
    place TEXT NOT NULL,
    message INTEGER NOT NULL,
    emoji TEXT,
    at REAL NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    shown INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (place, message)
) STRICT, WITHOUT ROWID;
INSERT INTO "reaction" VALUES('telegram:1',20,'👀',1700000000.0,1,0);
CREATE TABLE receipt (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    at REAL NOT NULL,
    result TEXT NOT NULL
, cause TEXT, parent TEXT, replaced INTEGER NOT NULL DEFAULT 0, asked TEXT AS (
    CASE WHEN json_valid(result) AND json_extract(result, '$.sentences') IS NULL
    THEN lower(json_extract(result, '$.question')) END
) VIRTUAL, why TEXT AS (
    CASE WHEN NOT json_valid(result) THEN NULL
    WHEN json_extract(result, '$.kind') = 'nearest' THEN 'nearest'
    WHEN json_extract(result, '$.reason') IN ('nothing was found on this in the articles', 'the articles do not answer this')
    THEN 'nothing'
    WHEN json_extract(result, '$.reason') = 'the articles are in another language' THEN 'language' END
) VIRTUAL) STRICT;
INSERT INTO "receipt" VALUES(1,'uM89peZOVZeI','telegram:1',1700000000.0,'{"kind":"answer","question":"Who?","mode":"quoted","confidence":0.9,"claims":[{"text":"Ada wrote it.","citations":[{"n":1,"article":"a","revision":"3ed3e9aac09017a1","title":"A","author":null,"date":null,"added":null,"source":null,"url":null,"start":8,"end":21,"quotation":"Ada wrote it.","passage":{"start":0,"end":28,"text":"Before. Ada wrote it. After."}}]}]}','telegram:1:1',NULL,0);
INSERT INTO "receipt" VALUES(2,'iSmVsDoSbnVt','telegram:2',1700000000.0,'{"kind":"abstention","question":"Why?","reason":"nothing was found on this in the articles"}',NULL,'uM89peZOVZeI',1);
INSERT INTO "receipt" VALUES(3,'0uXv4xDmlDjj','telegram:1',1700000000.0,'{"kind":"nearest","question":"Whence?","confidence":0.2,"claims":[{"text":"Ada wrote it.","citations":[{"n":1,"article":"a","revision":"3ed3e9aac09017a1","title":"A","author":null,"date":null,"added":null,"source":null,"url":null,"start":8,"end":21,"quotation":"Ada wrote it.","passage":{"start":0,"end":28,"text":"Before. Ada wrote it. After."}}]}]}',NULL,NULL,0);
INSERT INTO "receipt" VALUES(4,'KP2W8GvAMH-v','web:x',1700000000.0,'{"kind":"abstention","question":"Кто?","reason":"the articles are in another language","languages":["en"]}',NULL,NULL,0);
INSERT INTO "receipt" VALUES(5,'broken','telegram:3',1.0,'{',NULL,NULL,0);
CREATE TABLE refusal (
    chat INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    cause TEXT NOT NULL
) STRICT;
INSERT INTO "refusal" VALUES(-6,1700000000.0,'x');
CREATE TABLE report (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,
    person INTEGER NOT NULL,
    language TEXT NOT NULL,
    replies INTEGER NOT NULL,
    album TEXT,
    at REAL NOT NULL,
    closed INTEGER NOT NULL,
    counted INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    told INTEGER NOT NULL DEFAULT 0,
    message INTEGER
) STRICT;
INSERT INTO "report" VALUES(1,'telegram:1',5,'en',20,NULL,1700000000.0,0,1,2,0,NULL);
CREATE TABLE said (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    answers INTEGER,
    receipt TEXT,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
INSERT INTO "said" VALUES(1,11,10,'uM89peZOVZeI');
INSERT INTO "said" VALUES(1,12,10,'uM89peZOVZeI');
INSERT INTO "said" VALUES(1,13,NULL,'uM89peZOVZeI');
CREATE TABLE schema_step (
    room TEXT PRIMARY KEY,
    steps INTEGER NOT NULL
) STRICT, WITHOUT ROWID
;
INSERT INTO "schema_step" VALUES('awaited',2);
INSERT INTO "schema_step" VALUES('codes',2);
INSERT INTO "schema_step" VALUES('comments',1);
INSERT INTO "schema_step" VALUES('exchanges',1);
INSERT INTO "schema_step" VALUES('feedback',1);
INSERT INTO "schema_step" VALUES('handles',1);
INSERT INTO "schema_step" VALUES('inbox',3);
INSERT INTO "schema_step" VALUES('introduction',1);
INSERT INTO "schema_step" VALUES('people',3);
INSERT INTO "schema_step" VALUES('reactions',1);
INSERT INTO "schema_step" VALUES('receipts',3);
INSERT INTO "schema_step" VALUES('reports',1);
INSERT INTO "schema_step" VALUES('sent',2);
INSERT INTO "schema_step" VALUES('sessions',1);
INSERT INTO "schema_step" VALUES('sharing',1);
INSERT INTO "schema_step" VALUES('submissions',2);
INSERT INTO "schema_step" VALUES('tokens',1);
INSERT INTO "schema_step" VALUES('undoing',1);
INSERT INTO "schema_step" VALUES('usage',1);
CREATE TABLE sent (
    key TEXT PRIMARY KEY,
    chat INTEGER NOT NULL,
    above INTEGER NOT NULL,
    at REAL NOT NULL,
    message INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO "sent" VALUES('k',1,3,1700000000.0,4);
CREATE TABLE set_group (
    named INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL
) STRICT;
INSERT INTO "set_group" VALUES(-4,-4);
CREATE TABLE shared (
    receipt TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO "shared" VALUES('uM89peZOVZeI');
CREATE TABLE shut_out (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO "shut_out" VALUES(9,'9');
CREATE TABLE submission (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    cause TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL,
    own INTEGER,
    place TEXT NOT NULL,
    message INTEGER NOT NULL,
    person INTEGER NOT NULL,
    who TEXT NOT NULL,
    at REAL NOT NULL,
    due REAL NOT NULL,
    replaces TEXT,
    changed INTEGER NOT NULL DEFAULT 0,
    begun INTEGER NOT NULL DEFAULT 0,
    title TEXT,
    approved INTEGER NOT NULL,
    stage TEXT NOT NULL,
    what TEXT NOT NULL,
    offer TEXT,
    result TEXT
, since REAL, suspected INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "submission" VALUES(1,'telegram:1:20',1,NULL,'telegram:1',20,5,'Ada',1700000000.0,0.0,NULL,0,0,NULL,0,'waiting','{"kind": "link", "name": "https://example.org/a", "handle": "", "size": null, "parts": [], "origin": null, "title": null, "url": null, "note": null, "entry": null}',NULL,NULL,NULL,0);
CREATE TABLE undone (
    change INTEGER PRIMARY KEY,
    cause TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
INSERT INTO "undone" VALUES(1,'c','a','added','Ada',1700000000.0);
CREATE TABLE web_key (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('link', 'session')),
    holder TEXT NOT NULL,
    until REAL NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "web_key" VALUES('2a5bed3dbf01c5b62b11e9a90190b23ef01be65daa3bd1df2bec4b70c11dbd4f','session','telegram:7',1702592000.0);
CREATE TABLE written (
    day TEXT NOT NULL,
    person TEXT NOT NULL,
    questions INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    dropped INTEGER NOT NULL,
    PRIMARY KEY (day, person)
) STRICT, WITHOUT ROWID;
INSERT INTO "written" VALUES('2023-11-13','',3,4,5,6,7);
CREATE INDEX receipt_by_place ON receipt (place, seq);
CREATE UNIQUE INDEX receipt_by_cause ON receipt (cause);
CREATE INDEX receipt_by_parent ON receipt (parent);
CREATE INDEX receipt_by_question ON receipt (asked, parent, seq)
    WHERE NOT replaced AND asked IS NOT NULL;
CREATE INDEX receipt_without_answer ON receipt (seq)
    WHERE NOT replaced AND asked IS NOT NULL AND why IS NOT NULL;
CREATE TRIGGER receipt_cites AFTER INSERT ON receipt BEGIN
    INSERT INTO citing SELECT DISTINCT atom, new.seq FROM json_tree(CASE WHEN json_valid(new.result) AND json_extract(new.result, '$.mode') IS NOT NULL THEN new.result ELSE '[]' END) WHERE key = 'article' AND type = 'text';
END;
CREATE INDEX said_in_answer ON said (chat, answers);
CREATE INDEX web_key_by_holder ON web_key (holder);
CREATE INDEX report_by_place ON report (place, person, number);
CREATE INDEX report_untold ON report (number) WHERE told < version;
CREATE INDEX submission_by_stage ON submission (stage, due) WHERE stage <> 'done';
CREATE INDEX submission_by_report ON submission (report);
CREATE INDEX submission_by_own ON submission (own) WHERE own IS NOT NULL;
CREATE INDEX submission_by_place ON submission (place, person, number);
CREATE INDEX reaction_missing ON reaction (at) WHERE shown < version;
CREATE INDEX incoming_by_update ON incoming (update_id);
CREATE INDEX incoming_by_status ON incoming (status, number) WHERE status <> 'handled';
CREATE INDEX incoming_by_message ON incoming (chat, message);
CREATE INDEX incoming_by_common_message ON incoming (message) WHERE chat > -1000000000000;
CREATE INDEX sent_by_message ON sent (chat, message);
CREATE INDEX sent_by_time ON sent (at);
CREATE INDEX sent_by_common_message ON sent (message) WHERE chat > -1000000000000;
CREATE INDEX sent_in_doubt ON sent (chat) WHERE message IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('receipt',5);
INSERT INTO "sqlite_sequence" VALUES('api_token',2);
INSERT INTO "sqlite_sequence" VALUES('report',1);
INSERT INTO "sqlite_sequence" VALUES('submission',1);
INSERT INTO "sqlite_sequence" VALUES('incoming',2);
COMMIT;
PRAGMA user_version = 0;
