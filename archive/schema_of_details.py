"""What many changes share, kept once: the provisions that enclose them, what was found of them, the sorts of their touches.

The changes of an amendment repeat the headings above them, their reason and their number marks thousands of times. So ``change`` refers to them, and the views
``change_in_full`` and ``touch`` say every change and every touch in words, for readers of SQL as for this program. In an archive of an older version the
changes are laid out anew; their ids, and all that is said of them, stay. Its file does not shrink by itself: what becomes free in it is used for what
comes (``VACUUM`` in the sqlite3 shell gives it back).

``crc32`` is a function of the program that runs the migration (``archive.interned.mark``).
"""

from __future__ import annotations

_SHARED = (
    """
    CREATE TABLE enclosing (            -- a provision above changed ones, as it read then; with all above it, it is their path
        id INTEGER PRIMARY KEY,
        above INTEGER REFERENCES enclosing(id), -- NULL: a root
        eid TEXT NOT NULL,
        unit TEXT NOT NULL,
        num TEXT NOT NULL,
        heading INTEGER REFERENCES text(id) -- NULL: none
    ) STRICT
    """,
    "CREATE INDEX enclosing_eid ON enclosing(eid)",
    """
    CREATE TABLE finding (              -- what was found of a change besides its words, each once
        id INTEGER PRIMARY KEY,
        mark INTEGER NOT NULL,          -- CRC-32 of the content, to find it by
        content TEXT NOT NULL           -- JSON: of archive.records.Change reason, unit, num, carried, limits and applicability; what is empty is left out
    ) STRICT
    """,
    "CREATE INDEX finding_mark ON finding(mark)",
    """
    CREATE TABLE change_made (          -- one modification; change_in_full says it in words
        id INTEGER PRIMARY KEY,
        changeset INTEGER NOT NULL REFERENCES changeset(id),
        position INTEGER NOT NULL,      -- document order
        key TEXT NOT NULL,              -- the id that people and deliveries use: the same in every analysis that finds it
        kind TEXT NOT NULL,
        materiality TEXT NOT NULL,
        old_eid TEXT,
        new_eid TEXT,
        heading TEXT NOT NULL,
        lead_before TEXT,               -- what stands before text_before, a number or a heading; NULL: nothing
        text_before INTEGER REFERENCES text(id),
        lead_after TEXT,                -- what stands before text_after
        text_after INTEGER REFERENCES text(id),
        ops TEXT NOT NULL,              -- JSON pairs [mark, length in characters], or [mark, text] where they do not join to the texts
        likeness REAL,                  -- of the two texts, 0 to 1; NULL: 0
        enclosing INTEGER REFERENCES enclosing(id), -- what encloses it directly; NULL: nothing
        finding INTEGER NOT NULL REFERENCES finding(id),
        UNIQUE (changeset, position)
    ) STRICT
    """,
)

# Each path of an older archive by its beginnings: the first provision, the first two, and so on.
_PATHS = (
    """
    CREATE TEMP TABLE beginning AS
    SELECT change.id AS change, step.key AS depth, step.value AS provision,
        group_concat(step.value) OVER (PARTITION BY change.id ORDER BY step.key) AS said
    FROM main.change, json_each(details, '$.path') AS step
    """,
    """
    CREATE TEMP TABLE path AS
    SELECT row_number() OVER (ORDER BY min(depth), min(change)) AS id, depth, provision, said FROM beginning GROUP BY said
    """,
    "CREATE UNIQUE INDEX temp.path_said ON path(said)",
    """
    INSERT INTO text (digest, body)
    SELECT DISTINCT text_digest(body), body FROM (SELECT json_extract(provision, '$.heading') AS body FROM path)
    WHERE body <> '' ON CONFLICT (digest) DO NOTHING
    """,
    """
    INSERT INTO enclosing (id, above, eid, unit, num, heading)
    SELECT path.id, above.id, json_extract(path.provision, '$.eid'), json_extract(path.provision, '$.unit'),
        json_extract(path.provision, '$.num'), text.id
    FROM path LEFT JOIN path AS above ON above.said = substr(path.said, 1, length(path.said) - length(path.provision) - 1)
    LEFT JOIN text ON text.digest = text_digest(json_extract(path.provision, '$.heading')) ORDER BY path.id
    """,
    """
    CREATE TEMP TABLE innermost AS
    SELECT change, path.id AS path FROM (SELECT change, said, max(depth) FROM beginning GROUP BY change) JOIN path USING (said)
    """,
    "CREATE UNIQUE INDEX temp.innermost_change ON innermost(change)",
)

_FOUND = (
    f"""
    CREATE TEMP TABLE found AS
    SELECT id AS change, json_remove(details, '$.path', '$.likeness', {
        ", ".join(
            f"iif(json_extract(details, '$.{name}') = '{empty}', '$.{name}', '$.likeness')"
            for name, empty in (
                *((name, "") for name in ("reason", "unit", "num")),
                *((name, "[]") for name in ("carried", "limits", "applicability")),
            )
        )
    }) AS content FROM main.change
    """,  # noqa: S608 - no word of it comes from outside
    "INSERT INTO finding (mark, content) SELECT crc32(content), content FROM found GROUP BY content ORDER BY min(change)",
    """
    INSERT INTO change_made
    SELECT change.id, changeset, position, key, kind, materiality, old_eid, new_eid, heading, NULL, text_before, NULL, text_after, ops,
        nullif(json_extract(details, '$.likeness'), 0.0), innermost.path, finding.id
    FROM main.change JOIN found ON found.change = change.id
    JOIN finding ON finding.mark = crc32(found.content) AND finding.content = found.content
    LEFT JOIN innermost ON innermost.change = change.id ORDER BY change.id
    """,
)

