"""What a change must have at least to meet one of some watches: most of an archive need not be read to try a watch on it. What is let through is matched
as ever; phrases and patterns are looked for only then."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alerts.conditions import CODE_KEYS, Conditions
from alerts.subject import party, prefixes
from archive.narrowing import ANY, Either, Every, Limited, Need, Placed, Touching, Valued

Touched = Callable[[str], Iterable[str]]
"""The ids that touches of a type have."""


def narrowing(watches: Iterable[Conditions], touched: Touched) -> Need:
    """What every change has that meets at least one of the watches."""
    return Either(of=tuple(_of_table(one, touched) for one in watches))


def _of_table(table: Conditions, touched: Touched) -> Need:
    needs = [
        need for key, values in table.values() if (need := _of_key(key, values, table, touched)) is not None
    ]
    needs += (_of_table(inside, touched) for inside in table.all)
    if table.any:
        needs.append(narrowing(table.any, touched))
    known = tuple(need for need in needs if need != ANY)
    return Either(of=()) if Either(of=()) in known else Every(of=known)


def _of_key(key: str, values: tuple[str, ...], table: Conditions, touched: Touched) -> Need | None:
    roles = table.roles
    if key in CODE_KEYS:
        return Touching(
            types=("code",),
            ids=_unique(above for one in values for above in prefixes(one)),
            beginnings=_below(values),
            roles=roles,
        )
    match key:
        case "technologies":
            return Touching(types=("technology",), ids=values, beginnings=_below(values), roles=roles)
        case "countries":
            return Touching(
                types=("country",), ids=values, beginnings=tuple(f"{one}-" for one in values), roles=roles
            )
        case "groups":
            named = _unique(name for one in values for name in (one, f"group:{one}"))
            return Touching(
                types=("group", "series"),
                ids=named,
                beginnings=tuple(f"{one}:" for one in named),
                roles=roles,
            )
        case "parties":
            wanted = {party(one) for one in values}
            return _named("party", (one for one in touched("party") if party(one) in wanted), roles)
        case "counterparties":
            folded = {one.casefold() for one in values}
            return _named(
                "counterparty",
                (one for one in touched("counterparty") if "*" in folded or one.casefold() in folded),
                roles,
            )
        case "roles":
            return Touching(roles=values)
        case "limits":
            return Limited()
        case "works":
            return Placed(works=_unique(one.partition("#")[0] for one in values))
        case "kinds":
            return Valued(column="kind", values=values)
        case "materiality":
            return Valued(column="materiality", values=values)
        case "sources":
            return Valued(column="source", values=values)
        case "jurisdictions":
            return Valued(column="jurisdiction", values=values)
    return None


def _named(type_: str, ids: Iterable[str], roles: tuple[str, ...]) -> Need:
    found = _unique(ids)
    return Touching(types=(type_,), ids=found, roles=roles) if found else Either(of=())


def _below(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{one}{mark}" for one in values for mark in "./")


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
