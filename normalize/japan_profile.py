"""What the Japanese sources declare of their documents."""

from __future__ import annotations

from normalize.profile import DiscardRule, Profile

JP_EGOV = Profile(
    source="jp_egov",
    version=1,
    reader="normalize.japan_egov:read_egov",
    discards=(
        DiscardRule(name="contents", reason="The table of contents repeats the headings of what follows it"),
        DiscardRule(
            name="ruby", reason="The reading that is set beside a character: an aid, no word of the law"
        ),
    ),
)

JP_METI = Profile(
    source="jp_meti",
    version=1,
    reader="normalize.japan_meti:read_meti",
    discards=(
        DiscardRule(
            name="ruby", reason="The reading that is set beside a character: an aid, no word of the notice"
        ),
        DiscardRule(
            name="site-frame",
            reason="What every page of the ministry carries around its content: navigation, search, footer",
        ),
        DiscardRule(
            name="new-mark",
            reason="The picture that says NEW beside an entry: it goes after some weeks, and no word changes",
        ),
    ),
)
