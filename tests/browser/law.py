"""Invented law in the shapes that pages have to cope with: long words, long lines, wide tables, three scripts, what is stayed and what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archive.records import Applicability, Expression, Fact, Provision

LIST, ENTITIES, PART, JAPANESE, CHINESE, GERMAN, FUTURE, PAPER, USERS = (
    "us/cfr/15/774/supp-1",
    "us/cfr/15/744/supp-4",
    "us/cfr/15/798",
    "jp/law/試験貨物等省令",
    "cn/mofcom/2031-12",
    "de/gii/pruefverordnung",
    "us/cfr/15/796",
    "us/fr/2031-00017",
    "us/cfr/15/744/supp-7",
)
FIRST, SECOND, THIRD = date(2031, 1, 1), date(2031, 2, 1), date(2031, 2, 5)
LONG_WORD = "Ausfuhrgenehmigungsverfahrensbeschleunigungsverordnungsentwurf"
LONG_LINK = "https://example.org/" + "a-very-long-path-without-any-blank/" * 6


def one(eid: str, text: str = "", *below: Provision, num: str = "", heading: str = "", unit: str = "paragraph", states: tuple[Applicability, ...] = ()) -> Provision:  # fmt: skip
    """A provision."""
    return Provision(
        eid=eid, text=text, children=below, num=num, heading=heading, unit=unit, applicability=states
    )


def history() -> Iterator[tuple[str, str, Expression]]:
    """Every edition with the instant at which it was seen and the source that brought it, in that order."""
    yield "2031-01-02T09:00:00Z", "us_ecfr", control_list(FIRST)
    yield "2031-01-02T09:00:00Z", "us_ecfr", entities(FIRST, "Presumption of denial.")
    yield "2031-01-02T09:00:00Z", "us_ecfr", users(FIRST)
    yield "2031-01-02T09:00:00Z", "us_ecfr", part(FIRST, "798.1")
    yield "2031-01-02T09:00:00Z", "us_ecfr", future(FIRST, "Now.")
    yield "2031-01-02T09:00:00Z", "jp_egov", japanese(FIRST, "４８００")
    yield "2031-01-02T09:00:00Z", "cn_mofcom", chinese(FIRST)
    yield "2031-01-02T09:00:00Z", "de_awv", german(FIRST)
    yield "2031-01-03T09:00:00Z", "us_federal_register", paper("us/fr/2031-00001", date(2031, 1, 3))
    yield "2031-02-02T09:00:00Z", "us_ecfr", control_list(SECOND)
    yield "2031-02-02T09:00:00Z", "us_ecfr", part(SECOND, "798.2")
    yield "2031-02-04T09:00:00Z", "us_federal_register", paper(PAPER, date(2031, 2, 4))
    yield "2031-02-05T09:00:00Z", "us_ecfr", control_list(THIRD)
    yield (
        "2031-02-05T10:00:00Z",
        "us_ecfr",
        entities(
            THIRD, "Case-by-case review for items for safety of flight; otherwise presumption of denial."
        ),
    )
    yield "2031-02-05T11:00:00Z", "jp_egov", japanese(THIRD, "２４００")
    yield "2031-02-06T09:00:00Z", "us_ecfr", future(date(2033, 6, 18), "Later.")


def control_list(day: date) -> Expression:
    """The list: a limit goes from 4800 to 2400, a paragraph comes, at last its words are extended to a country."""
    limit = 4800 if day == FIRST else 2400
    items = [
        one("3A090.a", f"A “total processing performance” of {limit} or more; or", num="a."),
        one(
            "3A090.b",
            "Any integrated circuit that is not named above, but designed for datacenters.",
            num="b.",
        ),
    ]
    if day > FIRST:
        items.append(one("3A090.c", "Memory with a bandwidth density of more than 2 gigabytes a second.", num="c."))  # fmt: skip
    scope = "To destinations in Country Group D:5" + (", and to Thailand" if day == THIRD else "")
    rows = [
        one("3A090.table.1", "Control(s) | Country chart (see Supp. No. 1 to part 738)", unit="header"),
        one(
            "3A090.table.2",
            f"RS applies to entire entry | {scope}, see § 742.6(a)(6)(iii) of the EAR.",
            unit="row",
        ),
        one("3A090.table.3", "AT applies to entire entry | AT Column 1.", unit="row"),
    ]
    entry = one(
        "3A090", "", one("3A090.controls", "Reason for Control: RS, AT", *rows, heading="License Requirements", unit="heading"), *items,
        num="3A090", heading="Integrated circuits as follows (see List of Items Controlled).", unit="entry",
    )  # fmt: skip
    others = [
        one(f"3A{n:03d}", "", *(one(f"3A{n:03d}.{mark}", f"Other equipment of sort {n}{mark}, having a frequency of more than {n} GHz and any of the following.", num=f"{mark}.") for mark in "abcd"), num=f"3A{n:03d}", heading=f"Electronic items of sort {n}, n.e.s.", unit="entry")
        for n in range(1, 61)
    ]  # fmt: skip
    return _expression(LIST, day, "us_ecfr/1", "Supplement No. 1 to Part 774—The Commerce Control List", entry, *others)  # fmt: skip


def entities(day: date, policy: str) -> Expression:
    """A table of five columns, with names that do not end."""
    rows = [
        one(
            f"supp-4.xx.{n}",
            f"XANADU | Example Heavy Industries Corporation Number {n}, a.k.a., the following three aliases: —EHI{n}; —Example Heavy; and —示例重工. 88 Nowhere Road, Xanadu | For all items subject to the EAR. (See § 744.11 of the EAR) | {policy if n == 3 else 'Presumption of denial.'} | 95 FR {1000 + n}, 2/1/30.",
            unit="row",
        )
        for n in range(1, 30)
    ]
    head = one("supp-4.head", "Country | Entity | License requirement | License review policy | Federal Register citation", unit="header")  # fmt: skip
    return _expression(ENTITIES, day, "us_ecfr/1", "Supplement No. 4 to Part 744—Entity List", one("supp-4", "", head, *rows, heading="Entity List", unit="table"))  # fmt: skip


def users(day: date) -> Expression:
    """A list by country: what heads its columns stands above all countries, and names the country first."""
    head = one("supp-7.header", "Country | Entity | License review policy | Federal Register citation", unit="header")  # fmt: skip
    countries = [
        one(
            f"supp-7.{name}", "",
            *(one(f"supp-7.{name}.examplelaboratoriesnumber{n}", f"Example Laboratories Number {n}, a.k.a., the following alias: —EL{n}. {n} Nowhere Road, {name.title()} | Presumption of denial. | 95 FR {2000 + n}, 2/1/30.", unit="entry") for n in (1, 2, 3)),
            heading=name.upper(), unit="country",
        )
        for name in ("utopia", "xanadu")
    ]  # fmt: skip
    table = one("supp-7.table", "", head, *countries, unit="table")
    return _expression(USERS, day, "us_ecfr/1", "Supplement No. 7 to Part 744—User List", one("supp-7", "", table, num="Supplement No. 7 to Part 744", heading="User List", unit="appendix"))  # fmt: skip


def part(day: date, eid: str) -> Expression:
    """A section that is renumbered, and a very long one."""
    words = "The same words, which are long enough to be known again anywhere."
    return _expression(
        PART, day, "us_ecfr/1", "Part 798",
        one(eid, words, num=f"§ {eid}", heading="Scope", unit="section"),
        one("798.9", "Each exporter shall keep the records that this part names. " * 400, num="§ 798.9", heading="Recordkeeping", unit="section"),
    )  # fmt: skip


def future(day: date, words: str) -> Expression:
    """Law that is stayed, and law to come."""
    stay = Applicability(state="stayed", start=date(2031, 2, 1), end=date(2033, 2, 1), citation="96 FR 1", words="Stayed until further notice.")  # fmt: skip
    states = (stay,) if words == "Now." else ()
    return _expression(FUTURE, day, "us_ecfr/1", "Part 796", one("796.1", words, num="§ 796.1", unit="section", states=states))  # fmt: skip


def japanese(day: date, limit: str) -> Expression:
    """An order with lines that have no blank, and provisions that are all called the same."""
    text = "次の各号のいずれかに該当する集積回路であって、総合処理性能が" + limit + "以上のもの又は性能密度が五・九二以上のもの（半導体製造装置の部分品として設計したものを除く。）"  # fmt: skip
    old = [one(f"附則/平成{n}年経済産業省令第{n}号", "この省令は、公布の日から施行する。", num="附　則", unit="supplementary") for n in (3, 12, 25)]  # fmt: skip
    return _expression(
        JAPANESE, day, "jp_egov/1", "試験輸出貿易管理令別表第一の規定に基づき貨物又は技術を定める省令",
        one("1", "貨物の輸出を規制する。", one("1/2", text, num="二"), num="第一条", heading="（輸出貿易管理令別表第一関係）", unit="article"), *old, language="ja",
    )  # fmt: skip


def chinese(day: date) -> Expression:
    """An announcement in Chinese."""
    text = "未经国务院商务主管部门许可，任何单位和个人不得出口本公告所列两用物项；出口管制适用于半导体制造设备及其专用软件和技术。" * 4  # fmt: skip
    return _expression(CHINESE, day, "cn_mofcom/1", "商务部公告2031年第12号　公布对有关两用物项实施出口管制的决定", one("1", text, num="第一条", unit="article"), language="zh")  # fmt: skip


def german(day: date) -> Expression:
    """A word that fits into no narrow line, and an address that has no blank."""
    return _expression(
        GERMAN, day, "de_awv/1", "Prüfverordnung",
        one("1", f"Die {LONG_WORD} ({LONG_LINK}) ist anzuwenden.", num="§ 1", heading=f"{LONG_WORD} und weitere Vorschriften", unit="section"), language="de",
    )  # fmt: skip


def paper(work: str, day: date) -> Expression:
    """A rule with a long title, and dates."""
    said = "Implementation of Additional Export Controls: Certain Advanced Computing Items; Supercomputer and Semiconductor End Use; Updates and Corrections to the Control List, Country Groups and License Exceptions of the Export Administration Regulations"
    facts = (
        Fact(name="url", value=LONG_LINK),
        Fact(name="citation", value=f"96 FR {day.day}00"),
        Fact(name="effective", value="2031-03-01"),
        Fact(name="rin", value="0694-AZ99"),
    )
    return Expression(
        work=work, as_of=day, published=day, recipe="us_federal_register/1", title=said, kind="document", facts=facts,
        provisions=(one("1", "ECCN 3A090 is revised. Thailand is added to the destinations of its license requirement."),),
    )  # fmt: skip


def _expression(work: str, day: date, recipe: str, title: str, *provisions: Provision, language: str = "en") -> Expression:  # fmt: skip
    return Expression(
        work=work, as_of=day, recipe=recipe, title=title, language=language, provisions=provisions
    )
