"""A tree of provisions as flat rows and back, without recursion (depth is hostile input), and its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from archive import codec
from archive.errors import UnreadableDocument
from archive.fresh_provisions import fresh_provision
from archive.records import Applicability, Expression, Provision


class Standing(NamedTuple):
    """One provision without its children: where it hangs ("" for a root) and what it says. ``applicability`` is JSON, None for none."""

    eid: str
    parent: str
    unit: str
    num: str
    heading: str
    text: str
    applicability: str | None


# Of a provision: address, parent address (None: a root), eid, unit, num, heading, text, applicability (JSON); None for no text.
Row = tuple[int, int | None, str, str, str, str | None, str | None, str | None]


def flatten(provisions: Sequence[Provision]) -> Iterator[Standing]:
    """The provisions in document order."""
    stack: list[tuple[str, Provision]] = [("", provision) for provision in reversed(provisions)]
    while stack:
        parent, provision = stack.pop()
        eid = provision.eid
        states = provision.applicability
        yield Standing(
            eid,
            parent,
            provision.unit,
            provision.num,
            provision.heading,
            provision.text,
            codec.dumps(states) if states else None,
        )
        stack += [(eid, child) for child in reversed(provision.children)]


def checked(expression: Expression) -> list[Standing]:
    """The flat rows of an expression. Raises ``UnreadableDocument`` where an eid is empty or stands twice: nothing could address it."""
    standings = list(flatten(expression.provisions))
    if len({standing.eid for standing in standings}) == len(standings) and all(
        standing.eid for standing in standings
    ):
        return standings
    seen: set[str] = set()
    for standing in standings:
        if not standing.eid or standing.eid in seen:
            raise UnreadableDocument(
                f"two provisions have the eid {standing.eid!r}"
                if standing.eid
                else f"a provision has no eid: {standing.text[:60]!r}",
                thing=f"{expression.work} of {expression.as_of}",
                place=standing.parent,
                mend=f"Give each provision an eid of its own (recipe {expression.recipe})",
            )
        seen.add(standing.eid)
    return standings


def digest(standings: Sequence[Standing]) -> str:
    """SHA-256 of the whole tree: order, nesting and every word. Raises ``UnreadableDocument`` for characters that no UTF-8 file can
    hold (halves of surrogate pairs)."""
    try:
        return hashlib.sha256(msgspec.msgpack.encode(standings)).hexdigest()
    except UnicodeEncodeError as error:
        broken = next(one.eid for one in standings if not _encodable("".join(one[:-1])))
        raise UnreadableDocument(
            f"a text holds half of a surrogate pair: {error.object[max(0, error.start - 20) : error.start + 20]!r}",
            place=ascii(broken),
            mend="Decode the document with its true encoding",
        ) from None


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def assemble(rows: Iterable[Row]) -> tuple[Provision, ...]:
    """The tree of rows; siblings come in their order, parents and children in any. Raises ``KeyError`` where a parent is not among
    the rows."""
    by_address = {row[0]: row for row in rows}
    below: dict[int | None, list[int]] = {}
    for address, row in by_address.items():
        siblings = below.get(row[1])
        if siblings is None:
            below[row[1]] = [address]
        else:
            siblings.append(address)
    order = list(below.get(None, ()))
    for address in order:  # grows while it is read: parents before children
        order += below.get(address, ())
    if len(order) != len(by_address):
        raise KeyError(f"{len(by_address) - len(order)} provisions hang on a parent that is not there")
    made: dict[int, Provision] = {}
    for address in reversed(order):
        _, _, eid, unit, num, heading, text, applicability = by_address[address]
        made[address] = fresh_provision(
            eid,
            unit,
            num,
            heading or "",
            text or "",
            tuple([made[child] for child in below.get(address, ())]),
            states(applicability) if applicability else (),
        )
    return tuple(made[address] for address in below.get(None, ()))


@lru_cache(maxsize=1024)
def states(applicability: str) -> tuple[Applicability, ...]:
    """The states of applicability from their JSON."""
    return codec.loads(applicability, tuple[Applicability, ...])
