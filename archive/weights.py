"""How many changes an analysis found, by kind and materiality. What was written of a change is never altered and never taken out (the schema refuses it), so
what was counted once stands, and only what was written since is counted."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from archive.store import Archive

Numbers = Mapping[tuple[str, str], int]
"""Numbers of changes by kind and materiality."""


class _Counted:
    """What was counted so far: the changes up to the one with the number ``mark``."""

    def __init__(self) -> None:
        self.mark = 0
        self.numbers: dict[int, dict[tuple[str, str], int]] = {}

    def go_on(self, archive: Archive) -> None:
        mark = self.mark
        # By their numbers, in which they were written: SQLite would go through the index on their places, which holds them all.
        for changeset, kind, materiality, number, last in archive.database.execute(
            "SELECT changeset, kind, materiality, count(*), max(id) FROM change NOT INDEXED WHERE id > ? GROUP BY changeset, kind, materiality",
            (self.mark,),
        ):
            found = self.numbers.setdefault(changeset, {})
            found[kind, materiality] = found.get((kind, materiality), 0) + number
            mark = max(mark, last)
        self.mark = mark


_counted: WeakKeyDictionary[Archive, _Counted] = WeakKeyDictionary()


def weights(archive: Archive) -> Mapping[int, Numbers]:
    """The numbers of changes by the number of the analysis. Of an archive that is open for reading they are kept until it is closed; whoever writes may
    take back what they count."""
    if not archive.read_only:
        counted = _Counted()
    elif (kept := _counted.get(archive)) is not None:
        counted = kept
    else:
        counted = _counted[archive] = _Counted()
    counted.go_on(archive)
    return counted.numbers
