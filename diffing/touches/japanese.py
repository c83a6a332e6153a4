"""Items of the Japanese lists in running text, in every numeral style: 別表第一の七の項（十六）, 7の項(16), 貨物等省令第六条第十六号の四イ（一）１.

A list goes on from the last full place: （十六）及び（十七）, 第一号から第三号まで, イからハまで. What a character is depends on where it
stands: ニ after 号 is a mark of the iroha, between 第 and 号 a number.
"""

from __future__ import annotations

import re

from archive.vocabulary.japanese_items import DESTINATIONS, GOODS, ORDINANCE, TECHNOLOGY
from archive.vocabulary.japanese_numerals import IROHA, NUMERAL, NUMERAL_LOOSE, iroha_range, to_int, to_iroha
from diffing.touches.context import Context, Found
from diffing.touches.moved import is_moved

_N = rf"[{NUMERAL}]+"
_NL = rf"[{NUMERAL_LOOSE}]+"
_BRANCHED = rf"{_NL}(?:の{_NL})*"
_MARK = rf"(?:[{IROHA}](?![ァ-ヺー])|[口力夕卜へ二八工千才](?![ァ-ヺー]|(?![及並又若])[一-鿿]))"

_ORDER = r"(?:輸出(?:貿易管理)?令)"
_EXCHANGE = r"(?:外(?:国)?為(?:替)?令)"
_TABLE = re.compile(
    rf"(?:(?:(?P<goods>{_ORDER})|(?P<technology>{_EXCHANGE}))(?:の|「|\s)*)?別表\s*(?:第?\s*(?P<table>{_N}(?![{NUMERAL}]|\s*の?項)))?(?:の|\s|、|・)*?(?=の?(?P<branches>{_NL}(?:の{_NL})*)|)"
)
_ROW = re.compile(
    rf"第?[(]?(?P<row>{_BRANCHED})[)]?\s*の?項(?:の中欄|中欄)?(?:の改正規定)?(?:の|中)?\s?(?P<brackets>[(]{_BRANCHED}[)](?:の?(?:[{IROHA}](?![ァ-ヺー])|(?<=[)])[0-9]{{1,2}}(?![0-9])))*)?"
)
# Several rows with one 項: 一から四までの項, 二、三及び五の項.
_ROWS = re.compile(
    rf"(?P<rows>{_BRANCHED}(?:まで)?(?:(?:の項)?(?:から|~|〜|～|-|、|,|・|及び|並びに|又は|若しくは|と){_BRANCHED}(?:まで)?)+)の?(?:各)?項"
)
_ROWS_STEP = re.compile(rf"(?P<range>から|~|〜|～|-)?[^から~〜～{NUMERAL_LOOSE}-]*(?P<row>{_BRANCHED})")
_SHORT_ROW = re.compile(rf"(?P<row>[0-9]{{1,2}}(?:の[0-9])?)(?P<brackets>[(]{_BRANCHED}[)])")
_JOIN = r"(?P<join>ただし、(?=[(][^。()]{1,8}[)][^。]{0,20}除)|[(](?:ただし、?)?(?=[^。、]{1,60}?を(?:除|含)|同[条項号][^。]{1,40}?を(?:除|含))|、|,|，|・|及び|並びに|又は|若しくは|または|および|ならびに|もしくは|と|や|に(?=[(][^。()、]{1,8}[)][^。()]{0,20}を(?:加|追加|設))|を除き、|を含み、|ではなく、?|でなく、?|(?P<range>から|ないし|乃至|~|〜|～|-))\s*"
# （二）に該当するもの又は（三）に掲げるもの: what is said of each item of a list.
_SAID_OF_IT = (
    r"(?:(?:のいずれか)?に(?:該当する|掲げる|規定する|定める)(?:もの|貨物|技術|装置|役務|プログラム)?)?"
)
_MORE_ROW = re.compile(
    rf"(?:(?:まで)?[^。()、]{{0,18}}?(?=[(](?:ただし、?)?(?:同項)?[(]))?(?:まで)?{_SAID_OF_IT}\s*{_JOIN}(?:(?:第)?(?P<row>{_BRANCHED})\s*の?項(?:の中欄)?(?:の)?|(?P<short>[0-9]{{1,2}}(?:の[0-9])?)(?=[(]))?(?:(?P<brackets>[(]{_BRANCHED}[)](?:[0-9]{{1,2}}(?![0-9]))?)|(?P<mark>[{IROHA}](?![ァ-ヺー]))|(?P<deep>[0-9]{{1,2}}(?![0-9の項条号])))?"
)
_ARTICLE = re.compile(
    rf"(?P<name>貨物等省令|貨物等?省令|輸出貿易管理令別表第一及び外国為替令別表の規定に基づき貨物又は技術を定める省令|(?<![等規])省令|同省令|同令)?(?:の|「|」|\s|[(]以下[^)]*[)])*第?(?P<article>{_NL})条(?P<branches>(?:の{_NL})*)(?:第?{_NL}項)?中?(?:第?(?P<item>{_NL})号(?P<itembranches>(?:の{_NL}(?![(]?{_NL}号))*)(?:中|の(?={_MARK}))?(?P<marks>{_MARK}(?:の?[(]{_NL}[)](?:の?[0-9一]{{1,2}})?)?)?(?P<barebracket>[(]{_NL}[)])?)?"
)
_MORE_ITEM = re.compile(
    rf"(?:(?:まで)?[^。()、]{{0,18}}?(?=[(](?:ただし、?)?(?:同条|第{_NL}号|{_MARK}|[(])))??(?:まで)?{_SAID_OF_IT}\s*{_JOIN}(?:同条)?(?:第?(?P<item>{_NL})号(?P<itembranches>(?:の{_NL})*)(?P<marks>{_MARK}(?:の?[(]{_NL}[)](?:の?[0-9]{{1,2}})?)?)?|(?P<mark>{_MARK})(?P<rest>(?:の?[(]{_NL}[)](?:の?[0-9]{{1,2}})?)?)|(?P<bracket>[(]{_NL}[)](?:の?[0-9]{{1,2}})?)|(?P<deep>[0-9]{{1,2}}(?![0-9号条項])))"
)
_GLUED = re.compile(r"(?<=の[一二三四五六七八九])[八二]$|(?<=[0-9])[ハニミ]$")
_ORDER_ID = "324CO0000000378"  # the Export Trade Control Order in the e-Gov index of laws
_EXCHANGE_ID = "355CO0000000260"
_OTHER_LAW = re.compile(r"(?:法|令|規則|省令|条例|告示)(?:の|第[^条]*条)?\s*$")
_MORE_ARTICLES = re.compile(
    r"(?:まで)?(?:、|,|，|・|及び|並びに|又は|若しくは|または|および|ならびに|もしくは|と|や)\s*"
)
Place = tuple[str, ...]


