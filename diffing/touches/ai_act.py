"""Places of the AI Act, Regulation (EU) 2024/1689, in running text of six languages: articles, paragraphs, points, annexes.

A bare "Article 50" is a place of the AI Act only in its own text, or near its name; an article said to be of another law never is.
"""

from __future__ import annotations

import re

from archive.vocabulary.ai_act import canonical_annex, canonical_article
from archive.vocabulary.japanese_numerals import to_int
from diffing.touches.context import Context, Found

_NAME = re.compile(
    r"ai act\b|artificial intelligence act|2024/1689|ki-verordnung|ki-vo\b|ki-gesetz|verordnung uber kunstliche intelligenz|reglement (?:europeen )?sur l'(?:ia|intelligence artificielle)|reglement ia\b|loi (?:europeenne )?sur l'(?:ia|intelligence artificielle)|legislation sur l'intelligence artificielle|\bria\b"
    r"|ai法|ai規則|ai規制法|aiアクト|人工知能法|人工知能規則|人工智能法|人工智慧法|人工智能条例|人工智能條例"
)
# Of every name a piece: most texts have none.
_PARTS = (
    "ai act",
    "intelligence a",
    "2024/1689",
    "ki-v",
    "ki-g",
    "kunstliche intelligenz",
    "l'ia",
    "reglement ia",
    " ria",
    "ai法",
    "ai規",
    "aiアクト",
    "人工知能",
    "人工智",
)
_OTHER = re.compile(
    r"^[\s,()a-z]{0,12}?(?:(?:of|in|under|der|des|von|du|de la|de l'|de)\s+(?:the\s+)?(?:regulation|directive|council|decision|charter|treaty|tfeu|teu|gdpr|verordnung|richtlinie|dsgvo|charta|vertrag|aeuv|reglement|directive|rgpd|charte|traite|loi|gesetz|act\b|dual-use|constitution|convention|statute|order)|\b(?:gdpr|dsgvo|rgpd|tfeu|aeuv|tfue|bgb|stgb|awv|awg|egv|euv|cfr)\b)"
)
_OWN_AFTER = re.compile(
    r"^[\s,()a-z]{0,12}?(?:of|in|der|des|du|de la|de l'|de)?\s*(?:the\s+|this\s+|dieser\s+|present\s+)?(?:eu\s+)?(?:ai act|artificial intelligence act|ki-|(?:regulation|verordnung|reglement) \((?:eu|ue)\) 2024/1689|regulation\b(?! \()|verordnung\b(?! \()|reglement (?:sur l'|ia|\((?:eu|ue)\) 2024)|loi sur l')"
)
_OTHER_BEFORE = re.compile(
    r"(?:gdpr|dsgvo|rgpd|tfeu|treaty|charter|2016/679|2021/821|428/2009|directive|richtlinie|gdpr的|刑法|民法|外為法|個人情報保護法|出口管制法|个人信息保护法|網絡安全法|网络安全法|数据安全法|著作権法)[》」』\s,の的]*$"
)

_LETTER = r"[a-z]{1,2}(?![a-z])"
_POINTS = rf"""(?:
      \s?\(\s?(?:[0-9]{{1,2}}[a-z]?|{_LETTER}|[ivx]{{1,4}})\s?\)
    | ,?\s*(?:(?:paragraphes?|paragraphs?|subparagraphs?|sub-paragraphs?|points?|Absatz|Absätzen?|Unterabsatz|Unterabsätzen?|Buchstaben?|Nummern?|Ziffern?|alinéas?|lettres?|section|lit)\s|para\.?\s|(?:Abs|UAbs|Buchst|lit|Nr|par)\.\s?)\s*\(?(?:[0-9]{{1,2}}[a-z]?|{_LETTER})(?![a-z0-9])\)?
    | \s[a-z]\)
    | (?<=[0-9])\.[0-9]{{1,2}}(?:\.[a-z])?(?![0-9a-z])
    | (?:第?\s*\(?[0-9一二三四五六七八九十]{{1,3}}\)?\s*(?:款|項|项|点|點|号|號|段)|第[a-z](?:项|項|目|点|點|号)|(?<![a-z])[a-z](?:项|項|目|点|點|号)|第?[(][a-z0-9]{{1,2}}[)](?:项|項|点|點)?)
    )"""
