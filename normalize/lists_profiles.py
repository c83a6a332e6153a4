"""What the screening lists of the United States declare of themselves."""

from __future__ import annotations

from normalize.profile import MIB, DiscardRule, Profile

_COLUMN_NAMES = DiscardRule(
    name="column-names",
    reason="The header of the table, and what frames the records of an answer: the reader knows the columns",
)
_IDENTIFIER = DiscardRule(
    name="record-identifier",
    reason="The publisher's running identifiers: hashes of the content, or numbers of aliases and addresses that nobody cites",
)

US_CSL = Profile(
    source="us_csl",
    version=1,
    reader="normalize.lists_csl:read_csl",
    size_limit=64 * MIB,
    discards=(
        _COLUMN_NAMES,
        _IDENTIFIER,
        DiscardRule(
            name="list-page",
            reason="Addresses of the web pages of a list, the same in each of its records: they say nothing of a party",
        ),
        DiscardRule(
            name="repeated-list-name",
            reason="Each record repeats the name of its list, which is the heading of the list's provision",
        ),
    ),
)

US_OFAC_SDN = Profile(
    source="us_ofac_sdn",
    version=1,
    reader="normalize.lists_ofac:read_ofac_sdn",
    size_limit=64 * MIB,
    discards=(
        _IDENTIFIER,
        DiscardRule(
            name="list-count", reason="The list's own date and number of records: checked, and read as a fact"
        ),
        DiscardRule(
            name="main-mark",
            reason="The mark of the main one among several birth dates, nationalities, citizenships",
        ),
    ),
)

US_BIS_DPL = Profile(
    source="us_bis_dpl",
    version=1,
    reader="normalize.lists_dpl:read_bis_dpl",
    discards=(_COLUMN_NAMES,),
)