def japanese(context: Context) -> list[Found]:
    """Items and destination lists of the Japanese orders that the text names."""
    text = context.page.cased
    if (
        "別表" not in text
        and "省令" not in text
        and "項" not in text
        and "号" not in text
        and not context.source.startswith("jp_")
    ):
        return []
    found: list[Found] = []
    spans: list[tuple[int, int]] = []
    for hit in _TABLE.finditer(text):
        found += _table(context, hit, spans)
    for hit in _ROW.finditer(text):
        if not hit["brackets"] or any(start <= hit.start() < end for start, end in spans):
            continue
        if _SHORT_GUARD.search(text[max(0, hit.start() - 6) : hit.start()]):
            continue
        row, brackets = _branched(hit["row"]), _bracketed(hit["brackets"])
        if row is None or brackets is None or not _is_row(row):
            continue
        base = _base_near(text, hit.start())
        place = (base, row, *brackets)
        found.append(Found(hit.start(), hit.end(), "code", "/".join(place), "jp", 0.8))
        end = _more_rows(text, hit.end(), place, hit.start(), found, 0.8)
        spans.append((hit.start(), end))
    end = -1
    for hit in _ARTICLE.finditer(text):
        goes_on = 0 <= end <= hit.start() and bool(_MORE_ARTICLES.fullmatch(text, end, hit.start()))
        articles = _article(context, hit, goes_on=goes_on)
        found += articles
        end = max((article.end for article in articles), default=-1)
    return found + _said_before(context, found)


# 同項（五）, 同条第三号, 同号イ: of the row, the article, the item that was named last, with a noun and a joint between.
_SAID_BEFORE = re.compile(
    rf"同(?:項(?:の中欄|中欄)?の?(?P<brackets>[(]{_BRANCHED}[)])|条第?(?P<item>{_NL})号(?P<itembranches>(?:の{_NL})*)(?P<marks>{_MARK})?|号(?P<mark>{_MARK}))"
)
# （一の項を除く。）, 同表の三の項: a row of the table that was named last.
_ROW_SAID = re.compile(
    rf"(?:同表の?|[(](?:ただし、?)?(?:同表の?)?(?={_BRANCHED}の?項[^。()]{{0,40}}(?:[(]{_BRANCHED}[)][^。()]{{0,20}})*を(?:除|含)))(?P<row>{_BRANCHED})\s*の?項(?:の中欄|中欄)?の?(?P<brackets>[(]{_BRANCHED}[)])?"
)
# "リスト規制品（二の項を除く。）": a bare row where nothing was named before, in a text that speaks of the lists.
_OF_LISTS = re.compile(
    r"リスト規制|該非|規制品|規制(?:対象)?貨物|対象貨物|輸出令|輸出貿易|外為令|(?:特定|該当|規制)技術"
)
_ELSEWHERE = re.compile(r"[。\n]|別表|[^\n]{200}")
_ANOTHER_PLACE = re.compile(rf"第?{_NL}条|別表|{_NL}\s*の?項")


