"""e-Gov 法令検索: the laws, orders and ordinances of Japan on export control and on AI, revision by revision, through the law API."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.egov_api import count, crawl
from crawlers.families.egov_settings import EgovSettings

CARD = SourceCard(
    id="jp_egov",
    title="e-Gov law search",
    jurisdiction="JP",
    publisher="Digital Agency of Japan",
    hosts=("laws.e-gov.go.jp",),
    kind="consolidated",
    # The gazette appears at 08:30 in Tokyo, 23:30 UTC of the day before; e-Gov follows in the course of the day.
    cadence="09:20 13:20 17:20 00:20 Asia/Tokyo on working days; 09:20 Asia/Tokyo daily",
    landmark="the revision's own id in law_data, the number of the law, provisions, most articles of its count; every revision of the daily lists",
    legal_status="e-Gov's text is for reference and may lag: the official gazette (官報) prevails. Notices (通達, 告示) are not in it.",
    language="ja",
    beyond="Notices (通達, 告示), which the database does not have: the pages of METI are observed for them.",
    licence="Public Data License 1.0 of Japan, compatible with CC BY 4.0; law texts are free of copyright (Art. 13)",
    crawl=crawl,
    count=count,
    settings=EgovSettings,
    by_default=False,
)
