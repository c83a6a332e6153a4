"""Places of the AI Act, Regulation (EU) 2024/1689, in running text of six languages: articles, paragraphs, points, annexes.

A bare "Article 50" is a place of the AI Act only in its own text, or near its name; an article said to be of another law never is.
"""

from __future__ import annotations

import re

from archive.vocabulary.ai_act import ANNEXES, canonical_annex, canonical_article
from archive.vocabulary.japanese_numerals import to_int
from diffing.touches.ai_act_said_before import said_of_last
from diffing.touches.context import Context, Found

_NAME = re.compile(
    r"ai act\b|artificial intelligence act|2024/1689|ki-verordnung|ki-vo\b|ki-gesetz|verordnung uber kunstliche intelligenz|reglement (?:europeen |de l'ue )?sur l'(?:ia|intelligence artificielle)|reglement ia\b|loi (?:europeenne )?sur l'(?:ia|intelligence artificielle)|legislation sur l'(?:ia|intelligence artificielle)|\bria\b|(?<=[0-9)] )aia\b|\bki-act\b|\bai-act\b"
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
    " aia",
    "-act",
    "ai法",
    "ai規",
    "aiアクト",
    "人工知能",
    "人工智",
)
_OTHER = re.compile(
    r"^[\s,()a-z]{0,12}?(?:(?:of|in|under|der|des|von|du|de la|de l'|de)\s+(?:the\s+)?(?:ai liability|regulation|directive|council|decision|charter|treaty|tfeu|teu|gdpr|verordnung|richtlinie|dsgvo|charta|vertrag|aeuv|reglement|directive|rgpd|charte|traite|loi|gesetz|act\b|dual-use|constitution|convention|statute|order)|\b(?:(?:eg-|eu-)?dual-use-(?:vo|verordnung|regulation)|gdpr|dsgvo|rgpd|tfeu|aeuv|tfue|bgb|stgb|awv|awg|egv|euv|cfr)\b)"
)
_OWN_AFTER = re.compile(
    r"^[\s,()a-z]{0,12}?(?:of|in|der|des|du|de la|de l'|de)?\s*(?:the\s+|this\s+|dieser\s+|present\s+)?(?:eu\s+)?(?:ai act|artificial intelligence act|ki-|(?:regulation|verordnung|reglement) \((?:eu|ue)\) 2024/1689|regulation\b(?! \()|verordnung\b(?! \()|reglement (?:sur l'|ia|\((?:eu|ue)\) 2024)|(?:loi|legislation)(?: europeenne)? sur l'|reglement europeen sur l')"
)
# "Article 22 of the DSA", "Articles 13 and 14 GDPR", "Article 3 of the Chips Act": the name of another law is one of capitals.
_ANOTHER = re.compile(
    r"[\s,()a-z]{0,4}?(?:(?:\sof|\sin|\sunder)(?:\sthe)?|\sder|\sdes|\sdu|\sde\sla|\sde)?\s(?!AI|KI|IA\b|UE\b|EU\b|RIA\b|Artificial|[IVX]+\b)(?:[A-Z]{3,6}|(?:[\w-]*[A-Z][\w-]*\s){1,5}(?:Act|Regulation|Directive|Code|Convention|Agreement|Treaty))\b"
)
_OTHER_BEFORE = re.compile(
    r"(?:gdpr|dsgvo|rgpd|tfeu|treaty|charter|2016/679|2021/821|428/2009|directive|richtlinie|gdpr的|刑法|民法|外為法|個人情報保護法|出口管制法|个人信息保护法|網絡安全法|网络安全法|数据安全法|著作権法)[》」』\s,:の的]*$"
)
# "Artikel 9 der Verordnung (EU) 2021/821 und Artikel 10": what is joined to another law's article, with no law of its own, is of that law.
_BESIDE_ANOTHER = re.compile(
    r"\bart(?:icles?|ikels?|ikeln|\.)\s[0-9]{1,3}[^.;:\n]{0,24}?\s(?:verordnung|regulation|reglement|richtlinie|directive)\s\((?:eu|ue|eg|ec|ce)\)\s(?:nr\.\s|no\s|n°\s)?(?!2024/1689)[0-9]+/[0-9]+,?\s(?:und|and|et|sowie|or|oder|ou)\s(?:the\s|der\s|l')?$"
)
# 外為法第48条, 《贸易法》第十三条: the law that the article is of; 同法 and 本法 are said of one named before.
_NAMED_WIDE = re.compile(
    r"(?<![同本该該此当當])[一-鿿ァ-ヺーa-z《〈「『・]{1,20}(?<![同本该該此])(?:法|規則|规则|条例|條例|省令|政令|条約|公约|公約|协定|協定|办法|辦法|规定)[》〉」』]?の?\s?$"
)

