PRAGMA application_id = 1953456961;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'tocsin.archive','0001_first_schema','2026-11-23 01:24:45.847822+00:00');
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
INSERT INTO "attempt" VALUES(3,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/structure/2026-01-05/title-15.json','2026-01-05T12:00:00.000000Z','accepted',200,'',882);
INSERT INTO "attempt" VALUES(4,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?part=799','2026-01-05T12:00:00.000000Z','accepted',200,'',1167);
INSERT INTO "attempt" VALUES(5,1,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/full/2026-01-05/title-15.xml?part=799','2026-01-05T12:00:00.000000Z','accepted',200,'',2619);
INSERT INTO "attempt" VALUES(6,2,'us_ecfr','https://www.ecfr.gov/robots.txt','2026-02-03T12:00:00.000000Z','accepted',404,'',38);
INSERT INTO "attempt" VALUES(7,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/titles.json','2026-02-03T12:00:00.000000Z','accepted',200,'',221);
INSERT INTO "attempt" VALUES(8,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2026-01-05','2026-02-03T12:00:00.000000Z','accepted',200,'',1741);
INSERT INTO "attempt" VALUES(9,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/versions/title-15.json?part=799','2026-02-03T12:00:00.000000Z','accepted',200,'',1741);
INSERT INTO "attempt" VALUES(10,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/structure/2026-02-02/title-15.json','2026-02-03T12:00:00.000000Z','accepted',200,'',882);
INSERT INTO "attempt" VALUES(11,2,'us_ecfr','https://www.ecfr.gov/api/versioner/v1/full/2026-02-02/title-15.xml?part=799','2026-02-03T12:00:00.000000Z','accepted',200,'',2778);
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
INSERT INTO "capture" VALUES(1,1,'us_ecfr','title-15/part-799','https://www.ecfr.gov/api/versioner/v1/full/2026-01-05/title-15.xml?part=799','2026-01-05T12:00:00.000000Z','2026-01-05',200,'application/xml','[["content-length","2619"],["content-type","application/xml"],["date","Mon, 23 Nov 2026 01:24:51 GMT"],["server","BaseHTTP/0.6 Python/3.11.7"]]','{"title":15,"part":"799","up_to_date_as_of":"2026-01-05","issued":[{"unit":"section","identifier":"799.1","removed":false,"substantive":true},{"unit":"section","identifier":"799.2","removed":false,"substantive":true},{"unit":"section","identifier":"799.3","removed":false,"substantive":true},{"unit":"appendix","identifier":"Appendix A to Part 799","removed":false,"substantive":true}]}','{"appendix":1,"section":3}','ab9554b90799a47eca4a41dbc736938106a350f71064e0245ccadbcb6d744b1d',2619,'published','');
INSERT INTO "capture" VALUES(2,2,'us_ecfr','title-15/part-799','https://www.ecfr.gov/api/versioner/v1/full/2026-02-02/title-15.xml?part=799','2026-02-03T12:00:00.000000Z','2026-02-02',200,'application/xml','[["content-length","2778"],["content-type","application/xml"],["date","Mon, 23 Nov 2026 01:24:57 GMT"],["server","BaseHTTP/0.6 Python/3.11.7"]]','{"title":15,"part":"799","up_to_date_as_of":"2026-02-03","issued":[{"unit":"section","identifier":"799.3","removed":false,"substantive":true},{"unit":"appendix","identifier":"Appendix A to Part 799","removed":false,"substantive":true}]}','{"appendix":1,"section":3}','22a5190bbd14cf5d995f34d1651c93520faacc96c063262687e9da7de8396820',2778,'published','');
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
INSERT INTO "changeset" VALUES(1,'7008f3eb19039a8c0820ffafd7666352','tocsin-diff/1','c7b6201a2d17d595df53182ddb7448ff1742b7a2fbb5a523fc84cf3070a03d4f','',1);
CREATE TABLE delivery (             -- a message owed to one target
        key TEXT PRIMARY KEY,           -- hash of (transition, watch, target)
        position INTEGER NOT NULL UNIQUE, -- the order in which they were owed
        message_id TEXT NOT NULL,
        transition_id TEXT NOT NULL,
        watch TEXT NOT NULL,
        target TEXT NOT NULL,
        changes TEXT NOT NULL,          -- JSON list of change.key
        payload TEXT NOT NULL,          -- JSON: the rendered message
        state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'dead')),
        enqueued_at TEXT NOT NULL,
        next_try TEXT,                  -- when it is due; NULL: never by itself
        claimed_at TEXT,
        sent_at TEXT,
        attempts INTEGER NOT NULL,
        possible_repeat INTEGER NOT NULL, -- 1: an earlier attempt may have arrived
        error TEXT NOT NULL             -- of the last attempt
    ) STRICT
    ;
INSERT INTO "delivery" VALUES('718847353924c54402e5c1eb555d23f2',1,'62facd9cc3c5c631d794890a7828ec00','7008f3eb19039a8c0820ffafd7666352','thai','file:alerts.jsonl','["aa43e691c9e7bf861b990af2a061058b"]','{"title":"15 CFR Part 799, Appendix A: inserted Thailand","body":"15 CFR Part 799, Appendix A: inserted Thailand\n\nElectronic Code of Federal Regulations: PART 799—DEMONSTRATION CONTROLS\nEdition of 2026-01-05 → edition of 2026-02-02, observed 2026-02-03 12:00 UTC\n\nWhy you hear of this\n- watch “thai” of desk@example.org, matter T-1: test\n\nHow to read the texts: [-deleted-] [+added+]\n\n────────────────────────────────────────────────────────────\nPART 799 DEMONSTRATION CONTROLS › Appendix A to Part 799 Destinations\n\n15 CFR Part 799, Appendix A\nInserted\n\n    [+Thailand+]\n\nMatched by “thai”: country Thailand (TH), in inserted words, as item\nMateriality: substantive (new text)\nRead it: https://tocsin.example.org/change/aa43e691c9e7bf861b990af2a061058b\n────────────────────────────────────────────────────────────\n2 other substantive changes of this edition met none of these watches.\nThe eCFR is not the official legal edition of the CFR: check the Federal Register before you rely on it. Sources checked to 2026-02-03.\nAll changes of this edition: https://tocsin.example.org/changes?transition=7008f3eb19039a8c0820ffafd7666352\n","html":"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light\"><title>15 CFR Part 799, Appendix A: inserted Thailand</title></head><body style=\"margin:0;padding:16px;background:#ffffff;color:#1c1c1c;font-family:-apple-system,''Segoe UI'',Roboto,''Noto Sans'',''Noto Sans CJK SC'',''Noto Sans CJK JP'',sans-serif;font-size:15px;line-height:1.5\"><div style=\"max-width:720px;margin:0 auto;overflow-wrap:anywhere\"><h1 style=\"font-size:20px;line-height:1.3;margin:0 0 8px\">15 CFR Part 799, Appendix A: inserted Thailand</h1><p style=\"margin:0 0 4px;color:#595959;font-size:13px\">Electronic Code of Federal Regulations: PART 799—DEMONSTRATION CONTROLS</p><p style=\"margin:0 0 4px;color:#595959;font-size:13px\">Edition of 2026-01-05 → edition of 2026-02-02, observed 2026-02-03 12:00 UTC</p><h2 style=\"font-size:16px;margin:16px 0 4px\">Why you hear of this</h2><ul style=\"margin:0 0 16px;padding-left:20px\"><li><strong>thai</strong> of desk@example.org, matter T-1: test</li></ul><h2 style=\"font-size:16px;margin:20px 0 8px\">PART 799 DEMONSTRATION CONTROLS › Appendix A to Part 799 Destinations</h2><div style=\"margin:0 0 20px;padding:12px 14px;border:1px solid #d4d4d4;border-radius:6px;background:#ffffff;color:#1c1c1c\"><h3 style=\"font-size:15px;margin:0\">15 CFR Part 799, Appendix A</h3><p style=\"margin:0 0 4px;color:#595959;font-size:13px\">Inserted</p><div style=\"margin:8px 0;overflow-wrap:anywhere;font-size:15px;line-height:1.6\"><span style=\"background:#dff3e3;color:#0f5123;text-decoration:underline;font-weight:600\">Thailand</span></div><p style=\"margin:0 0 4px;color:#595959;font-size:13px\">Matched by “thai”: country Thailand (TH), in inserted words, as item</p><p style=\"margin:0 0 4px;color:#595959;font-size:13px\">Materiality: substantive (new text)</p><p style=\"margin:0 0 4px;color:#595959;font-size:13px\"><a href=\"https://tocsin.example.org/change/aa43e691c9e7bf861b990af2a061058b\" style=\"color:#0b57a4\">Read it in the archive</a></p></div><p style=\"margin:0 0 4px;color:#595959;font-size:13px\">2 other substantive changes of this edition met none of these watches.</p><hr style=\"border:0;border-top:1px solid #d4d4d4;margin:16px 0 8px\"><p style=\"margin:0 0 4px;color:#595959;font-size:13px\">The eCFR is not the official legal edition of the CFR: check the Federal Register before you rely on it. Sources checked to 2026-02-03.</p><p style=\"margin:0 0 4px;color:#595959;font-size:13px\"><a href=\"https://tocsin.example.org/changes?transition=7008f3eb19039a8c0820ffafd7666352\" style=\"color:#0b57a4\">All changes of this edition</a></p></div></body></html>\n","link":"https://tocsin.example.org/changes?transition=7008f3eb19039a8c0820ffafd7666352","thread":"4a8913621fc7619ba8f4aa1c488bb466","watches":["thai"]}','sent','2026-02-03T12:00:00.000000Z',NULL,'2026-02-03T12:00:00.000000Z','2026-02-03T12:00:00.000000Z',1,0,'');
CREATE TABLE delivery_attempt (     -- what came of each attempt
        delivery TEXT NOT NULL REFERENCES delivery(key),
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT NOT NULL,          -- sent, failed, unknown
        error TEXT NOT NULL,
        PRIMARY KEY (delivery, number)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "delivery_attempt" VALUES('718847353924c54402e5c1eb555d23f2',1,'2026-02-03T12:00:00.000000Z','sent','');
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
CREATE TABLE memory (               -- what a crawl of a source hands to the next one; it only saves requests
        source TEXT PRIMARY KEY,
        content TEXT NOT NULL           -- JSON object, the crawler's own
    ) STRICT
    ;
INSERT INTO "memory" VALUES('us_ecfr','{"titles":{"15":{"amended":"2026-02-02","issued":"2026-02-02","checked":"2026-02-03","latest":{"799":"2026-02-02"},"absent":[]}},"etag":""}');
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
INSERT INTO "run" VALUES(1,'us_ecfr','2026-01-05T12:00:00.000000Z','2026-01-05T12:00:00.000000Z','complete','','{"requests":5,"captures":1,"unchanged":0,"refused":0,"published":1,"changes":0,"alerts":0}',1);
INSERT INTO "run" VALUES(2,'us_ecfr','2026-02-03T12:00:00.000000Z','2026-02-03T12:00:00.000000Z','complete','','{"requests":6,"captures":1,"unchanged":0,"refused":0,"published":1,"changes":6,"alerts":1}',1);
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
CREATE INDEX delivery_due ON delivery(next_try) WHERE next_try IS NOT NULL;
CREATE INDEX delivery_state ON delivery(state);
COMMIT;