_TOUCHES = (
    """
    CREATE TABLE touch_sort (           -- what the touches of thousands of changes have in common
        id INTEGER PRIMARY KEY,
        type TEXT NOT NULL,
        regime TEXT NOT NULL,
        excluded INTEGER NOT NULL,
        role TEXT NOT NULL,
        via TEXT NOT NULL,
        confidence REAL NOT NULL,
        UNIQUE (type, regime, excluded, role, via, confidence)
    ) STRICT
    """,
    """
    CREATE TABLE touch_of_change (      -- what a change reaches; the view touch says it in words
        change INTEGER NOT NULL REFERENCES change_made(id),
        reference TEXT NOT NULL,
        position INTEGER NOT NULL,
        sort INTEGER NOT NULL REFERENCES touch_sort(id),
        id TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (change, reference, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO touch_sort (type, regime, excluded, role, via, confidence)
    SELECT DISTINCT type, regime, excluded, role, via, confidence FROM touch ORDER BY change, reference, position
    """,
    """
    INSERT INTO touch_of_change
    SELECT change, reference, position, touch_sort.id, touch.id, start, "end"
    FROM touch JOIN touch_sort USING (type, regime, excluded, role, via, confidence) ORDER BY change, reference, position
    """,
    "DROP TABLE touch",
    "CREATE INDEX touch_of_change_id ON touch_of_change(id)",
    """
    CREATE TABLE touch_history_made (   -- the touches of a reading that another one took the place of
        reading INTEGER NOT NULL REFERENCES analysis_history(id),
        change INTEGER NOT NULL REFERENCES change_made(id),
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
    """,
    "INSERT INTO touch_history_made SELECT * FROM touch_history",
    "DROP TABLE touch_history",
    # Nothing refers to the table of before any more; whatever refers to the new one follows its name.
    "DROP TABLE change",
    "ALTER TABLE change_made RENAME TO change",
    "ALTER TABLE touch_history_made RENAME TO touch_history",
    "CREATE INDEX change_key ON change(key)",
    *(f"DROP TABLE temp.{name}" for name in ("beginning", "path", "innermost", "found")),
)

# The heading and the marks of a provision as JSON.
_PROVISION = "json_object('eid', eid, 'unit', unit, 'num', num, 'heading', coalesce(body, ''))"
_VIEWS = (
    f"""
    CREATE VIEW change_in_full AS       -- change with its references resolved: its texts, what encloses it, what was found of it
    SELECT change.id, changeset, position, key, kind, materiality, old_eid, new_eid, heading,
        coalesce(lead_before, '') || coalesce(old.body, '') AS text_before,
        coalesce(lead_after, '') || coalesce(new.body, '') AS text_after,
        ops,
        coalesce(likeness, 0.0) AS likeness,
        coalesce((
            WITH RECURSIVE up(above, said) AS (
                SELECT above, {_PROVISION} FROM enclosing LEFT JOIN text ON text.id = enclosing.heading WHERE enclosing.id = change.enclosing
                UNION ALL
                SELECT enclosing.above, {_PROVISION} || ',' || said
                FROM up JOIN enclosing ON enclosing.id = up.above LEFT JOIN text ON text.id = enclosing.heading
            )
            SELECT '[' || said || ']' FROM up WHERE above IS NULL
        ), '[]') AS path,               -- JSON list of what encloses it, root first
        finding.content AS details      -- JSON: reason, unit, num, carried, limits and applicability; what is empty is left out
    FROM change
    JOIN finding ON finding.id = change.finding
    LEFT JOIN text AS old ON old.id = change.text_before
    LEFT JOIN text AS new ON new.id = change.text_after
    """,  # noqa: S608 - no word of it comes from outside
    """
    CREATE VIEW touch AS                -- what a change reaches, as read with one state of the reference data
    SELECT change,
        reference AS reference,         -- '' : the built-in tables
        position, type, touch_of_change.id AS id, regime, excluded, role, via, confidence, start, "end"
    FROM touch_of_change JOIN touch_sort ON touch_sort.id = sort
    """,
)

_TRIGGERS = (
    """
    CREATE TRIGGER touch_goes AFTER DELETE ON touch_of_change BEGIN
        INSERT INTO touch_history (reading, change, position, type, id, regime, excluded, role, via, confidence, start, "end")
        SELECT max(analysis_history.id), OLD.change, OLD.position, type, OLD.id, regime, excluded, role, via, confidence, OLD.start, OLD."end"
        FROM analysis_history JOIN change ON change.changeset = analysis_history.changeset JOIN touch_sort ON touch_sort.id = OLD.sort
        WHERE change.id = OLD.change AND analysis_history.reference = OLD.reference;
    END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table}: what was written is never changed'); END
        """
        for table in ("change", "touch_history", "enclosing", "finding", "touch_sort")
        for verb in ("UPDATE", "DELETE")
    ),
)

DETAILS: tuple[str, ...] = (*_SHARED, *_PATHS, *_FOUND, *_TOUCHES, *_VIEWS, *_TRIGGERS)
