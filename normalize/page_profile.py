"""What publishers of web pages declare: where their content stands, and what of a page is no content."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.profile import DiscardRule, Profile

OUTSIDE = "outside-content"
NAVIGATION = "navigation"
CONTROLS = "controls"
PAGE_DATE = "page-date"
HIDDEN_ID = "hidden-id"
PICTURE = "picture"
BOILERPLATE = "boilerplate"

PAGE_DISCARDS = (
    DiscardRule(
        name=OUTSIDE, reason="the frame of the site around the content: banner, menus, footer, related links"
    ),
    DiscardRule(
        name=NAVIGATION,
        reason="menus, bread crumbs, tables of contents of the page and skip links inside the content",
    ),
    DiscardRule(name=CONTROLS, reason="forms, buttons, share and print bars, cookie notes: they say no law"),
    DiscardRule(
        name=PAGE_DATE,
        reason="when the page was built, retrieved or last touched; it differs where no word of the content does",
    ),
    DiscardRule(
        name=HIDDEN_ID, reason="ids of sessions and of the content system, in elements that are not shown"
    ),
    DiscardRule(name=PICTURE, reason="a picture without words that stands in no sentence"),
    DiscardRule(
        name=BOILERPLATE,
        reason="blocks of links beside the text, in a page whose content was found by its density",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageProfile(Profile):
    """A profile of web pages. ``content`` are CSS selectors of the content, the first that matches with words in it counts;
    ``drop`` are selectors of what is no content inside it, each with the name of its discard rule; ``under`` is the path that
    the works of the source stand under ("" for the host of the page)."""

    content: tuple[str, ...] = ()
    drop: tuple[tuple[str, str], ...] = ()
    under: str = ""


_READER = "normalize.page_reader:read_page"
_ANY = ("main article", "article", "main", "[role=main]", "#main-content", "#content")

WEB_PAGE = PageProfile(source="web_page", version=1, reader=_READER, discards=PAGE_DISCARDS, content=_ANY)
US_BIS = PageProfile(
    source="us_bis",
    version=1,
    reader=_READER,
    discards=PAGE_DISCARDS,
    # bis.doc.gov was Joomla until 2024, bis.gov has been rebuilt twice since.
    content=("main article", ".item-page", ".itemView", ".press-release", *_ANY),
    under="us/bis",
)
US_WHITEHOUSE = PageProfile(
    source="us_whitehouse",
    version=1,
    reader=_READER,
    discards=PAGE_DISCARDS,
    # WordPress: the block theme of whitehouse.gov, and that of the archived administrations.
    content=("main article", ".entry-content", ".body-content", ".page-content", *_ANY),
    drop=((".wp-block-post-navigation-link, .wp-block-whitehouse-topper", NAVIGATION),),
    under="us/whitehouse",
)
SG_CUSTOMS = PageProfile(
    source="sg_customs",
    version=1,
    reader=_READER,
    discards=PAGE_DISCARDS,
    content=(".content", *_ANY),  # Isomer, Singapore's builder of government sites
    under="sg/customs",
)
EU_AI_OFFICE = PageProfile(
    source="eu_ai_office",
    version=1,
    reader=_READER,
    discards=PAGE_DISCARDS,
    content=(".ecl-col-l-9", ".node__content", *_ANY),  # the Commission's component library
    drop=((".ecl-social-media-share, .ecl-feedback-form", CONTROLS), (".ecl-inpage-navigation", NAVIGATION)),
    under="eu/ai-office",
)
