"""Law abroad over some invented days: revisions promulgated, corrected and in force, acts and their consolidations, ordinances, orders and notices."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.normalize.eu_pages import ACT_XML, ANNEX_XML, CELEX, formex_zip
from tests.normalize.test_germany import SECTION, law, norm
from tests.replica import abroad
from tests.replica.abroad import JSON, XML, Abroad, Cellar, Egov, Files, Revision, Service
from tests.sources.eu_ai_act.replica import CONSOLIDATION, consolidation
from tests.sources.eu_dual_use import replica as dual_use
from tests.sources.uk_legislation.replica import FIRST as ORDER
from tests.sources.uk_notices.replica import record


@dataclass(frozen=True, kw_only=True)
class LawScript:
    """A source's publisher and the days on which something is other than before. ``name`` makes a document's name of the publisher's ("": it is none), ``text``
    takes out of a body what counts as its text."""

    source: str
    service: Callable[[], Service]
    days: tuple[date, ...]
    settings: dict[str, Any]
    name: Callable[[str], str] = str
    text: Callable[[bytes], bytes] = bytes

    def server(self) -> Abroad:
        """On the first day."""
        return Abroad(today=self.days[0], service=self.service())

    def truth(self, server: Abroad) -> dict[str, bytes]:
        """What is published today: document → text."""
        said = server.service.truth(server.today).items()
        return {self.name(name): self.text(body) for name, body in said if self.name(name)}


# ── e-Gov ──────────────────────────────────────────────────────────────────────────────────────────

_LAW, _NUMBER = "430CO0000000901", "平成三十年政令第九百一号"
_SHOWN = (date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 20), date(2026, 6, 1), date(2026, 7, 1))


def _order(kilograms: str) -> str:
    rest = (f"見本の貨物第{one}類は、届出を要しない。" for one in "一二三四五六七")
    return abroad.law(
        _NUMBER,
        "この政令は、見本の輸出に適用する。",
        f"質量が{kilograms}キログラムを超えるものは、許可を要する。",
        *rest,
    )


def _egov() -> Egov:
    revisions = [
        Revision(act=1, shown=date(2020, 1, 6), force=date(2020, 1, 6), law=_order("二十")),
        Revision(
            act=2,
            shown=date(2025, 9, 1),
            force=date(2026, 1, 5),
            law=_order("十"),
            updated=_SHOWN[2],
            corrected=_order("十一"),
        ),
        Revision(act=3, shown=_SHOWN[1], force=_SHOWN[3], law=_order("五")),
        Revision(act=4, shown=_SHOWN[4], force=_SHOWN[4], law=_order("四")),
    ]
    return Egov(law_id=_LAW, law_num=_NUMBER, revisions=revisions)


def _law_text(body: bytes) -> bytes:
    hit = re.search(rb"<Law\b.*</Law>", body, re.S)
    return hit[0] if hit else body


# ── Cellar ─────────────────────────────────────────────────────────────────────────────────────────

_ACT_DAYS = (date(2031, 3, 3), date(2031, 6, 2), date(2031, 9, 1), date(2032, 1, 1))


def _ai_act() -> Cellar:
    def other(number: str, words: str) -> bytes:
        made = ACT_XML.replace("2031/77", number).replace("on the loan of sextants", words)
        return formex_zip(**{"b.annex": ANNEX_XML, "z.act": made})

    return Cellar(
        acts={
            CELEX: {_ACT_DAYS[0]: (formex_zip(),)},
            "32031R0099": {
                _ACT_DAYS[1]: (
                    other("2031/99", "laying down rules for the application of Regulation (EU) 2031/77"),
                )
            },
            f"{CELEX}R(01)": {_ACT_DAYS[2]: (other("2031/77", "Corrigendum to the loan of sextants"),)},
            CONSOLIDATION: {_ACT_DAYS[3]: (consolidation(),)},
        }
    )


# ── gesetze-im-internet ────────────────────────────────────────────────────────────────────────────

_BUILT = (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 23))


def _package(kilograms: str, built: date) -> bytes:
    more = (norm(f"§ {n}", f"Gut {n}", f"<P>Güter der Art {n} sind frei.</P>") for n in range(11, 18))
    body = law(SECTION, norm("§ 10", "Menge", f"<P>Höchstens {kilograms} kg.</P>"), *more)
    body = body.replace(b"<dokumente>", f'<dokumente builddate="{built:%Y%m%d}213000">'.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("BJNR000000020.xml", (2020, 1, 1, 0, 0, 0)), body)
    return out.getvalue()


def _unpacked(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read(archive.namelist()[0])


def _germany() -> Files:
    files = {
        "/mustv/xml.zip": {day: _package(kg, day) for day, kg in zip(_BUILT, ("10", "5", "4"), strict=True)},
        "/mustg/xml.zip": {_BUILT[0]: _package("90", _BUILT[0]), _BUILT[1]: _package("80", _BUILT[1])},
    }
    return Files(host="www.gesetze-im-internet.de", media_type="application/zip", files=files)


# ── legislation.gov.uk and GOV.UK ──────────────────────────────────────────────────────────────────

_REVISED = (date(2031, 4, 2), date(2031, 5, 6), date(2031, 6, 3))


def _kingdom() -> Files:
    second = ORDER.replace("means a float", "means a moored float").replace(
        "<dct:valid>2031-04-01", "<dct:valid>2031-05-05"
    )
    third = second.replace("the codes", "all codes").replace("<dct:valid>2031-05-05", "<dct:valid>2031-06-02")
    bodies = {day: text.encode() for day, text in zip(_REVISED, (ORDER, second, third), strict=True)}
    return Files(host="www.legislation.gov.uk", media_type=XML, files={"/uksi/2031/77/data.xml": bodies})


_NOTED = tuple(date(2031, 4, 2) + timedelta(days=n) for n in range(8))
_COLLECTION = "/government/collections/notices-to-borrowers"
_AI = "/government/publications/artificial-intelligence-for-buoys"


def _notices() -> Files:
    paths = [f"/government/publications/notice-to-borrowers-20310{n}" for n in (1, 2, 3)]

    def notice(number: int, day: date, words: str) -> bytes:
        return record(
            paths[number - 1], f"Notice 2031/0{number}", f"A licence is needed to lend {words}.", day
        )

    def collection(day: date, *documents: str) -> bytes:
        return record(_COLLECTION, "Notices to borrowers", "All notices.", day, documents=documents)

    found = {
        "results": [{"link": _AI, "title": "Artificial intelligence for buoys", "description": ""}],
        "total": 1,
    }
    files: dict[str, dict[date, bytes | None]] = {
        f"/api/content{_COLLECTION}": {
            _NOTED[0]: collection(_NOTED[0], *paths[:2]),
            _NOTED[1]: collection(_NOTED[1], *paths),
            _NOTED[3]: collection(_NOTED[3], paths[0], paths[2]),
            _NOTED[7]: collection(_NOTED[7], *paths),
        },
        f"/api/content{paths[0]}": {
            _NOTED[0]: notice(1, _NOTED[0], "a sextant"),
            _NOTED[2]: notice(1, _NOTED[2], "two sextants"),
        },
        f"/api/content{paths[1]}": {
            _NOTED[0]: notice(2, _NOTED[0], "a buoy"),
            _NOTED[3]: None,
            _NOTED[7]: notice(2, _NOTED[0], "a buoy"),
        },
        f"/api/content{paths[2]}": {_NOTED[1]: notice(3, _NOTED[1], "a clock")},
        f"/api/content{_AI}": {
            _NOTED[0]: record(_AI, "Artificial intelligence for buoys", "A plan.", _NOTED[0]),
            _NOTED[4]: record(_AI, "Artificial intelligence for buoys", "A better plan.", _NOTED[4]),
        },
        "/api/search.json": {_NOTED[0]: json.dumps(found).encode()},
    }
    return Files(host="www.gov.uk", media_type=JSON, files=files)


def _told(body: bytes) -> bytes:
    """What of a record is its text."""
    said = json.loads(body)
    return json.dumps([said.get("title"), said.get("details")]).encode()


LAWS = {
    script.source: script
    for script in (
        LawScript(source="jp_egov", service=_egov, days=_SHOWN, settings={"laws": [_LAW]}, text=_law_text),
        LawScript(source="eu_ai_act", service=_ai_act, days=_ACT_DAYS, settings={"acts": [CELEX]}),
        LawScript(
            source="eu_dual_use",
            service=dual_use.service,
            days=(dual_use.DAY, dual_use.NEXT),
            settings=dual_use.SETTINGS,
        ),
        LawScript(
            source="de_awv",
            service=_germany,
            days=_BUILT,
            settings={"laws": ["mustv", "mustg"]},
            name=lambda path: path.split("/")[1],
            text=_unpacked,
        ),
        LawScript(
            source="uk_legislation", service=_kingdom, days=_REVISED, settings={"texts": ["uksi/2031/77"]}
        ),
        LawScript(
            source="uk_notices",
            service=_notices,
            days=_NOTED,
            settings={"pages": [_COLLECTION], "searches": ["q=artificial+intelligence"]},
            name=lambda path: path.removeprefix("/api/content") if "search" not in path else "",
            text=_told,
        ),
    )
}
