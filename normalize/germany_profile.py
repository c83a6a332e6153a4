"""What gesetze-im-internet.de declares of its documents: the Außenwirtschaftsverordnung with its Ausfuhrliste, and its neighbours."""

from __future__ import annotations

from normalize.profile import DiscardRule, Profile

ABBREVIATION = "abbreviation"
STRUCTURE_CODE = "structure-code"

DE_AWV = Profile(
    source="de_awv",
    version=1,
    reader="normalize.germany_reader:read_gii",
    discards=(
        DiscardRule(
            name=ABBREVIATION, reason="the publisher repeats the law's abbreviations in each of its norms"
        ),
        DiscardRule(
            name=STRUCTURE_CODE,
            reason="the digits by which the publisher sorts chapters; their place here is the tree",
        ),
    ),
)
