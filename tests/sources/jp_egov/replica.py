"""An invented order with an edition in force, and one promulgated for a later day."""

from datetime import date

from tests.replica.abroad import Abroad, Egov, Revision, law

LAW_ID, NUMBER = "430CO0000000901", "平成三十年政令第九百一号"
DAY, FORCE = date(2026, 3, 2), date(2026, 6, 1)
SETTINGS = {"laws": [LAW_ID]}
FIRST = law(
    NUMBER,
    "この政令は、見本の輸出に適用する。",
    "質量が十キログラムを超えるものは、許可を受けなければならない。",
    "届出を要しない。",
)
SECOND = law(
    NUMBER,
    "この政令は、見本の輸出に適用する。",
    "質量が五キログラムを超えるものは、許可を受けなければならない。",
    "届出を要しない。",
)


def service() -> Egov:
    """The law from its first day."""
    return Egov(
        law_id=LAW_ID,
        law_num=NUMBER,
        revisions=[
            Revision(
                act=1,
                shown=date(2020, 1, 6),
                force=date(2020, 1, 6),
                law=law(NUMBER, "この政令は、見本に適用する。", "許可を要する。", "届出を要しない。"),
            ),
            Revision(act=2, shown=date(2025, 9, 1), force=date(2026, 1, 5), law=FIRST),
            Revision(act=3, shown=date(2026, 3, 10), force=FORCE, law=SECOND),
        ],
    )


def server() -> Abroad:
    """Before the last revision is promulgated."""
    return Abroad(today=DAY, service=service())