_LETTER = r"[a-z]{1,2}(?![a-z])"
_POINTS = rf"""(?:
      \s?\(\s?(?:[0-9]{{1,2}}(?:\.[0-9]{{1,2}}|[a-z])?|{_LETTER}|[ivx]{{1,4}})\s?\)(?:项|項|目|款|点|點|号|號)?
    | ,?\s*[(]?(?:(?:paragraphes?|paragraphs?|subparagraphs?|sub-paragraphs?|points?|Absatz|Absätzen?|Unterabsatz|Unterabsätzen?|Buchstaben?|Nummern?|Ziffern?|alinéas?|lettres?|section|lit)\s|para\.?\s|(?:Abs|UAbs|Buchst|lit|Nr|par)\.\s?)\s*\(?(?:[0-9]{{1,2}}[a-z]?|{_LETTER})(?![a-z0-9])\)?
    | ,?\s*(?:(?:first|second|third|fourth|last)\ssub-?paragraph|(?:premier|deuxième|second|troisième|dernier)\salinéa)(?=,?\s*(?:points?|lettres?)\s)
    | \s[a-z]\)
    | (?<=[0-9])\.[0-9]{{1,2}}(?:\.[a-z])?(?![0-9a-z])
    | の?(?:第?\s*\(?[0-9一二三四五六七八九十]{{1,3}}\)?\s*(?:款|項|项|点|點|号|號|段)|第\s?[0-9]{{1,2}}(?=(?:[、至到和及或与與][0-9]{{1,2}})+(?:款|项|項|点|點))|第?\s*[a-z](?:项|項|目|款|点|點|号|號)|第?\s?[(]?[a-z][)]?(?=(?:[至到、和及或][(]?[a-z][)]?)+(?:项|項|目|款|点|點))|第?[(][a-z0-9]{{1,2}}[)](?:项|項|目|款|点|點)?)
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
    r"(?:[Pp]oints?|[Pp]aragraphs?|Buchstabe|Nummer|Absatz|lettre|paragraphe|alinéa)\s+\(?(?P<point>[0-9]{1,2}|[a-z])\)?(?:\.(?P<sub>[0-9]{1,2}))?(?:\(?(?P<deeper>[a-z])\)?)?\s*(?:,?\s*(?:of|in|der|des|von|de|du|de\s+l')\s*(?:the\s+)?(?:paragraph\s+(?P<paragraph>[0-9]{1,2})\s+of\s+)?)$"
)
# "Points (b), (e) and (h) of Article 5(1)", "Buchstaben g und h des Artikels 5 Absatz 1".
_LISTED_BEFORE = re.compile(
    r"\b(?:[Pp]oints|[Pp]aragraphs|Buchstaben|Nummern|Absätze|lettres|paragraphes|alinéas)\s+(?P<marks>\(?(?:[0-9]{1,2}|[a-z])\)?(?:\s?\(?[a-z]\))?(?:(?:,\s*(?:and\s|et\s|und\s)?|\s(?:and|or|und|oder|et|ou|to|bis|à)\s|-)\(?(?:[0-9]{1,2}|[a-z])\)?(?:\s?\(?[a-z]\))?)+)"
    r"\s+(?:of|in|der|des|von|de|du|de\s+l'|à\s+l')\s*(?:the\s+)?$"
)
_MARK = re.compile(
    r"(?P<range>(?:\b(?:to|bis|à)\s|-)\s*)?\(?\b(?P<mark>[0-9]{1,2}|[a-z])\b\)?(?:\s?\(?(?P<deeper>[a-z])\))?"
)
_LEVEL_WORD = r"(?:paragraphes?|paragraphs?|sub-?paragraphs?|points?|Absatz|Absätzen?|Buchstaben?|Nummern?|Ziffern?|alinéas?|lettres?|(?:Abs|Buchst|lit|Nr|par|para)\.)"
# What goes on from a place: "and (4)", ", Absätze 2 und 3", "bis c", "to 15", "、第四款", "mit Ausnahme von Buchstabe c".
_NEXT = re.compile(
    rf"""(?:まで)?\s*?(?:(?P<range>\s(?:to|through|bis|à)\s|-|~|から|至|到)
      |[,;、，]\s*(?:(?:and|or|und|oder|sowie|et|ou|ainsi\ que|as\ well\ as)\s|及び|又は|並びに|和|及|或|以及)?
      |[(](?:ただし、?)?(?=第?[0-9一二三四五六七八九十]+項[^()]{{0,4}}(?:[(][a-z][)])?を除)
      |\s(?:and|or|und|oder|sowie|et|ou|ainsi\ que|as\ well\ as)\s|/|&|及び|又は|並びに|若しくは|および|または|和|及|与|與|或|以及
      |(?:(?!rticle|rtikel)[^.;:()\n]){{0,40}}?[,(]?\s(?P<out>except(?:\s+for)?|other\s+than|excluding|but\s+not|with\s+the\s+exception\s+of|mit\s+Ausnahme\s+(?:von|der|des)|ausgenommen|außer|ohne|sauf|hormis|à\s+l'(?:exception|exclusion)\s+d(?:e|u|es))\s(?=\(|(?:the\s|le\s|les\s)?(?:[Pp]aragra|[Pp]oint|Absa|Absä|Abs\.|Buchst|Nummer|alinéa|lettre))
      )\s*(?:the\s|les?\s|auch\s|also\s)?
    (?P<head>\b(?:Articles?|Artikeln?|Art\.|article)\s+|第(?=[0-9一二三四五六七八九十百]+[条條]))?
    (?P<own>(?P<bare>[0-9]{{1,3}}[a-z]?|[a-z])(?![0-9A-Za-z%'])(?!\.[0-9])\)?{_POINTS}*|(?P<wide>(?<=第)[一二三四五六七八九十百]+)[条條]{_POINTS}*|(?P<word>(?={_LEVEL_WORD}\s?))?{_POINTS}+)(?:[条條](?P<more>{_POINTS}*))?""",
    re.X,
)
# "Absätze 1 und 2", "points g) et h)": after a plural the marks go on without their word; an abbreviation does not tell.
_PLURAL = re.compile(
    r"(?:paragraphes|paragraphs|points|Absätzen?|Buchstaben|Nummern|Ziffern|alinéas|lettres|(?:Abs|Buchst|Nr|lit|par|para)\.)\s?\(?(?:[0-9]+[a-z]?|[a-z])\)?(?:\s?\(?[a-z]\)?)?$"
)
_LONE_MARK = re.compile(r"[0-9]{1,2}\)|[a-z]\)?")  # "and 4)", no "and 55(1)(b)"
_CLOSES_A_LIST = re.compile(r"\s?,\s(?:and|or|und|oder|sowie|et|ou)\s")
_SEVERAL = re.compile(r"\b(?:Articles|articles|Artikeln?|Arts\.)\s|[条條]")
_NEXT_ANNEX = re.compile(
    rf"\s*(?:(?P<range>\s(?:to|through|bis|à)\s|-|から|至|到)|,\s*(?:and\s|or\s|und\s|et\s)?|\s(?:and|or|und|oder|sowie|et|ou)\s|、|及び|和|及)\s*(?:附件|附属書)?(?P<roman>[IVX]+)(?![A-Za-z])(?P<points>{_POINTS}*)"
)
_LEVEL = re.compile(
    r"(?<=\()[ivx]{3,4}(?=\))|[0-9]+[a-z]?|(?<![A-Za-zäéà])[a-z]{1,2}(?![a-zäé])|[一二三四五六七八九十]+"
)
_ROMANS = {roman: number for number, roman in enumerate(ANNEXES, 1)}


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
            found += _articles(context, _of_one_place(hit))
    for hit in _ANNEX.finditer(context.page.cased):
        if _is_ours(context, hit.start(), hit.end(), named, own_text):
            found += _annexes(context, _of_one_place(hit))
    return found + said_of_last(context.page.cased, found) if found else found


_POINT_WORD = re.compile(
    r",?\s*\b(?P<word>Absatz|Absätze|Buchstabe|Nummer|Ziffer|paragraph|point|alinéa|lettre)n?e?s?(?=\s)", re.I
)


def _of_one_place(hit: re.Match[str]) -> re.Match[str]:
    """``hit`` without what begins anew: in "Nummer 1 Buchstabe a, Nummer 6" the second number is of another place."""
    seen: set[str] = set()
    for word in _POINT_WORD.finditer(hit.string, hit.start("points"), hit.end("points")):
        name = word["word"].lower().replace("ä", "a")[:6]
        if name in seen:
            return hit.re.match(hit.string, hit.start(), word.start()) or hit
        seen.add(name)
    return hit


def _is_ours(context: Context, start: int, end: int, named: list[tuple[int, int]], own_text: bool) -> bool:
    small = context.page.small
    after = small[end : end + 70]
    if _OWN_AFTER.match(after):
        return True
    if (
        _ANOTHER.match(context.page.cased, end)
        or _OTHER.match(after)
        or _OTHER_BEFORE.search(small[max(0, start - 24) : start])
        or _BESIDE_ANOTHER.search(small[max(0, start - 90) : start])
    ):
        return False
    named_before = _NAMED_WIDE.search(small[max(0, start - 30) : start])
    if named_before is not None and not _NAME.search(named_before[0]):
        return False
    return own_text or any(start - 400 < at < end + 250 for at, _ in named)


def _articles(context: Context, hit: re.Match[str]) -> list[Found]:
    text = context.page.cased
    number = hit["number"] or str(to_int(hit["wide"]))
    levels = _levels(hit["points"])
    start = hit.start()
    listed = _marks_before(text, start)
    if listed is not None:
        codes = [canonical_article(number, [*levels, *mark]) for mark in listed[1]]
        return [Found(listed[0], hit.end(), "code", code, "aia", 1.0) for code in codes if code]
    before = _BEFORE.search(text, max(0, start - 60), start)
    if before is not None:
        deeper = [before["paragraph"]] if before["paragraph"] and not levels else []
        levels = [*levels, *deeper, *(before[own] for own in ("point", "sub", "deeper") if before[own])]
        start = before.start()
    code = canonical_article(number, levels)
    if code is None:
        return []
    return [Found(start, hit.end(), "code", code, "aia", 1.0), *_goes_on(text, hit, number, levels)]


def _marks_before(text: str, start: int) -> tuple[int, list[list[str]]] | None:
    """The marks of "points (b), (e) and (h) of" right before ``start``, ranges filled, and where they begin."""
    listed = _LISTED_BEFORE.search(text, max(0, start - 90), start)
    if listed is None:
        return None
    marks: list[list[str]] = []
    for mark in _MARK.finditer(listed["marks"]):
        own = [mark["mark"], *([mark["deeper"]] if mark["deeper"] else [])]
        if marks and len(marks[-1]) == 2 and own[0].isalpha():
            own = [marks[-1][0], *own]  # "points 5(b) and (c)"
        if mark["range"] and marks and marks[-1][:-1] == own[:-1]:
            marks += [[*own[:-1], between] for between in _inside(marks[-1][-1], own[-1])]
        marks.append(own)
    return listed.start(), marks


def _goes_on(text: str, hit: re.Match[str], number: str, levels: list[str]) -> list[Found]:
    """The places that a list adds to the one at ``hit``, whose ``number`` and ``levels`` are given; of an annex, where it is one."""
    found: list[Found] = []
    canonical = canonical_annex if number[:1] in "IVX" else canonical_article
    end = hit.end()
    several = bool(_SEVERAL.search(hit[0])) and canonical is canonical_article
    marks_go_on = bool(_PLURAL.search(hit[0]) or re.search(r"第\s?[0-9]{1,2}$", hit["points"]))
    while (more := _NEXT.match(text, end)) is not None:
        article = more["wide"] or (more["bare"] if more["head"] else None)
        own = _levels(more["own"])
        lettered = bool(levels) and levels[-1].isalpha() and _LONE_MARK.fullmatch(more["own"])
        if article is None and more["bare"] and not (marks_go_on or lettered or (more["range"] and levels)):
            # "Art. 2(3), 2(6)": with a paragraph of its own, and not below it, a number is an article's.
            is_next = len(own) > 1 and (more["bare"] == number or _is_beyond(more["bare"], number))
            if not (several or is_next) or not more["bare"][0].isdigit():
                break
            article = more["bare"]
        elif several and more["bare"] and _CLOSES_A_LIST.match(more[0]) and _is_beyond(more["bare"], number):
            article = more["bare"]  # "articles 9, 10, paragraphs 2 to 4, and 15"
        if article is not None:
            if canonical is canonical_annex:
                break
            following = str(to_int(article)) if more["wide"] else article
            deeper = own[1:] or _levels(more["more"])
            added = (
                _inside(re.sub(r"\D", "", number), following)
                if more["range"] and not levels and not deeper
                else []
            )
            if more["head"] and not added:
                break  # it is read by itself
            if canonical(following, deeper) is None:
                break
            found += [Found(hit.start(), more.end(), "code", f"AIA:art{n}", "aia", 1.0) for n in added]
            number, levels = following, deeper
            marks_go_on = bool(_PLURAL.search(more[0]))
        else:
            if not own or (at := _replaced(levels, own)) is None:
                break
            if more["bare"] and more["bare"].isalpha() and not levels[at] < more["bare"]:
                break  # "point (c) or a provider"
            before, levels = levels, [*levels[:at], *own]
            if more["range"] and before[:-1] == levels[:-1]:
                for between in _inside(before[-1], levels[-1]):
                    code = canonical(number, [*levels[:-1], between])
                    if code is not None:
                        found.append(Found(end, more.end(), "code", code, "aia", 1.0))
            marks_go_on = marks_go_on or bool(_PLURAL.search(more[0]))
        code = canonical(number, levels)
        if code is None:
            break
        found.append(Found(more.start("own"), more.end(), "code", code, "aia", 1.0))
        end = more.end()
    return found


def _is_beyond(bare: str, number: str) -> bool:
    return bare.isdigit() and int(bare) > int(re.sub(r"\D", "", number))


def _replaced(levels: list[str], own: list[str]) -> int | None:
    """Where in ``levels`` the marks ``own`` stand in a list: in place of the last that are of their kinds (letters, numbers)."""
    kinds = [level[0].isdigit() for level in levels]
    wanted = [level[0].isdigit() for level in own]
    for at in range(len(levels) - len(own), -1, -1):
        if kinds[at : at + len(own)] == wanted:
            return at
    return next((at for at in range(len(levels) - 1, -1, -1) if kinds[at] == wanted[0]), None)


def _annexes(context: Context, hit: re.Match[str]) -> list[Found]:
    text = context.page.cased
    roman = hit["roman"] or hit["wide"]
    if roman not in _ROMANS:
        value = to_int(roman)
        roman = next((r for r, n in _ROMANS.items() if n == value), "")
    levels = _levels(hit["points"])
    start = hit.start()
    listed = _marks_before(text, start)
    if listed is not None and not levels:
        codes = [canonical_annex(roman, mark) for mark in listed[1]]
        return [Found(listed[0], hit.end(), "code", code, "aia", 1.0) for code in codes if code]
    before = _BEFORE.search(text, max(0, start - 60), start)
    if before is not None and not levels:
        levels, start = [before[own] for own in ("point", "sub", "deeper") if before[own]], before.start()
    code = canonical_annex(roman, levels)
    if code is None:
        return []
    found = [Found(start, hit.end(), "code", code, "aia", 1.0), *_goes_on(text, hit, roman, levels)]
    end = hit.end()
    while (more := _NEXT_ANNEX.match(text, end)) is not None:
        following = more["roman"]
        code = canonical_annex(following, _levels(more["points"]))
        if code is None:
            break
        if more["range"] and not levels and roman in _ROMANS:
            between = ANNEXES[_ROMANS[roman] : _ROMANS[following] - 1]
            found += [Found(start, more.end(), "code", f"AIA:annex{r}", "aia", 1.0) for r in between]
        roman, start, end = following, more.start("roman"), more.end()
        found.append(Found(start, end, "code", code, "aia", 1.0))
    return found


def _inside(low: str, high: str) -> list[str]:
    if low.isdigit() and high.isdigit():
        return [str(n) for n in range(int(low) + 1, int(high))][:50]
    if len(low) == len(high) == 1:
        return [chr(c) for c in range(ord(low) + 1, ord(high))]
    return []


# Neither numbered nor part of a citation's path: the second sentence of a paragraph.
_SUBPARAGRAPH = re.compile(r"(?:[Ss]ection|Unterabsatz|Unterabsätzen?|UAbs\.|sub-?paragraph|alinéa)\s?[0-9]+")


def _levels(points: str | None) -> list[str]:
    points = _SUBPARAGRAPH.sub(" ", points or "")
    words = re.sub(
        r"(?<![A-Za-zäéà])(?!(?<=\()[ivx]+\))[A-Za-zäéà]{3,}\.?|Nr\.|[款項项点點号號段目第]", " ", points
    )
    return [
        str(to_int(level)) if re.match("[一二三四五六七八九十]", level) else level
        for level in _LEVEL.findall(words)
    ]
