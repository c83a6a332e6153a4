"""What is declared of Chinese announcements and statutes: mofcom.gov.cn and its bureaus, cac.gov.cn, and texts as Markdown."""

from __future__ import annotations

from normalize.page_profile import CONTROLS, NAVIGATION, OUTSIDE, PAGE_DATE, PAGE_DISCARDS, PageProfile
from normalize.profile import DiscardRule

MARKDOWN = "markdown-comment"

CN_MOFCOM = PageProfile(
    source="cn_mofcom",
    version=1,
    reader="normalize.china_reader:read_china",
    discards=(
        *PAGE_DISCARDS,
        DiscardRule(name=MARKDOWN, reason="a comment of whoever converted the text, not printed"),
    ),
    # JPaaS (mofcom.gov.cn since 2023), its older art-con, TRS (ministries), the CMS of cac.gov.cn and exportcontrol.mofcom.gov.cn.
    content=(
        ".art-con",
        "#zoom",
        "#BodyLabel",
        ".TRS_Editor",
        ".trs_editor_view",
        ".article-content",
        ".artCon",
        "main article",
        "article",
        ".article",
        ".main-content",
        "main",
        "#content",
        ".content",
    ),
    drop=(
        (".crumbs, .location, .position, .current-path", NAVIGATION),
        (".bdsharebuttonbox, .set_font, .wx_share, .artDown, .print_close, #dyjc", CONTROLS),
        (".art-title-info, #pubtime, .pubtime, .artTime", PAGE_DATE),
        (".prev-next, .relatedNews, .xgwd", OUTSIDE),
    ),
    under="",
)
