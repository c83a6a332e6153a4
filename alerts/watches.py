"""Watches from files, checked whole: nothing that could never match, or that nobody would hear of, passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from alerts.conditions import (
    CODE_KEYS,
    DIRECTIONS,
    KINDS,
    MATERIALITIES,
    NESTED_KEYS,
    ROLES,
    VALUE_KEYS,
    Conditions,
    Watch,
)
from alerts.phrases import UnusablePattern, compiled
from alerts.subject import words_of
from alerts.targets import CONSOLE, is_plain
from alerts.watch_files import WatchTable, read_tables, tables_in, unknown_key
from alerts.watches_codes import code_named, not_listed
from alerts.watches_groups import EXAMPLES, group_named
from alerts.watches_pace import PACE_KEYS, pace_of, without_defaults
from archive.codec import dumps, loads
from archive.errors import BadInput
from archive.identifiers import split_address
from archive.vocabulary.countries import country_code, spellings
from archive.vocabulary.nearest import nearest
from archive.vocabulary.technologies import technology_ids

_REQUIRED = ("name", "owner", "reason", "matter", "notify")
_CONDITION_KEYS = (*VALUE_KEYS, "through_groups", "all", "any", "not")
_WATCH_KEYS = (*_REQUIRED, *PACE_KEYS, *_CONDITION_KEYS)
_ADDRESS = re.compile(r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]+|[^\s@<>\"',;]+@localhost")
_JURISDICTION = re.compile(r"[A-Z]{2}")
_TECHNOLOGY = re.compile(r"(?:[1-9]|1[0-9])(?:\.[1-9][0-9]?)?|X[1-9][0-9]?", re.I)
_DEPTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the rest of the configuration and the archive have; an empty ``sources`` or ``codes`` is not held against a watch."""

    people: Collection[str]
    targets: Collection[str]
    sources: Collection[str]
    codes: Collection[str]


def load_watches(
    place: Path,
    *,
    people: Collection[str],
    targets: Collection[str],
    sources: Collection[str] = (),
    known_codes: Collection[str] = (),
    instead: Mapping[Path, str] = MappingProxyType({}),
) -> tuple[tuple[Watch, ...], tuple[str, ...]]:
    """All watches of a folder (or of one file), and warnings, one line each.

    ``people`` and ``targets`` are the names of ``[people]`` and ``[targets]``; ``sources`` the ids of all sources and ``known_codes`` the
    control numbers that the lists in the archive have, both unchecked where empty. A code that the grammar allows and no
    list has is only a warning: 4E091 was watched before it existed. ``instead`` holds texts that are to take the place of files. Raises ``BadInput`` with file, place and mend.
    """
    known = _Known(people=people, targets=targets, sources=sources, codes=known_codes)
    return _checked(read_tables(place, instead), known)


def watches_in(
    text: str,
    name: str,
    *,
    people: Collection[str],
    targets: Collection[str],
    sources: Collection[str] = (),
    known_codes: Collection[str] = (),
) -> tuple[tuple[Watch, ...], tuple[str, ...]]:
    """The same of a text in the form of such a file, which messages call ``name``; no watch of it has a file."""
    known = _Known(people=people, targets=targets, sources=sources, codes=known_codes)
    watches, warnings = _checked(tables_in(text, Path(name)), known)
    return tuple(replace(watch, file="", line=0) for watch in watches), warnings


def _checked(tables: Iterable[WatchTable], known: _Known) -> tuple[tuple[Watch, ...], tuple[str, ...]]:
    watches: list[Watch] = []
    warnings: list[str] = []
    first: dict[str, WatchTable] = {}
    for table in tables:
        watch = _watch(table, known, warnings)
        if watch.name in first:
            earlier = first[watch.name]
            raise BadInput(
                f"another watch is called {watch.name!r} already ({earlier.file.name}, {earlier.place()})",
                thing=str(table.file),
                place=table.place("name"),
                mend="Give each watch a name of its own: alerts are recorded under it",
            )
        first[watch.name] = table
        watches.append(watch)
    return tuple(watches), tuple(warnings)


def wordings(watches: Iterable[Watch]) -> dict[str, tuple[str, str]]:
    """Of each watch of a file by its name the file, and what it says as JSON, for its history: place in the file aside."""
    return {watch.name: (watch.file, content_of(watch)) for watch in watches if watch.file}


def content_of(watch: Watch) -> str:
    """What a watch says, as JSON: that of the same watch is the same wherever it stands."""
    return dumps(without_defaults(loads(dumps(replace(watch, file="", line=0)), dict[str, Any])))


