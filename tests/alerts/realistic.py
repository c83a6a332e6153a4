"""Alerts as people get them, one of each sort that looks otherwise, for the tests that render and judge them. What they say is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from alerts.events_missing import Overdue, missing_for
from alerts.match import WatchIndex, match
from alerts.message import Payload
from alerts.messages import Context, deliveries_for
from alerts.reminders import Due, reminders_for, subject_of
from alerts.sources import SourceNote
from archive.calendar import KeptFuse
from archive.codec import loads
from archive.events import Stage
from archive.evidence import Evidence
from archive.records import (
    Amendment,
    Applicability,
    Enclosing,
    Expression,
    Fact,
    Fuse,
    LimitChange,
    Operation,
    Provision,
    StoredChange,
    Touch,
)
from diffing.touches.claimed import Claim, Outcome
from tests.alerts.made import NOW, change, stored, watch

SOURCES = {
    "us_ecfr": SourceNote(
        title="Electronic Code of Federal Regulations",
        legal_status="The eCFR is not the official legal edition of the CFR: check the Federal Register before you rely on it.",
    ),
    "us_federal_register": SourceNote(
        title="Federal Register",
        legal_status="Text of the Federal Register's web edition; the official edition is the PDF at govinfo.gov.",
    ),
    "jp_egov": SourceNote(
        title="e-Gov law search",
        legal_status="e-Gov's text is for reference and may lag: the official gazette (官報) prevails. Notices (通達, 告示) are not in it.",
    ),
    "cn_mofcom": SourceNote(
        title="商务部公告: announcements on export control",
        legal_status="The ministry's own publication of its announcements, which have force of law as published. Observed every 6 hours.",
    ),
}
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def evidence(language: str, url: str) -> Evidence:
    return Evidence(
        url=url, fetched_at=datetime(2026, 6, 18, 8, 58, tzinfo=UTC), sha256=SHA, language=language
    )


def context_in(language: str, **given: object) -> Context:
    people = {"ann@example.org": language}
    base = Context(now=NOW, address="http://127.0.0.1:8801", sources=SOURCES, languages=people)
    return replace(base, **given)  # type: ignore[arg-type]


def _sent(ones: list[StoredChange], context: Context, **asked: object) -> Payload:
    asked = {
        "reason": "We ship accelerators to data centres in this region.",
        "matter": "EXP-2026-014",
        **asked,
    }
    one = watch("advanced computing", **asked)
    found = [hit for each in ones for hit in match([one], each)]
    assert found
    return loads(deliveries_for(ones, found, context)[0].payload, Payload)


def control_list(language: str) -> Payload:
    """A limit of the Commerce Control List that went down, with two more changes of its entry."""
    entry = Enclosing(
        eid="3A090",
        unit="entry",
        num="3A090",
        heading="Integrated circuits of this fixture having one or more digital processing units",
    )
    ops: tuple[Operation, ...] = (
        (
            "=",
            "Integrated circuits having one or more digital processing units having a ‘total processing performance’ of ",
        ),
        ("-", "4800"),
        ("+", "2400"),
        ("=", " or more, or a ‘performance density’ of "),
        ("-", "5.92"),
        ("+", "3.2"),
        ("=", " or more, whichever of the conditions of this fixture is met first."),
    )
    limits = (
        LimitChange(
            eid="3A090.a.1",
            quantity="total processing performance",
            old=">= 4800",
            new=">= 2400",
            direction="tighter",
        ),
        LimitChange(
            eid="3A090.a.1", quantity="performance density", old=">= 5.92", new=">= 3.2", direction="tighter"
        ),
    )
    touches = (
        Touch(type="code", id="3A090.a.1", regime="ear", role="item", via="enclosing"),
        Touch(type="limit", id="2400", role="item", via="inserted"),
    )
    first = stored(
        change(
            ops,
            unit="paragraph",
            num="(1)",
            limits=limits,
            path=(entry, Enclosing(eid="3A090.a", unit="item", num="a.")),
            reason="a number or code changed: 4800 → 2400",
        ),
        touches,
        id="c1",
    )
    moved = stored(
        change(
            (("=", "Note 2 to 3A090 of this fixture: items of this note are not controlled."),),
            kind="renumbering", materiality="editorial", old_eid="3A090.note-1", new_eid="3A090.note-2", unit="note", heading="Note 2",
            carried=(("3A090.note-1.a", "3A090.note-2.a"), ("3A090.note-1.b", "3A090.note-2.b")), path=(entry,), reason="renumbered, no word changed",
        ),
        (Touch(type="code", id="3A090", regime="ear", role="note", via="enclosing"),),
        id="c2",
    )  # fmt: skip
    stayed = stored(
        change(
            (), kind="applicability", unit="note", heading="Note 3", old_eid="3A090.note-3", new_eid="3A090.note-3", path=(entry,),
            reason="stayed from 2026-06-18 to 2026-11-09 by 91 FR 34567",
            applicability=(Applicability(state="stayed", start=date(2026, 6, 18), end=date(2026, 11, 9), citation="91 FR 34567"),),
        ),
        (Touch(type="code", id="3A090", regime="ear", role="note", via="enclosing"),),
        id="c3",
    )  # fmt: skip
    context = context_in(
        language,
        evidence=evidence(
            "en", "https://www.ecfr.gov/api/versioner/v1/full/2026-06-18/title-15.xml?part=774"
        ),
    )
    return _sent([first, moved, stayed], context, eccn=("3A090",), materiality=("substantive", "editorial"))


def entity_list(language: str) -> Payload:
    """Rows added to a list of entities, each with a long address and many aliases."""
    country = Enclosing(eid="china", unit="country", heading="CHINA, PEOPLE’S REPUBLIC OF")
    rows = [
        "China, People’s Republic of | Brightwater Advanced Lithography Research Institute of This Fixture, a.k.a., the following five aliases: "
        "—BALRI; —Brightwater Litho; —Brightwater Institute; —Mingshui Guangke; and —明水光刻研究院. No. 1 Example Road, Example District, Shanghai, 200000 | "
        "For all items subject to the EAR (see § 744.11 of the EAR) | Presumption of denial | 91 FR 34567, June 18, 2026.",
        "China, People’s Republic of | Clearlake Microdevices of This Fixture Co., Ltd., No. 2 Example Road, Shenzhen, 518000 | "
        "For all items subject to the EAR (see §§ 734.9(e) and 744.11 of the EAR) | Presumption of denial | 91 FR 34567, June 18, 2026.",
    ]
    ones = [
        stored(
            change((("+", row),), kind="insertion", old_eid=None, new_eid=f"china.entity-{number}", unit="row", path=(country,), reason="new text"),
            (Touch(type="country", id="CN", role="item", via="inserted"),),
            id=f"e{number}", work="us/cfr/15/744/supp-4", title="Supplement No. 4 to Part 744",
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    return _sent(
        ones, context_in(language, evidence=evidence("en", "https://www.ecfr.gov/api")), countries=("CN",)
    )


def country_group(language: str) -> Payload:
    """A destination taken out of an appendix, another put in."""
    path = (
        Enclosing(
            eid="app-A",
            unit="appendix",
            num="Appendix A",
            heading="Generally Authorized Destinations of this fixture",
        ),
    )
    ones = [
        stored(change((("+", "Thailand"),), kind="insertion", old_eid=None, new_eid="app-A.thailand", unit="li", path=path, reason="new text"),
               (Touch(type="country", id="TH", role="item", via="inserted", end=8),), id="g1", work="us/cfr/10/810", title="Assistance to Foreign Atomic Energy Activities"),
        stored(change((("-", "Atlantis"),), kind="repeal", old_eid="app-A.atlantis", new_eid=None, unit="li", path=path, reason="text taken out"),
               (Touch(type="country", id="TH", role="item", via="group:D:5", excluded=True),), id="g2", work="us/cfr/10/810", title="Assistance to Foreign Atomic Energy Activities"),
    ]  # fmt: skip
    return _sent(ones, context_in(language), countries=("TH",))


def japanese_order(language: str) -> Payload:
    """A limit in a Japanese ordinance."""
    ops: tuple[Operation, ...] = (
        ("=", "集積回路であって、次のいずれかに該当するもの（総合処理性能が"),
        ("-", "四千八百"),
        ("+", "二千四百"),
        (
            "=",
            "以上のものに限る。）のうち、この例示のために作成した省令に定める装置に用いるものであって、専ら民生用途に設計したものを除く。",
        ),
    )
    path = (
        Enclosing(eid="6", unit="article", num="第六条", heading="集積回路等"),
        Enclosing(eid="6.16_4", unit="item", num="第十六号の四"),
    )
    limit = LimitChange(
        eid="6.16_4.イ", quantity="総合処理性能", old=">= 4800", new=">= 2400", direction="tighter"
    )
    one = stored(
        change(ops, new_eid="6.16_4.イ", unit="item", num="イ", path=path, limits=(limit,), reason="a number or code changed: 四千八百 → 二千四百"),
        (Touch(type="code", id="貨物等省令/6/16_4/イ", regime="jp", role="item", via="enclosing"),),
        id="j1", source="jp_egov", work="jp/law/403M50000400049",
        title="輸出貿易管理令別表第一及び外国為替令別表の規定に基づき貨物又は技術を定める省令（例示）",
    )  # fmt: skip
    return _sent(
        [one],
        context_in(language, evidence=evidence("ja", "https://laws.e-gov.go.jp/api/2")),
        item_jp=("貨物等省令/6/16_4",),
    )


def chinese_announcement(language: str) -> Payload:
    """A ministry's announcement that appeared."""
    text = (
        "商务部公告2031年第99号 关于对若干示例物项实施出口管制的公告\n根据《中华人民共和国出口管制法》的有关规定，经批准，决定对符合下列特性的示例物项实施出口管制：\n"
        "一、1C999.a 示例材料（参考海关商品编号：9999999999）。\n二、出口经营者出口上述物项应当依照有关规定向国务院商务主管部门申请许可。\n本公告自公布之日起正式实施。"
    )
    at = text.index("1C999.a")
    one = stored(
        change((("+", text),), kind="insertion", old_eid=None, new_eid=None, heading="商务部公告2031年第99号", reason="a new document"),
        (Touch(type="code", id="1C999.a", regime="cn", role="item", via="inserted", start=at, end=at + 7),),
        id="z1", source="cn_mofcom", work="cn/mofcom/2031/99", before=None,
        title="商务部公告2031年第99号 关于对若干示例物项实施出口管制的公告",
        facts=(
            Fact(name="published", value="2026-06-18"), Fact(name="effective", value="2026-06-18"), Fact(name="agency", value="商务部"),
            Fact(name="url", value="https://www.mofcom.gov.cn/example.html"),
        ),
    )  # fmt: skip
    return _sent(
        [one],
        context_in(language, evidence=evidence("zh", "https://www.mofcom.gov.cn/example.html")),
        item_cn=("1C999",),
    )


