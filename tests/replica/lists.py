"""The hosts of the screening lists: one file each, in dated editions, over invented parties. OFAC's service sends to a store of files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.replica.faults import Reply

CSL, DPL, OFAC = "data.trade.gov", "www.bis.doc.gov", "sanctionslistservice.ofac.treas.gov"
STORE = "lists.example.s3.amazonaws.com"
HOSTS = (CSL, DPL, OFAC, STORE)

CSL_HEADER = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
    "vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
    "places_of_birth,source_information_url,ids"
).split(",")
DPL_HEADER = (
    "Name,Street_Address,City,State,Country,Postal_Code,Effective_Date,Expiration_Date,Standard_Order,Last_Update,"
    "Action,FR_Citation"
).split(",")
LISTS = {
    "EL": "Entity List (EL) - Bureau of Industry and Security",
    "DPL": "Denied Persons List (DPL) - Bureau of Industry and Security",
    "UVL": "Unverified List (UVL) - Bureau of Industry and Security",
    "SDN": "Specially Designated Nationals (SDN) - Treasury Department",
    "ISN": "Nonproliferation Sanctions (ISN) - State Department",
    "DTC": "ITAR Debarred (DTC) - State Department",
}
XMLNS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"


@dataclass(kw_only=True)
class Lists:
    """The services. Each list has its editions: day → body; ``sends`` says whether OFAC answers with its store of files."""

    csl: dict[date, bytes] = field(default_factory=dict)
    dpl: dict[date, bytes] = field(default_factory=dict)
    sdn: dict[date, bytes] = field(default_factory=dict)
    sends: bool = True
    changes: dict[int, tuple[date, bytes]] = field(
        default_factory=dict
    )  # OFAC's publications: number → day, delta

    def answer(self, host: str, path: str, today: date, base: str) -> Reply:
        """One request; ``base`` is where the replica is."""
        if host in (OFAC, STORE) and (found := self._change(path, today, base)):
            return found
        match host, path:
            case "data.trade.gov", "/downloadable_consolidated_screening_list/v1/consolidated.csv":
                return _newest(self.csl, today, "text/csv; charset=utf-8", dated=True)
            case "www.bis.doc.gov", "/dpl/dpl.txt":
                return _newest(self.dpl, today, "text/plain")
            case "sanctionslistservice.ofac.treas.gov", "/api/download/SDN.XML" if self.sends:
                return Reply(status=302, headers={"Location": f"{base}/{STORE}/exports/SDN.XML"})
            case ("sanctionslistservice.ofac.treas.gov", "/api/download/SDN.XML") | (
                "lists.example.s3.amazonaws.com",
                "/exports/SDN.XML",
            ):
                return _newest(self.sdn, today, "application/xml", dated=True)
        return Reply(status=404, body=b"<html><h1>Not Found</h1></html>")

    def _change(self, path: str, today: date, base: str) -> Reply | None:
        """What OFAC says of its publications: those of a year as JSON, each as XML in the store of files."""
        past = {number: said for number, said in self.changes.items() if said[0] <= today}
        if hit := re.fullmatch(r"/changes/history/(\d{4})", path):
            rows = [
                {"publicationID": number, "datePublished": f"{day}T09:30:00.123"}
                for number, (day, _) in sorted(past.items(), reverse=True)
                if day.year == int(hit[1])
            ]
            return Reply(body=json.dumps(rows).encode(), media_type="application/json; charset=utf-8")
        hit = re.fullmatch(r"/(changes|DeltaArchive)/(\d+)(?:_delta\.xml)?", path)
        if hit is None or int(hit[2]) not in past:
            return None
        if hit[1] == "changes":
            return Reply(status=302, headers={"Location": f"{base}/{STORE}/DeltaArchive/{hit[2]}_delta.xml"})
        return Reply(body=past[int(hit[2])][1], media_type="application/xml")


def _newest(editions: dict[date, bytes], today: date, media_type: str, *, dated: bool = False) -> Reply:
    days = [day for day in editions if day <= today]
    if not days:
        return Reply(status=404, body=b"<html><h1>Not Found</h1></html>")
    modified = format_datetime(datetime.combine(max(days), time(9), UTC), usegmt=True)
    return Reply(
        body=editions[max(days)], media_type=media_type, headers={"Last-Modified": modified} if dated else {}
    )


def csl(entries: dict[str, list[str]]) -> bytes:
    """A Consolidated Screening List: list (``EL``) → names of the parties on it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, CSL_HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    for short, names in entries.items():
        for number, name in enumerate(names):
            row = {
                "_id": f"{short}{number:05d}",
                "source": LISTS[short],
                "entity_number": str(10_000 + number) if short == "SDN" else "",
                "type": "Entity",
                "name": name,
                "addresses": f"{number} Invented Road, Town, PE",
                "federal_register_notice": f"88 FR {1000 + number}",
                "license_policy": "Presumption of denial." if short == "EL" else "",
            }
            writer.writerow(row)
    return out.getvalue().encode()


def dpl(names: list[str]) -> bytes:
    """A Denied Persons List with an order for each name."""
    rows = [
        [name, f"{number} INVENTED ROAD", "TOWN", "TX", "US", "75159", "01/02/2024", "01/02/2034", "Y", "2024-01-05",
         "F.R. NOTICE ADDED", f"89 F.R. {2000 + number} 1/4/2024"]
        for number, name in enumerate(names)
    ]  # fmt: skip
    return "".join("\t".join(f'"{cell}"' for cell in row) + "\n" for row in [DPL_HEADER, *rows]).encode()


def sdn(names: dict[int, str], day: date, *, count: int | None = None) -> bytes:
    """SDN.XML of a day: uid → name; ``count`` is what the list says of its length."""
    entries = "".join(
        f"<sdnEntry><uid>{uid}</uid><lastName>{escape(name)}</lastName><sdnType>Entity</sdnType>"
        "<programList><program>INVENTED</program></programList></sdnEntry>\n"
        for uid, name in names.items()
    )
    return (
        f'<?xml version="1.0" standalone="yes"?>\n<sdnList xmlns="{XMLNS}">\n<publshInformation>'
        f"<Publish_Date>{day:%m/%d/%Y}</Publish_Date><Record_Count>{len(names) if count is None else count}</Record_Count>"
        f"</publshInformation>\n{entries}</sdnList>\n"
    ).encode()


def delta(
    day: date, added: Iterable[int] = (), removed: Iterable[int] = (), *, other: Iterable[int] = ()
) -> bytes:
    """A publication: what it adds to the SDN list and takes away; ``other`` are additions to another list."""
    rows = [
        *((uid, "add", "SDN List") for uid in added),
        *((uid, "remove", "SDN List") for uid in removed),
        *((uid, "add", "Non-SDN Menu-Based Sanctions List") for uid in other),
    ]
    entities = "".join(
        f'<entity id="{uid}" action="{action}"><generalInfo><entityType refId="600">Entity</entityType></generalInfo>'
        f'<sanctionsLists><sanctionsList id="1" refId="1550">{name}</sanctionsList></sanctionsLists></entity>\n'
        for uid, action, name in rows
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0">\n'
        f"<publicationInfo><datePublished>{day}T00:00:00-05:00</datePublished></publicationInfo>\n<entities>{entities}</entities>\n"
        "</sanctionsData>\n"
    ).encode()
