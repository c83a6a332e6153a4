"""The law of the archive: asked for any day as known at any instant, it answers exactly the tree that was published.

A model that keeps every edition whole is the judge, over random sequences of editions in any order of dates, by several recipes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import editions, instants
from archive.records import Applicability, Expression, Provision
from archive.store import Archive
from tests.archive.building import at, edition, on, publish

EIDS = "abcdefgh"
STAYED = (Applicability(state="stayed", start=on(3), citation="90 FR 1"),)


Words = tuple[str, str, str, str, tuple[Applicability, ...]]

words: st.SearchStrategy[Words] = st.tuples(
    st.sampled_from(["item", "note"]),
    st.sampled_from(["", "(a)"]),
    st.sampled_from(["", "Scope"]),
    st.sampled_from(["", "one", "two"]),
    st.sampled_from([(), (), STAYED]),
)


@st.composite
def amended(draw: st.DrawFn) -> list[tuple[Provision, ...]]:
    """Trees over a few eids, each made from the one before by some amendments: words, moves, changes of level, insertions, repeals."""
    outline = [(eid, draw(st.integers(0, 2))) for eid in draw(st.permutations(EIDS[:5]))]
    says = {eid: draw(words) for eid in EIDS}
    trees = [tree(outline, says)]
    for _ in range(draw(st.integers(0, 6))):
        for _ in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, max(0, len(outline) - 1)))
            match draw(st.sampled_from(["words", "move", "move", "level", "insert", "repeal"])):
                case "words" if outline:
                    says[outline[place][0]] = draw(words)
                case "move" if outline:
                    moved = outline.pop(place)
                    outline.insert(draw(st.integers(0, len(outline))), moved)
                case "level" if outline:
                    outline[place] = (outline[place][0], draw(st.integers(0, 3)))
                case "insert" if absent := sorted(set(EIDS) - {eid for eid, _ in outline}):
                    outline.insert(place, (draw(st.sampled_from(absent)), draw(st.integers(0, 2))))
                case "repeal" if outline:
                    outline.pop(place)
        trees.append(tree(outline, says))
    return trees


def tree(outline: list[tuple[str, int]], says: dict[str, Words]) -> tuple[Provision, ...]:
    """The tree of eids with their levels; a level that is too deep hangs on what is there."""
    roots: list[Provision] = []
    open_: list[list[Provision]] = [roots]
    pending: list[tuple[str, list[Provision]]] = []
    for eid, level in outline:
        level = min(level, len(pending))
        close(pending, open_, says, level)
        pending.append((eid, []))
        open_.append(pending[-1][1])
    close(pending, open_, says, 0)
    return tuple(roots)


def close(
    pending: list[tuple[str, list[Provision]]],
    open_: list[list[Provision]],
    says: dict[str, Words],
    level: int,
) -> None:
    while len(pending) > level:
        eid, children = pending.pop()
        open_.pop()
        unit, num, heading, text, applicability = says[eid]
        open_[-1].append(
            Provision(
                eid=eid,
                unit=unit,
                num=num,
                heading=heading,
                text=text,
                children=tuple(children),
                applicability=applicability,
            )
        )


@dataclass
class Model:
    """Every edition ever published, whole, with the instant from which it was known."""

    published: list[tuple[int, Expression]] = field(default_factory=list)

    def expression(self, day: int, known: int, recipe: str | None) -> Expression | None:
        recipes = list(dict.fromkeys(one.recipe for _, one in self.published))
        standing = {
            (one.as_of, recipes.index(one.recipe)): one
            for hour, one in self.published
            if hour <= known and one.as_of <= on(day) and recipe in (None, one.recipe)
        }
        return standing[max(standing)] if standing else None


works = count()

dates = st.lists(st.integers(0, 5), min_size=7, max_size=7)
recipes = st.lists(st.sampled_from(["us_ecfr/1", "us_ecfr/1", "us_ecfr/2"]), min_size=7, max_size=7)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("history")) as made:
        yield made


LAW = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@LAW
@given(amended(), dates, recipes)
def test_any_day_as_known_at_any_instant_is_the_tree_that_was_published(
    archive: Archive, trees: list[tuple[Provision, ...]], days: list[int], made_by: list[str]
) -> None:
    model, work = Model(), f"us/test/{next(works)}"
    for hour, (provisions, day, recipe) in enumerate(zip(trees, days, made_by, strict=False)):
        expression = replace(
            edition(*provisions, days=day, recipe=recipe, work=work), title=f"edition {hour}"
        )
        publish(archive, expression, hours=hour, body=f"{hour}".encode())
        model.published.append((hour, expression))
    for day in range(-1, 6):
        for known in (*range(len(trees)), None):
            for recipe in (None, "us_ecfr/1", "us_ecfr/2"):
                answer = editions.expression(
                    archive, work, on=on(day), known=None if known is None else at(known), recipe=recipe
                )
                assert answer == model.expression(day, len(trees) if known is None else known, recipe)


@LAW
@given(amended(), dates)
def test_the_rows_alone_answer_for_both_clocks(
    archive: Archive, trees: list[tuple[Provision, ...]], days: list[int]
) -> None:
    """No row says more than was known, none overlaps another, none is of no day: plain SQL over the intervals finds each provision once."""
    model, work = Model(), f"us/test/{next(works)}"
    for hour, (provisions, day) in enumerate(zip(trees, days, strict=False)):
        expression = edition(*provisions, days=day, work=work)
        publish(archive, expression, hours=hour, body=f"{hour}".encode())
        model.published.append((hour, expression))
    for day in range(-1, 6):
        for known in range(len(trees)):
            rows = archive.database.execute(
                """
                SELECT address.eid FROM provision JOIN address ON address.id = provision.address JOIN work ON work.id = address.work
                WHERE work.path = ? AND from_date <= ? AND (to_date IS NULL OR to_date > ?)
                    AND known_from <= ? AND (known_to IS NULL OR known_to > ?)
                """,
                (work, *[on(day).isoformat()] * 2, *[instants.microseconds(at(known))] * 2),
            ).fetchall()
            expected = model.expression(day, known, None)
            assert (
                sorted(eid for (eid,) in rows) == sorted(one.eid for one in expected.walk())
                if expected
                else not rows
            )
    assert archive.database.execute(
        "SELECT count(*) FROM provision WHERE from_date >= to_date"
    ).fetchone() == (0,)


@LAW
@given(amended(), amended())
def test_a_new_recipe_replaces_every_edition_and_forgets_nothing(
    archive: Archive, before: list[tuple[Provision, ...]], after: list[tuple[Provision, ...]]
) -> None:
    work = f"us/test/{next(works)}"
    old = [
        edition(*one, days=day, work=work) for day, (one, _) in enumerate(zip(before, after, strict=False))
    ]
    new = [replace(one, provisions=other, recipe="us_ecfr/2") for one, other in zip(old, after, strict=False)]
    for hour, expression in enumerate(old):
        publish(archive, expression, hours=hour, body=f"{hour}".encode())
    held = editions.editions(archive, work)
    later = len(old) + 1
    editions.rederive(
        archive, work, [(one, was.capture_id) for one, was in zip(new, held, strict=True)], at=at(later)
    )
    for day in range(len(old)):
        assert editions.expression(archive, work, on=on(day)) == new[day]
        assert editions.expression(archive, work, on=on(day), known=at(later - 0.5)) == old[day]
        assert editions.expression(archive, work, on=on(day), recipe="us_ecfr/1") == old[day]
    assert [one.recipe for one in editions.editions(archive, work)] == ["us_ecfr/2"] * len(old)
    assert [one.observed for one in editions.editions(archive, work)] == [
        at(hour) for hour in range(len(old))
    ]
    assert {one.known_from for one in editions.editions(archive, work)} == {at(later)}
    left = archive.database.execute(
        """
        SELECT count(*) FROM provision JOIN series ON series.id = provision.series JOIN work ON work.id = series.work
        WHERE path = ? AND recipe = 'us_ecfr/1' AND known_to IS NULL
        """,
        (work,),
    )
    assert left.fetchone() == (0,)