_ARTICLE = re.compile(
    rf"""(?:\b(?:Articles?|Artikels?|Artikeln|articles?|Art\.|art\.|Arts\.)\s*(?P<number>[0-9]{{1,3}}[a-z]?(?![0-9]))|第\s*(?P<wide>[0-9]{{1,3}}|[一二三四五六七八九十百]{{1,5}})\s*[条條](?:之[一二三四五])?)
    (?P<points>{_POINTS}*)""",
    re.X,
)
_ANNEX = re.compile(
    rf"""(?:\b(?:Annex(?:es)?|Anhangs?|Anhänge[n]?|[Aa]nnexes?)\s*(?P<roman>[IVX]+)(?![A-Za-z])|(?:附件|附属書|附屬書|附录|附錄)\s*(?P<wide>[IVX]+|[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})(?![A-Za-z]))
    (?P<points>{_POINTS}*)""",
    re.X,
)
_BEFORE = re.compile(
    r"(?:[Pp]oints?|[Pp]aragraphs?|Buchstabe|Nummer|Absatz|lettre|paragraphe|alinéa)\s+\(?(?P<point>[0-9]{1,2}|[a-z])\)?(?:\(?(?P<deeper>[a-z])\)?)?\s*(?:,?\s*(?:of|in|der|des|von|de|du|de\s+l')\s*(?:the\s+)?(?:paragraph\s+(?P<paragraph>[0-9]{1,2})\s+of\s+)?)$"
)
# "Points (b), (e) and (h) of Article 5(1)", "Buchstaben g und h des Artikels 5 Absatz 1".
_LISTED_BEFORE = re.compile(
    r"\b(?:[Pp]oints|[Pp]aragraphs|Buchstaben|Nummern|Absätze|lettres|paragraphes|alinéas)\s+(?P<marks>\(?(?:[0-9]{1,2}|[a-z])\)?(?:(?:,\s*(?:and\s|et\s|und\s)?|\s(?:and|or|und|oder|et|ou)\s)\(?(?:[0-9]{1,2}|[a-z])\)?)+)"
    r"\s+(?:of|in|der|des|von|de|du|de\s+l'|à\s+l')\s*(?:the\s+)?$"
)
_JOINTS = re.compile(r"\b(?:and|or|und|oder|et|ou)\b")
_MORE = re.compile(
    rf"\s*(?:,\s*(?:and\s|or\s|und\s|oder\s|et\s|ou\s)?|\s(?:and|or|und|oder|sowie|et|ou)\s|(?P<range>\s(?:to|through|bis|à)\s|-|から|至)|、|及び|又は|和|及|或)\s*(?:(?:Articles?|Artikel|Art\.|article)\s+)?(?:第?(?P<number>[0-9]{{1,3}})(?:[条條])?(?![0-9.%/])(?P<own>{_POINTS}*)|(?P<points>(?:\s?\([0-9a-z]{{1,2}}\))+))",
    re.X,
)
# "Buchstaben g und h", "points g) et h)": after a plural the marks go on without their word.
_PLURAL = re.compile(
    r"(?:paragraphes|paragraphs|points|Absätzen?|Buchstaben|Nummern|Ziffern|alinéas|lettres)\s[^\s]*$"
)
_MORE_MARKS = re.compile(
    r"\s*(?:,\s*(?:and\s|or\s|und\s|oder\s|et\s|ou\s)?|\s(?:and|or|und|oder|sowie|et|ou)\s|(?P<range>\s(?:to|bis|à)\s|-))\(?(?P<mark>[0-9]{1,2}|[a-z])(?![0-9A-Za-z'])\)?"
)
_LEVEL = re.compile(r"[0-9]+[a-z]?|(?<![A-Za-zäéà])[a-z]{1,2}(?![a-zäé])|[一二三四五六七八九十]+")
_ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12, "XIII": 13, "XIV": 14}  # fmt: skip


def ai_act(context: Context) -> list[Found]:
    """Articles and annexes of the AI Act that the text names."""
    small = context.page.small
    named = [hit.span() for hit in _NAME.finditer(small)] if any(part in small for part in _PARTS) else []
    own_text = "ai_act" in context.source or "2024/1689" in context.work or "ai-act" in context.work
    if not named and not own_text:
        return []
    found: list[Found] = []
    for hit in _ARTICLE.finditer(context.page.cased):
        if _is_ours(context, hit.start(), hit.end(), named, own_text):
            found += _articles(context, hit)
    for hit in _ANNEX.finditer(context.page.cased):
        if _is_ours(context, hit.start(), hit.end(), named, own_text):
            found += _annexes(context, hit)
    return found


def _is_ours(context: Context, start: int, end: int, named: list[tuple[int, int]], own_text: bool) -> bool:
    small = context.page.small
    after = small[end : end + 70]
    if _OWN_AFTER.match(after):
        return True
    if _OTHER.match(after) or _OTHER_BEFORE.search(small[max(0, start - 24) : start]):
        return False
    return own_text or any(start - 400 < at < end + 250 for at, _ in named)


