"""Series and whole groups of the control list: ``600 series``, ``9x515``, ``0x5zz``, ``0x521``, ``EAR99``, ``Category 3``, ``3B``.

They are touches of their own type and never codes. ``3B`` stands for "Category 3, Product Group B", ``Category 5P2`` for Part 2 of
Category 5.
"""

from __future__ import annotations

import re

from diffing.touches.context import Context, Found

# Each begins with its letters, so that a text without them is passed over fast; what stands before is looked at afterwards.
_FIXED = (
    ("600 series", re.compile(r"600[\s-]series\b(?<![0-9.]600.series)")),
    ("600 series", re.compile(r"600(?:系列|シリーズ|er[\s-]serie\b|-serie\b)")),
    ("600 series", re.compile(r"serie 600\b")),
    ("600 series", re.compile(r"6zz\b(?<![0-9a-wyz]6zz)")),
    ("9x515", re.compile(r"9x515(?![0-9])(?<![0-9a-z]9x515)")),
    ("0x5zz", re.compile(r"0[xa-e]5(?:zz|xx)(?![0-9a-z])(?<![0-9a-z]0...)")),
    ("0x521", re.compile(r"0[xy]521(?![0-9])(?<![0-9a-z]0.521)")),
    ("0x521", re.compile(r"521 series\b(?<![0-9a-z]521 series)")),
    ("EAR99", re.compile(r"ear[\s-]?99(?![0-9])(?<![0-9a-z]ear99)(?<![0-9a-z]ear.99)")),
)  # fmt: skip
_CATEGORY = re.compile(
    r"(?=[ckカ类類第])(?P<word>\bcategor(?:y|ies)\s|\bkategorien?\s|\bcategories?\s|カテゴリー?\s?|类别|類別|第)(?P<digit>[0-9])(?P<suffix>类|類)?(?:\s*[-,(]?\s*(?:parti?e?|teil|第|パート)\s*(?P<part>[12])(?:部分)?)?(?![0-9a-z(/]|\.[0-9a-z])(?:\s*[,()-]?\s*(?:\(?[^().,;0-9]{2,40}\)\s*,?\s*)?(?:(?:product\s+)?groups?|produktgruppe|groupe(?:\s+de\s+produits)?|製品グループ|产品组|產品組)\s(?P<group>[a-e])(?![a-z0-9]))?"
)
_MORE = re.compile(
    r"\s*(?:,\s*(?:and\s|or\s|und\s|oder\s|et\s|ou\s)?|\s(?:and|or|und|oder|et|ou)\s|、|和|及び|又は|(?P<range>\s(?:to|through|bis|a)\s|-))(?:category\s)?(?P<digit>[0-9])(?![0-9a-z(/%-]|\.[0-9a-z])"
)
_LETTERED = re.compile(
    r"[Pp](?i:roduct\s+groups?\s+)(?P<group>[A-Ea-e])(?i:\s+(?:of|in)\s+(?:ccl\s+)?category\s+(?P<digit>[0-9]))?(?![A-Za-z0-9])"
)
_PAIR = re.compile(r"(?P<digit>[0-9])(?<![0-9A-Za-z.$#-].)(?P<group>[A-E])(?![0-9A-Za-z.'-]|\s?[0-9]{3})")
_CCL = re.compile(
    r"\bccl\b|\beccns?\b|commerce control list|product group|\bear\b|annex i\b|dual.use|anhang i\b|annexe i\b|管制清单|管制清單|\bcategor|except|controlled|[0-9][a-e][0-9]{3}|double usage|exportation|ausfuhr|guter"
)
_NOT_CCL = re.compile(
    r"cable|ethernet|hurricane|mtcr|category [0-9]e|overvoltage|safety|risk|storm|cyclone|taifun|台风|颱風|台風|personal data|medical|vaccine|drug"
)


def series(context: Context) -> list[Found]:
    """Series, categories and product groups that the text names; the surer the nearer a word of the control list stands."""
    small, cased = context.page.small, context.page.cased
    found = [
        Found(hit.start(), hit.end(), "series", name, "ear")
        for name, pattern in _FIXED
        for hit in pattern.finditer(small)
    ]
    for hit in _CATEGORY.finditer(small):
        near = small[max(0, hit.start() - 60) : hit.end() + 60]
        if not hit["group"] and (not _CCL.search(near.replace(hit[0], " ")) or _NOT_CCL.search(near)):
            continue
        if hit["word"] == "第" and not hit["suffix"]:
            continue
        name = f"{hit['digit']}{hit['group'].upper()}" if hit["group"] else f"Category {hit['digit']}"
        name += f"P{hit['part']}" if hit["part"] and not hit["group"] else ""
        found.append(Found(hit.start(), hit.end(), "series", name, "ear", 0.9))
        at, last = hit.end(), int(hit["digit"])
        while not hit["group"] and not hit["part"] and (more := _MORE.match(small, at)) is not None:
            digit = int(more["digit"])
            start = at if more["range"] else more.start("digit")
            for one in range(last + 1 if more["range"] else digit, digit + 1):
                found.append(Found(start, more.end(), "series", f"Category {one}", "ear", 0.9))
            at, last = more.end(), digit
    for hit in _LETTERED.finditer(cased):
        if hit["digit"]:
            found.append(
                Found(hit.start(), hit.end(), "series", f"{hit['digit']}{hit['group'].upper()}", "ear", 0.9)
            )
    for hit in _PAIR.finditer(cased):
        near = small[max(0, hit.start() - 50) : hit.end() + 50]
        if re.search(
            r"\becc?ns?\b|\bccl\b|(?:except|other than|excluding) [0-9][a-e][0-9]{3}|product group|categories|commerce control list",
            near,
        ) and not re.search(
            r"(?:article|artikel|clause|room|annex|appendix|section|§|amp|phase|class|part|supplement|figure|table)\W{0,3}$",
            small[max(0, hit.start() - 12) : hit.start()],
        ):
            found.append(Found(hit.start(), hit.end(), "series", hit[0], "ear", 0.7))
    return found