def reminder(language: str) -> Payload:
    """A stay that lapses in thirty days."""
    day = date(2026, 7, 18)
    fuse = Fuse(
        work="us/cfr/15/774/supp-1", eid="3A090.note-1", day=day, named=day - timedelta(days=1), sort="stay ends",
        act="90 FR 99999", words="Note 1 was stayed, effective until July 17, 2026.",
    )  # fmt: skip
    kept = KeptFuse(
        id="f1", fuse=fuse, source="us_ecfr", title="The Commerce Control List of this fixture",
        as_of=date(2026, 6, 1), seen=date(2026, 6, 2), told=None,
    )  # fmt: skip
    note = Provision(eid="3A090.note-1", unit="note", text="Destinations in Thailand, and their affiliates.")
    entry = Provision(eid="3A090", unit="entry", num="3A090", heading="Circuits", children=(note,))
    held = Expression(work=fuse.work, as_of=kept.as_of, recipe="t/1", provisions=(entry,))
    due = Due(kept=kept, stage=30, subject=subject_of(kept, held, NOW), language="en")
    index = WatchIndex([watch("advanced computing", eccn=("3A090",), countries=("TH",))])
    (owed,) = reminders_for([due], index, context_in(language), checked=NOW)
    return loads(owed.payload, Payload)