def _said_before(context: Context, found: list[Found]) -> list[Found]:
    text = context.page.cased
    if "同" not in text and "除" not in text and "含" not in text:
        return []
    places = sorted((f.end, place) for f in found if (place := _place(f)) is not None)
    said: list[Found] = []
    for hit in _SAID_BEFORE.finditer(text):
        earlier = [(end, place) for end, place in places if end <= hit.start()]
        if not earlier or any(f.start <= hit.start() < f.end for f in found):
            continue
        end, place = earlier[-1]
        if hit.start() - end > 120 or _ANOTHER_PLACE.search(text, end, hit.start()):
            continue
        is_article = place[0] == ORDINANCE
        following: Place | None = None
        if hit["brackets"] and not is_article:
            brackets = _bracketed(hit["brackets"])
            following = (*place[:2], *brackets) if brackets is not None else None
        elif hit["item"] and is_article:
            item, marks = _branched(hit["item"] + hit["itembranches"]), _marks(hit["marks"] or "")
            following = (*place[:2], item, *marks) if item is not None and marks is not None else None
        elif hit["mark"] and is_article and len(place) > 2:
            marks = _marks(hit["mark"])
            following = (*place[:3], *marks) if marks is not None else None
        if following is None:
            continue
        said.append(Found(hit.start(), hit.end(), "code", "/".join(following), "jp", 0.8))
        if not is_article:
            _more_rows(text, hit.end(), following, hit.start(), said, 0.8)
    return said + _rows_said(context, places, [*found, *said])


def _rows_said(context: Context, places: list[tuple[int, Place]], known: list[Found]) -> list[Found]:
    """The rows that are said of the table named last before them; in a law a bare row is of its own table."""
    text = context.page.cased
    own = {_ORDER_ID: GOODS, _EXCHANGE_ID: TECHNOLOGY}.get(context.work.rpartition("/")[2])
    said: list[Found] = []
    for hit in _ROW_SAID.finditer(text):
        end, last = next(((end, place) for end, place in reversed(places) if end <= hit.start()), (0, None))
        base = last[0] if last is not None and not _ELSEWHERE.search(text, end, hit.start()) else None
        if (
            last is None
            and not context.work
            and _OF_LISTS.search(text, max(0, hit.start() - 60), hit.end() + 30)
        ):
            base = _base_near(text, hit.start())
        row, brackets = _branched(hit["row"]), _bracketed(hit["brackets"] or "")
        if context.work.startswith("jp/") and "同表" not in hit[0] and base != own:
            continue
        if base in (None, ORDINANCE) or row is None or brackets is None or not _is_row(row):
            continue
        if any(one.start <= hit.start("row") < one.end for one in known):
            continue
        place = (str(base), row, *brackets)
        said.append(Found(hit.start("row"), hit.end(), "code", "/".join(place), "jp", 0.8))
        _more_rows(text, hit.end(), place, hit.start("row"), said, 0.8)
    return said


def _place(found: Found) -> Place | None:
    for base in (GOODS, TECHNOLOGY, ORDINANCE):
        if found.type == "code" and found.id.startswith(f"{base}/"):
            return (base, *found.id.removeprefix(f"{base}/").split("/"))
    return None


_SHORT_GUARD = re.compile(r"第$|別表$|[0-9一二三四五六七八九十]$")


