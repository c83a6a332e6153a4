"""The Country Chart and the Country Groups, in the eCFR's form made from the parsed sets of July 2026, country by country."""

from __future__ import annotations

import html
import json

from archive.records import Reading
from normalize.ecfr_country_tables import countries_of, country_name
from normalize.eids import key
from tests.corpus import corpus_file
from tests.normalize.ecfr_fixtures import by_eid, read_bytes, supplement

_CHART = "extra/us/country-chart_part738_2026-07.json"
_GROUPS = "extra/us/country-groups_part740_2026-07-23.json"
# The quirks of the printed tables: names misspelt on one page and right on another.
_MISPRINTS = {"Seychelles": "Seycheles", "Cote d'Ivoire": "Cote d'lvoire"}


def _cells(tag: str, *texts: str) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def _chart(parsed: dict[str, object]) -> bytes:
    columns: list[str] = parsed["columns"]  # type: ignore[assignment]
    rows = []
    for name, country in parsed["countries"].items():  # type: ignore[attr-defined]
        marks = "".join(
            f"<sup>{mark}</sup>" if at % 2 else f" <sup>{mark}</sup>"
            for at, mark in enumerate(country["footnotes"])
        )
        cells = [
            "X" if column in country["marks"] else ("" if at % 2 else " ")
            for at, column in enumerate(columns)
        ]
        rows.append(f"<TR>{_cells('TD', html.escape(name) + marks, *cells)}</TR>")
    for name, country in parsed["embargoed"].items():  # type: ignore[attr-defined]
        marks = "".join(f"<sup>{mark}</sup>" for mark in country["footnotes"])
        pointer = html.escape(country["pointer"])
        rows.append(
            f'<TR><TD>{html.escape(name)}{marks}</TD><TD colspan="{len(columns)}">{pointer}</TD></TR>'
        )
    notes = "".join(
        f'<TR><TD colspan="{len(columns) + 1}"><sup>{mark}</sup> {html.escape(words)}</TD></TR>'
        for mark, words in parsed["footnotes"].items()  # type: ignore[attr-defined]
    )
    labels = parsed["columnLabels"]
    upper = "".join(f"<TH>{labels[column]}</TH>" for column in columns)  # type: ignore[index]
    head = f'<THEAD><TR><TH rowspan="2">Countries</TH>{upper}</TR><TR>{_cells("TH", *columns)}</TR></THEAD>'
    table = f"<TABLE>{head}<TBODY>{''.join(rows)}</TBODY><TFOOT>{notes}</TFOOT></TABLE>"
    return supplement(f"<P>[Reason for control]</P><DIV><DIV>{table}</DIV></DIV>", part="738")


def _groups(parsed: dict[str, object]) -> bytes:
    groups: dict[str, list[str]] = parsed["groups"]  # type: ignore[assignment]
    labels: dict[str, str] = parsed["labels"]  # type: ignore[assignment]
    blocks = []
    for letter in "ABDE":
        if letter == "B":
            items = "".join(f"<LI>{html.escape(name)}</LI>\n" for name in groups["B"])
            blocks.append(f"<HD1>Country Group B\n</HD1><SCOL2>{items}</SCOL2>")
            continue
        columns = [name for name in groups if name.startswith(f"{letter}:")]
        names = sorted({name for column in columns for name in groups[column]})
        head = _cells(
            "TH", "Country", *(f"[{column}]<br/>{html.escape(labels[column])}" for column in columns)
        )
        rows = "".join(
            "<TR>"
            + _cells(
                "TD",
                html.escape(_MISPRINTS.get(name, name))
                + ("1" if at % 7 == 3 else "<sup>2 3</sup>" if at % 7 == 5 else ""),
                *("X" if name in groups[column] else "" for column in columns),
            )
            + "</TR>"
            for at, name in enumerate(names)
        )
        foot = f'<TFOOT><TR><TD colspan="{len(columns) + 1}"><sup>1</sup> See part 746.</TD></TR></TFOOT>'
        table = f"<TABLE><CAPTION><P>Country Group {letter}</P></CAPTION><THEAD><TR>{head}</TR></THEAD><TBODY>{rows}</TBODY>{foot}</TABLE>"
        blocks.append(f"<DIV><DIV>{table}</DIV></DIV>")
    return supplement("".join(blocks), part="740")


