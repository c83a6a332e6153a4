"""www.ecfr.gov, the versioner API: titles, versions, structure, full; over dated editions of invented parts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.replica.faults import Reply

JSON, XML = "application/json; charset=utf-8", "application/xml; charset=utf-8"


@dataclass(kw_only=True)
class Part:
    """A part and its editions: day → unit ("1001.2" for a section, "Appendix A to Part 1001" for an appendix) → its paragraphs."""

    title: int
    number: str
    editions: dict[date, dict[str, list[str]]]

    def at(self, day: date) -> dict[str, list[str]] | None:
        """The units as they stand on a day."""
        days = [each for each in self.editions if each <= day]
        return self.editions[max(days)] if days else None


@dataclass(kw_only=True)
class Ecfr:
    """The service. ``sizes`` says whether the structure tells the size of every node, as the real one does; ``lag`` how many days it is behind."""

    parts: list[Part]
    sizes: bool = True
    lag: int = 1
    processing: set[int] = field(default_factory=set)
    rows_a_page: int = 1000
    corrections: list[dict[str, object]] = field(default_factory=list)  # rows as the publisher writes them
    has_corrections: bool = True

    def answer(self, path: str, query: dict[str, list[str]], today: date) -> Reply:
        """One request."""
        up_to = today - timedelta(days=self.lag)
        if path == "/api/versioner/v1/titles.json":
            return self._titles(up_to)
        hit = re.fullmatch(r"/api/admin/v1/corrections/title/(\d+)\.json", path)
        if hit and self.has_corrections:
            rows = [
                row
                for row in self.corrections
                if row["title"] == int(hit[1]) and str(row["error_corrected"] or "") <= today.isoformat()
            ]
            return _json({"ecfr_corrections": rows})
        hit = re.fullmatch(
            r"/api/versioner/v1/(versions|structure|full)/(?:([\d-]+)/)?title-(\d+)\.(?:json|xml)", path
        )
        if hit is None:
            return Reply(status=404, body=b"<html><h1>Not Found</h1></html>")
        title = int(hit[3])
        if title in self.processing:
            return Reply(
                status=503, body=b'{"error":"processing"}', media_type=JSON, headers={"Retry-After": "60"}
            )
        if hit[1] == "versions":
            return self._versions(title, query, up_to)
        day = date.fromisoformat(hit[2])
        if day > up_to:
            return _error(
                404, f"The requested date {day} is past the title's most recent issue date of {up_to}"
            )
        if hit[1] == "structure":
            return self._structure(title, day)
        number = query["part"][0]
        part = next((each for each in self.parts if (each.title, each.number) == (title, number)), None)
        units = part.at(day) if part else None
        if not units:
            return _error(404, "No matching content found.")
        return Reply(body=full_text(title, number, units), media_type=XML)

    def _titles(self, up_to: date) -> Reply:
        rows = []
        for number in range(1, 51):
            days = [
                day for part in self.parts if part.title == number for day in part.editions if day <= up_to
            ]
            newest = max(days).isoformat() if days else None
            row: dict[str, object] = {
                "number": number,
                "name": f"Title {number}",
                "latest_amended_on": newest,
                "latest_issue_date": newest,
                "up_to_date_as_of": up_to.isoformat() if days else None,
                "reserved": number == 35,
            }
            if number in self.processing:
                row["processing_in_progress"] = True
            rows.append(row)
        return _json(
            {"titles": rows, "meta": {"date": up_to.isoformat(), "import_in_progress": bool(self.processing)}}
        )

    def _versions(self, title: int, query: dict[str, list[str]], up_to: date) -> Reply:
        part, since = query.get("part", [""])[0], query.get("issue_date[gte]", [""])[0]
        if not part and not since:
            return _error(400, "The result set is too large, please narrow your request.")
        rows = [
            row
            for each in self.parts
            if each.title == title and part in ("", each.number)
            for row in _records(each)
            if since <= str(row["issue_date"]) <= up_to.isoformat()
        ]
        page = int(query.get("page", ["1"])[0])
        shown = rows[(page - 1) * self.rows_a_page : page * self.rows_a_page]
        meta: dict[str, object] = {"title": str(title), "result_count": str(len(rows))}
        if len(rows) > self.rows_a_page:
            meta |= {"page": page, "total_pages": -(-len(rows) // self.rows_a_page)}
        return _json({"content_versions": shown, "meta": meta})

    def _structure(self, title: int, day: date) -> Reply:
        children = []
        for part in self.parts:
            units = part.at(day) if part.title == title else None
            if units:
                leaves = [
                    _node(
                        kind_of(name),
                        name,
                        "[Reserved]" in paragraphs[:1],
                        size=len(unit_xml(name, paragraphs)),
                    )
                    for name, paragraphs in units.items()
                ]
                children.append(_node("part", part.number, False, leaves))
        if not children:
            return _error(404, "No matching content found.")
        children.append(_node("part", "999", True, []))
        tree = _node("title", str(title), False, [_node("chapter", "VII", False, children)])
        return _json(tree if self.sizes else _without_sizes(tree))


def kind_of(unit: str) -> str:
    """What a unit is, by its name."""
    return "section" if re.match(r"\d", unit) else "appendix"


def unit_xml(name: str, paragraphs: list[str]) -> bytes:
    """A DIV8 or DIV9."""
    level, kind = ("8", "SECTION") if kind_of(name) == "section" else ("9", "APPENDIX")
    mark = "§ " if level == "8" else ""
    text = "".join(f"<P>{paragraph}</P>\n" for paragraph in paragraphs)
    return f'<DIV{level} N="{name}" TYPE="{kind}">\n<HEAD>{mark}{name} {paragraphs[0][:30]}\n</HEAD>\n{text}</DIV{level}>\n'.encode()


def full_text(title: int, part: str, units: dict[str, list[str]]) -> bytes:
    """The XML of a part."""
    head = f'<?xml version="1.0"?>\n<DIV5 N="{part}" TYPE="PART" VOLUME="2">\n<HEAD>PART {part}—INVENTED RULES OF TITLE {title}\n</HEAD>\n'
    return head.encode() + b"".join(unit_xml(name, text) for name, text in units.items()) + b"</DIV5>\n"


def _records(part: Part) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    before: dict[str, list[str]] = {}
    for day, units in sorted(part.editions.items()):
        for name in [*units, *(each for each in before if each not in units)]:
            if before.get(name) != units.get(name):
                rows.append(
                    {
                        "date": day.isoformat(),
                        "amendment_date": day.isoformat(),
                        "issue_date": day.isoformat(),
                        "identifier": name,
                        "name": name,
                        "part": part.number,
                        "substantive": True,
                        "removed": name not in units,
                        "subpart": None,
                        "title": str(part.title),
                        "type": kind_of(name),
                    }
                )
        before = units
    return rows


def _node(
    kind: str,
    identifier: str,
    reserved: bool,
    children: list[dict[str, object]] | None = None,
    *,
    size: int = 0,
) -> dict[str, object]:
    node: dict[str, object] = {
        "identifier": identifier,
        "label": identifier,
        "reserved": reserved,
        "type": kind,
        "size": size,
    }
    if children is not None:
        node["children"] = children
        node["size"] = sum(int(str(child["size"])) for child in children)
    return node


def _without_sizes(node: dict[str, object]) -> dict[str, object]:
    bare = {key: value for key, value in node.items() if key != "size"}
    children = node.get("children")
    if isinstance(children, list):
        bare["children"] = [_without_sizes(child) for child in children]
    return bare


def _json(value: object, status: int = 200) -> Reply:
    return Reply(status=status, body=json.dumps(value).encode(), media_type=JSON)


def _error(status: int, words: str) -> Reply:
    return _json({"error": words}, status)


def correction(
    number: int,
    title: int,
    part: str,
    unit: str,
    *,
    occurred: date | None,
    corrected: date | None,
    action: str = "Paragraph corrected.",
) -> dict[str, object]:
    """A row of the list of corrections."""
    return {
        "id": number,
        "cfr_references": [
            {
                "cfr_reference": f"{title} CFR {unit}",
                "hierarchy": {"title": str(title), "part": part, kind_of(unit): unit},
            }
        ],
        "corrective_action": action,
        "error_corrected": corrected.isoformat() if corrected else None,
        "error_occurred": occurred.isoformat() if occurred else None,
        "fr_citation": "91 FR 1001",
        "position": number,
        "display_in_toc": False,
        "title": title,
        "year": (corrected or occurred or date.min).year,
        "last_modified": (corrected or occurred or date.min).isoformat(),
    }