def _table(context: Context, hit: re.Match[str], spans: list[tuple[int, int]]) -> list[Found]:
    text = context.page.cased
    table = _number(hit["table"]) if hit["table"] else None
    before = text[max(0, hit.start() - 8) : hit.start()]
    own = bool(hit["goods"] or hit["technology"])
    if not own and _OTHER_LAW.search(before):
        return []
    at = hit.end()
    while text[at : at + 1] in ("の", " ", "「", "」", "、", "・"):
        at += 1
    row = _ROW.match(text, at) or _SHORT_ROW.match(text, at)
    if row is None and (rows := _ROWS.match(text, at)) is not None and (table == 1 or hit["technology"]):
        spans.append((hit.start(), rows.end()))
        return _several(hit.start(), rows, TECHNOLOGY if hit["technology"] else GOODS)
    if row is None and own and (table == 1 or (hit["technology"] and table is None)):
        # The whole table named: a touch of the kind of a series, of the order said with it.
        whole = TECHNOLOGY if hit["technology"] else GOODS
        return [Found(hit.start(), hit.end(), "series", whole, "jp", 0.9)]
    if row is None:
        if hit["technology"] or table is None:
            return []
        if context.work.startswith("jp/") and _ORDER_ID not in context.work and not hit["goods"]:
            return []  # another law's own appended table
        joined = hit["branches"] is not None and text[hit.start("branches") - 1] == "の"
        key = f"{table}_{_branched(hit['branches'])}" if joined else str(table)
        end = hit.end("branches") if joined else hit.end()
        if key not in DESTINATIONS:
            return []
        return [Found(hit.start(), end, "group", f"group:{DESTINATIONS[key]}", "jp", 1.0)]
    technology = bool(hit["technology"]) or (table is None and not hit["goods"])
    if technology and not hit["technology"] and not re.search(r"外(?:国)?為(?:替)?令", text[:at]):
        return []
    if not technology and table != 1:
        return []
    number, brackets = _branched(row["row"]), _bracketed(row["brackets"] or "")
    if number is None or brackets is None:
        return []
    place = (TECHNOLOGY if technology else GOODS, number, *brackets)
    found = [Found(hit.start(), row.end(), "code", "/".join(place), "jp", 1.0)]
    end = _more_rows(text, row.end(), place, hit.start(), found, 1.0)
    spans.append((hit.start(), end))
    return found


def _several(start: int, rows: re.Match[str], base: str) -> list[Found]:
    """The rows of a list or range that has its 項 at the end alone."""
    found: list[Found] = []
    before: Place | None = None
    for step in _ROWS_STEP.finditer(rows["rows"]):
        number = _branched(step["row"])
        if number is None or not _is_row(number):
            return []
        place = (base, number)
        between = _between(before, place) if step["range"] and before is not None else []
        found += [Found(start, rows.end(), "code", "/".join(p), "jp", 0.9) for p in (*between, place)]
        before = place
    return found


# What is left of a bracket that takes something out, before the list goes on after it: に該当するものを除く。）
_BRACKET_CLOSES = re.compile(
    r"[^()。]{0,20}を(?:除く|含む|含み|除き)[。、]?[)](?=、|及び|並びに|又は|若しくは|から)"
)


def _more_rows(text: str, end: int, place: Place, start: int, found: list[Found], sure: float) -> int:
    while (more := _MORE_ROW.match(text, end)) is not None and (
        more["row"] or more["brackets"] or more["mark"] or more["deep"]
    ):
        if more["deep"] and (more["row"] or len(place) < 4 or not place[-1].isdigit()):
            break  # a number goes on only from a number below a bracket
        if more["mark"] and (more["row"] or place[-1] not in IROHA):
            break  # a mark goes on only from a mark
        row = _branched(more["row"] or more["short"]) if more["row"] or more["short"] else place[1]
        brackets = _bracketed(more["brackets"] or "")
        if row is None or brackets is None:
            break
        last = more["mark"] or more["deep"]
        following: Place = (*place[:-1], last) if last else (place[0], row, *brackets)
        if more["range"] and not is_moved(text, start, more.end(), more["range"]):
            found += [
                Found(start, more.end(), "code", "/".join(p), "jp", sure) for p in _between(place, following)
            ]
        start = more.end("join")
        found.append(Found(start, more.end(), "code", "/".join(following), "jp", sure))
        place, end = following, more.end()
    return end


