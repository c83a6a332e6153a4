"""Which provisions of an act a sentence of the act names: ``Chapter III Section 4, Chapter V and Articles 6(1) and 102 to 110``.

In English, German, French and Dutch, by the way in which the Interinstitutional Style Guide has the parts of an act cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from normalize.eids import fold
from normalize.markers import roman, to_roman

_NAMES = {
    "part": "part parts teil teile teilen partie parties deel delen",
    "title": "title titles titel titeln titre titres titels",
    "chapter": "chapter chapters kapitel kapiteln chapitre chapitres hoofdstuk hoofdstukken",
    "section": "section sections abschnitt abschnitte abschnitten afdeling afdelingen",
    "annex": "annex annexes anhang anhange anhangs anhangen annexe bijlage bijlagen",
    "article": "article articles artikel artikeln artikels artikelen",
    "paragraph": "paragraph paragraphs absatz absatze absatzes absatzen paragraphe paragraphes lid leden",
    "point": "point points buchstabe buchstaben nummer nummern punt punten",
}
_UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split()}
_RANK = {unit: rank for rank, unit in enumerate(_NAMES)}
# What a unit can be a part of: a section is one of a chapter, an article of none, for articles are numbered through the whole act.
_WITHIN = {
    "chapter": {"part", "title"},
    "section": {"part", "title", "chapter", "annex"},
    "paragraph": {"article"},
    "point": {"article", "paragraph", "annex", "section"},
}
_TOKEN = re.compile(
    r"\((?P<inner>[0-9]{1,3}[a-z]?|[a-z]{1,5}|[A-Z])\)|(?P<bare>[a-z]{1,2}|[0-9]{1,3})\)"
    r"|(?P<number>[0-9]{1,3}[a-z]{0,2}|[IVXLC]+[a-z]?|[A-Z])(?!\w)|(?P<word>[^\W\d_]+)|(?P<comma>,)|\S"
)
_AND = frozenset("and or und oder sowie et ou en of ainsi que evenals".split())
_TO = frozenset("to bis a through tot".split())
_OF = frozenset("of von des der du de la l van".split())
_FILLERS = frozenset("the die das den dem der les le la l met de het des du".split())
_ACTS = frozenset(
    "regulation regulations directive directives decision treaty verordnung richtlinie beschluss reglement traite verordening"
    " richtlijn besluit protocol protokoll".split()
)
_OWN = frozenset("this these dieser diese dieses present presente presents deze dit".split())


@dataclass(slots=True)
class _Group:
    """A unit word and the numbers after it, with the brackets behind each: ``Articles 6(1) and 7``. ``joint`` is how it is joined to the
    group before it: ``""`` (or a comma), ``and``, ``of``, or ``apart`` where other words stand between."""

    unit: str
    joint: str
    numbers: list[tuple[str, list[str]]] = field(default_factory=list)
    foreign: bool = False


_Path = dict[str, str]


def references(words: str) -> tuple[str, ...]:
    """The addresses that ``words`` name, in order: ``chapterIII.section4``, ``art6.1``. A place in another act is none; one that is named by
    its paragraph alone begins with a dot (``.2``): it stands in the article that names it."""
    found: list[_Path] = []
    last: list[_Path] = []
    for group in _groups(words):
        made = [_path(group.unit, number, more) for number, more in group.numbers]
        before = last[-1] if last else {}
        if group.joint == "of" and last and _may_hold(group.unit, before):
            for path in last:
                path.update(made[0])
            made = []
        elif group.joint in ("", "comma") and group.unit in _WITHIN and _WITHIN[group.unit] & before.keys():
            found = [path for path in found if path is not before]
            made = [before | path for path in made]
        elif group.joint != "apart" and group.unit in _WITHIN and group.unit in before:
            above = {unit: at for unit, at in before.items() if _RANK[unit] < _RANK[group.unit]}
            made = [above | path for path in made]
        if group.foreign:
            gone = [*last, *made] if not made or group.joint == "of" else made
            found = [path for path in found if not any(path is one for one in gone)]
            last = []
            continue
        found += made
        last = made or last
    return tuple(dict.fromkeys(_eid(path) for path in found))


def opens_with_reference(words: str) -> bool:
    """Whether the first word that says anything names a part of an act."""
    for token in _TOKEN.finditer(words):
        word = fold(token["word"] or "")
        if word in _UNITS:
            return True
        if not (word in _FILLERS or token["comma"] or token.group() in "'’"):
            return False
    return False


def _groups(words: str) -> Iterator[_Group]:
    group: _Group | None = None
    joint = ""
    before = ""
    for token in _TOKEN.finditer(words):
        word = fold(token["word"] or "")
        number = token["number"] or token["bare"] or ""
        if word in _UNITS:
            if group is not None and group.numbers:
                yield group
                group = _Group(_UNITS[word], joint)
            else:
                group = _Group(_UNITS[word], joint or ("apart" if group is None else ""))
            joint = ""
        elif (
            group is not None
            and token["inner"]
            and group.numbers
            and joint == ""
            and group.unit != "point"
            or group is not None
            and token["inner"]
            and group.numbers
            and joint == ""
            and before == "inner"
        ):
            group.numbers[-1][1].append(token["inner"])
        elif (
            group is not None
            and token["inner"]
            and group.unit == "article"
            and group.numbers[-1:]
            and group.numbers[-1][1]
        ):
            number, more = group.numbers[-1]
            group.numbers.append((number, [*more[:-1], token["inner"]]))
            joint = ""
        elif group is not None and (number or token["inner"] or _is_letter(group, word, joint)):
            wanted = number or token["inner"] or word
            if joint == "to" and group.numbers:
                group.numbers += [(one, []) for one in _between(group.numbers[-1][0], wanted)]
            group.numbers.append((wanted, []))
            joint = ""
        elif word in _TO and group is not None and group.numbers:
            joint = "to"
        elif word in _AND and word != "of":
            joint = joint if joint == "to" else "and"
        elif token["comma"]:
            joint = joint or "comma"
        elif word in _OF:
            joint = joint or "of"
        elif word in _FILLERS or word in _OWN:
            joint = joint or ("apart" if group is None else "")
        elif word in _ACTS and group is not None:
            group.foreign = fold(before) not in _OWN
            yield group
            group, joint = None, "apart"
        elif group is not None:
            if group.numbers:
                yield group
            group, joint = None, "apart"
        before = "inner" if token["inner"] else token["word"] or ""
    if group is not None and group.numbers:
        yield group


def _is_letter(group: _Group, word: str, joint: str) -> bool:
    """Whether a short word is the letter of a point: ``Buchstaben a und b``."""
    return (
        group.unit == "point"
        and len(word) <= 2
        and word.isalpha()
        and word not in _AND | _OF | _TO - {"a"}
        and not (word == "a" and joint == "" and bool(group.numbers))
    )


def _may_hold(unit: str, path: _Path) -> bool:
    highest = min(path, key=_RANK.__getitem__)
    return highest in _WITHIN and unit in _WITHIN[highest]


def _path(unit: str, number: str, more: list[str]) -> _Path:
    path = {unit: number}
    if unit == "article" and more:
        path["paragraph" if more[0][0].isdigit() else "point"] = ".".join(more)
    elif more:
        path[unit] = ".".join((number, *more))
    return path


def _between(first: str, last: str) -> list[str]:
    """What stands between two numbers, in arabic, roman or letters."""
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first) + 1, min(int(last), int(first) + 400))]
    low, high = roman(first.lower()), roman(last.lower())
    if low and high and first.isupper():
        return [to_roman(number).upper() for number in range(low + 1, high)]
    if len(first) == len(last) == 1:
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []


def _eid(path: _Path) -> str:
    if "article" in path:
        parts = [f"art{path['article']}"]
    elif "annex" in path:
        parts = [f"annex{path['annex']}", *(f"section{path[unit]}" for unit in ("section",) if unit in path)]
    elif divisions := [
        f"{unit}{path[unit]}" for unit in ("part", "title", "chapter", "section") if unit in path
    ]:
        return ".".join(divisions)
    else:
        parts = [""]
    return ".".join([*parts, *(path[unit] for unit in ("paragraph", "point") if unit in path)])