def paper(number: str = "2026-12345", text: str = "") -> StoredChange:
    words = (
        text
        or "This rule of the fixture adds one entity located in Thailand to the list.\nIt is effective on July 20, 2026."
    )
    return stored(
        change((("+", words),), kind="insertion", old_eid=None, new_eid=None, heading="Additions of Entities of This Fixture", reason="a new document"),
        (Touch(type="country", id="TH", role="preamble", via="inserted", start=words.find("Thailand"), end=words.find("Thailand") + 8),),
        id="p1", source="us_federal_register", work=f"us/fr/{number}", before=None, title="Additions of Entities of This Fixture to the Entity List",
        facts=(
            Fact(name="published", value="2026-06-18"), Fact(name="effective", value="2026-07-20"), Fact(name="comments_close", value="2026-08-17"),
            Fact(name="citation", value="91 FR 34567"), Fact(name="action", value="Interim final rule; request for comments."),
            Fact(name="agency", value="Bureau of Industry and Security"), Fact(name="rin", value="0694-ZZ01"), Fact(name="docket", value="260610-0001"),
            Fact(name="url", value="https://www.federalregister.gov/documents/2026/06/18/2026-12345/example"),
        ),
    )  # fmt: skip


def update(language: str) -> Payload:
    """A later stage of an act that was told before."""
    stages = (
        Stage(transition_id="t8", stage="announced", work="us/fr-desk/2026-12345", title="Additions of Entities of This Fixture to the Entity List", at=NOW - timedelta(days=2)),
        Stage(transition_id="t9", stage="corrected", work="us/fr/C1-2026-12345", title="Additions of Entities of This Fixture; Correction", at=NOW - timedelta(days=1)),
    )  # fmt: skip
    context = context_in(
        language, thread="act", stage="published", history=stages, updates=frozenset({"console:"})
    )
    context = replace(context, evidence=evidence("en", "https://www.federalregister.gov"))
    return _sent([paper()], context, countries=("TH",))