def _article(context: Context, hit: re.Match[str], *, goes_on: bool) -> list[Found]:
    """The items of one article; it is of the Ordinance by its name, or because it goes on a list of its articles."""
    text = context.page.cased
    name = hit["name"] or ""
    if name in ("", "省令", "同省令", "同令") and not goes_on:
        # Its own words speak of 第六条 without a name; elsewhere a short name needs the full one before it.
        if name == "" and not (
            "403M50000400049" in context.work
            and not re.search(r"[法令則]$", text[max(0, hit.start() - 1) : hit.start()])
        ):
            return []
        if (
            name
            and "貨物等省令" not in text[: hit.start()]
            and "定める省令" not in text[: hit.start()]
            and "403M50000400049" not in context.work
        ):
            return []
    article = _branched(hit["article"] + (hit["branches"] or ""))
    if article is None:
        return []
    base: Place = (ORDINANCE, article)
    place = base
    if hit["item"]:
        number, mark = hit["item"] + (hit["itembranches"] or ""), hit["marks"] or ""
        if not mark and (glued := _GLUED.search(number)) is not None:
            # Branches are counted with 十; of 四八 the second is the mark ハ that looks like eight.
            number, mark = number[:-1], glued[0]
        item = _branched(number)
        marks = _marks(mark + (hit["barebracket"] or ""))
        if item is None or marks is None:
            return []
        place = (*base, item, *marks)
    found = [Found(hit.start(), hit.end(), "code", "/".join(place), "jp", 1.0)]
    start, end = hit.start(), hit.end()
    while len(place) > 2:
        more = _MORE_ITEM.match(text, end)
        if more is None and (closes := _BRACKET_CLOSES.match(text, end)) is not None:
            more = _MORE_ITEM.match(text, closes.end())
        if more is None:
            break
        if more["item"]:
            item, marks = _branched(more["item"] + (more["itembranches"] or "")), _marks(more["marks"] or "")
            following = (*base, item, *marks) if item is not None and marks is not None else None
        elif more["mark"]:
            marks = _marks(more["mark"] + (more["rest"] or ""))
            goes_in = len(place) > 3 or more["join"][0] == "("
            following = (*place[:3], *marks) if marks is not None and goes_in else None
        elif more["deep"]:
            following = (*place[:-1], more["deep"]) if len(place) == 6 else None
        else:
            marks = _marks(more["bracket"])
            following = (*place[:4], *marks) if marks is not None and len(place) > 4 else None
        if following is None:
            break
        if more["range"] and not is_moved(text, start, more.end(), more["range"]):
            found += [
                Found(start, more.end(), "code", "/".join(p), "jp", 1.0) for p in _between(place, following)
            ]
        start, end = more.end("join"), more.end()
        found.append(Found(start, end, "code", "/".join(following), "jp", 1.0))
        place = following
    return found


def _number(numeral: str) -> int | None:
    return to_int(numeral)


def _branched(written: str) -> str | None:
    """``三の二`` → ``3_2``."""
    numbers = [to_int(part) for part in re.split("の", written) if part]
    return "_".join(str(n) for n in numbers) if numbers and None not in numbers else None


def _bracketed(written: str) -> Place | None:
    """``(十六)`` → ``16``; ``(一)1`` → ``1``, ``1``."""
    parts: list[str] = []
    for bracket, mark, digits in re.findall(rf"[(]({_BRANCHED})[)]|([{IROHA}])|([0-9]+)", written):
        read = _branched(bracket) if bracket else mark or digits
        if read is None:
            return None
        parts.append(read)
    return tuple(parts)


def _marks(written: str) -> Place | None:
    """``イ(一)1`` → ``イ``, ``1``, ``1``: the first by its place an iroha mark, look-alikes included, the others numbers."""
    parts: list[str] = []
    rest = written
    if rest and rest[0] not in "(の":
        mark = to_iroha(rest[0])
        if mark is None:
            return None
        parts.append(mark)
        rest = rest[1:]
    for bracket, digits in re.findall(rf"[(]({_NL})[)]|([0-9一]+)", rest):
        value = to_int(bracket or digits)
        if value is None:
            return None
        parts.append(str(value))
    return tuple(parts)


def _between(first: Place, last: Place) -> list[Place]:
    """What lies strictly between two siblings: numbers count up, marks go in the order of the iroha."""
    if len(first) != len(last) or first[:-1] != last[:-1]:
        return []
    low, high = first[-1], last[-1]
    if low.isdigit() and high.isdigit() and int(high) - int(low) <= 50:
        return [(*first[:-1], str(n)) for n in range(int(low) + 1, int(high))]
    if low in IROHA and high in IROHA:
        return [(*first[:-1], mark) for mark in iroha_range(low, high)[1:-1]]
    return []


def _is_row(row: str) -> bool:
    return 1 <= int(row.split("_")[0]) <= 16


def _base_near(text: str, at: int) -> str:
    """Whose row a bare ``7の項(16)`` is: of the order named last before it, of goods where none is."""
    exchange = max((m.end() for m in re.finditer(_EXCHANGE, text[:at])), default=-1)
    order = max((m.end() for m in re.finditer(rf"{_ORDER}|別表第[一1]", text[:at])), default=-1)
    return TECHNOLOGY if exchange > order else GOODS
