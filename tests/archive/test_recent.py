"""What changed lately, page by page: the same changes and numbers as if each were looked at, also when more are written meanwhile."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import changes, recent
from archive.recent import Wanted
from archive.records import Change, StoredChange, Touch
from archive.store import Archive
from tests.archive.building import START, WORK, changeset, code, substitution, transition

OTHER = "jp/law/999"
TECHNICAL = replace(substitution("4"), materiality="technical", kind="renumbering")


def record(archive: Archive, number: int, *found: Change, hours: float = 0, **more: str) -> None:
    """One analysis of a transition; each change of the second eid touches 3A090.a, each of the third Thailand."""
    touches: dict[str, tuple[Touch, ...]] = {
        "2": (code("3A090.a"), code("3A091")),
        "3": (Touch(type="country", id="TH", via="inserted"),),
    }
    seen = transition(number, work=more.get("work", WORK), hours=hours, source=more.get("source", "us_ecfr"))
    engine = more.get("engine", "tocsin-diff/1")
    given = [touches.get(one.old_eid or "", ()) for one in found]
    changes.record_changeset(archive, changeset(found, seen, engine), given)


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Transitions of two works, seen at the same hour and at others; one analysed twice, one superseded, one without any change."""
    record(archive, 1, substitution("1"), substitution("2"), hours=1)
    record(
        archive, 2, *(substitution(str(n), materiality="editorial") for n in range(1, 8)), TECHNICAL, hours=30
    )
    record(archive, 3, substitution("3"), hours=30, work=OTHER, source="jp_egov")
    record(archive, 4, substitution("2"), substitution("3"), hours=60, work=f"{WORK}/supp-1")
    record(archive, 4, substitution("3"), TECHNICAL, hours=60, work=f"{WORK}/supp-1", engine="tocsin-diff/2")
    record(archive, 5, substitution("2"), hours=70)
    changes.supersede_transitions(archive, WORK, into=transition(5).after)
    record(archive, 6, hours=80)
    return archive


def looked_at(archive: Archive, wanted: Wanted) -> list[StoredChange]:
    """Such changes, found by looking at each; those of one transition as they stand."""
    rows = archive.database.execute(
        "SELECT transition.id, transition.rowid, jurisdiction, path FROM transition JOIN work ON work.id = work"
    )
    about = {key: more for key, *more in rows}
    found = []
    for one in changes.changes(archive):
        number, place, path = about[one.transition_id]
        touched = [(touch.type, touch.id) for touch in one.touches]
        if (
            (wanted.since is None or one.observed_at.date() >= wanted.since)
            and (wanted.until is None or one.observed_at.date() <= wanted.until)
            and number > wanted.beyond
            and wanted.jurisdiction in ("", place)
            and wanted.source in ("", one.source)
            and (not wanted.work or path == wanted.work or path.startswith(f"{wanted.work}/"))
            and wanted.transition in ("", one.transition_id)
            and wanted.kind in ("", one.change.kind)
            and (not wanted.materiality or one.change.materiality in wanted.materiality)
            and (
                wanted.touching is None
                or any(
                    kind == wanted.touching[0] and f"{name}.".startswith(f"{wanted.touching[1]}.")
                    for kind, name in touched
                )
            )
        ):
            found.append((one.observed_at, number, one))
    return [one for _, _, one in sorted(found, key=lambda row: row[:2], reverse=True)]


WANTED = st.builds(
    Wanted,
    since=st.sampled_from([None, *(START.date() + timedelta(days=n) for n in range(5))]),
    until=st.sampled_from([None, *(START.date() + timedelta(days=n) for n in range(5))]),
    beyond=st.integers(0, 6),
    jurisdiction=st.sampled_from(["", "", "US", "JP"]),
    source=st.sampled_from(["", "", "us_ecfr", "jp_egov"]),
    work=st.sampled_from(["", "", WORK, OTHER, f"{WORK}/supp-1"]),
    transition=st.sampled_from(["", "", "", transition(4).id, transition(5).id]),
    kind=st.sampled_from(["", "", "substitution", "renumbering"]),
    materiality=st.sampled_from([(), ("substantive",), ("editorial", "technical")]),
    touching=st.sampled_from(
        [None, None, ("code", "3A090"), ("code", "3A09"), ("country", "TH"), ("country", "3A090")]
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=WANTED, start=st.integers(0, 12), limit=st.integers(1, 12))
def test_pages_numbers_and_transitions_are_those_of_all_the_changes(
    filled: Archive, wanted: Wanted, start: int, limit: int
) -> None:
    found = looked_at(filled, wanted)
    assert recent.page(filled, wanted, start=start, limit=limit) == tuple(found[start : start + limit])
    assert recent.count(filled, wanted) == Counter(one.change.materiality for one in found)
    moved = recent.transitions(filled, wanted, limit=limit)
    keys = list(dict.fromkeys(one.transition_id for one in found))[:limit]
    assert [one.id for one in moved] == keys
    for one in moved:
        weights = Counter(other.change.materiality for other in found if other.transition_id == one.id)
        assert (one.substantive, one.editorial, one.technical) == tuple(
            weights[name] for name in ("substantive", "editorial", "technical")
        )


def test_whoever_reads_on_sees_what_is_written_meanwhile(filled: Archive) -> None:
    everything = Wanted()
    with Archive.open(filled.folder, read_only=True) as reader:
        assert recent.count(reader, everything) == {"substantive": 4, "editorial": 7, "technical": 2}
        record(filled, 7, substitution("1"), TECHNICAL, hours=90)
        record(filled, 2, substitution("1"), hours=30, engine="tocsin-diff/2")
        assert recent.count(reader, everything) == {"substantive": 6, "technical": 2}
        assert [one.id for one in recent.transitions(reader, everything, limit=1)] == [transition(7).id]
        assert recent.page(reader, everything) == tuple(looked_at(reader, everything))
        changes.supersede_transitions(filled, WORK, into=transition(7).after)
        assert recent.count(reader, everything) == {"substantive": 5, "technical": 1}


def test_what_was_taken_back_is_not_counted(filled: Archive) -> None:
    before = recent.count(filled, Wanted())
    with Archive.open(filled.folder, read_only=True) as reader:

        def break_off() -> None:
            with filled.transaction():
                record(filled, 8, substitution("1"), hours=99)
                assert recent.count(filled, Wanted())["substantive"] == before["substantive"] + 1
                assert recent.count(reader, Wanted()) == before
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            break_off()
        record(filled, 9, TECHNICAL, hours=99)
        told = {**before, "technical": before["technical"] + 1}
        assert recent.count(reader, Wanted()) == recent.count(filled, Wanted()) == told