def _articles(context: Context, hit: re.Match[str]) -> list[Found]:
    text = context.page.cased
    number = hit["number"] or str(to_int(hit["wide"]))
    levels = _levels(hit["points"])
    start = hit.start()
    listed = _LISTED_BEFORE.search(text, max(0, start - 90), start)
    if listed is not None:
        marks = _LEVEL.findall(_JOINTS.sub(" ", listed["marks"]))
        codes = [canonical_article(number, [*levels, mark]) for mark in marks]
        return [Found(listed.start(), hit.end(), "code", code, "aia", 1.0) for code in codes if code]
    before = _BEFORE.search(text, max(0, start - 60), start)
    if before is not None:
        deeper = [before["paragraph"]] if before["paragraph"] and not levels else []
        levels = [*levels, *deeper, before["point"], *([before["deeper"]] if before["deeper"] else [])]
        start = before.start()
    found: list[Found] = []
    code = canonical_article(number, levels)
    if code is None:
        return []
    found.append(Found(start, hit.end(), "code", code, "aia", 1.0))
    end = _marks(text, hit, number, levels, found)
    while (more := _MORE.match(text, end)) is not None:
        if more["number"]:
            plural = (
                re.search(r"(?:rticles|rtikeln?|Arts\.|第)", hit[0])
                or more["own"]
                or re.search("rti", more[0])
            )
            if not plural or int(more["number"]) > 113:
                break
            own = _levels(more["own"])
            if (
                more["range"]
                and not levels
                and not own
                and int(more["number"]) - int(re.sub(r"\D", "", number)) <= 50
            ):
                found += [
                    Found(start, more.end(), "code", f"AIA:art{n}", "aia", 1.0)
                    for n in range(int(re.sub(r"\D", "", number)) + 1, int(more["number"]))
                ]
            number, levels = more["number"], own
        else:
            own = _levels(more["points"])
            if not levels:
                break
            same = next(
                (i for i in range(len(levels) - 1, -1, -1) if levels[i][0].isdigit() == own[0][0].isdigit()),
                0,
            )
            following = [*levels[:same], *own]
            if more["range"]:
                found += [
                    Found(
                        start,
                        more.end(),
                        "code",
                        ".".join((f"AIA:art{number}", *levels[:same], between)),
                        "aia",
                        1.0,
                    )
                    for between in _inside(levels[same], own[0])
                ]
            levels = following
        code = canonical_article(number, levels)
        if code is None:
            break
        start, end = more.end() - len(more[0].lstrip(" ,")), more.end()
        found.append(Found(start, end, "code", code, "aia", 1.0))
    return found


def _marks(text: str, hit: re.Match[str], number: str, levels: list[str], found: list[Found]) -> int:
    end = hit.end()
    if not levels or not _PLURAL.search(hit[0]):
        return end
    last = levels[-1]
    while (more := _MORE_MARKS.match(text, end)) is not None and more["mark"].isdigit() == last.isdigit():
        marks = [*(_inside(last, more["mark"]) if more["range"] else ()), more["mark"]]
        for mark in marks:
            code = canonical_article(number, [*levels[:-1], mark])
            if code is not None:
                found.append(Found(more.start("mark"), more.end(), "code", code, "aia", 1.0))
        last, end = more["mark"], more.end()
    return end


def _annexes(context: Context, hit: re.Match[str]) -> list[Found]:
    text = context.page.cased
    roman = hit["roman"] or hit["wide"]
    if roman not in _ROMANS:
        value = to_int(roman)
        roman = next((r for r, n in _ROMANS.items() if n == value), "")
    levels = _levels(hit["points"])
    start = hit.start()
    before = _BEFORE.search(text, max(0, start - 60), start)
    if before is not None and not levels:
        levels, start = [before["point"], *([before["deeper"]] if before["deeper"] else [])], before.start()
    code = canonical_annex(roman, levels)
    if code is None:
        return []
    found = [Found(start, hit.end(), "code", code, "aia", 1.0)]
    end = hit.end()
    while (
        more := re.compile(
            r"\s*(?:,\s*(?:and\s|or\s)?|\s(?:and|or|und|oder|et|ou)\s|、|及び|和|及)\s*(?P<roman>[IVX]+)(?![A-Za-z])(?P<points>(?:\s?\([0-9a-z]{1,2}\))*)"
        ).match(text, end)
    ) is not None:
        code = canonical_annex(more["roman"], _levels(more["points"]))
        if code is None:
            break
        start, end = more.start("roman"), more.end()
        found.append(Found(start, end, "code", code, "aia", 1.0))
    return found


def _inside(low: str, high: str) -> list[str]:
    if low.isdigit() and high.isdigit():
        return [str(n) for n in range(int(low) + 1, int(high))][:50]
    if len(low) == len(high) == 1:
        return [chr(c) for c in range(ord(low) + 1, ord(high))]
    return []


def _levels(points: str | None) -> list[str]:
    words = re.sub(r"[A-Za-zäéà]{3,}\.?|Nr\.|[款項项点點号號段目第]", " ", points or "")
    return [
        str(to_int(level)) if re.match("[一二三四五六七八九十]", level) else level
        for level in _LEVEL.findall(words)
    ]
