"""gesetze-im-internet.de: the German foreign trade ordinance with its export list (Ausfuhrliste), and the acts beside it."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.gesetze_im_internet import GermanLawSettings, crawl

CARD = SourceCard(
    id="de_awv",
    title="Gesetze im Internet: Außenwirtschaftsverordnung",
    jurisdiction="DE",
    publisher="Federal Ministry of Justice and Federal Office of Justice of Germany",
    hosts=("www.gesetze-im-internet.de",),
    kind="consolidated",
    # Built on working days in the evening; there is no list of versions, so: observed every 12 hours.
    cadence="06:10 18:10 Europe/Berlin daily",
    landmark="a whole zip with one XML file of norms, the first of which names the law",
    legal_status=(
        "Not official: only the text in the Bundesgesetzblatt is authentic. No list of versions exists: observed every 12 hours."
    ),
    language="de",
    beyond="The Bundesgesetzblatt itself; notices and general licences of BAFA.",
    licence="Official works, free of copyright (§ 5 UrhG)",
    crawl=crawl,
    settings=GermanLawSettings,
    by_default=False,
)
