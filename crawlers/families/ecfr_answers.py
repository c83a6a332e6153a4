"""The answers of the eCFR versioner API, each taken only with its own proof. Facts of November 2026; base ``/api/versioner/v1/``.

``titles.json`` lists every title with three dates; ``structure`` is a tree in which the ``size`` of a node is the sum of its children's
(442 of 442 nodes of a recorded title 15); ``versions`` carries ``meta.result_count``; ``full`` must show the units of ``structure``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from crawlers.acceptance import error_of, shrunk, whole_json, whole_xml, wrong
from crawlers.visit import Answer

Unit = tuple[str, str]  # ("section" | "appendix", identifier)

_ELEMENTS = {"DIV8": "section", "DIV9": "appendix"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A row of ``titles.json``: how far the title is (None: it has no text), and when it last moved."""

    number: int
    up_to: date | None
    amended: date | None
    issued: date | None
    processing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A section or appendix in the structure: its size in bytes of XML, 0 where the tree does not say."""

    unit: Unit
    size: int
    reserved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The parts of a title that have text at a date, each with its leaves. ``proven`` when all sizes add up, so that no part can be missing."""

    parts: Mapping[str, tuple[Leaf, ...]]
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A row of ``versions``: that a unit was issued, in which part, and whether that took it away."""

    part: str
    unit: Unit
    identifier: str
    issued: date
    removed: bool
    substantive: bool


def normal(identifier: str) -> str:
    """An identifier as both the tree and the XML write it."""
    return " ".join(identifier.replace("§", " ").split()).casefold()


def accept_titles(answer: Answer, wanted: Iterable[int]) -> dict[int, Title]:
    """``titles.json``, which must list every title that is watched: the CFR has fifty, and a cut list is no news."""
    expected = "the list of titles"
    value = whole_json(answer, expected=expected)
    rows = value.get("titles") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        raise wrong(answer, f"{expected} has no member “titles”")
    try:
        titles = {
            row["number"]: Title(
                number=row["number"],
                up_to=_day(row["up_to_date_as_of"]),
                amended=_day(row["latest_amended_on"]),
                issued=_day(row["latest_issue_date"]),
                processing=bool(row.get("processing_in_progress")),
            )
            for row in rows
        }
    except (KeyError, TypeError, ValueError) as error:
        raise wrong(answer, f"{expected} has a row without {error}") from None
    missing = [str(number) for number in wanted if number not in titles]
    if missing:
        raise shrunk(answer, f"{expected} names {len(titles)} and not title {', '.join(missing)}")
    return titles


def accept_structure(answer: Answer, title: int) -> Structure:
    """``structure/{date}/title-N.json``. Where nodes tell sizes they must add up: a tree that lost branches does not."""
    expected = f"the structure of title {title}"
    if error_of(answer) is not None and answer.status == 404:
        return Structure(parts={}, proven=False)
    tree = whole_json(answer, expected=expected)
    if not isinstance(tree, dict) or tree.get("type") != "title" or str(tree.get("identifier")) != str(title):
        raise wrong(answer, f"this is not {expected}")
    parts: dict[str, tuple[Leaf, ...]] = {}
    sums = 0
    nodes: list[dict[str, Any]] = [tree]
    while nodes:
        node = nodes.pop()
        children = node.get("children") or []
        told = node.get("size")
        if children and isinstance(told, int):
            sums += 1
            summed = sum(child.get("size") or 0 for child in children)
            if summed < told:
                where = node.get("label_level") or node.get("label") or node.get("identifier")
                raise shrunk(
                    answer,
                    f"{expected} has lost branches: {where} has {told:,} bytes, what is under it {summed:,}",
                )
        if node.get("type") == "part":
            if not node.get("reserved"):
                parts[str(node["identifier"])] = tuple(_leaves(node))
        else:
            nodes.extend(children)
    if not parts:
        raise shrunk(answer, f"{expected} has no part")
    return Structure(parts=parts, proven=isinstance(tree.get("size"), int) and sums > 0)


def accept_versions(answer: Answer, title: int) -> tuple[list[Version], int, int]:
    """``versions/title-N.json``: the rows, how many there are in all, and how many pages they take."""
    expected = f"the versions of title {title}"
    said = error_of(answer)
    if said is not None and "no matching content" in said.lower():
        return [], 0, 1
    value = whole_json(answer, expected=expected)
    rows = value.get("content_versions") if isinstance(value, dict) else None
    meta = value.get("meta") if isinstance(value, dict) else None
    try:
        assert isinstance(rows, list)
        assert isinstance(meta, dict)
        count, pages = int(meta["result_count"]), int(meta.get("total_pages") or 1)
        versions = [
            Version(
                part=str(row["part"]),
                unit=(row["type"], normal(row["identifier"])),
                identifier=row["identifier"],
                issued=date.fromisoformat(row["issue_date"]),
                removed=bool(row["removed"]),
                substantive=bool(row["substantive"]),
            )
            for row in rows
        ]
    except (AssertionError, KeyError, TypeError, ValueError) as error:
        raise wrong(answer, f"{expected} lack {error or 'their rows or their counter'}") from None
    if str(meta.get("title", title)) != str(title):
        raise wrong(answer, f"these are the versions of title {meta['title']}, not of title {title}")
    if pages == 1 and len(versions) != count:
        raise shrunk(answer, f"{expected} say that there are {count} and list {len(versions)}")
    return versions, count, pages


def accept_part(answer: Answer, title: int, part: str, leaves: Iterable[Leaf]) -> dict[str, int]:
    """``full/{date}/title-N.xml?part=P``: the whole part and nothing else. Answers the number of its units by name.

    Every leaf of the structure must be there, and at its size: a part with one large appendix can lose four fifths of
    its rows and still show every unit. The XML is up to 9 % larger than the size in the tree and not smaller (29 leaves of
    part 744); below three quarters something is missing.
    """
    expected = f"{title} CFR part {part}"
    root, _ = whole_xml(answer, roots={"DIV5"}, expected=expected)
    if root.get("N") != part or root.get("TYPE", "PART") != "PART":
        raise wrong(answer, f"{root.get('TYPE', 'a division')} {root.get('N')} came instead of {expected}")
    found = {
        (_ELEMENTS[str(element.tag)], normal(element.get("N", ""))): element
        for element in root.iter(*_ELEMENTS)
    }
    told = {leaf.unit: leaf for leaf in leaves}
    missing = [unit for unit, leaf in told.items() if unit not in found and not leaf.reserved]
    if missing:
        raise shrunk(
            answer,
            f"{expected} lacks {len(missing)} of {len(told)} units that its structure lists: {_some(missing)}",
        )
    strange = [unit for unit, element in found.items() if unit not in told and not _reserved(element)]
    if strange:
        raise shrunk(
            answer, f"{expected} has {len(strange)} units that its structure does not list: {_some(strange)}"
        )
    for unit, element in found.items():
        size = told[unit].size if unit in told else 0
        if size:
            came = len(etree.tostring(element, encoding="utf-8", with_tail=False))
            if came < size * 3 // 4:
                raise shrunk(
                    answer, f"{expected}: {_some([unit])} has {came:,} bytes, its structure says {size:,}"
                )
    return {kind: sum(1 for unit in found if unit[0] == kind) for kind in sorted({unit[0] for unit in found})}


def live(versions: Iterable[Version], at: date) -> frozenset[Unit]:
    """The units that stand at a date, by the change log."""
    latest: dict[Unit, Version] = {}
    for version in versions:
        if version.issued <= at and (
            version.unit not in latest or version.issued >= latest[version.unit].issued
        ):
            latest[version.unit] = version
    return frozenset(unit for unit, version in latest.items() if not version.removed)


def _leaves(part: dict[str, Any]) -> Iterable[Leaf]:
    nodes = list(part.get("children") or [])
    while nodes:
        node = nodes.pop()
        if node.get("type") in ("section", "appendix"):
            size = node.get("size")
            yield Leaf(
                unit=(node["type"], normal(node["identifier"])),
                size=size if isinstance(size, int) else 0,
                reserved=bool(node.get("reserved")),
            )
        nodes.extend(node.get("children") or [])


def _reserved(element: etree._Element) -> bool:
    head = element.find("HEAD")
    return head is not None and "[reserved]" in "".join(map(str, head.itertext())).casefold()


def _some(units: list[Unit]) -> str:
    names = [f"{kind} {name}" for kind, name in units[:3]]
    return ", ".join(names) + (" …" if len(units) > 3 else "")


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
