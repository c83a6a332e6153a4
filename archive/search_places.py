"""Where each saying stands and stood, as it is held true: one row for each provision, with its series and its days, so that a search counts and
narrows without a look at the archive.

How many addresses some sayings have is asked for each page of hits. Most addresses have one row, which can be counted ahead, saying by saying
(``saying.alone``); the rows of the others are ``shared``, and only their addresses have to be told apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import NamedTuple

from archive import codec

PLACES = (
    """
    CREATE TABLE place (                -- a row of provision that is held true
        saying INTEGER NOT NULL,
        address INTEGER NOT NULL,       -- address.id
        provision INTEGER NOT NULL,     -- provision.id
        series INTEGER NOT NULL,        -- series.id
        from_date TEXT NOT NULL,
        to_date TEXT,                   -- NULL: until further notice
        shared INTEGER NOT NULL DEFAULT 0, -- 1: its address has other rows as well
        PRIMARY KEY (saying, address, provision)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX place_address ON place(address)",
    "CREATE INDEX place_shared ON place(saying, address) WHERE shared",
)


class Place(NamedTuple):
    """A row of ``place``."""

    saying: int
    address: int
    provision: int
    series: int
    from_date: str
    to_date: str | None


def settle(
    index: sqlite3.Connection, fresh: Iterable[Place | None], closed: Collection[tuple[int, int]]
) -> None:
    """Add places, take away those of closed rows (number and address), and count anew what stands alone where. Call it in a transaction."""
    added = [one for one in fresh if one is not None]
    touched = {one.address for one in added} | {address for _, address in closed}
    given = (codec.dumps(sorted(touched)),)
    index.execute(_COUNT.format(sign="-"), given)
    index.executemany(
        "INSERT INTO place (saying, address, provision, series, from_date, to_date) VALUES (?, ?, ?, ?, ?, ?)",
        added,
    )
    index.executemany("DELETE FROM place WHERE provision = ? AND address = ?", closed)
    index.execute(
        """
        UPDATE place SET shared = 1 - shared
        WHERE address IN (SELECT value FROM json_each(?))
            AND shared <> (SELECT count(*) > 1 FROM place AS other WHERE other.address = place.address)
        """,
        given,
    )
    index.execute(_COUNT.format(sign="+"), given)


_COUNT = """
    UPDATE saying SET alone = alone {sign} counted.places FROM (
        SELECT saying, count(*) AS places FROM place WHERE address IN (SELECT value FROM json_each(?)) AND NOT shared GROUP BY saying
    ) AS counted WHERE saying.id = counted.saying
"""
