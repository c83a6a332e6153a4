PRAGMA application_id = 1953456961;
PRAGMA user_version = 8;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'tocsin.archive','0001_first_schema','2026-11-23 01:27:06.105168+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'tocsin.archive','0002_calendar','2026-11-23 01:27:06.115795+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'tocsin.archive','0003_events','2026-11-23 01:27:06.135952+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'tocsin.archive','0004_watch_history','2026-11-23 01:27:06.136704+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'tocsin.archive','0005_incidents','2026-11-23 01:27:06.149425+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'tocsin.archive','0006_announced_and_authors','2026-11-23 01:27:06.152110+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'tocsin.archive','0007_alerts','2026-11-23 01:27:06.180510+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'tocsin.archive','0008_reviews','2026-11-23 01:27:06.188477+00:00');
CREATE TABLE acknowledgement (      -- append-only: that somebody has read an alert
        id INTEGER PRIMARY KEY,
        transition_id TEXT NOT NULL,    -- what the alert is about
        owner TEXT NOT NULL,            -- whose alert it was
        person TEXT NOT NULL,           -- who has read it
        note TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "acknowledgement" VALUES(1,'7008f3eb19039a8c0820ffafd7666352','desk@example.org','ann','read','2026-02-03T12:00:00.000000Z');
CREATE TABLE address (              -- a place in a work that ever held a provision: WORK#EID
        id INTEGER PRIMARY KEY,
        work INTEGER NOT NULL REFERENCES work(id),
        eid TEXT NOT NULL,
        UNIQUE (work, eid)
    ) STRICT
    ;
INSERT INTO "address" VALUES(1,1,'799');
INSERT INTO "address" VALUES(2,1,'799.authority');
INSERT INTO "address" VALUES(3,1,'799.1');
INSERT INTO "address" VALUES(4,1,'799.1.a');
INSERT INTO "address" VALUES(5,1,'799.1.b');
INSERT INTO "address" VALUES(6,1,'799.1.citation');
INSERT INTO "address" VALUES(7,1,'799.2');
INSERT INTO "address" VALUES(8,1,'799.2.demonstration-instrument');
INSERT INTO "address" VALUES(9,1,'799.2.total-processing-performance');
INSERT INTO "address" VALUES(10,1,'799.2.citation');
INSERT INTO "address" VALUES(11,1,'799.3');
INSERT INTO "address" VALUES(12,1,'799.3.a');
INSERT INTO "address" VALUES(13,1,'799.3.b');
INSERT INTO "address" VALUES(14,1,'799.3.c');
INSERT INTO "address" VALUES(15,1,'799.3.d');
INSERT INTO "address" VALUES(16,1,'799.3.citation');
INSERT INTO "address" VALUES(17,1,'app-A');
INSERT INTO "address" VALUES(18,1,'app-A.iceland');
INSERT INTO "address" VALUES(19,1,'app-A.uruguay');
INSERT INTO "address" VALUES(20,1,'799.3.e');
INSERT INTO "address" VALUES(21,1,'app-A.thailand');
CREATE TABLE analysis_history (     -- which analysis of a transition counted from when on, and when its touches were read
        id INTEGER PRIMARY KEY,
        changeset INTEGER NOT NULL REFERENCES changeset(id),
        transition_id TEXT NOT NULL REFERENCES transition(id),
        at TEXT NOT NULL,
        newest INTEGER NOT NULL,        -- 1: it counted from here on
        reference TEXT,                 -- state of the tables that its touches were read with; NULL: nothing was read here
        UNIQUE (changeset, id)
    ) STRICT
    ;
INSERT INTO "analysis_history" VALUES(1,1,'7008f3eb19039a8c0820ffafd7666352','2026-02-03T12:00:00.000000Z',1,NULL);
INSERT INTO "analysis_history" VALUES(2,1,'7008f3eb19039a8c0820ffafd7666352','2026-02-03T12:00:00.000000Z',1,'');
CREATE TABLE announced (            -- that a paper says that it amends a work from a day on
        act TEXT NOT NULL,              -- path of the paper
        work TEXT NOT NULL,             -- path of what it amends
        day TEXT NOT NULL,
        closed TEXT,                    -- the day on which it was found in the text, or told as missing there; NULL: it is looked for
        missing TEXT NOT NULL DEFAULT '[]', -- JSON list: what was told as missing
        PRIMARY KEY (act, work, day)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "announced" VALUES('us/fr/2026-00001','us/cfr/15/799','2026-03-01',NULL,'[]');
CREATE TABLE announced_search (     -- how far the editions of a paper were searched for what it announces
        act TEXT PRIMARY KEY,
        edition INTEGER NOT NULL        -- edition.id of the newest row then
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "announced_search" VALUES('us/fr/2026-00001',2);
CREATE TABLE assignment (           -- whose a change is; the last one counts
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        author TEXT NOT NULL,
        role TEXT NOT NULL,
        transition_id TEXT NOT NULL REFERENCES transition(id),
        change TEXT NOT NULL,
        watch TEXT NOT NULL,
        person TEXT NOT NULL            -- name in [people]; '': nobody any more
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "assignment" VALUES('7fc5fc2b8d4dc3ef63f1334eed8ed3b4','2026-02-05T09:00:00.000000Z','ann','reviewer','7008f3eb19039a8c0820ffafd7666352','bca18b743a40c566cba131d7f4823edd','','ann');
CREATE TABLE attempt (              -- one request, whatever came of it
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES run(id),
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT NOT NULL,          -- accepted, unchanged, or the kind of the refusal
        status INTEGER NOT NULL,        -- HTTP, 0 where there was no answer
        reason TEXT NOT NULL,
        bytes INTEGER NOT NULL
    ) STRICT
    ;
INSERT INTO "attempt" VALUES(1,1,'us_ecfr','https://www.ecfr.gov/robots.txt','2026-01-05T12:00:00.000000Z','accepted',404,'',38);
INSERT INTO "attempt" VALUES(2,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/titles.json','2026-01-05T12:00:00.000000Z','accepted',200,'',221);
INSERT INTO "attempt" VALUES(3,1,'us_ecfr','https://www.ecfr.gov/api/admin/v1/corrections/title/15.json','2026-01-05T12:00:00.000000Z','NotFound',404,'https://www.ecfr.gov/api/admin/v1/corrections/title/15.json: NotFound: the host does not have the corrections of title 15 (status 404, application/json, 38 bytes, {"error":"No matching content found."}). Look whether the source has moved',38);
INSERT INTO "attempt" VALUES(4,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/structure/2026-01-05/title-15.json','2026-01-05T12:00:00.000000Z','accepted',200,'',882);
INSERT INTO "attempt" VALUES(5,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?part=799','2026-01-05T12:00:00.000000Z','accepted',200,'',1167);
INSERT INTO "attempt" VALUES(6,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/full/2026-01-05/title-15.xml?part=799','2026-01-05T12:00:00.000000Z','accepted',200,'',2619);
INSERT INTO "attempt" VALUES(7,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/titles.json','2026-01-05T12:00:00.000000Z','accepted',200,'',221);
INSERT INTO "attempt" VALUES(8,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2026-01-05','2026-01-05T12:00:00.000000Z','accepted',200,'',1167);
INSERT INTO "attempt" VALUES(9,2,'us_ecfr','https://www.ecfr.gov/robots.txt','2026-02-03T12:00:00.000000Z','accepted',404,'',38);
INSERT INTO "attempt" VALUES(10,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/titles.json','2026-02-03T12:00:00.000000Z','accepted',200,'',221);
INSERT INTO "attempt" VALUES(11,2,'us_ecfr','https://www.ecfr.gov/api/admin/v1/corrections/title/15.json','2026-02-03T12:00:00.000000Z','NotFound',404,'https://www.ecfr.gov/api/admin/v1/corrections/title/15.json: NotFound: the host does not have the corrections of title 15 (status 404, application/json, 38 bytes, {"error":"No matching content found."}). Look whether the source has moved',38);
INSERT INTO "attempt" VALUES(12,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2026-01-05','2026-02-03T12:00:00.000000Z','accepted',200,'',1741);
INSERT INTO "attempt" VALUES(13,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?part=799','2026-02-03T12:00:00.000000Z','accepted',200,'',1741);
INSERT INTO "attempt" VALUES(14,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/structure/2026-02-02/title-15.json','2026-02-03T12:00:00.000000Z','accepted',200,'',882);
INSERT INTO "attempt" VALUES(15,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/full/2026-02-02/title-15.xml?part=799','2026-02-03T12:00:00.000000Z','accepted',200,'',2778);
INSERT INTO "attempt" VALUES(16,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/titles.json','2026-02-03T12:00:00.000000Z','accepted',200,'',221);
INSERT INTO "attempt" VALUES(17,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2026-01-05','2026-02-03T12:00:00.000000Z','accepted',200,'',1741);
CREATE TABLE awaited (              -- an alert that its owner has to acknowledge
        transition_id TEXT NOT NULL,
        owner TEXT NOT NULL,
        since TEXT NOT NULL,            -- when it was let go
        due TEXT NOT NULL,              -- when the deputy is told, counted in the owner's working time
        escalated_at TEXT,              -- NULL: not yet
        PRIMARY KEY (transition_id, owner)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "awaited" VALUES('7008f3eb19039a8c0820ffafd7666352','desk@example.org','2026-02-03T12:00:00.000000Z','2026-02-04T12:00:00.000000Z',NULL);
CREATE TABLE capture (              -- a fetched document; the same bytes of the same edition are one capture
        id INTEGER PRIMARY KEY,
        run INTEGER REFERENCES run(id),
        source TEXT NOT NULL,
        document TEXT NOT NULL,         -- its stable name in the source
        url TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        as_of TEXT NOT NULL,            -- date of the edition
        status INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        headers TEXT NOT NULL,          -- JSON pairs
        meta TEXT NOT NULL,             -- JSON object: what the publisher's index says of it
        inventory TEXT,                 -- JSON object: units by name the publisher says it has; NULL: nobody says
        sha256 TEXT NOT NULL,           -- key in captures.db
        bytes INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'accepted' CHECK (state IN ('accepted', 'held', 'published', 'rejected')),
        reason TEXT NOT NULL DEFAULT '', -- why it is held, released or rejected
        UNIQUE (source, document, as_of, sha256)
    ) STRICT
    ;
INSERT INTO "capture" VALUES(1,1,'us_ecfr','title-15/part-799','https://www.ecfr.gov/api/versioner/v1/full/2026-01-05/title-15.xml?part=799','2026-01-05T12:00:00.000000Z','2026-01-05',200,'application/xml','[["content-length","2619"],["content-type","application/xml"],["date","Mon, 23 Nov 2026 01:27:19 GMT"],["server","BaseHTTP/0.6 Python/3.11.7"]]','{"title":15,"part":"799","up_to_date_as_of":"2026-01-05","issued":[{"unit":"section","identifier":"799.1","removed":false,"substantive":true},{"unit":"section","identifier":"799.2","removed":false,"substantive":true},{"unit":"section","identifier":"799.3","removed":false,"substantive":true},{"unit":"appendix","identifier":"Appendix A to Part 799","removed":false,"substantive":true}]}','{"appendix":1,"section":3}','ab9554b90799a47eca4a41dbc736938106a350f71064e0245ccadbcb6d744b1d',2619,'published','');
INSERT INTO "capture" VALUES(2,2,'us_ecfr','title-15/part-799','https://www.ecfr.gov/api/versioner/v1/full/2026-02-02/title-15.xml?part=799','2026-02-03T12:00:00.000000Z','2026-02-02',200,'application/xml','[["content-length","2778"],["content-type","application/xml"],["date","Mon, 23 Nov 2026 01:27:32 GMT"],["server","BaseHTTP/0.6 Python/3.11.7"]]','{"title":15,"part":"799","up_to_date_as_of":"2026-02-03","issued":[{"unit":"section","identifier":"799.3","removed":false,"substantive":true},{"unit":"appendix","identifier":"Appendix A to Part 799","removed":false,"substantive":true}]}','{"appendix":1,"section":3}','22a5190bbd14cf5d995f34d1651c93520faacc96c063262687e9da7de8396820',2778,'published','');
CREATE TABLE chain (                -- the order of what was written, see archive.chain
        position INTEGER PRIMARY KEY,   -- 1, 2, 3 ... without a gap
        at TEXT NOT NULL,
        kind TEXT NOT NULL,             -- decision, comment, assignment, digest, signature, release
        subject TEXT NOT NULL,          -- the id of the row of that kind
        content TEXT NOT NULL,          -- SHA-256 of its canonical JSON
        previous TEXT NOT NULL,         -- hash of the link before it; 64 zeros for the first
        hash TEXT NOT NULL UNIQUE,      -- SHA-256 of the canonical JSON of this link
        UNIQUE (kind, subject)
    ) STRICT
    ;
INSERT INTO "chain" VALUES(1,'2026-02-05T09:00:00.000000Z','decision','cafd19521805d405e423d24acb19f3de','45c6723eb12fd7cf779623f05127dd34a36ba1884d3d6a3ac4af5478b59a1f08','0000000000000000000000000000000000000000000000000000000000000000','91c86e4c5d74c1f11ab53b3136ee0402d9a6f49334c3d120e23f2c9cb3d09b05');
INSERT INTO "chain" VALUES(2,'2026-02-05T09:00:00.000000Z','comment','8572037a7eb114de383c9d8143222953','1a5a66e30b63072b8fd3a07fd4a8f6706de7ed1d0201d6b7979a86e3f9a45f39','91c86e4c5d74c1f11ab53b3136ee0402d9a6f49334c3d120e23f2c9cb3d09b05','8f441856370aea26d5a9586d294f61f40469c91a22f93598962530776af52515');
INSERT INTO "chain" VALUES(3,'2026-02-05T09:00:00.000000Z','assignment','7fc5fc2b8d4dc3ef63f1334eed8ed3b4','a1fd13cfa09bb4df1d8de88abbcc69690c5beb46f0d09a300cd9d1c233cde3ef','8f441856370aea26d5a9586d294f61f40469c91a22f93598962530776af52515','214a5636d6c8a4f8aaa0c1bfb819e2ae2ad91c3443efe1e846ee7c997ede9091');
INSERT INTO "chain" VALUES(4,'2026-02-12T09:00:00.000000Z','digest','6990b10fd964afb7b0d9950d861cc42d3d4aa4a544738ca525cbb10f6f563c49','7d5bc91844098b87c92dbfb21a1b9fddd94be60861d6afd6cbdd63790e7d8f65','214a5636d6c8a4f8aaa0c1bfb819e2ae2ad91c3443efe1e846ee7c997ede9091','ebfc1f27df165b208bf37d606ba2480f66201980509ef708b06b5120249add51');
INSERT INTO "chain" VALUES(5,'2026-02-12T09:00:00.000000Z','signature','ff9c4540e0c376af59dc144f9dbbca8e','a71ae76b10d22b9dfea0ba12ad64c2d62437264a0a2776094fa30e7a56ed69ff','ebfc1f27df165b208bf37d606ba2480f66201980509ef708b06b5120249add51','cebdd2332bbb5186eb81e9ec05c16c387efa6d97ef5869a64da288d548d69096');
INSERT INTO "chain" VALUES(6,'2026-02-12T09:00:00.000000Z','release','74c22f645d685b72f14807be759e0c88','5dca61e44cf3f9fa880dba4214cbeda8d0e87fd5a6db2b24b3266195fe893bd6','cebdd2332bbb5186eb81e9ec05c16c387efa6d97ef5869a64da288d548d69096','c2e40dd5d47b11d475933134354efc12f63ce286da580fbd04661a5e9342f299');
CREATE TABLE change (               -- one modification
        id INTEGER PRIMARY KEY,
        changeset INTEGER NOT NULL REFERENCES changeset(id),
        position INTEGER NOT NULL,      -- document order
        key TEXT NOT NULL,              -- the id that people and deliveries use: the same in every analysis that finds it
        kind TEXT NOT NULL,
        materiality TEXT NOT NULL,
        old_eid TEXT,
        new_eid TEXT,
        heading TEXT NOT NULL,
        text_before INTEGER REFERENCES text(id),
        text_after INTEGER REFERENCES text(id),
        ops TEXT NOT NULL,              -- JSON pairs [mark, length in characters], or [mark, text] where they do not join to the texts
        details TEXT NOT NULL,          -- JSON: the other fields of archive.records.Change
        UNIQUE (changeset, position)
    ) STRICT
    ;
INSERT INTO "change" VALUES(1,1,0,'bca18b743a40c566cba131d7f4823edd','substitution','substantive','799.3.a','799.3.a','',14,21,'[["=",111],["-",4],["+",4],["=",42]]','{"reason":"a number or code changed: 4800 → 2400","unit":"paragraph","num":"(a)","likeness":0.9706,"carried":[],"limits":[{"eid":"799.3.a","quantity":"total processing performance","old":">= 4800","new":">= 2400","direction":"tighter"}],"path":[{"eid":"799","unit":"part","num":"PART 799","heading":"DEMONSTRATION CONTROLS"},{"eid":"799.3","unit":"section","num":"§ 799.3","heading":"License requirements for ECCN 3A090, 3B001 and 4D090."}],"applicability":[]}');
INSERT INTO "change" VALUES(2,1,1,'39ba3084db7e1dc6d9a1831a92edc62e','insertion','substantive',NULL,'799.3.c','',NULL,22,'[["+",106]]','{"reason":"new text","unit":"paragraph","num":"(c)","likeness":0.0,"carried":[],"limits":[],"path":[{"eid":"799","unit":"part","num":"PART 799","heading":"DEMONSTRATION CONTROLS"},{"eid":"799.3","unit":"section","num":"§ 799.3","heading":"License requirements for ECCN 3A090, 3B001 and 4D090."}],"applicability":[]}');
INSERT INTO "change" VALUES(3,1,2,'9e86ae944205a0505f7fb56e372fa414','renumbering','editorial','799.3.c','799.3.d','',16,16,'[["=",56]]','{"reason":"renumbered, no word changed","unit":"paragraph","num":"(d)","likeness":1.0,"carried":[],"limits":[],"path":[{"eid":"799","unit":"part","num":"PART 799","heading":"DEMONSTRATION CONTROLS"},{"eid":"799.3","unit":"section","num":"§ 799.3","heading":"License requirements for ECCN 3A090, 3B001 and 4D090."}],"applicability":[]}');
INSERT INTO "change" VALUES(4,1,3,'c303da68345662d695b805ea30e68cc5','renumbering','editorial','799.3.d','799.3.e','',17,23,'[["=",76],["-",1],["=",45]]','{"reason":"renumbered, only punctuation, case and typographic forms differ","unit":"paragraph","num":"(e)","likeness":0.9787,"carried":[],"limits":[],"path":[{"eid":"799","unit":"part","num":"PART 799","heading":"DEMONSTRATION CONTROLS"},{"eid":"799.3","unit":"section","num":"§ 799.3","heading":"License requirements for ECCN 3A090, 3B001 and 4D090."}],"applicability":[]}');
INSERT INTO "change" VALUES(5,1,4,'352e587bc68fb9458a606dd2537c6956','substitution','editorial','799.3.citation','799.3.citation','',8,24,'[["=",23],["+",24],["=",1]]','{"reason":"a citation line or note of the last amendment","unit":"citation","num":"","likeness":0.6875,"carried":[],"limits":[],"path":[{"eid":"799","unit":"part","num":"PART 799","heading":"DEMONSTRATION CONTROLS"},{"eid":"799.3","unit":"section","num":"§ 799.3","heading":"License requirements for ECCN 3A090, 3B001 and 4D090."}],"applicability":[]}');
INSERT INTO "change" VALUES(6,1,5,'aa43e691c9e7bf861b990af2a061058b','insertion','substantive',NULL,'app-A.thailand','',NULL,25,'[["+",8]]','{"reason":"new text","unit":"item","num":"","likeness":0.0,"carried":[],"limits":[],"path":[{"eid":"799","unit":"part","num":"PART 799","heading":"DEMONSTRATION CONTROLS"},{"eid":"app-A","unit":"appendix","num":"Appendix A to Part 799","heading":"Destinations"}],"applicability":[]}');
CREATE TABLE changeset (            -- one analysis of a transition; the newest counts
        id INTEGER PRIMARY KEY,
        transition_id TEXT NOT NULL REFERENCES transition(id),
        engine TEXT NOT NULL,
        digest TEXT NOT NULL,           -- of its changes
        reference TEXT NOT NULL,        -- which reading of touches counts
        newest INTEGER NOT NULL         -- 1: it counts; a transition that was superseded has none
    ) STRICT
    ;
INSERT INTO "changeset" VALUES(1,'7008f3eb19039a8c0820ffafd7666352','tocsin-diff/2','c7b6201a2d17d595df53182ddb7448ff1742b7a2fbb5a523fc84cf3070a03d4f','',1);
CREATE TABLE comment (              -- what a person wrote on a change, or on a passage of it
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        author TEXT NOT NULL,
        role TEXT NOT NULL,
        transition_id TEXT NOT NULL REFERENCES transition(id),
        change TEXT NOT NULL,
        quote TEXT NOT NULL,            -- the passage; '': the change as a whole
        start INTEGER NOT NULL,         -- where it begins in the redline text, in characters
        redline TEXT NOT NULL,          -- SHA-256 of the redline text it was found in; '': the change as a whole
        words TEXT NOT NULL,
        privileged INTEGER NOT NULL,    -- 1: for counsel alone
        corrects TEXT REFERENCES comment(id),
        salt TEXT NOT NULL              -- random: a privileged comment cannot be guessed from its hash in the chain
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "comment" VALUES('8572037a7eb114de383c9d8143222953','2026-02-05T09:00:00.000000Z','ann','reviewer','7008f3eb19039a8c0820ffafd7666352','bca18b743a40c566cba131d7f4823edd','',0,'','Ask the desk.',0,NULL,'a451f4e0bedb96ecc3be61cc9c9a465c');
CREATE TABLE decision (             -- what a person decided of a change, for one watch
        id TEXT PRIMARY KEY,            -- hash of all else
        at TEXT NOT NULL,
        author TEXT NOT NULL,           -- name in [people]
        role TEXT NOT NULL,             -- the one that allowed it
        transition_id TEXT NOT NULL REFERENCES transition(id),
        change TEXT NOT NULL,           -- change.key
        watch TEXT NOT NULL,            -- its name; '': the change met none
        verdict TEXT NOT NULL CHECK (verdict IN ('relevant', 'not applicable', 'action', 'done')),
        reason TEXT NOT NULL,
        person TEXT NOT NULL,           -- who acts; '': nobody
        due TEXT,                       -- the day of the action; NULL: none
        corrects TEXT REFERENCES decision(id), -- the decision that it takes the place of; NULL: it is the first
        bond TEXT NOT NULL              -- JSON: the law text, the watch and the dates that it was made on, see archive.reviews
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "decision" VALUES('cafd19521805d405e423d24acb19f3de','2026-02-05T09:00:00.000000Z','ann','reviewer','7008f3eb19039a8c0820ffafd7666352','bca18b743a40c566cba131d7f4823edd','','relevant','it is ours','',NULL,NULL,'{"old":"da17afa5132178b313f02bc974be42caf9df33240fc83e675b43b2a3b9245c12","new":"84b105d10a6d859b4509c9cd749dad4dbc6f8fba19a347d9bf27ab625708a046","old_eid":"799.3.a","new_eid":"799.3.a","carried":[],"watch":"","dates":[]}');
CREATE TABLE "delivery" (         -- a message owed to one target
        key TEXT PRIMARY KEY,           -- hash of (transition, watch, target)
        position INTEGER NOT NULL UNIQUE, -- the order in which they were owed
        message_id TEXT NOT NULL,
        transition_id TEXT NOT NULL,
        watch TEXT NOT NULL,
        target TEXT NOT NULL,
        changes TEXT NOT NULL,          -- JSON list of change.key
        payload TEXT NOT NULL,          -- JSON: the rendered message
        -- held: waits for an hour; muted, gathered: told by another message, see delivery_hold
        state TEXT NOT NULL CHECK (state IN ('pending', 'held', 'muted', 'gathered', 'sending', 'sent', 'failed', 'dead')),
        enqueued_at TEXT NOT NULL,
        next_try TEXT,                  -- when it is due; NULL: never by itself
        claimed_at TEXT,
        sent_at TEXT,
        attempts INTEGER NOT NULL,
        possible_repeat INTEGER NOT NULL, -- 1: an earlier attempt may have arrived
        error TEXT NOT NULL,            -- of the last attempt
        person TEXT NOT NULL DEFAULT '', -- owner of the watch when it was let go or held; '': nobody has looked yet
        paced INTEGER NOT NULL DEFAULT 0, -- 1: it was let go, and no rule of hours holds it any more
        died_at TEXT                    -- when it first ended as a dead letter; NULL: never
    ) STRICT
    ;
INSERT INTO "delivery" VALUES('718847353924c54402e5c1eb555d23f2',1,'62facd9cc3c5c631d794890a7828ec00','7008f3eb19039a8c0820ffafd7666352','thai','file:alerts.jsonl','["aa43e691c9e7bf861b990af2a061058b"]','{"title":"15 CFR Part 799, Appendix A: inserted Thailand","body":"15 CFR Part 799, Appendix A: inserted Thailand\n\nElectronic Code of Federal Regulations: PART 799—DEMONSTRATION CONTROLS\nEdition of 2026-01-05 → edition of 2026-02-02, observed 2026-02-03 12:00 UTC\n\nWhy you hear of this\n- watch “thai” of desk@example.org, matter T-1: test\n\nHow to read the texts: [-deleted-] [+added+]\n\n────────────────────────────────────────────────────────────\nPART 799 DEMONSTRATION CONTROLS › Appendix A to Part 799 Destinations\n\n15 CFR Part 799, Appendix A\nInserted\n\n    [+Thailand+]\n\nMatched by “thai”: country Thailand (TH), in inserted words, as item\nMateriality: substantive (new text)\nRead it: https://tocsin.example.org/change/aa43e691c9e7bf861b990af2a061058b\n────────────────────────────────────────────────────────────\n2 other substantive changes of this edition met none of these watches.\nAll changes of this edition: https://tocsin.example.org/changes?transition=7008f3eb19039a8c0820ffafd7666352\nOfficial page: https://www.ecfr.gov/on/2026-02-02/title-15/section-799.3\nEvidence: fetched 2026-02-03 12:00 UTC, SHA-256 22a5190bbd14… https://tocsin.example.org/change/aa43e691c9e7bf861b990af2a061058b#evidence\nAcknowledge: https://tocsin.example.org/alert/62facd9cc3c5c631d794890a7828ec00/ack\nAcknowledge by command: tocsin alerts ack 718847353924 --person desk@example.org\nThe eCFR is not the official legal edition of the CFR: check the Federal Register before you rely on it. Sources checked to 2026-02-03.\n","html":"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\"><title>15 CFR Part 799, Appendix A: inserted Thailand</title><style>@media (prefers-color-scheme:dark){.page{background:#16181b!important;color:#e8e8e8!important}.box{background:#1f2226!important;color:#e8e8e8!important}.muted{color:#b4b8bf!important}.link{color:#8ab8f5!important}.del{background:#4d1f22!important;color:#ffc2c2!important}.ins{background:#173d23!important;color:#b8efc6!important}.long{background:#16281c!important;color:#c9f0d3!important}.button{background:#8ab8f5!important;color:#0f1620!important}.head{background:#2b2f35!important;color:#d6d9de!important}.box,.cell,.rule{border-color:#454a52!important}}</style></head><body class=\"page\" style=\"background:#ffffff;color:#1c1c1c;margin:0;padding:16px;font-size:15px;line-height:1.5;font-family:-apple-system,''Segoe UI'',Roboto,''Noto Sans'',''Helvetica Neue'',Arial,''Liberation Sans'',''DejaVu Sans'',''Noto Sans CJK SC'',''Noto Sans CJK JP'',sans-serif\"><div class=\"page\" style=\"background:#ffffff;color:#1c1c1c;max-width:720px;margin:0 auto;overflow-wrap:anywhere\"><h1 style=\"font-size:20px;line-height:1.3;margin:0 0 8px\">15 CFR Part 799, Appendix A: inserted Thailand</h1><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">Electronic Code of Federal Regulations: <span lang=\"en\">PART 799—DEMONSTRATION CONTROLS</span></p><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">Edition of 2026-01-05 → edition of 2026-02-02, observed 2026-02-03 12:00 UTC</p><h2 style=\"font-size:16px;margin:20px 0 8px\">Why you hear of this</h2><ul style=\"margin:0 0 16px;padding-left:20px\"><li>watch “thai” of desk@example.org, matter T-1: test</li></ul><h2 lang=\"en\" style=\"font-size:16px;margin:20px 0 8px\">PART 799 DEMONSTRATION CONTROLS › Appendix A to Part 799 Destinations</h2><div class=\"box\" style=\"background:#ffffff;color:#1c1c1c;margin:0 0 20px;padding:12px 14px;border:1px solid #d4d4d4;border-radius:6px\"><h3 style=\"font-size:15px;margin:0\">15 CFR Part 799, Appendix A</h3><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">Inserted</p><div lang=\"en\" style=\"margin:8px 0;font-size:15px;line-height:1.6;font-family:-apple-system,&#x27;Segoe UI&#x27;,Roboto,&#x27;Noto Sans&#x27;,&#x27;Helvetica Neue&#x27;,Arial,&#x27;Liberation Sans&#x27;,&#x27;DejaVu Sans&#x27;,&#x27;Noto Sans CJK SC&#x27;,&#x27;Noto Sans CJK JP&#x27;,sans-serif\"><span class=\"ins\" style=\"background:#dff3e3;color:#0f5123;text-decoration:underline;font-weight:600\" title=\"added\">Thailand</span></div><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">Matched by “thai”: country Thailand (TH), in inserted words, as item</p><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">Materiality: substantive (new text)</p><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\"><a href=\"https://tocsin.example.org/change/aa43e691c9e7bf861b990af2a061058b\" class=\"link\" style=\"color:#0b57a4\">Read it in the archive</a> · <a href=\"https://tocsin.example.org/change/aa43e691c9e7bf861b990af2a061058b#evidence\" class=\"link\" style=\"color:#0b57a4\">Its evidence</a></p></div><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">2 other substantive changes of this edition met none of these watches.</p><hr class=\"rule\" style=\"border:0;border-top:1px solid #d4d4d4;margin:16px 0 12px\"><p style=\"margin:0 0 12px\"><a href=\"https://tocsin.example.org/alert/62facd9cc3c5c631d794890a7828ec00/ack\" class=\"button\" style=\"background:#0b57a4;color:#ffffff;display:inline-block;padding:8px 16px;border-radius:6px;text-decoration:none;font-weight:600\">Acknowledge</a></p><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\"><a href=\"https://tocsin.example.org/changes?transition=7008f3eb19039a8c0820ffafd7666352\" class=\"link\" style=\"color:#0b57a4\">All changes of this edition</a> · <a href=\"https://www.ecfr.gov/on/2026-02-02/title-15/section-799.3\" class=\"link\" style=\"color:#0b57a4\">Official page</a></p><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">Evidence: fetched 2026-02-03 12:00 UTC, SHA-256 22a5190bbd14… <a href=\"https://tocsin.example.org/change/aa43e691c9e7bf861b990af2a061058b#evidence\" class=\"link\" style=\"color:#0b57a4\">Its evidence</a></p><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">Acknowledge by command: tocsin alerts ack 718847353924 --person desk@example.org</p><p class=\"muted\" style=\"color:#595959;margin:0 0 4px;font-size:13px\">The eCFR is not the official legal edition of the CFR: check the Federal Register before you rely on it. Sources checked to 2026-02-03.</p></div></body></html>\n","link":"https://tocsin.example.org/changes?transition=7008f3eb19039a8c0820ffafd7666352","thread":"4a8913621fc7619ba8f4aa1c488bb466","watches":["thai"],"language":"en","acknowledge":"https://tocsin.example.org/alert/62facd9cc3c5c631d794890a7828ec00/ack"}','sent','2026-02-03T12:00:00.000000Z',NULL,'2026-02-03T12:00:00.000000Z','2026-02-03T12:00:00.000000Z',1,0,'','desk@example.org',1,NULL);
CREATE TABLE "delivery_attempt" ( -- what came of each attempt
        delivery TEXT NOT NULL REFERENCES "delivery"(key),
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT NOT NULL,          -- sent, failed, unknown
        error TEXT NOT NULL,
        PRIMARY KEY (delivery, number)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "delivery_attempt" VALUES('718847353924c54402e5c1eb555d23f2',1,'2026-02-03T12:00:00.000000Z','sent','');
CREATE TABLE delivery_hold (        -- what was decided of when a message goes, where that is not at once
        id INTEGER PRIMARY KEY,
        delivery TEXT NOT NULL REFERENCES delivery(key),
        sort TEXT NOT NULL,             -- hours, daily, weekly, muted, unstable; urgent: the rule that let it go all the same; escalated: who else was told
        why TEXT NOT NULL,              -- in words, for people
        at TEXT NOT NULL,
        until TEXT NOT NULL,
        ended_at TEXT,                  -- NULL: it still holds
        gathered TEXT NOT NULL DEFAULT '' -- message_id of the message that told of it; '': it went by itself
    ) STRICT
    ;
INSERT INTO "delivery_hold" VALUES(1,'718847353924c54402e5c1eb555d23f2','hours','it was night','2026-02-03T12:00:00.000000Z','2026-02-04T07:00:00.000000Z','2026-02-03T12:00:00.000000Z','');
CREATE TABLE digest (               -- a weekly digest as it was built; the same content is kept once
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL,             -- 2026-W30
        as_known TEXT NOT NULL,         -- the instant up to which the archive counted
        version TEXT NOT NULL UNIQUE,   -- SHA-256 of its content
        built_at TEXT NOT NULL,
        content TEXT NOT NULL           -- canonical JSON: all that any format of it says
    ) STRICT
    ;
INSERT INTO "digest" VALUES(1,'2026-W05','2026-02-03T12:00:00.000000Z','5d478a3965b7880ab07879b882dc00913571763e2f6803d597e0ad919748318e','2026-02-03T12:00:00.000000Z','{"alerts":{"acknowledged":0,"awaited":[],"incidents":[],"owed":0,"sent":0,"unsent":[]},"calendar":[],"calendar_first":"2026-02-02","calendar_last":"2026-05-02","coverage":[{"backfills":0,"captures":0,"complete":0,"counted":null,"counted_held":null,"failures":[],"incidents":[],"last_success":"2026-02-03T12:00:00Z","postponed":0,"published":0,"refused":0,"requests":0,"runs":0,"silence":{"since":"2026-01-05T12:00:00Z","until":"2026-02-02T00:00:00Z","until_next":false},"source":"us_ecfr","title":"Electronic Code of Federal Regulations"}],"history":[],"jurisdictions":[],"late":[],"lesser":[],"period":{"first":"2026-01-26","known":"2026-02-03T12:00:00Z","last":"2026-02-01","since":"2026-01-26T00:00:00Z","until":"2026-02-02T00:00:00Z","week":"2026-W05","zone":"UTC"},"reviews":{"decided":0,"open":[],"taken":[],"undecided":[]}}');
INSERT INTO "digest" VALUES(2,'2026-W05','2026-02-01T23:59:59.999999Z','55fccaf914201b2f582f2f995f019ea94d5d0344dec82ae1e6d1822ab61c4784','2026-02-05T09:00:00.000000Z','{"alerts":{"acknowledged":0,"awaited":[],"incidents":[],"owed":0,"sent":0,"unsent":[]},"calendar":[],"calendar_first":"2026-02-02","calendar_last":"2026-05-02","coverage":[{"backfills":0,"captures":0,"complete":0,"counted":null,"counted_held":null,"failures":[],"incidents":[],"last_success":"2026-01-05T12:00:00Z","postponed":0,"published":0,"refused":0,"requests":0,"runs":0,"silence":{"since":"2026-01-05T12:00:00Z","until":"2026-02-01T23:59:59.999999Z","until_next":false},"source":"us_ecfr","title":"Electronic Code of Federal Regulations"}],"history":[],"jurisdictions":[],"late":[],"lesser":[],"period":{"first":"2026-01-26","known":"2026-02-01T23:59:59.999999Z","last":"2026-02-01","since":"2026-01-26T00:00:00Z","until":"2026-02-02T00:00:00Z","week":"2026-W05","zone":"UTC"},"reviews":{"decided":0,"open":[],"taken":[],"undecided":[]}}');
INSERT INTO "digest" VALUES(3,'2026-W06','2026-02-12T09:00:00.000000Z','6990b10fd964afb7b0d9950d861cc42d3d4aa4a544738ca525cbb10f6f563c49','2026-02-12T09:00:00.000000Z','{"alerts":{"acknowledged":0,"awaited":[],"incidents":[],"owed":1,"sent":1,"unsent":[]},"calendar":[],"calendar_first":"2026-02-09","calendar_last":"2026-05-09","coverage":[{"backfills":0,"captures":1,"complete":1,"counted":2,"counted_held":2,"failures":[],"incidents":[],"last_success":"2026-02-03T12:00:00Z","postponed":0,"published":1,"refused":1,"requests":9,"runs":1,"silence":{"since":"2026-01-05T12:00:00Z","until":"2026-02-03T12:00:00Z","until_next":true},"source":"us_ecfr","title":"Electronic Code of Federal Regulations"}],"history":[],"jurisdictions":[{"acts":[{"id":"","stages":[],"steps":[{"after":"2026-02-02","before":"2026-01-05","citation":"15 CFR Part 799","facts":[{"name":"citation","value":"15 CFR Part 799","words":""}],"items":[{"change":{"applicability":[],"carried":[],"heading":"","kind":"substitution","likeness":0.9706,"limits":[{"direction":"tighter","eid":"799.3.a","new":">= 2400","old":">= 4800","quantity":"total processing performance"}],"materiality":"substantive","new_eid":"799.3.a","num":"(a)","old_eid":"799.3.a","ops":[["=","A license is required to export an integrated circuit of ECCN 3A090.a with a ''total processing performance'' of "],["-","4800"],["+","2400"],["="," or more to any destination of Appendix A."]],"path":[{"eid":"799","heading":"DEMONSTRATION CONTROLS","num":"PART 799","unit":"part"},{"eid":"799.3","heading":"License requirements for ECCN 3A090, 3B001 and 4D090.","num":"§ 799.3","unit":"section"}],"reason":"a number or code changed: 4800 → 2400","text_after":"A license is required to export an integrated circuit of ECCN 3A090.a with a ''total processing performance'' of 2400 or more to any destination of Appendix A.","text_before":"A license is required to export an integrated circuit of ECCN 3A090.a with a ''total processing performance'' of 4800 or more to any destination of Appendix A.","unit":"paragraph"},"citation":"15 CFR 799.3(a)","cut":0,"id":"bca18b743a40c566cba131d7f4823edd","name":"A license is required to export an integrated circuit of ECCN 3A090.a with a ''total proce…","review":{"assigned":"","at":"2026-02-05T09:00:00Z","by":"ann","change":"bca18b743a40c566cba131d7f4823edd","citation":"15 CFR 799.3(a)","decision":"relevant","done":false,"due":null,"privileged":false,"reason":"it is ours","transition":"7008f3eb19039a8c0820ffafd7666352"},"touches":["code 3A090","code 3B001","code 4D090"],"under":["PART 799 DEMONSTRATION CONTROLS","§ 799.3 License requirements for ECCN 3A090, 3B001 and 4D090."]},{"change":{"applicability":[],"carried":[],"heading":"","kind":"insertion","likeness":0.0,"limits":[],"materiality":"substantive","new_eid":"799.3.c","num":"(c)","old_eid":null,"ops":[["+","A license is required to export a cryogenic wafer prober of ECCN 3B001.k to any destination of Appendix A."]],"path":[{"eid":"799","heading":"DEMONSTRATION CONTROLS","num":"PART 799","unit":"part"},{"eid":"799.3","heading":"License requirements for ECCN 3A090, 3B001 and 4D090.","num":"§ 799.3","unit":"section"}],"reason":"new text","text_after":"A license is required to export a cryogenic wafer prober of ECCN 3B001.k to any destination of Appendix A.","text_before":"","unit":"paragraph"},"citation":"15 CFR 799.3(c)","cut":0,"id":"39ba3084db7e1dc6d9a1831a92edc62e","name":"A license is required to export a cryogenic wafer prober of ECCN 3B001.k to any destinati…","review":null,"touches":["code 3A090","code 3B001","code 3B001.k","code 4D090","technology X1"],"under":["PART 799 DEMONSTRATION CONTROLS","§ 799.3 License requirements for ECCN 3A090, 3B001 and 4D090."]},{"change":{"applicability":[],"carried":[],"heading":"","kind":"insertion","likeness":0.0,"limits":[],"materiality":"substantive","new_eid":"app-A.thailand","num":"","old_eid":null,"ops":[["+","Thailand"]],"path":[{"eid":"799","heading":"DEMONSTRATION CONTROLS","num":"PART 799","unit":"part"},{"eid":"app-A","heading":"Destinations","num":"Appendix A to Part 799","unit":"appendix"}],"reason":"new text","text_after":"Thailand","text_before":"","unit":"item"},"citation":"15 CFR Part 799, Appendix A","cut":0,"id":"aa43e691c9e7bf861b990af2a061058b","name":"Thailand","review":null,"touches":["country TH"],"under":["PART 799 DEMONSTRATION CONTROLS","Appendix A to Part 799 Destinations"]}],"language":"en","late":"","observed":"2026-02-03T12:00:00Z","source":"us_ecfr","source_title":"Electronic Code of Federal Regulations","title":"PART 799—DEMONSTRATION CONTROLS","transition":"7008f3eb19039a8c0820ffafd7666352","work":"us/cfr/15/799"}],"title":""}],"code":"US"}],"late":[],"lesser":[{"after":"2026-02-02","before":"2026-01-05","citation":"15 CFR Part 799","count":3,"materiality":"editorial","reasons":[["a citation line or note of the last amendment",1],["renumbered, no word changed",1],["renumbered, only punctuation, case and typographic forms differ",1]],"source":"us_ecfr","source_title":"Electronic Code of Federal Regulations","transition":"7008f3eb19039a8c0820ffafd7666352","work":"us/cfr/15/799"}],"period":{"first":"2026-02-02","known":"2026-02-12T09:00:00Z","last":"2026-02-08","since":"2026-02-02T00:00:00Z","until":"2026-02-09T00:00:00Z","week":"2026-W06","zone":"UTC"},"reviews":{"decided":1,"open":[],"taken":[{"assigned":"","at":"2026-02-05T09:00:00Z","by":"ann","change":"bca18b743a40c566cba131d7f4823edd","citation":"15 CFR 799.3(a)","decision":"relevant","done":false,"due":null,"privileged":false,"reason":"it is ours","transition":"7008f3eb19039a8c0820ffafd7666352"}],"undecided":["39ba3084db7e1dc6d9a1831a92edc62e","aa43e691c9e7bf861b990af2a061058b"]}}');
CREATE TABLE edition (              -- the text of a work as it stood at a date
        id INTEGER PRIMARY KEY,
        series INTEGER NOT NULL REFERENCES series(id),
        as_of TEXT NOT NULL,
        capture INTEGER NOT NULL REFERENCES capture(id),
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        published TEXT,                 -- date
        observed TEXT NOT NULL,         -- when we saw it
        known_from INTEGER NOT NULL,
        known_to INTEGER,               -- another edition of that date, or another recipe, took its place; NULL: it stands
        provisional INTEGER NOT NULL,   -- 1: nothing has confirmed yet that it is complete
        scope TEXT NOT NULL,            -- JSON list: the parts of the work it prints; []: all
        covers TEXT NOT NULL,           -- JSON list: the parts that its text has, with what stood before outside of its scope; []: all
        digest TEXT NOT NULL,           -- SHA-256 of the whole tree as it reads in this edition
        facts TEXT NOT NULL             -- JSON list of what it states of itself
    ) STRICT
    ;
INSERT INTO "edition" VALUES(1,1,'2026-01-05',1,'PART 799—DEMONSTRATION CONTROLS','consolidated',NULL,'2026-01-05T12:00:00.000000Z',1767614400000000,NULL,0,'[]','[]','33c943702ebca8ce2c08bd49acbf271c9998581fec4f4b5f64e3b95d848c5df1','[{"name":"citation","value":"15 CFR Part 799","words":""}]');
INSERT INTO "edition" VALUES(2,1,'2026-02-02',2,'PART 799—DEMONSTRATION CONTROLS','consolidated',NULL,'2026-02-03T12:00:00.000000Z',1770120000000000,NULL,0,'[]','[]','99446ca2b4977cb9fd52968cbb3b66269c943bd440f17f3c443391921226fe35','[{"name":"citation","value":"15 CFR Part 799","words":""}]');
CREATE TABLE event_name (           -- what an act is called by
        event TEXT NOT NULL,
        sort TEXT NOT NULL,             -- document, citation, revision, rin, docket
        name TEXT NOT NULL,
        PRIMARY KEY (event, sort, name)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "event_name" VALUES('event1','citation','15 CFR Part 799');
CREATE TABLE event_stage (          -- a transition as a stage of a legal act
        event TEXT NOT NULL,            -- hash of the first transition of the act
        transition_id TEXT NOT NULL REFERENCES transition(id),
        stage TEXT NOT NULL,            -- announced, published, corrected, stayed, extended, codified, listed
        work TEXT NOT NULL,
        title TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (event, transition_id)
    ) STRICT
    ;
INSERT INTO "event_stage" VALUES('event1','7008f3eb19039a8c0820ffafd7666352','codified','us/cfr/15/799','Invented Part','2026-02-03T12:00:00.000000Z');
CREATE TABLE event_told (           -- what a watch has heard of an act
        event TEXT NOT NULL,
        watch TEXT NOT NULL,
        terms TEXT NOT NULL,            -- JSON list of the terms it met
        PRIMARY KEY (event, watch)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "event_told" VALUES('event1','thai','["country:TH"]');
CREATE TABLE fuse (                 -- a date on which law changes though no word does, or on which something is due
        id TEXT PRIMARY KEY,            -- hash of work, eid, day, sort and which of several
        work INTEGER NOT NULL REFERENCES work(id),
        eid TEXT NOT NULL,              -- '': a document as such
        day TEXT NOT NULL,              -- the first day on which it is otherwise
        named TEXT NOT NULL,            -- the date the source gives
        sort TEXT NOT NULL,
        act TEXT NOT NULL,              -- citation of what says so
        words TEXT NOT NULL,
        as_of TEXT NOT NULL,            -- the newest edition that has it
        seen TEXT NOT NULL,             -- the day on which it was first found
        told INTEGER,                   -- days ahead of the last reminder; NULL: none yet
        gone TEXT                       -- the edition, before its day, that no longer had it; NULL: it stands
    ) STRICT
    ;
INSERT INTO "fuse" VALUES('fuse1',1,'app-A','2026-06-01','2026-05-31','expiry','15 CFR Part 799','until 31 May 2026','2026-02-02','2026-02-03',30,NULL);
CREATE TABLE fuse_history (         -- what a date of the calendar said from when on
        id INTEGER PRIMARY KEY,
        fuse TEXT NOT NULL REFERENCES fuse(id),
        at TEXT NOT NULL,
        act TEXT NOT NULL,
        words TEXT NOT NULL,
        gone TEXT                       -- NULL: it stood from here on
    ) STRICT
    ;
INSERT INTO "fuse_history" VALUES(1,'fuse1','2026-02-03T12:00:00.000000Z','15 CFR Part 799','until 31 May 2026',NULL);
CREATE TABLE fuse_search (          -- how far the editions of a work were searched for fuses
        work INTEGER PRIMARY KEY REFERENCES work(id),
        edition INTEGER NOT NULL        -- edition.id of the newest row then
    ) STRICT
    ;
INSERT INTO "fuse_search" VALUES(1,2);
CREATE TABLE incident (             -- something wrong with a source, from its opening to its end
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        sort TEXT NOT NULL,             -- gap, held, uncounted, failing
        subject TEXT NOT NULL,          -- what of the source; '': the source as such
        said TEXT NOT NULL,             -- the last words about it, for people
        day TEXT,                       -- of what is missing; NULL: it has none
        opened_at TEXT NOT NULL,
        escalated_at TEXT,              -- NULL: it has not lasted too long yet
        closed_at TEXT                  -- NULL: it is open
    ) STRICT
    ;
INSERT INTO "incident" VALUES(1,'us_ecfr','failing','','the host answered with a wall','2026-02-02','2026-02-03T12:00:00.000000Z',NULL,NULL);
INSERT INTO "incident" VALUES(2,'us_ecfr','gap','title-15/part-799','one edition is missing','2026-02-02','2026-02-01T12:00:00.000000Z',NULL,'2026-02-03T12:00:00.000000Z');
CREATE TABLE incident_history (     -- what was said of an incident from when on
        id INTEGER PRIMARY KEY,
        incident INTEGER NOT NULL REFERENCES incident(id),
        at TEXT NOT NULL,
        said TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "incident_history" VALUES(1,1,'2026-02-03T12:00:00.000000Z','the host answered with a wall');
INSERT INTO "incident_history" VALUES(2,2,'2026-02-01T12:00:00.000000Z','one edition is missing');
CREATE TABLE incident_told (        -- what of an incident is owed to the operators, or was over before anybody could be told
        incident INTEGER NOT NULL REFERENCES incident(id),
        what TEXT NOT NULL,             -- opened, escalated, closed
        at TEXT NOT NULL,
        PRIMARY KEY (incident, what)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "incident_told" VALUES(1,'opened','2026-02-03T12:00:00.000000Z');
CREATE TABLE memory (               -- what a crawl of a source hands to the next one; it only saves requests
        source TEXT PRIMARY KEY,
        content TEXT NOT NULL           -- JSON object, the crawler's own
    ) STRICT
    ;
INSERT INTO "memory" VALUES('us_ecfr','{"corrections":{"absent":"2026-02-03"},"titles":{"15":{"amended":"2026-02-02","issued":"2026-02-02","checked":"2026-02-03","latest":{"799":"2026-02-02"},"absent":[]}},"etag":""}');
CREATE TABLE mute (                 -- that a person need not hear of something by messages of its own; append-only but for its end
        id INTEGER PRIMARY KEY,
        person TEXT NOT NULL,           -- owner of the watches that it is for
        sort TEXT NOT NULL,             -- watch, document, event
        subject TEXT NOT NULL,          -- its name, path or id
        until TEXT NOT NULL,            -- the first day on which it no longer holds, by the clocks of the person
        reason TEXT NOT NULL,
        author TEXT NOT NULL,           -- who muted it
        at TEXT NOT NULL,
        ended_at TEXT                   -- taken back before its day; NULL: not
    ) STRICT
    ;
INSERT INTO "mute" VALUES(1,'ann','watch','thai','2026-03-01','known','ann','2026-02-03T12:00:00.000000Z',NULL);
CREATE TABLE provision (            -- what stood at an address: in force from_date <= day < to_date, as known known_from <= instant < known_to
        id INTEGER PRIMARY KEY,
        series INTEGER NOT NULL REFERENCES series(id),
        address INTEGER NOT NULL REFERENCES address(id),
        parent INTEGER REFERENCES address(id), -- NULL: a root
        rank TEXT NOT NULL,             -- order among siblings (archive.ranks)
        unit TEXT NOT NULL,
        num TEXT NOT NULL,
        heading INTEGER REFERENCES text(id), -- NULL: none
        text INTEGER REFERENCES text(id),    -- NULL: none
        applicability TEXT,             -- JSON list; NULL: none
        from_date TEXT NOT NULL,
        to_date TEXT,                   -- NULL: until further notice
        known_from INTEGER NOT NULL,
        known_to INTEGER                -- NULL: still held true
    ) STRICT
    ;
INSERT INTO "provision" VALUES(1,1,1,NULL,'V','part','PART 799',1,NULL,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(2,1,2,1,'A','authority','',2,3,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(3,1,3,1,'K','section','§ 799.1',4,5,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(4,1,4,3,'F','paragraph','(a)',NULL,6,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(5,1,5,3,'V','paragraph','(b)',NULL,7,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(6,1,6,3,'k','citation','',NULL,8,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(7,1,7,1,'V','section','§ 799.2',9,10,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(8,1,8,7,'F','paragraph','',NULL,11,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(9,1,9,7,'V','paragraph','',NULL,12,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(10,1,10,7,'k','citation','',NULL,8,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(11,1,11,1,'f','section','§ 799.3',13,NULL,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(12,1,12,11,'A','paragraph','(a)',NULL,14,NULL,'2026-01-05',NULL,1767614400000000,1770120000000000);
INSERT INTO "provision" VALUES(13,1,13,11,'K','paragraph','(b)',NULL,15,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(14,1,14,11,'V','paragraph','(c)',NULL,16,NULL,'2026-01-05',NULL,1767614400000000,1770120000000000);
INSERT INTO "provision" VALUES(15,1,15,11,'f','paragraph','(d)',NULL,17,NULL,'2026-01-05',NULL,1767614400000000,1770120000000000);
INSERT INTO "provision" VALUES(16,1,16,11,'p','citation','',NULL,8,NULL,'2026-01-05',NULL,1767614400000000,1770120000000000);
INSERT INTO "provision" VALUES(17,1,17,1,'p','appendix','Appendix A to Part 799',18,NULL,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(18,1,18,17,'K','item','',NULL,19,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(19,1,19,17,'f','item','',NULL,20,NULL,'2026-01-05',NULL,1767614400000000,NULL);
INSERT INTO "provision" VALUES(20,1,12,11,'A','paragraph','(a)',NULL,14,NULL,'2026-01-05','2026-02-02',1770120000000000,NULL);
INSERT INTO "provision" VALUES(21,1,14,11,'V','paragraph','(c)',NULL,16,NULL,'2026-01-05','2026-02-02',1770120000000000,NULL);
INSERT INTO "provision" VALUES(22,1,15,11,'f','paragraph','(d)',NULL,17,NULL,'2026-01-05','2026-02-02',1770120000000000,NULL);
INSERT INTO "provision" VALUES(23,1,16,11,'p','citation','',NULL,8,NULL,'2026-01-05','2026-02-02',1770120000000000,NULL);
INSERT INTO "provision" VALUES(24,1,12,11,'A','paragraph','(a)',NULL,21,NULL,'2026-02-02',NULL,1770120000000000,NULL);
INSERT INTO "provision" VALUES(25,1,14,11,'V','paragraph','(c)',NULL,22,NULL,'2026-02-02',NULL,1770120000000000,NULL);
INSERT INTO "provision" VALUES(26,1,15,11,'f','paragraph','(d)',NULL,16,NULL,'2026-02-02',NULL,1770120000000000,NULL);
INSERT INTO "provision" VALUES(27,1,20,11,'k','paragraph','(e)',NULL,23,NULL,'2026-02-02',NULL,1770120000000000,NULL);
INSERT INTO "provision" VALUES(28,1,16,11,'p','citation','',NULL,24,NULL,'2026-02-02',NULL,1770120000000000,NULL);
INSERT INTO "provision" VALUES(29,1,21,17,'U','item','',NULL,25,NULL,'2026-02-02',NULL,1770120000000000,NULL);
CREATE TABLE release (              -- that a digest had all its signatures and went out
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        version TEXT NOT NULL UNIQUE REFERENCES digest(version),
        signatures TEXT NOT NULL        -- JSON list of signature.id
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "release" VALUES('74c22f645d685b72f14807be759e0c88','2026-02-12T09:00:00.000000Z','6990b10fd964afb7b0d9950d861cc42d3d4aa4a544738ca525cbb10f6f563c49','["ff9c4540e0c376af59dc144f9dbbca8e"]');
CREATE TABLE run (                  -- one round of a source
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT,               -- NULL: it is running, or was killed
        outcome TEXT NOT NULL DEFAULT '', -- archive.ledger.COMPLETE, or the kind of the failure
        reason TEXT NOT NULL DEFAULT '',
        counts TEXT NOT NULL DEFAULT '{}', -- JSON: what it did, by name
        replayed INTEGER NOT NULL       -- 1: its clock was set by hand
    ) STRICT
    ;
INSERT INTO "run" VALUES(1,'us_ecfr','2026-01-05T12:00:00.000000Z','2026-01-05T12:00:00.000000Z','complete','','{"published":1,"changes":0,"alerts":0,"requests":8,"captures":1,"unchanged":0,"refused":1,"published by the counter":1,"held by the counter":1}',1);
INSERT INTO "run" VALUES(2,'us_ecfr','2026-02-03T12:00:00.000000Z','2026-02-03T12:00:00.000000Z','complete','','{"published":1,"changes":6,"alerts":1,"requests":9,"captures":1,"unchanged":0,"refused":1,"published by the counter":2,"held by the counter":2}',1);
CREATE TABLE series (               -- the editions of a work in one language as one recipe reads them
        id INTEGER PRIMARY KEY,
        work INTEGER NOT NULL REFERENCES work(id),
        recipe TEXT NOT NULL,
        language TEXT NOT NULL,
        superseded_at INTEGER,          -- known clock: when a newer recipe replaced it; NULL: it counts
        UNIQUE (work, recipe, language)
    ) STRICT
    ;
INSERT INTO "series" VALUES(1,1,'us_ecfr/1','en',NULL);
CREATE TABLE signature (            -- that a person signed a digest: its version is the hash of its content
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        author TEXT NOT NULL,
        role TEXT NOT NULL,
        version TEXT NOT NULL REFERENCES digest(version),
        head TEXT NOT NULL,             -- the last link of the chain then
        UNIQUE (version, author)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "signature" VALUES('ff9c4540e0c376af59dc144f9dbbca8e','2026-02-12T09:00:00.000000Z','ann','reviewer','6990b10fd964afb7b0d9950d861cc42d3d4aa4a544738ca525cbb10f6f563c49','ebfc1f27df165b208bf37d606ba2480f66201980509ef708b06b5120249add51');
CREATE TABLE text (                 -- words, each wording once
        id INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,    -- the first 16 bytes of the SHA-256 of its UTF-8
        body TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "text" VALUES(1,X'ED61C536203632D83187F584F9078599','DEMONSTRATION CONTROLS');
INSERT INTO "text" VALUES(2,X'D5FE3A32ADCE74E8B9315883B1817C5A','Authority:');
INSERT INTO "text" VALUES(3,X'E4629691F33B876BF935C1784E6F63A8','Written for the demonstration of tocsin; it is not law.');
INSERT INTO "text" VALUES(4,X'981782DE45260AFDB31F9A5A43736CF3','Scope.');
INSERT INTO "text" VALUES(5,X'D159A13D9E9521BF022293BFCFFD5153','This part says which demonstration instruments need a license, and for which destinations.');
INSERT INTO "text" VALUES(6,X'9116681EB199C0D4A8E43816C378F036','It applies to every person who exports, reexports or transfers an instrument of § 799.3.');
INSERT INTO "text" VALUES(7,X'3B93815691EADD835B3BDBFA7CBBF513','It does not apply to published information.');
INSERT INTO "text" VALUES(8,X'4801BFA5D74D96B7F7F1497E846658DC','[1 DEMO 1, Jan. 5, 2026]');
INSERT INTO "text" VALUES(9,X'6E27BC00C0FCDCDE3929DE68E36F9D96','Definitions.');
INSERT INTO "text" VALUES(10,X'C38D0D79029108E82E55F938CCB3ECB0','For the purposes of this part:');
INSERT INTO "text" VALUES(11,X'93BBEA2C8E6C1334FE8454C65C58CAB1','Demonstration instrument means an instrument that exists in this part alone.');
INSERT INTO "text" VALUES(12,X'C87CEB8EE43A13291C4573FB541D86E7','Total processing performance means the sum that § 799.3(a) limits, counted over all units of one chip.');
INSERT INTO "text" VALUES(13,X'402809E81E71BF4191B09644BF7C0E9B','License requirements for ECCN 3A090, 3B001 and 4D090.');
INSERT INTO "text" VALUES(14,X'DA17AFA5132178B313F02BC974BE42CA','A license is required to export an integrated circuit of ECCN 3A090.a with a ''total processing performance'' of 4800 or more to any destination of Appendix A.');
INSERT INTO "text" VALUES(15,X'4126F65D1D7B42F68C636656105539EE','A license is required to export software of ECCN 4D090 that was trained with more than 10^26 operations.');
INSERT INTO "text" VALUES(16,X'5447DBC7EA911C48E0F2B5334FFC7DD6','Applications are reviewed under a presumption of denial.');
INSERT INTO "text" VALUES(17,X'82607E36F3A0DDBC6CAF4D1B74F4AF6B','The license requirements of this section do not apply to a repair at no cost, of an instrument that was lawfully exported.');
INSERT INTO "text" VALUES(18,X'72EB63F032E47E349E8901353E08BA91','Destinations');
INSERT INTO "text" VALUES(19,X'595D6D914950B8A20F65BEBF7A6278B0','Iceland');
INSERT INTO "text" VALUES(20,X'FE2403F25E8F398EA308D20D8CC98E63','Uruguay');
INSERT INTO "text" VALUES(21,X'84B105D10A6D859B4509C9CD749DAD4D','A license is required to export an integrated circuit of ECCN 3A090.a with a ''total processing performance'' of 2400 or more to any destination of Appendix A.');
INSERT INTO "text" VALUES(22,X'E4542A777B6D8137B586D8EBD217EA8C','A license is required to export a cryogenic wafer prober of ECCN 3B001.k to any destination of Appendix A.');
INSERT INTO "text" VALUES(23,X'F1A0E94099350BE3AA46A067A5021551','The license requirements of this section do not apply to a repair at no cost of an instrument that was lawfully exported.');
INSERT INTO "text" VALUES(24,X'7DA0723EE9757CEC02161E4A87754B0B','[1 DEMO 1, Jan. 5, 2026; 1 DEMO 7, Feb. 2, 2026]');
INSERT INTO "text" VALUES(25,X'6E49E65081B2BCB5A54E6A6A74086F42','Thailand');
CREATE TABLE touch (                -- what a change reaches, as read with one state of the reference data
        change INTEGER NOT NULL REFERENCES change(id),
        reference TEXT NOT NULL,        -- '' : the built-in tables
        position INTEGER NOT NULL,
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        regime TEXT NOT NULL,
        excluded INTEGER NOT NULL,
        role TEXT NOT NULL,
        via TEXT NOT NULL,
        confidence REAL NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (change, reference, position)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "touch" VALUES(1,'',0,'code','3A090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(1,'',1,'code','3B001','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(1,'',2,'code','4D090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(2,'',0,'technology','X1','',0,'item','inserted',1.0,44,56);
INSERT INTO "touch" VALUES(2,'',1,'code','3B001.k','ear',0,'item','inserted',1.0,65,72);
INSERT INTO "touch" VALUES(2,'',2,'code','3A090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(2,'',3,'code','3B001','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(2,'',4,'code','4D090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(3,'',0,'code','3A090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(3,'',1,'code','3B001','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(3,'',2,'code','4D090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(4,'',0,'code','3A090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(4,'',1,'code','3B001','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(4,'',2,'code','4D090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(5,'',0,'date','2026-02-02','',0,'','inserted',1.0,35,47);
INSERT INTO "touch" VALUES(5,'',1,'code','3A090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(5,'',2,'code','3B001','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(5,'',3,'code','4D090','ear',0,'heading','enclosing',1.0,0,0);
INSERT INTO "touch" VALUES(6,'',0,'country','TH','',0,'item','inserted',1.0,0,8);
CREATE TABLE touch_history (        -- the touches of a reading that another one took the place of
        reading INTEGER NOT NULL REFERENCES analysis_history(id),
        change INTEGER NOT NULL REFERENCES change(id),
        position INTEGER NOT NULL,
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        regime TEXT NOT NULL,
        excluded INTEGER NOT NULL,
        role TEXT NOT NULL,
        via TEXT NOT NULL,
        confidence REAL NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (change, reading, position)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "touch_history" VALUES(1,1,0,'country','TH','',0,'item','inserted',1.0,0,8);
CREATE TABLE transition (           -- that a work went from one capture to another
        id TEXT PRIMARY KEY,            -- archive.identifiers.transition_id
        source TEXT NOT NULL,
        work INTEGER NOT NULL REFERENCES work(id),
        before_sha256 TEXT NOT NULL,    -- '': a document appeared
        after_sha256 TEXT NOT NULL,
        before TEXT,                    -- dates of the editions
        after TEXT NOT NULL,
        observed_at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "transition" VALUES('7008f3eb19039a8c0820ffafd7666352','us_ecfr',1,'ab9554b90799a47eca4a41dbc736938106a350f71064e0245ccadbcb6d744b1d','22a5190bbd14cf5d995f34d1651c93520faacc96c063262687e9da7de8396820','2026-01-05','2026-02-02','2026-02-03T12:00:00.000000Z');
CREATE TABLE unstable (             -- a document that came back to an earlier text: its steps are held until what remains is clear
        id INTEGER PRIMARY KEY,
        work TEXT NOT NULL,             -- its path
        base INTEGER NOT NULL REFERENCES edition(id), -- the text that it came back to
        at TEXT NOT NULL,
        until TEXT NOT NULL,
        ended_at TEXT                   -- when it was told what remained; NULL: its steps are held
    ) STRICT
    ;
INSERT INTO "unstable" VALUES(1,'us/cfr/15/799',1,'2026-02-03T12:00:00.000000Z','2026-02-05T12:00:00.000000Z','2026-02-03T12:00:00.000000Z');
CREATE TABLE watch_wording (        -- what a watch said from an instant on
        id INTEGER PRIMARY KEY,
        watch TEXT NOT NULL,
        at TEXT NOT NULL,
        file TEXT NOT NULL,
        content TEXT NOT NULL           -- JSON; '': it was taken out
    , author TEXT NOT NULL DEFAULT '') STRICT
    ;
INSERT INTO "watch_wording" VALUES(1,'thai','2026-01-05T12:00:00.000000Z','/srv/tocsin/watches/w.toml','{"eccn":[],"usml":[],"item_jp":[],"item_eu":[],"item_uk":[],"item_cn":[],"item_de":[],"military":[],"ai_act":[],"countries":["TH"],"through_groups":true,"groups":[],"technologies":[],"parties":[],"counterparties":[],"limits":[],"works":[],"sources":[],"jurisdictions":[],"kinds":[],"roles":[],"text":[],"regex":[],"materiality":["substantive"],"all":[],"any":[],"none":[],"name":"thai","owner":"desk@example.org","reason":"test","matter":"T-1","notify":["file:alerts.jsonl"],"file":"","line":0}','');
CREATE TABLE work (                 -- a regulation as such
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,      -- us/cfr/15/744/supp-4
        source TEXT NOT NULL,
        title TEXT NOT NULL,            -- of its newest edition
        language TEXT NOT NULL,
        kind TEXT NOT NULL,             -- consolidated, document
        jurisdiction TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "work" VALUES(1,'us/cfr/15/799','us_ecfr','PART 799—DEMONSTRATION CONTROLS','en','consolidated','US');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX run_source ON run(source, id);
CREATE INDEX attempt_run ON attempt(run);
CREATE INDEX capture_sha256 ON capture(sha256);
CREATE INDEX capture_run ON capture(run);
CREATE INDEX capture_held ON capture(source) WHERE state = 'held';
CREATE UNIQUE INDEX edition_standing ON edition(series, as_of) WHERE known_to IS NULL;
CREATE INDEX edition_series ON edition(series, as_of);
CREATE INDEX edition_capture ON edition(capture);
CREATE INDEX provision_series ON provision(series, known_to, to_date);
CREATE INDEX provision_address ON provision(address);
CREATE VIEW provision_history AS    -- provision with its references resolved, for people
    SELECT work.path AS work, address.eid, parent.eid AS parent, provision.rank, unit, num, heading.body AS heading, words.body AS text,
        applicability, from_date, to_date,
        strftime('%Y-%m-%dT%H:%M:%SZ', known_from / 1000000, 'unixepoch') AS known_from,
        strftime('%Y-%m-%dT%H:%M:%SZ', known_to / 1000000, 'unixepoch') AS known_to,
        series.recipe, series.language
    FROM provision
    JOIN series ON series.id = provision.series
    JOIN address ON address.id = provision.address
    JOIN work ON work.id = address.work
    LEFT JOIN address AS parent ON parent.id = provision.parent
    LEFT JOIN text AS heading ON heading.id = provision.heading
    LEFT JOIN text AS words ON words.id = provision.text;
CREATE INDEX transition_work ON transition(work, after);
CREATE INDEX transition_observed ON transition(observed_at);
CREATE INDEX transition_source ON transition(source, observed_at);
CREATE UNIQUE INDEX changeset_newest ON changeset(transition_id) WHERE newest = 1;
CREATE INDEX changeset_transition ON changeset(transition_id);
CREATE INDEX change_key ON change(key);
CREATE INDEX touch_id ON touch(type, id);
CREATE INDEX fuse_day ON fuse(day) WHERE gone IS NULL;
CREATE INDEX fuse_work ON fuse(work);
CREATE INDEX event_stage_transition ON event_stage(transition_id);
CREATE INDEX event_name_name ON event_name(sort, name);
CREATE INDEX watch_wording_watch ON watch_wording(watch);
CREATE UNIQUE INDEX incident_open ON incident(source, sort, subject) WHERE closed_at IS NULL;
CREATE INDEX announced_work ON announced(work, day);
CREATE INDEX announced_open ON announced(day) WHERE closed IS NULL;
CREATE INDEX event_stage_work ON event_stage(work);
CREATE INDEX delivery_due ON delivery(next_try) WHERE next_try IS NOT NULL;
CREATE INDEX delivery_state ON delivery(state);
CREATE INDEX delivery_message ON delivery(message_id);
CREATE INDEX delivery_transition ON delivery(transition_id);
CREATE INDEX delivery_died ON delivery(target) WHERE died_at IS NOT NULL AND state <> 'sent';
CREATE INDEX delivery_hold_delivery ON delivery_hold(delivery);
CREATE INDEX delivery_hold_gathered ON delivery_hold(gathered) WHERE gathered <> '';
CREATE UNIQUE INDEX unstable_open ON unstable(work) WHERE ended_at IS NULL;
CREATE INDEX acknowledgement_transition ON acknowledgement(transition_id);
CREATE INDEX awaited_due ON awaited(due) WHERE escalated_at IS NULL;
CREATE INDEX analysis_history_at ON analysis_history(at);
CREATE TRIGGER changeset_begins AFTER INSERT ON changeset BEGIN
        INSERT INTO analysis_history (changeset, transition_id, at, newest)
        VALUES (NEW.id, NEW.transition_id, max(coalesce((SELECT started_at FROM run ORDER BY id DESC LIMIT 1), ''), (SELECT observed_at FROM transition WHERE id = NEW.transition_id)), NEW.newest);
    END;
CREATE TRIGGER changeset_counts AFTER UPDATE OF newest ON changeset WHEN OLD.newest <> NEW.newest BEGIN
        INSERT INTO analysis_history (changeset, transition_id, at, newest)
        VALUES (NEW.id, NEW.transition_id, max(coalesce((SELECT started_at FROM run ORDER BY id DESC LIMIT 1), ''), (SELECT observed_at FROM transition WHERE id = NEW.transition_id)), NEW.newest);
    END;
CREATE TRIGGER changeset_read AFTER UPDATE OF reference ON changeset BEGIN
        INSERT INTO analysis_history (changeset, transition_id, at, newest, reference)
        VALUES (NEW.id, NEW.transition_id, max(coalesce((SELECT started_at FROM run ORDER BY id DESC LIMIT 1), ''), (SELECT observed_at FROM transition WHERE id = NEW.transition_id)), NEW.newest, NEW.reference);
    END;
CREATE TRIGGER analysis_history_update BEFORE UPDATE ON analysis_history
        BEGIN SELECT RAISE(ABORT, 'analysis_history: what was written is never changed'); END;
CREATE TRIGGER analysis_history_delete BEFORE DELETE ON analysis_history
        BEGIN SELECT RAISE(ABORT, 'analysis_history: what was written is never changed'); END;
CREATE TRIGGER touch_goes AFTER DELETE ON touch BEGIN
        INSERT INTO touch_history (reading, change, position, type, id, regime, excluded, role, via, confidence, start, "end")
        SELECT max(analysis_history.id), OLD.change, OLD.position, OLD.type, OLD.id, OLD.regime, OLD.excluded, OLD.role, OLD.via,
            OLD.confidence, OLD.start, OLD."end"
        FROM analysis_history JOIN change ON change.changeset = analysis_history.changeset
        WHERE change.id = OLD.change AND analysis_history.reference = OLD.reference;
    END;
CREATE TRIGGER touch_history_update BEFORE UPDATE ON touch_history
        BEGIN SELECT RAISE(ABORT, 'touch_history: what was written is never changed'); END;
CREATE TRIGGER touch_history_delete BEFORE DELETE ON touch_history
        BEGIN SELECT RAISE(ABORT, 'touch_history: what was written is never changed'); END;
CREATE INDEX fuse_history_fuse ON fuse_history(fuse, id);
CREATE TRIGGER fuse_begins AFTER INSERT ON fuse BEGIN
        INSERT INTO fuse_history (fuse, at, act, words, gone) VALUES (NEW.id, coalesce((SELECT started_at FROM run ORDER BY id DESC LIMIT 1), NEW.seen || 'T00:00:00.000000Z'), NEW.act, NEW.words, NEW.gone);
    END;
CREATE TRIGGER fuse_differs AFTER UPDATE OF act, words, gone ON fuse
    WHEN OLD.act <> NEW.act OR OLD.words <> NEW.words OR OLD.gone IS NOT NEW.gone BEGIN
        INSERT INTO fuse_history (fuse, at, act, words, gone) VALUES (NEW.id, coalesce((SELECT started_at FROM run ORDER BY id DESC LIMIT 1), NEW.seen || 'T00:00:00.000000Z'), NEW.act, NEW.words, NEW.gone);
    END;
CREATE TRIGGER fuse_history_update BEFORE UPDATE ON fuse_history
        BEGIN SELECT RAISE(ABORT, 'fuse_history: what was written is never changed'); END;
CREATE TRIGGER fuse_history_delete BEFORE DELETE ON fuse_history
        BEGIN SELECT RAISE(ABORT, 'fuse_history: what was written is never changed'); END;
CREATE INDEX incident_history_incident ON incident_history(incident, id);
CREATE TRIGGER incident_begins AFTER INSERT ON incident BEGIN
        INSERT INTO incident_history (incident, at, said) VALUES (NEW.id, NEW.opened_at, NEW.said);
    END;
CREATE TRIGGER incident_differs AFTER UPDATE OF said ON incident WHEN OLD.said <> NEW.said BEGIN
        INSERT INTO incident_history (incident, at, said) VALUES (NEW.id, coalesce((SELECT started_at FROM run ORDER BY id DESC LIMIT 1), NEW.opened_at), NEW.said);
    END;
CREATE TRIGGER incident_history_update BEFORE UPDATE ON incident_history
        BEGIN SELECT RAISE(ABORT, 'incident_history: what was written is never changed'); END;
CREATE TRIGGER incident_history_delete BEFORE DELETE ON incident_history
        BEGIN SELECT RAISE(ABORT, 'incident_history: what was written is never changed'); END;
CREATE INDEX digest_week ON digest(week, id);
CREATE TRIGGER digest_update BEFORE UPDATE ON digest
        BEGIN SELECT RAISE(ABORT, 'digest: what was written is never changed'); END;
CREATE TRIGGER digest_delete BEFORE DELETE ON digest
        BEGIN SELECT RAISE(ABORT, 'digest: what was written is never changed'); END;
CREATE TRIGGER chain_update BEFORE UPDATE ON chain
            BEGIN SELECT RAISE(ABORT, 'chain: what was written is never changed'); END;
CREATE TRIGGER chain_delete BEFORE DELETE ON chain
            BEGIN SELECT RAISE(ABORT, 'chain: what was written is never changed'); END;
CREATE TRIGGER chain_replace BEFORE INSERT ON chain WHEN EXISTS (SELECT 1 FROM chain WHERE (position = NEW.position) OR (hash = NEW.hash) OR (kind = NEW.kind AND subject = NEW.subject))
        BEGIN SELECT RAISE(ABORT, 'chain: what was written is never changed'); END;
CREATE TRIGGER chain_follows BEFORE INSERT ON chain
    WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM chain)
        OR NEW.previous <> coalesce((SELECT hash FROM chain ORDER BY position DESC LIMIT 1), printf('%064d', 0))
    BEGIN SELECT RAISE(ABORT, 'chain: a link follows the last one'); END;
CREATE INDEX decision_change ON decision(change);
CREATE INDEX decision_transition ON decision(transition_id);
CREATE INDEX comment_change ON comment(change);
CREATE INDEX assignment_change ON assignment(change);
CREATE TRIGGER decision_update BEFORE UPDATE ON decision
            BEGIN SELECT RAISE(ABORT, 'decision: what was written is never changed'); END;
CREATE TRIGGER decision_delete BEFORE DELETE ON decision
            BEGIN SELECT RAISE(ABORT, 'decision: what was written is never changed'); END;
CREATE TRIGGER decision_replace BEFORE INSERT ON decision WHEN EXISTS (SELECT 1 FROM decision WHERE (id = NEW.id))
        BEGIN SELECT RAISE(ABORT, 'decision: what was written is never changed'); END;
CREATE TRIGGER comment_update BEFORE UPDATE ON comment
            BEGIN SELECT RAISE(ABORT, 'comment: what was written is never changed'); END;
CREATE TRIGGER comment_delete BEFORE DELETE ON comment
            BEGIN SELECT RAISE(ABORT, 'comment: what was written is never changed'); END;
CREATE TRIGGER comment_replace BEFORE INSERT ON comment WHEN EXISTS (SELECT 1 FROM comment WHERE (id = NEW.id))
        BEGIN SELECT RAISE(ABORT, 'comment: what was written is never changed'); END;
CREATE TRIGGER assignment_update BEFORE UPDATE ON assignment
            BEGIN SELECT RAISE(ABORT, 'assignment: what was written is never changed'); END;
CREATE TRIGGER assignment_delete BEFORE DELETE ON assignment
            BEGIN SELECT RAISE(ABORT, 'assignment: what was written is never changed'); END;
CREATE TRIGGER assignment_replace BEFORE INSERT ON assignment WHEN EXISTS (SELECT 1 FROM assignment WHERE (id = NEW.id))
        BEGIN SELECT RAISE(ABORT, 'assignment: what was written is never changed'); END;
CREATE TRIGGER signature_update BEFORE UPDATE ON signature
            BEGIN SELECT RAISE(ABORT, 'signature: what was written is never changed'); END;
CREATE TRIGGER signature_delete BEFORE DELETE ON signature
            BEGIN SELECT RAISE(ABORT, 'signature: what was written is never changed'); END;
CREATE TRIGGER signature_replace BEFORE INSERT ON signature WHEN EXISTS (SELECT 1 FROM signature WHERE (id = NEW.id) OR (version = NEW.version AND author = NEW.author))
        BEGIN SELECT RAISE(ABORT, 'signature: what was written is never changed'); END;
CREATE TRIGGER release_update BEFORE UPDATE ON release
            BEGIN SELECT RAISE(ABORT, 'release: what was written is never changed'); END;
CREATE TRIGGER release_delete BEFORE DELETE ON release
            BEGIN SELECT RAISE(ABORT, 'release: what was written is never changed'); END;
CREATE TRIGGER release_replace BEFORE INSERT ON release WHEN EXISTS (SELECT 1 FROM release WHERE (id = NEW.id) OR (version = NEW.version))
        BEGIN SELECT RAISE(ABORT, 'release: what was written is never changed'); END;
CREATE TRIGGER digest_replace BEFORE INSERT ON digest
    WHEN EXISTS (SELECT 1 FROM digest WHERE version = NEW.version OR id = NEW.id)
    BEGIN SELECT RAISE(IGNORE); END;
COMMIT;
