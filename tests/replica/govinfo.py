"""www.govinfo.gov: the bulk files of the Federal Register by day and of the eCFR by title, over the same invented papers and parts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.replica.ecfr import Ecfr, unit_xml
from tests.replica.faults import Reply
from tests.replica.federal_register import FederalRegister, Paper, paper_xml

HOST = "www.govinfo.gov"
_PARENTS = {
    "industry-and-security-bureau": "commerce-department",
    "foreign-assets-control-office": "treasury-department",
}


@dataclass(kw_only=True)
class Govinfo:
    """The service. ``lacking`` are papers that the contents of an issue name and that are not in it."""

    lacking: set[str] = field(default_factory=set)

    def answer(self, path: str, register: FederalRegister, ecfr: Ecfr, today: date) -> Reply:
        """One request."""
        days = sorted({paper.day for paper in register.papers if paper.day <= today})
        if hit := re.fullmatch(r"/bulkdata/json/FR/(\d{4})/(\d\d)", path):
            mine = [day for day in days if f"{day:%Y/%m}" == f"{hit[1]}/{hit[2]}"]
            return _folder(mine) if mine else _not_found()
        if hit := re.fullmatch(r"/bulkdata/FR/\d{4}/\d\d/FR-(\d{4}-\d\d-\d\d)\.xml", path):
            day = date.fromisoformat(hit[1])
            if day not in days:
                return _not_found()
            papers = [paper for paper in register.papers if paper.day == day]
            return _xml(issue_xml(day, papers, self.lacking), day)
        if hit := re.fullmatch(r"/bulkdata/ECFR/title-(\d+)/ECFR-title\1\.xml", path):
            up_to = today - timedelta(days=ecfr.lag)
            body, amended = title_xml(ecfr, int(hit[1]), up_to)
            return _xml(body, amended)
        return _not_found()


def issue_xml(day: date, papers: Iterable[Paper], lacking: Iterable[str] = ()) -> bytes:
    """An issue: its frame, its contents by agency, its papers by sort."""
    papers = list(papers)
    agencies = sorted({slug for paper in papers for slug in paper.agencies})
    contents = "".join(_agency(slug, papers) for slug in agencies)
    groups = []
    for group, root in (("RULES", "RULE"), ("NOTICES", "NOTICE")):
        texts = [
            f'<PRTPAGE P="{paper.pages[0] if paper.pages else 100}"/>' + paper_xml(paper).decode()
            for paper in papers
            if paper.root == root and paper.number not in lacking
        ]
        if texts:
            groups.append(f"<{group}>{''.join(texts)}</{group}>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<FEDREG><VOL>91</VOL><NO>40</NO>'
        f"<DATE>{day:%A, %B} {day.day}, {day.year}</DATE><UNITNAME>Contents</UNITNAME>\n<CNTNTS>{contents}</CNTNTS>\n"
        f"{''.join(groups)}\n</FEDREG>\n"
    ).encode()


def title_xml(ecfr: Ecfr, title: int, up_to: date) -> tuple[bytes, date]:
    """A title's file as it stands on a day, and up to which day it is amended: attributes, entities and white space are the bulk files' own."""
    parts, days = [], []
    for number, part in enumerate(ecfr.parts):
        units = part.at(up_to) if part.title == title else None
        if not units:
            continue
        days += [day for day in part.editions if day <= up_to]
        inner = "".join(
            unit_xml(name, text)
            .decode()
            .replace('N="', f'NODE="{title}:{number}.{at}" N="', 1)
            .replace("<P>", "<P>\n")
            for at, (name, text) in enumerate(units.items())
        )
        parts.append(
            f'<DIV5 N="{part.number}" NODE="{title}:{number}" TYPE="PART">\n<HEAD>PART {part.number}&#x2014;INVENTED RULES OF TITLE {title}\n</HEAD>\n{inner}</DIV5>\n'
        )
    amended = max(days, default=date(up_to.year, 1, 1))
    frame = (
        f'<?xml version="1.0" encoding="UTF-8" ?>\n<DLPSTEXTCLASS>\n<HEADER>\n<FILEDESC>\n<PUBLICATIONSTMT>\n<IDNO TYPE="title">{title}</IDNO>'
        f"\n</PUBLICATIONSTMT>\n</FILEDESC>\n</HEADER>\n<TEXT>\n<BODY>\n<ECFRBRWS>\n<AMDDATE>{amended:%b}. {amended.day}, {amended.year}\n</AMDDATE>"
        f'\n<DIV1 N="2" NODE="{title}:2" TYPE="TITLE">\n{"".join(parts)}</DIV1>\n</ECFRBRWS>\n</BODY>\n</TEXT>\n</DLPSTEXTCLASS>\n'
    )
    return frame.encode(), amended


def _agency(slug: str, papers: list[Paper]) -> str:
    """What the contents say of one agency: its own papers, and the agencies under it."""
    children = [child for child, parent in _PARENTS.items() if parent == slug]
    mine = [
        paper
        for paper in papers
        if slug in paper.agencies and not any(child in paper.agencies for child in children)
    ]
    entries = "".join(
        f"<DOCENT><DOC>{escape(paper.title)}, </DOC><PGS>100</PGS><FRDOCBP>{paper.number.replace('-', '–')}</FRDOCBP></DOCENT>"
        for paper in mine
    )
    see = "".join(f"<SEE><HD>See</HD><P>{_name(child)}</P></SEE>" for child in children)
    return f"<AGCY><EAR>{_name(slug)}</EAR><HD>{_name(slug)}</HD>{see}<CAT><HD>NOTICES</HD>{entries}</CAT></AGCY>\n"


def _name(slug: str) -> str:
    return " ".join(word if word in ("and", "of", "the") else word.capitalize() for word in slug.split("-"))


def _folder(days: list[date]) -> Reply:
    files = [
        {
            "name": f"FR-{day}.xml",
            "folder": False,
            "fileExtension": "xml",
            "mimeType": "application/xml",
            "formattedLastModifiedTime": _moment(day),
        }
        for day in days
    ]
    return Reply(body=json.dumps({"files": files}).encode(), media_type="application/json; charset=utf-8")


def _xml(body: bytes, day: date) -> Reply:
    return Reply(body=body, media_type="application/xml", headers={"Last-Modified": _moment(day)})


def _moment(day: date) -> str:
    return format_datetime(datetime.combine(day, time(6), UTC), usegmt=True)


def _not_found() -> Reply:
    return Reply(status=404, body=b"<html><h1>Not Found</h1></html>")
