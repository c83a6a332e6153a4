"""What the United Kingdom's sources declare of their documents."""

from __future__ import annotations

from normalize.profile import DiscardRule, Profile

UK_LEGISLATION = Profile(
    source="uk_legislation",
    version=1,
    reader="normalize.uk_legislation:read_legislation",
    discards=(
        DiscardRule(
            name="metadata",
            reason="The catalogue record that legislation.gov.uk puts before a text: links, identifiers, counts, dates. Title and dates are"
            " read as facts, effects that are not yet worked in as a remark",
        ),
    ),
)

UK_NOTICES = Profile(
    source="uk_notices",
    version=1,
    reader="normalize.uk_govuk:read_govuk",
    discards=(
        DiscardRule(
            name="index-field",
            reason="Fields of the content record that are read as facts (dates, title, address), that steer the site (identifiers, phases,"
            " schemas), or that render what another field says",
        ),
        DiscardRule(
            name="links",
            reason="Records of other pages that the page is shown with: organisations, topics, related pages, translations",
        ),
        DiscardRule(
            name="site-chrome",
            reason="What the site puts around a page: header, cookie notice, breadcrumbs, navigation, footer",
        ),
        DiscardRule(
            name="footnote-mark",
            reason="The number in the running text that calls a footnote; the footnote itself is a provision",
        ),
    ),
)
