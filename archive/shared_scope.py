"""What two editions of a work can be compared in: the parts that both of them print, and the statement of the rest.

A consolidated text leaves out the preamble, a fetch of one section all other sections. That a part is not printed says nothing of it:
what stands outside of the shared scope was neither repealed nor inserted, it was not compared, and readers are told so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from archive.records import Expression, Fact, Provision

NOT_COMPARED = "not compared"
"""The name of the fact that says which parts were left out of a comparison."""


def within(expression: Expression, scope: Collection[str]) -> Expression:
    """``expression`` with what stands in ``scope`` (eids, each with all under it) and what encloses that, in its order; all of it for
    an empty scope."""
    if not scope:
        return expression
    wanted = frozenset(scope)
    return replace(expression, provisions=_kept(expression.provisions, wanted))


def shared(before: Expression, after: Expression) -> tuple[Expression, Expression]:
    """Both in the scope that both have (empty: all of the work). ``scope`` is what the text of an edition has: of one that
    was put together from a part and what stood before, all that it covers."""
    one, other = (
        within(within(expression, before.scope), after.scope) if before.scope or after.scope else expression
        for expression in (before, after)
    )
    return one, other


def statement(before: Sequence[str], after: Sequence[str], standing: Sequence[str]) -> Fact | None:
    """What was not compared, None where all was: ``before`` are the parts that the text of the earlier edition has, ``after`` those that
    the later one prints (empty: all), ``standing`` the highest parts of the work as it reads after."""
    scope, side = (after, "later") if after else (before, "earlier")
    left_out = [root for root in standing if root not in scope] if scope else []
    if not left_out:
        return None
    nested = [eid for eid in scope if eid not in standing]
    value = f"all but {', '.join(nested)}" if nested else ", ".join(left_out)
    return Fact(name=NOT_COMPARED, value=value, words=f"absent from the {side} edition")


def _kept(provisions: Sequence[Provision], wanted: frozenset[str]) -> tuple[Provision, ...]:
    """The trees of ``provisions`` cut down to what is wanted and what encloses it; without recursion, from the leaves up."""
    order = [one for root in provisions for one in root.walk()]
    made: dict[int, Provision] = {}
    for one in reversed(order):
        if one.eid in wanted:
            made[id(one)] = one
        elif children := tuple(made[id(child)] for child in one.children if id(child) in made):
            made[id(one)] = replace(one, text="", heading="", num="", children=children)
    return tuple(made[id(root)] for root in provisions if id(root) in made)