def _provisions(reading: Reading) -> tuple[object, ...]:
    (expression,) = reading.expressions
    return expression.provisions


def test_the_country_chart_comes_back_country_by_country() -> None:
    parsed = json.loads(corpus_file(_CHART).read_text(encoding="utf-8"))
    reading = read_bytes(_chart(parsed))
    assert reading.leftovers == ()
    found = by_eid(reading)
    for name in [*parsed["countries"], *parsed["embargoed"]]:
        assert found[f"supp-1.chart.{key(name)}"].unit == "entry", name
    marked = countries_of(_provisions(reading))  # type: ignore[arg-type]
    for column in parsed["columns"]:
        expected = [name for name, country in parsed["countries"].items() if column in country["marks"]]
        assert list(marked.get(column, ())) == expected
    assert found["supp-1.chart.cuba"].text == f"Cuba | {parsed['embargoed']['Cuba']['pointer']}"
    assert sum(one.unit == "footnote" for one in found.values()) == len(parsed["footnotes"])


def test_the_country_groups_come_back_country_by_country() -> None:
    parsed = json.loads(corpus_file(_GROUPS).read_text(encoding="utf-8"))
    reading = read_bytes(_groups(parsed))
    assert reading.leftovers == ()
    marked = countries_of(_provisions(reading))  # type: ignore[arg-type]
    assert marked.keys() == parsed["groups"].keys()
    for group, names in parsed["groups"].items():
        printed = [_MISPRINTS.get(name, name) if group != "B" else name for name in names]
        assert sorted(marked[group]) == sorted(printed), group
    found = by_eid(reading)
    assert found["supp-1.group-D.chinaprc"].text.startswith("China (PRC)")
    assert found["supp-1.group-B.congo-democratic-republic-of-the"].unit == "item"
    (root,) = reading.expressions[0].provisions
    assert [child.eid for child in root.children] == [f"supp-1.group-{letter}" for letter in "ABDE"], (
        "no group is in another"
    )


def test_footnote_digits_do_not_belong_to_a_name() -> None:
    assert country_name("Albania^2 3") == "Albania"
    assert country_name("India7") == "India"
    assert country_name("China (PRC)1") == "China (PRC)"
    assert country_name("Korea, South") == "Korea, South"


def test_columns_are_named_alike_however_their_heads_are_spaced() -> None:
    groups = (
        "<TABLE><CAPTION><P>Country Group D</P></CAPTION><THEAD><TR><TH>Country</TH><TH>[D: 1] National security</TH><TH>[ D:5 ]</TH></TR>"
        "</THEAD><TBODY><TR><TD>Atlantis</TD><TD>X</TD><TD>x</TD></TR><TR><TD>Thule</TD><TD>X</TD><TD/></TR></TBODY></TABLE>"
    )
    marked = countries_of(_provisions(read_bytes(supplement(groups, part="740"))))  # type: ignore[arg-type]
    assert marked == {"D:1": ("Atlantis", "Thule"), "D:5": ("Atlantis",)}
    chart = (
        "<TABLE><THEAD><TR><TH>Country</TH><TH>CB1</TH><TH>NS<br/>1</TH><TH>MT 1</TH><TH>AT  1</TH></TR></THEAD>"
        "<TBODY><TR><TD>Thule</TD><TD>X</TD><TD>X</TD><TD>X</TD><TD>X</TD></TR></TBODY></TABLE>"
    )
    marked = countries_of(_provisions(read_bytes(supplement(chart, part="738"))))  # type: ignore[arg-type]
    assert list(marked) == ["CB 1", "NS 1", "MT 1", "AT 1"]
