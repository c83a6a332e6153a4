"""Watches of the front end: versions with an author, in force beside the files, exported as files that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.conditions import Conditions, Watch
from alerts.watches import load_watches, watches_in, wordings
from alerts.watches_written import as_file, put, watches_in_force
from archive import watch_history
from archive.errors import BadInput
from archive.store import Archive
from tests.alerts.made import watch

NOW = datetime(2026, 6, 18, 9, tzinfo=UTC)
VALUES = {
    "eccn": ["3A090", "3A090.a.1"],
    "usml": ["USML:XI.c.4"],
    "item_jp": ["輸出令/別表1/7/16"],
    "item_eu": ["3A001.b"],
    "item_de": ["3A1906"],
    "military": ["ML10.c"],
    "ai_act": ["AIA:art50.2", "AIA:annexIII.1.a"],
    "countries": ["TH", "UA-43"],
    "groups": ["D:5", "600 series"],
    "technologies": ["2.4", "X4"],
    "parties": ['"Acme" of \\ this test', "北京", "tab and \u007f"],
    "limits": ["tighter"],
    "works": ["us/cfr/15/774/supp-1#3A090"],
    "jurisdictions": ["US"],
    "kinds": ["insertion"],
    "roles": ["note"],
    "text": ["high-bandwidth memory"],
    "regex": [r"\b[0-9]{4}\s", '"“'],
    "materiality": ["editorial"],
}
tables = st.fixed_dictionaries(
    {},
    optional={
        key: st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple)
        for key, values in VALUES.items()
    },
)
filled = tables.filter(bool).map(lambda table: Conditions(**table))
nested = st.recursive(
    filled,
    lambda inner: st.builds(
        lambda table, any, none, through: Conditions(
            **table, any=tuple(any), none=tuple(none), through_groups=through
        ),
        tables.filter(bool),
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=1),
        st.booleans(),
    ),
    max_leaves=4,
)
lines = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)
watches = st.builds(
    lambda name, reason, table, all: Watch(
        **{
            key: getattr(table, key)
            for key in Conditions.__dataclass_fields__
            if key not in ("materiality", "all")
        },
        name=name,
        owner="a@example.org",
        reason=reason,
        matter="M-1",
        notify=("console:",),
        materiality=table.materiality or ("substantive",),
        all=tuple(all),
    ),
    lines,
    lines,
    nested,
    st.lists(nested, max_size=2),
)


@settings(deadline=None)
@given(watches)
def test_a_watch_as_a_file_reads_as_the_same_watch(drawn: Watch) -> None:
    assert watches_in(as_file([drawn]), "export", people=(), targets=()) == ((drawn,), ())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as archive:
        yield archive


def in_force(
    archive: Archive, folder: Path, targets: tuple[str, ...] = ("desk",)
) -> tuple[tuple[Watch, ...], tuple[str, ...]]:
    return watches_in_force(archive, folder, people=(), targets=targets)


def test_a_watch_of_the_front_end_is_in_force_with_its_author_until_it_is_taken_out(
    archive: Archive, tmp_path: Path
) -> None:
    chips = watch("chips", eccn=("3A090",), notify=("desk",))
    assert put(archive, [chips], author="Ann", at=NOW) == 1
    assert put(archive, [chips], author="Bo", at=NOW) == 0
    (found,), warnings = in_force(archive, tmp_path)
    assert (found, warnings) == (chips, ())
    wider = watch("chips", eccn=("3A090", "4A090"), notify=("desk",))
    assert put(archive, [wider], author="Bo", at=NOW) == 1
    assert [one.author for one in watch_history.history(archive, "chips")] == ["Ann", "Bo"]
    assert watch_history.remember(archive, {}, at=NOW) == 0
    assert in_force(archive, tmp_path)[0] == (wider,)
    watch_history.write(archive, "chips", "", author="Ann", at=NOW)
    assert in_force(archive, tmp_path) == ((), ())
    assert [bool(one.content) for one in watch_history.history(archive, "chips")] == [True, True, False]


def test_files_are_authoritative(archive: Archive, tmp_path: Path) -> None:
    chips = watch("chips", eccn=("3A090",), notify=("desk",))
    put(archive, [chips], author="Ann", at=NOW)
    (tmp_path / "a.toml").write_text(as_file([watch("chips", eccn=("4A090",), notify=("desk",))]))
    (found,), (warning,) = in_force(archive, tmp_path)
    assert found.eccn == ("4A090",)
    assert "gives way" in warning
    assert watch_history.remember(archive, wordings([found]), at=NOW) == 1
    assert watch_history.written(archive) == ()
    with pytest.raises(BadInput, match="files are authoritative"):
        put(archive, [chips], author="Ann", at=NOW)
    assert load_watches(tmp_path, people=(), targets=("desk",))[0] == (found,)


def test_one_that_the_configuration_no_longer_allows_is_left_out_with_the_reason(
    archive: Archive, tmp_path: Path
) -> None:
    put(archive, [watch("chips", notify=("desk",)), watch("all", notify=("console:",))], author="Ann", at=NOW)
    found, (warning,) = in_force(archive, tmp_path, targets=("legal",))
    assert [one.name for one in found] == ["all"]
    assert "'chips' of the front end is not in force" in warning
    assert "'desk' is not a target" in warning


@pytest.mark.parametrize(
    ("author", "name", "said"), [(" ", "chips", "nobody is named"), ("Ann", "boats", "no such watch")]
)
def test_what_cannot_be_written_is_refused(archive: Archive, author: str, name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        watch_history.write(archive, name, "", author=author, at=NOW)