def _watch(table: WatchTable, known: _Known, warnings: list[str]) -> Watch:
    for key in _REQUIRED:
        if key not in table.table:
            raise BadInput(
                f"the key {key!r} is missing",
                thing=str(table.file),
                place=table.place(),
                mend=f"A watch says {', '.join(_REQUIRED)}: who hears of what, and why",
            )
    for key in table.table:
        if key not in _WATCH_KEYS:
            raise unknown_key(table, key, _WATCH_KEYS)
    owner = _line(table, "owner")
    _check_owner(table, owner, known)
    notify = tuple(_target(table, name, known) for name in _texts(table, "notify", table.table["notify"]))
    conditions = _conditions(table, table.table, known, warnings, "")
    conditions.setdefault("materiality", ("substantive",))
    return Watch(
        name=_line(table, "name"),
        owner=owner,
        reason=_line(table, "reason"),
        matter=_line(table, "matter"),
        notify=tuple(dict.fromkeys(notify)),
        file=str(table.file),
        line=table.line,
        **pace_of(table),
        **conditions,
    )


def _conditions(
    table: WatchTable, given: Mapping[str, Any], known: _Known, warnings: list[str], inside: str
) -> dict[str, Any]:
    """The checked conditions of a table or of one nested in it; ``inside`` is the path of the nesting, "" at the top."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        place = f"{inside}{key}"
        if key in VALUE_KEYS:
            check = _CHECKS[key]
            texts = _texts(table, place, value)
            found[key] = tuple(dict.fromkeys(check(table, place, text, known, warnings) for text in texts))
        elif key == "through_groups":
            if not isinstance(value, bool):
                raise _refused(table, place, f"{key} is true or false, not {value!r}", f"Write {key} = false")
            found[key] = value
        elif key in ("all", "any", "not"):
            found["none" if key == "not" else key] = _nested(table, place, value, known, warnings)
    return found


def _nested(
    table: WatchTable, place: str, value: Any, known: _Known, warnings: list[str]
) -> tuple[Conditions, ...]:
    tables = [value] if isinstance(value, dict) else value
    if not isinstance(tables, list) or not tables or not all(isinstance(one, dict) and one for one in tables):
        mend = f'Write {place.rpartition(".")[2]} = [{{ eccn = ["3A090"] }}, {{ technologies = ["X4"] }}]'
        raise _refused(table, place, "it takes tables of conditions, none of them empty", mend)
    if place.count(".") >= _DEPTH:
        raise _refused(table, place, f"conditions are nested more than {_DEPTH} deep", "Write two watches")
    found = []
    for number, one in enumerate(tables, 1):
        inside = f"{place}[{number}]." if len(tables) > 1 else f"{place}."
        for key in one:
            if key not in _CONDITION_KEYS:
                raise unknown_key(table, key, _CONDITION_KEYS, f"{inside}{key}")
        found.append(Conditions(**_conditions(table, one, known, warnings, inside)))
    return tuple(found)


# ── the values ─────────────────────────────────────────────────────────────────────────────────────


def _line(table: WatchTable, key: str) -> str:
    value = table.table[key]
    if not isinstance(value, str) or not value.strip():
        raise _refused(table, key, f"{key} is a text that is not empty, not {value!r}", f'Write {key} = "…"')
    if not value.strip().isprintable():
        raise _refused(table, key, f"{key} is one line without control characters", "Write it on one line")
    return value.strip()


def _texts(table: WatchTable, key: str, value: Any) -> list[str]:
    """A list of texts; one text alone is taken as a list of one."""
    name = key.rpartition(".")[2]
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise _refused(table, key, f"{name} is a list of texts, not {value!r}", f'Write {name} = ["…", "…"]')
    if not texts:
        raise _refused(
            table, key, f"{name} is an empty list, which nothing can meet", f"Leave {name} out, or fill it"
        )
    for text in texts:
        if not text.strip():
            raise _refused(table, key, f"{name} has an empty text, which nothing can meet", "Take it out")
    return [text.strip() for text in texts]


def _check_owner(table: WatchTable, owner: str, known: _Known) -> None:
    if owner in known.people or _ADDRESS.fullmatch(owner):
        return
    close = nearest(owner, known.people)
    mend = (
        f"The nearest of [people] is {close!r}"
        if close
        else "Write an address, or add the person to [people]"
    )
    raise _refused(table, "owner", f"{owner!r} is neither an e-mail address nor a name of [people]", mend)


def _target(table: WatchTable, name: str, known: _Known) -> str:
    if name in known.targets or is_plain(name):
        return name
    close = nearest(name, (*known.targets, CONSOLE))
    raise _refused(
        table,
        "notify",
        f"{_shown(name)!r} is not a target",
        f"The nearest is {close!r}; targets stand in [targets] of the configuration, plain are console: and file:PATH, a PATH below that folder that ends in .jsonl",
    )


def _shown(name: str) -> str:
    """A channel's URL written where a target's name belongs may hold a secret: it is not repeated."""
    return f"{name.partition('://')[0]}://…" if "://" in name else name


def _code(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    key = place.rpartition(".")[2]
    code, mend = code_named(key, text, known.codes)
    if not code:
        raise _refused(table, place, f"{text!r} is not a code that {key} can have", mend)
    if key == "eccn" and known.codes and (doubt := not_listed(code, known.codes)):
        warnings.append(f"{table.file}, {table.place(place)}: {doubt}")
    return code


def _country(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    code = country_code(text)
    if code is None:
        close = nearest(text, [name.written for name in spellings() if not name.languages])
        raise _refused(
            table, place, f"{text!r} is not a country", f"The nearest is {country_code(close)!r} ({close})"
        )
    return code


def _group(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    group = group_named(text)
    if not group:
        close = nearest(text.upper(), EXAMPLES)
        raise _refused(
            table, place, f"{text!r} is neither a country group nor a series", f"The nearest is {close!r}"
        )
    return group


def _technology(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    if text.startswith("U:"):  # a term of the user's own, named as in the file that tocsin.toml calls terms
        return text
    if not _TECHNOLOGY.fullmatch(text):
        raise _refused(
            table,
            place,
            f"{text!r} is not the id of a technology",
            "Write a category (2), a sub-item (2.4), X1 to X12, or U: and the name of a term of your own",
        )
    if text.upper() not in technology_ids():
        close = get_close_matches(text.upper(), sorted(technology_ids()), n=1, cutoff=0)[0]
        raise _refused(table, place, f"the taxonomy has no technology {text!r}", f"The nearest is {close!r}")
    return text.upper()


def _work(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    try:
        work, eid = split_address(text.rstrip("/#"))
    except BadInput as error:
        raise _refused(table, place, error.message, error.mend) from None
    return f"{work}#{eid}" if eid else work


def _source(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    if known.sources and text not in known.sources:
        raise _refused(
            table, place, f"no source is called {text!r}", f"The nearest is {nearest(text, known.sources)!r}"
        )
    return text


def _jurisdiction(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    if not _JURISDICTION.fullmatch(text):
        mend = (
            f"Write {text.upper()!r}"
            if _JURISDICTION.fullmatch(text.upper())
            else "Write two capitals, like US or EU"
        )
        raise _refused(table, place, f"{text!r} is not the code of a jurisdiction", mend)
    return text


def _phrase(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    if not words_of(text):
        raise _refused(
            table, place, f"{text!r} has no word to look for", "Write a word or a phrase, or use regex"
        )
    return text


def _pattern(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    try:
        compiled(text)
    except UnusablePattern as error:
        raise _refused(
            table,
            place,
            f"{text!r} cannot be used: {error}",
            "RE2 has no look-around and no back-references; escape with '…' quotes",
        ) from None
    return text


def _text(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
    return text


def _one_of(valid: tuple[str, ...]) -> _Check:
    def check(table: WatchTable, place: str, text: str, known: _Known, warnings: list[str]) -> str:
        if text not in valid:
            key = place.rpartition(".")[2]
            raise _refused(
                table, place, f"{text!r} is none of {key}", f"The nearest is {nearest(text, valid)!r}"
            )
        return text

    return check


def _refused(table: WatchTable, key: str, message: str, mend: str) -> BadInput:
    return BadInput(message, thing=str(table.file), place=table.place(key), mend=mend)


_Check = Callable[[WatchTable, str, str, _Known, list[str]], str]

_CHECKS: Mapping[str, _Check] = {
    **dict.fromkeys(CODE_KEYS, _code),
    "countries": _country,
    "groups": _group,
    "technologies": _technology,
    "parties": _text,
    "counterparties": _text,
    "limits": _one_of(DIRECTIONS),
    "works": _work,
    "sources": _source,
    "jurisdictions": _jurisdiction,
    "kinds": _one_of(KINDS),
    "roles": _one_of(ROLES),
    "text": _phrase,
    "regex": _pattern,
    "materiality": _one_of(MATERIALITIES),
}
assert set(_CHECKS) == set(VALUE_KEYS)
assert set(NESTED_KEYS) == {"all", "any", "none"}
