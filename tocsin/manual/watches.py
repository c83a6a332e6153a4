"""The keys of a watch, and the values that those of a closed set may have."""

from __future__ import annotations

from dataclasses import MISSING, fields

from alerts.conditions import CODE_KEYS, DIRECTIONS, KINDS, MATERIALITIES, RATES, ROLES, Conditions, Watch
from tocsin.manual.markdown import code, page, prose, table

_VALUES = {
    **{name: f"control numbers of the regime `{regime}`" for name, regime in CODE_KEYS.items()},
    "limits": ", ".join(map(code, DIRECTIONS)),
    "kinds": ", ".join(map(code, KINDS)),
    "roles": ", ".join(map(code, ROLES)),
    "materiality": ", ".join(map(code, MATERIALITIES)),
    "rate": ", ".join(map(code, RATES)),
}
_NOT_WRITTEN = {"file", "line"}
_WRITTEN = {"none": "not"}


def watches() -> str:
    """The page."""
    own = [each for each in fields(Watch) if each.name not in {one.name for one in fields(Conditions)}]
    return page(
        "Watches",
        "A watch is a table `[[watch]]` in a file `watches/*.toml`. `tocsin watch list` checks them all, `tocsin watch explain` says why one fired or did not.",
        "## Who hears of it",
        prose(Watch.__doc__),
        table(
            ("key", "must be said", "values"),
            [
                (
                    code(each.name),
                    "yes" if each.default is MISSING or each.name == "notify" else "",
                    _VALUES.get(each.name, ""),
                )
                for each in own
                if each.name not in _NOT_WRITTEN
            ],
        ),
        "## Of what",
        prose(Conditions.__doc__),
        table(
            ("key", "values"),
            [
                (code(_WRITTEN.get(each.name, each.name)), _VALUES.get(each.name, ""))
                for each in fields(Conditions)
            ],
        ),
    )
