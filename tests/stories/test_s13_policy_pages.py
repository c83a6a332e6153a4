"""S13: plans and decisions that are no law come through pages: a policy page that is edited, a circular that appears, a notice that moves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.replica.sites import framed, links, paragraphs, pdf
from tests.sources.eu_ai_office import replica as office
from tests.sources.jp_meti import replica as meti
from tests.sources.sg_customs import replica as customs
from tests.stories.running import story

NEXT = timedelta(days=1)


def test_a_guideline_that_the_commission_edits_silently_is_told_with_its_words(tmp_path: Path) -> None:
    with office.server() as replica:
        told = story(
            tmp_path,
            replica,
            "eu_ai_office",
            office.SETTINGS,
            articles={"text": ["biometric"]},
            all={"sources": ["eu_ai_office"]},
        )
        assert told.on(office.DAY) == []
        replica.pages[office.HOST + office.GUIDE] = framed(
            "Guidelines on invented AI systems",
            paragraphs(
                "The guidelines explain Article 3 and biometric identification.",
                "They apply from 2 December 2031.",
            ),
            site="Shaping Europe’s digital future",
        )
        alerts = told.on(office.DAY + NEXT)
        again = told.on(office.DAY + 2 * NEXT)
    assert {alert["watch"] for alert in alerts} == {"articles", "all"}
    assert "2 December 2031" in str(alerts)
    assert again == []


def test_a_circular_that_appears_is_one_new_document_whatever_day_it_bears(tmp_path: Path) -> None:
    path = "/news-and-media/circulars/2031-03-20-Circular022031.pdf"
    with customs.server() as replica:
        told = story(tmp_path, replica, "sg_customs", customs.SETTINGS, circulars={"sources": ["sg_customs"]})
        assert told.on(customs.DAY) == []
        replica.pages[customs.HOST + path] = pdf(
            "Circular No. 02/2031", "1 Export controls on lithography equipment."
        )
        replica.pages[customs.HOST + customs.LIST] = framed(
            "Circulars",
            links(
                [
                    (path, "Circular 02/2031: Amendment of the Strategic Goods Order", "2031-03-20"),
                    (
                        customs.CIRCULAR,
                        "Circular 01/2031: Amendment of the Strategic Goods Order for sextants",
                        "2031-04-01",
                    ),
                ]
            ),
            site="Singapore Customs",
        )
        (alert,) = told.on(customs.DAY + NEXT)
        kinds = {change["kind"] for change in told.place.changes()}
    assert "lithography" in str(alert)
    assert kinds == {"insertion"}


def test_a_notice_replaced_in_its_place_is_one_redline_and_one_put_elsewhere_is_a_move(
    tmp_path: Path,
) -> None:
    elsewhere = "/policy/anpo/law_document/tutatu/31fy/mihon_2.pdf"
    with meti.server() as replica:
        told = story(
            tmp_path,
            replica,
            "jp_meti",
            meti.SETTINGS,
            notices={"sources": ["jp_meti"], "materiality": ["substantive", "editorial"]},
        )
        assert told.on(meti.DAY) == []

        replica.pages[meti.HOST + meti.NOTICE] = pdf(
            "Notice on the lending of sextants",
            "1. A licence is needed for 2 or more.",
            "2. In force on 2031-05-01.",
        )
        told.on(meti.DAY + NEXT)
        (redline,) = told.place.changes()

        replica.pages[meti.HOST + elsewhere] = replica.pages.pop(meti.HOST + meti.NOTICE)
        replica.pages[meti.HOST + meti.LIST] = framed(
            "改正情報",
            links(
                [
                    (elsewhere, "見本の運用通達の一部改正", "2031年4月4日"),
                    ("/policy/anpo/qanda.html", "輸出管理の見本Q&A", ""),
                ]
            ),
            site=meti.SITE,
            language="ja",
        )
        told.on(meti.DAY + 2 * NEXT)
        moved = [change for change in told.place.changes() if change["kind"] == "move"]
        after = len(told.place.changes())
        told.on(meti.DAY + 3 * NEXT)
    assert (redline["kind"], redline["materiality"]) == ("substitution", "substantive")
    assert [(one["old_eid"], one["materiality"]) for one in moved] == [(None, "editorial")]
    assert f"https://{meti.HOST}{elsewhere}" in moved[0]["reason"]
    assert after == 2 == len(told.place.changes()), "neither a withdrawal nor a new document"
