"""S12: an act that applies in stages: its dates in the calendar, told on their days, moved by an amendment, and each told once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.normalize.eu_pages import ACT_XML, CELEX, formex_zip
from tests.replica.abroad import Abroad, Cellar
from tests.stories.running import story

ACT, CONSOLIDATED = date(2031, 3, 3), date(2032, 1, 10)
CHAPTER, REST, POSTPONED = date(2031, 8, 2), date(2032, 8, 2), date(2033, 12, 2)
STAGES = (
    "<ARTICLE IDENTIFIER='004'><TI.ART>Article 4</TI.ART><STI.ART><P>Entry into force and application</P></STI.ART>"
    "<ALINEA>This Regulation shall enter into force on the twentieth day following that of its publication.</ALINEA>"
    "<ALINEA><P>It shall apply from 2 August 2032. However:</P><LIST TYPE='alpha'>"
    "<ITEM><NP><NO.P>(a)</NO.P><TXT>Chapter I shall apply from 2 August 2031.</TXT></NP></ITEM></LIST></ALINEA></ARTICLE>"
)


def act(*, stages: str = STAGES) -> str:
    return ACT_XML.replace("</ENACTING.TERMS>", stages + "</ENACTING.TERMS>")


def consolidation() -> bytes:
    """The act as amended: the general date is put off by sixteen months."""
    body = act(stages=STAGES.replace("2 August 2032", "2 December 2033"))
    body = body.replace("<ACT>", "<CONS.ACT><CONS.DOC>").replace("</ACT>", "</CONS.DOC></CONS.ACT>")
    start, end = body.index("<PREAMBLE>"), body.index("</PREAMBLE>") + len("</PREAMBLE>")
    return (body[:start] + body[end:]).encode()


def served() -> Abroad:
    consolidated = f"0{CELEX[1:]}-{CONSOLIDATED:%Y%m%d}"
    acts = {CELEX: {ACT: (formex_zip(act=act()),)}, consolidated: {CONSOLIDATED: (consolidation(),)}}
    return Abroad(today=ACT, service=Cellar(acts=acts))


def days_of(alerts: list[dict[str, object]]) -> list[str]:
    """Those that say that a day has come."""
    return [str(alert["title"]) for alert in alerts if str(alert["title"]).startswith("Today")]


def test_stages_are_in_the_calendar_told_on_their_days_and_an_amendment_moves_them(tmp_path: Path) -> None:
    with served() as replica:
        told = story(tmp_path, replica, "eu_ai_act", {"acts": [CELEX]}, act={"sources": ["eu_ai_act"]})
        assert told.on(ACT) == [], "what a first run finds is no news"
        calendar = told.place.run("calendar").stdout
        assert {day.isoformat() for day in (CHAPTER, REST) if day.isoformat() in calendar} == {
            "2031-08-02",
            "2032-08-02",
        }
        first = told.on(CHAPTER)
        again = told.on(date(2031, 8, 3))
        amended = told.on(CONSOLIDATED)
        changes = told.place.changes()
        moved = told.place.run("calendar").stdout
        old = told.on(REST)
        new = told.on(POSTPONED)
    assert len(days_of(first)) == 1
    assert days_of(again) == []
    assert any("2 December 2033" in str(alert) for alert in amended)
    (words,) = [one for one in changes if one["kind"] == "substitution"]
    assert (words["new_eid"].startswith("art4"), words["materiality"]) == (True, "substantive")
    assert {one["kind"] for one in changes} <= {"substitution", "applicability"}
    told_twice = [(one["kind"], one["new_eid"]) for one in changes]
    assert len(told_twice) == len(set(told_twice))
    assert POSTPONED.isoformat() in moved
    assert REST.isoformat() not in moved
    assert days_of(old) == []
    assert len(days_of(new)) == 1