def cut(language: str) -> Payload:
    """A paper far longer than a message, and more changes than are shown."""
    long = "The committee of this fixture considered the comments that it received. " * 200
    one = paper(text=f"{long}Items for Thailand need a license. {long}")
    return _sent(
        [one],
        context_in(language, evidence=evidence("en", "https://www.federalregister.gov")),
        countries=("TH",),
    )


def missing(language: str) -> Payload:
    """What a paper announced and the text does not show."""
    said = Amendment(
        operation="revise",
        work="us/cfr/15/744",
        eid="744.11.c",
        unit="paragraph",
        instruction="4.b",
        words="b. Revising paragraph (c) to read as follows:",
    )
    outcomes = (
        Outcome(
            claim=Claim(act="us/fr/2026-12345", amendment=said), state="missing", checked=date(2026, 6, 17)
        ),
        Outcome(claim=Claim(act="us/fr/2026-12345", amendment=said), state="found"),
    )
    overdue = Overdue(
        act="us/fr/2026-12345",
        day=date(2026, 6, 8),
        outcomes=outcomes,
        paper=(paper(),),
        event="act",
        checked=NOW,
    )
    found = match([watch("advanced computing", countries=("TH",))], paper())
    return loads(missing_for(overdue, found, context_in(language))[0].payload, Payload)


ALERTS: dict[str, Callable[[str], Payload]] = {
    "control-list": control_list,
    "entity-list": entity_list,
    "country-group": country_group,
    "japanese-order": japanese_order,
    "chinese-announcement": chinese_announcement,
    "reminder": reminder,
    "update": update,
    "cut": cut,
    "missing": missing,
}
"""Each sort by name: the message in a language (``en``, ``ja``, ``zh-Hans``, ``zh-Hant``)."""
