"""Two names of one place are one target: whoever is reached there hears of a change once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from alerts.conditions import Watch
from alerts.targets import Target


def with_one_name_each(watches: Iterable[Watch], targets: Mapping[str, Target]) -> tuple[Watch, ...]:
    """The watches, each target that says the same as an earlier one of the configuration (or is spelled out) under the name of that one."""
    names: dict[str, str] = {}
    for target in targets.values():
        names.setdefault(target.said, target.name)
    told = {target.name: names[target.said] for target in targets.values()}
    return tuple(
        replace(
            watch,
            notify=tuple(dict.fromkeys(told.get(name, names.get(name, name)) for name in watch.notify)),
        )
        for watch in watches
    )
