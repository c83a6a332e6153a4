"""What e-Gov answers, and when it is the answer: the list of revisions, the text of one, the list of a day (facts 6.1, 6.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree

from crawlers.acceptance import JSON_TYPES, shrunk, whole_json, whole_xml, wrong
from crawlers.visit import Answer
from crawlers.walls import refusal

_ID = re.compile(r"(\w{15})_(\d{8})_(\w{15})")
_STATUSES = ("PreviousEnforced", "Repeal", "CurrentEnforced", "UnEnforced")
# Deleted articles keep their number, often as a range in one element; texts before 2017 leave some out. Four fifths gone is no law.
_MISSING = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision: its id, the day from which it is in force, its status, and all that the list says of it."""

    id: str
    day: date
    status: str
    said: Mapping[str, Any]

    @property
    def stands(self) -> bool:
        """Whether it is in force or will be."""
        return self.status in ("CurrentEnforced", "UnEnforced")

    @property
    def mark(self) -> str:
        """What moves when there is something to take: the data were updated, the revision came into force, the law was repealed."""
        ahead = "ahead" if self.status == "UnEnforced" else "law"
        return f"{self.said['updated']} {ahead} {self.said.get('repeal_status') or ''}".strip()


def is_absent(answer: Answer) -> bool:
    """Whether the API says in its own words that it has no such law."""
    if answer.cut or answer.status not in (400, 404) or answer.media_type not in JSON_TYPES:
        return False
    try:
        value = json.loads(answer.body)
    except ValueError:
        return False
    return isinstance(value, dict) and str(value.get("code", "")).startswith("404")


def accept_revisions(answer: Answer, law: str) -> list[Revision]:
    """The revisions of a law by the day of their force; those of one day in the order in which they were made."""
    expected = f"the list of revisions of {law}"
    value = whole_json(answer, expected=expected)
    info, rows = (value.get("law_info"), value.get("revisions")) if isinstance(value, dict) else (None, None)
    if not isinstance(info, dict) or not isinstance(rows, list):
        raise wrong(answer, f"{expected} has no law or no list")
    if info.get("law_id") != law:
        raise wrong(answer, f"{expected} is that of {info.get('law_id')}")
    if not rows:
        raise shrunk(answer, f"{expected} is empty")
    found = [_revision(answer, row, law, expected, info) for row in reversed(rows)]
    if len({revision.id for revision in found}) != len(found):
        raise wrong(answer, f"{expected} names a revision twice")
    return sorted(found, key=lambda one: (one.day, _STATUSES.index(one.status)))


def _revision(answer: Answer, row: Any, law: str, expected: str, info: Mapping[str, Any]) -> Revision:
    name = str(row.get("law_revision_id", "")) if isinstance(row, dict) else ""
    hit = _ID.fullmatch(name)
    if hit is None or hit[1] != law:
        raise wrong(answer, f"{expected} names {name or 'something'}, which is no revision of it")
    status = str(row.get("current_revision_status") or "")
    if status not in _STATUSES:
        raise wrong(answer, f"{expected} gives {name} the status {status or 'none'}")
    try:
        datetime.fromisoformat(str(row["updated"]))
        # The day of force may be open (公布の日から起算して…): then the id has the last day that it can be.
        said = row.get("amendment_enforcement_date") or row.get("amendment_scheduled_enforcement_date")
        day = date.fromisoformat(str(said)) if said else datetime.strptime(hit[2], "%Y%m%d").date()  # noqa: DTZ007
    except (KeyError, ValueError) as error:
        raise wrong(answer, f"{expected} has no dates for {name} ({error})") from None
    return Revision(id=name, day=day, status=status, said={**info, **row})


def accept_law(answer: Answer, revision: Revision) -> tuple[Answer, tuple[str, ...]]:
    """The text of a revision, and what is odd about it: its own id, a law with provisions, and most of the articles that its numbers count."""
    expected = f"the text of {revision.id}"
    root, _ = whole_xml(answer, roots={"law_data_response"}, expected=expected)
    came = (root.findtext("revision_info/law_revision_id") or "").strip()
    if came != revision.id:
        raise wrong(answer, f"{expected} is that of {came or 'nothing'}")
    status = (root.findtext("revision_info/current_revision_status") or revision.status).strip()
    if status != revision.status:
        raise wrong(
            answer, f"{expected} has the status {status}, and {revision.status} in the list of revisions"
        )
    law = root.find("law_full_text/Law")
    if law is None:
        raise refusal(answer, "EmptyDocument", f"{expected} came without the law", "Wait for the next run")
    number, known = (law.findtext("LawNum") or "").strip(), str(revision.said.get("law_num") or "")
    if known and number and number != known:
        raise wrong(answer, f"{expected} is the law {number}, not {known}")
    main = law.find("LawBody/MainProvision")
    if main is None or not any("".join(map(str, one.itertext())).strip() for one in main.iter("Sentence")):
        raise refusal(answer, "EmptyDocument", f"{expected} has no provision", "Wait for the next run")
    return answer, _doubts(main)


def _doubts(main: etree._Element) -> tuple[str, ...]:
    """A law counts its own articles: one that prints a fifth of them is not whole, however well it is formed."""
    last, breaks, count = [0], 0, 0
    for article in main.iter("Article"):
        ends = [
            [int(n) for n in end.split("_") if n.isdigit()] for end in (article.get("Num") or "").split(":")
        ]
        count += 1
        breaks += not _follows(last, ends[0])
        last = ends[-1]
    if breaks > count * _MISSING:
        return (
            f"the law prints {count} articles, and before {breaks} of them others are missing by their numbers",
        )
    return ()


def _follows(last: list[int], number: list[int]) -> bool:
    """Whether an article comes next after another: 4 after 3 and after 3_2, 3_2 after 3, 3_3 after 3_2 and after 3_2_2."""
    if number == [*last, 2]:
        return True
    above = number[:-1]
    return len(number) <= len(last) and above == last[: len(above)] and number[-1:] == [last[len(above)] + 1]


def accept_updates(answer: Answer) -> list[tuple[str, date]]:
    """The laws that were updated on a day, each with the day of force of its revision."""
    expected = "the list of laws updated on a day"
    root, _ = whole_xml(answer, roots={"DataRoot"}, expected=expected)
    code = (root.findtext("Result/Code") or "").strip()
    rows = list(root.iter("LawNameListInfo"))
    if code not in ("0", "1") or (code == "0" and not rows):
        raise wrong(answer, f"{expected} came with code {code or 'none'} and {len(rows)} laws")
    found = []
    for row in rows:
        law, force = (row.findtext("LawId") or "").strip(), (row.findtext("EnforcementDate") or "").strip()
        if law and re.fullmatch(r"\d{8}", force):
            found.append((law, datetime.strptime(force, "%Y%m%d").date()))  # noqa: DTZ007
    return found
