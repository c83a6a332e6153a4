"""Writing an edition: what it repeats costs nothing, what it says otherwise costs the words and a row or two."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from archive import codec, instants
from archive.errors import BadInput, TocsinError
from archive.identifiers import check_work, jurisdiction
from archive.intervals import Held, Plan, in_document_order, plan
from archive.records import Expression
from archive.scope import whole
from archive.store import Archive
from archive.texts import address_ids, text_ids
from archive.trees import Standing, checked, digest


def publish(
    archive: Archive, expression: Expression, capture_id: int, *, observed: datetime, provisional: bool
) -> int:
    """Make a text an edition of its work and answer its number; the capture it was read from becomes ``published``.

    *Known* is ``observed``, or the last instant at which something of this work became known if that is later: knowledge is never
    back-dated, whatever the clock does. An edition older than the latest is history and is known from now on like any other; another
    capture for the date of an edition takes its place. The same (work, as_of, bytes, recipe) again changes nothing, except that
    ``provisional=False`` confirms an edition that was provisional. Of an expression with a ``scope``, what stands outside of it is taken
    from the edition before (``archive.scope``).

    Raises ``UnreadableDocument`` for eids that are empty or stand twice, ``BadInput`` for a path that is none, ``TocsinError`` where the
    same recipe makes another text of the same bytes than before: such a recipe needs a new version.
    """
    with archive.transaction():
        return Publication(archive.database, expression, capture_id, provisional).write(observed, observed)


def confirm(archive: Archive, edition_id: int) -> None:
    """Say that a provisional edition is complete after all."""
    archive.database.execute("UPDATE edition SET provisional = 0 WHERE id = ?", (edition_id,))


def work_id(
    database: sqlite3.Connection, path: str, source: str, *, language: str = "en", kind: str = ""
) -> int:
    """The number of a work, made where it is new. Raises ``BadInput`` for a path that is none."""
    row = database.execute("SELECT id FROM work WHERE path = ?", (path,)).fetchone()
    if row is None:
        row = database.execute(
            "INSERT INTO work (path, source, title, language, kind, jurisdiction) VALUES (?, ?, '', ?, ?, ?) RETURNING id",
            (check_work(path), source, language, kind, jurisdiction(path)),
        ).fetchone()
    number: int = row[0]
    return number


def known_instant(database: sqlite3.Connection, work: int, at: datetime) -> int:
    """``at`` on the known clock, or the last instant at which something of the work became known, if the clock went back since."""
    (last,) = database.execute(
        """
        SELECT max(max(known_from), coalesce(max(known_to), 0)) FROM edition
        WHERE series IN (SELECT id FROM series WHERE work = ?)
        """,
        (work,),
    ).fetchone()
    return max(instants.microseconds(at), last or 0)


class Publication:
    """One edition on its way into the tables, inside a transaction."""

    def __init__(
        self, database: sqlite3.Connection, expression: Expression, capture_id: int, provisional: bool
    ) -> None:
        self.database = database
        self.expression = expression
        self.capture_id = capture_id
        self.provisional = provisional
        self.day = expression.as_of.isoformat()
        row = database.execute("SELECT source, sha256 FROM capture WHERE id = ?", (capture_id,)).fetchone()
        if row is None:
            raise BadInput(
                f"there is no capture {capture_id} for it", thing=expression.work, mend="Record it first"
            )
        source, self.sha256 = row
        self.work = work_id(
            database, expression.work, source, language=expression.language, kind=expression.kind
        )
        self.series = self._series()

    def write(self, observed: datetime, known_at: datetime) -> int:
        """Write it, as observed at one instant and known from another; answers its number."""
        printed = checked(self.expression)
        same_day = self.database.execute(
            """
            SELECT edition.id, sha256, digest, provisional FROM edition JOIN capture ON capture.id = edition.capture
            WHERE series = ? AND edition.as_of = ? AND known_to IS NULL
            """,
            (self.series, self.day),
        ).fetchone()
        rows: list[Held] | None = None
        covers = self.expression.scope
        if covers:
            rows = self._standing()
            if rows:
                printed = whole(in_document_order(rows), printed, covers)
                covers = self._covers_with(covers)
        tree = digest(printed)
        if same_day and same_day[1] == self.sha256:
            return self._again(same_day[0], tree == same_day[2])
        known = known_instant(self.database, self.work, known_at)
        if tree != self._before("digest"):
            next_day = self._next_day()
            if rows is None:
                rows = self._standing()
            self._apply(plan(rows, printed, day=self.day, next_day=next_day), next_day, known)
        if same_day:
            self.database.execute("UPDATE edition SET known_to = ? WHERE id = ?", (known, same_day[0]))
        return self._edition(observed, known, tree, covers)

    def _again(self, edition: int, same_text: bool) -> int:
        if not same_text:
            raise TocsinError(
                f"{self.expression.recipe} makes another text of capture {self.capture_id} than before",
                thing=f"{self.expression.work} of {self.day}",
                mend="Give the recipe a new version: then both sides are derived anew",
            )
        if not self.provisional:
            self.database.execute("UPDATE edition SET provisional = 0 WHERE id = ?", (edition,))
        self._mark_published()
        return edition

    def _series(self) -> int:
        key = (self.work, self.expression.recipe, self.expression.language)
        row = self.database.execute(
            "SELECT id FROM series WHERE work = ? AND recipe = ? AND language = ?", key
        ).fetchone()
        if row is None:
            row = self.database.execute(
                "INSERT INTO series (work, recipe, language) VALUES (?, ?, ?) RETURNING id", key
            ).fetchone()
        else:
            # A recipe that was superseded and publishes again counts again.
            self.database.execute(
                "UPDATE series SET superseded_at = NULL WHERE id = ? AND superseded_at IS NOT NULL", row
            )
        number: int = row[0]
        return number

    def _covers_with(self, scope: tuple[str, ...]) -> tuple[str, ...]:
        """The parts of the work that the edition before has together with ``scope``; () for all."""
        before = codec.loads(self._before("covers") or "[]", tuple[str, ...])
        return tuple(dict.fromkeys((*before, *scope))) if before else ()

    def _before(self, column: str) -> str | None:
        """A column of the edition that stands on the day of this one, None where there is none."""
        row = self.database.execute(
            f"SELECT {column} FROM edition WHERE series = ? AND as_of <= ? AND known_to IS NULL ORDER BY as_of DESC LIMIT 1",  # noqa: S608
            (self.series, self.day),
        ).fetchone()
        return row[0] if row else None

    def _next_day(self) -> str | None:
        day: str | None = self.database.execute(
            "SELECT min(as_of) FROM edition WHERE series = ? AND as_of > ? AND known_to IS NULL",
            (self.series, self.day),
        ).fetchone()[0]
        return day

    def _standing(self) -> list[Held]:
        """The rows that stand on the day of this edition before it counts, in document order of each list of siblings."""
        rows = self.database.execute(
            """
            SELECT provision.id, address, eid, parent, rank, unit, num, heading.body, words.body, applicability, from_date, to_date
            FROM provision
            JOIN address ON address.id = provision.address
            LEFT JOIN text AS heading ON heading.id = provision.heading
            LEFT JOIN text AS words ON words.id = provision.text
            WHERE series = ? AND known_to IS NULL AND from_date <= ? AND (to_date IS NULL OR to_date > ?)
            """,
            (self.series, self.day, self.day),
        ).fetchall()
        eids = {address: eid for _, address, eid, *_ in rows}
        return [
            Held(
                number,
                address,
                rank,
                Standing(
                    eid, eids[parent] if parent else "", unit, num, heading or "", text or "", applicability
                ),
                from_date,
                to_date,
            )
            for number, address, eid, parent, rank, unit, num, heading, text, applicability, from_date, to_date in rows
        ]

    def _apply(self, changed: Plan, next_day: str | None, known: int) -> None:
        self.database.executemany(
            "UPDATE provision SET known_to = ? WHERE id = ?", ((known, row.id) for row in changed.closed)
        )
        self.database.executemany(
            """
            INSERT INTO provision (series, address, parent, rank, unit, num, heading, text, applicability, from_date, to_date, known_from)
            SELECT series, address, parent, rank, unit, num, heading, text, applicability, ?, ?, ? FROM provision WHERE id = ?
            """,
            ((left.from_date, left.to_date, known, left.held.id) for left in changed.remainders),
        )
        says = [fresh.standing for fresh in changed.fresh]
        texts = text_ids(self.database, (text for one in says for text in (one.heading, one.text)))
        places = address_ids(
            self.database, self.work, (eid for one in says for eid in (one.eid, one.parent) if eid)
        )
        self.database.executemany(
            """
            INSERT INTO provision (series, address, parent, rank, unit, num, heading, text, applicability, from_date, to_date, known_from)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                (
                    self.series,
                    places[one.eid],
                    places.get(one.parent),
                    rank,
                    one.unit,
                    one.num,
                    texts.get(one.heading),
                    texts.get(one.text),
                    one.applicability,
                    self.day,
                    next_day,
                    known,
                )
                for rank, one in changed.fresh
            ),
        )

    def _edition(self, observed: datetime, known: int, tree: str, covers: tuple[str, ...]) -> int:
        said = self.expression
        (edition,) = self.database.execute(
            """
            INSERT INTO edition
            (series, as_of, capture, title, kind, published, observed, known_from, provisional, scope, covers, digest, facts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            (
                self.series,
                self.day,
                self.capture_id,
                said.title,
                said.kind,
                said.published.isoformat() if said.published else None,
                instants.written(observed),
                known,
                self.provisional,
                codec.dumps(said.scope),
                codec.dumps(covers),
                tree,
                codec.dumps(said.facts),
            ),
        ).fetchone()
        if self._next_day() is None:
            self.database.execute(
                "UPDATE work SET title = ?, kind = ? WHERE id = ?", (said.title, said.kind, self.work)
            )
        self._mark_published()
        number: int = edition
        return number

    def _mark_published(self) -> None:
        self.database.execute(
            "UPDATE capture SET state = 'published' WHERE id = ? AND state <> 'published'", (self.capture_id,)
        )
