"""PDF documents: pages, columns, running heads, tables, footnotes; scans and damage refused with the reason."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from archive.errors import UnreadableDocument
from archive.records import Expression, Reading
from archive.vocabulary.folding import comparison_key
from normalize.reading import Hints, read
from tests.corpus import corpus_file
from tests.normalize.pdf_fixtures import Item, Picture, Rule, Text, column, pdf

HINTS = Hints(as_of=date(2026, 6, 18), document="notice.pdf", url="https://www.trade.example.gov/notice.pdf")
PROSE = [
    "The exporter shall keep a record of each transfer of a controlled item and",
    "shall show it on request to the licensing authority within five working days.",
]


def _read(body: bytes) -> Reading:
    reading = read("pdf_document", body, HINTS)
    assert reading.leftovers == ()
    return reading


def _texts(expression: Expression) -> list[str]:
    return [f"{one.num} {one.heading} {one.text}".strip() for one in expression.walk()]


def test_lines_are_joined_to_paragraphs_and_a_gap_parts_them() -> None:
    body = pdf(column([*PROSE, "", "A second paragraph stands after a gap and is short."]))
    texts = _texts(_read(body).expressions[0])
    assert texts == [" ".join(PROSE), "A second paragraph stands after a gap and is short."]


def test_numbered_paragraphs_nest_by_their_marks() -> None:
    body = pdf(
        column(
            [
                "(a) Licences are needed for:",
                "(1) items of the list; and",
                "(2) their software.",
                "(b) No other item.",
            ]
        )
    )
    expression = _read(body).expressions[0]
    assert [one.eid for one in expression.walk()] == ["a", "a.1", "a.2", "b"]


def test_running_heads_and_page_numbers_are_discarded_by_name_and_a_paragraph_goes_on_over_the_page() -> None:
    def page(number: int, words: str) -> list[Item]:
        return [Text(70, 810, "Notice to Exporters 12/2026"), *column([words]), Text(290, 30, str(number))]

    reading = _read(
        pdf(
            page(1, "Transfers of technology that were licensed before this notice may"),
            page(2, "continue until their licence ends, without a new application, if they"),
            page(3, "are reported to the authority."),
            page(4, "Reports are made by electronic form."),
        )
    )
    assert _texts(reading.expressions[0]) == [
        "Transfers of technology that were licensed before this notice may continue until their licence ends, without a new"
        " application, if they are reported to the authority.",
        "Reports are made by electronic form.",
    ]
    assert {one.rule for one in reading.discards} == {"running-head", "page-number"}


def test_two_columns_are_read_one_after_the_other_whatever_the_order_of_drawing() -> None:
    left = [f"left column line {number} goes on with" for number in range(1, 8)]
    right = [f"right column line {number} goes on with" for number in range(1, 8)]
    rows: list[Item] = []
    for one, two in zip(column(left, x=60), column(right, x=320), strict=True):
        rows += [one, two]  # row by row, as some writers draw
    text = " ".join(_texts(_read(pdf(rows)).expressions[0]))
    assert text.index("left column line 7") < text.index("right column line 1")


def test_a_ruled_table_is_read_row_by_row() -> None:
    xs, ys = (60, 160, 400), (700, 680, 660, 640)
    rules: list[Item] = [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]
    cells = [("Code", "Limit"), ("3A090", "4800 TPP"), ("4A090", "computers")]
    words: list[Item] = [
        Text(xs[place] + 4, ys[row] - 14, text, 10)
        for row, line in enumerate(cells)
        for place, text in enumerate(line)
    ]
    body = pdf(
        [
            *column(["The table lists what is controlled."], top=740),
            *rules,
            *words,
            *column(["It ends here."], top=600),
        ]
    )
    expression = _read(body).expressions[0]
    assert [one.text for one in expression.walk() if one.unit in ("row", "header")] == [
        "Code | Limit",
        "3A090 | 4800 TPP",
        "4A090 | computers",
    ]
    assert [one.unit for one in expression.provisions] == ["paragraph", "table", "paragraph"]
    assert any(one.eid == "table.3a090" for one in expression.walk())


def test_a_raised_exponent_stays_an_exponent() -> None:
    body = pdf(
        [
            Text(70, 700, "Models trained with more than 10"),
            Text(232, 700, "26", 6, rise=5),
            Text(243, 700, "operations are reported."),
        ]
    )
    text = _texts(_read(body).expressions[0])[0]
    assert "10^26" in text
    assert "1026" not in text


def test_a_hyphen_at_the_end_of_a_line_goes_only_where_the_whole_word_stands_elsewhere() -> None:
    body = pdf(
        column(
            [
                "The computational limit is raised, and the compu-",
                "tational test is kept for every dual-",
                "use item of the list.",
            ]
        )
    )
    reading = _read(body)
    text = _texts(reading.expressions[0])[0]
    assert "the computational test" in text
    assert "dual-use item" in text
    assert [one.rule for one in reading.discards] == ["line-end-hyphen"]


def test_larger_type_is_a_heading_that_nests_what_follows() -> None:
    body = pdf([Text(70, 760, "Guidance on model weights", 18), *column(PROSE)])
    expression = _read(body).expressions[0]
    assert (expression.title, expression.provisions[0].unit) == ("Guidance on model weights", "heading")
    assert expression.provisions[0].children[0].text == " ".join(PROSE)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (pdf([Picture()], [Picture()]), "scan"),
        (pdf([]), "no text"),
        (pdf(column(PROSE))[:-400], "cut off"),
        (b"%PDF-1.7\nthis is not a document\n%%EOF", "damaged"),
        (
            pdf(
                column(PROSE),
                trailer=b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
            ),
            "password",
        ),
        (b"<html><body><p>a page</p></body></html>", "no PDF"),
    ],
    ids=["scan", "empty", "truncated", "damaged", "encrypted", "a page"],
)
def test_what_cannot_be_read_is_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read("pdf_document", body, HINTS)
    assert caught.value.mend


def test_a_page_that_is_a_picture_among_pages_of_text_is_told() -> None:
    reading = _read(pdf(column(PROSE), [Picture()], column(PROSE)))
    assert [one.place for one in reading.remarks] == ["page 2"]


def test_any_page_source_takes_a_pdf_by_its_bytes() -> None:
    reading = read("web_page", pdf(column(PROSE)), HINTS)
    assert reading.expressions[0].recipe.startswith("web_page/")
    assert _texts(reading.expressions[0]) == [" ".join(PROSE)]


def test_the_agreed_text_as_pdf_has_the_paragraphs_of_its_text_form() -> None:
    """PE-CONS 30/26: the text form also carries text of the amended act, which the PDF does not print; what the PDF prints is
    compared. Calls of footnotes stand in the PDF only."""
    body = corpus_file("extra/eu/PE-30-2026-INIT_nl.pdf").read_bytes()
    form = json.loads(corpus_file("extra/eu/pe-cons-30-26.nl.json").read_text(encoding="utf-8"))
    expression = _read(body).expressions[0]
    without_calls = re.compile(r"\^\{?\d{1,3}\}?")
    opening = re.compile(r"[“\"]?(?:(?:\d{1,3}|[a-z]{1,3})(?: (?:bis|ter|quater|quinquies|sexies))?[.)])?\s*")
    paragraphs = {
        comparison_key(
            opening.sub("", without_calls.sub("", f"{one.heading} {one.text}".strip()), count=1)
        ).strip('“”";. ')
        for one in expression.walk()
    }
    printed = comparison_key(without_calls.sub("", " ".join(_texts(expression))))
    texts = [text for text in _strings(form["amendments"]) if comparison_key(text)[:60] in printed]
    keys = [comparison_key(opening.sub("", text, count=1)).strip('“”";. ') for text in texts]
    unequal = [key for key in keys if key not in paragraphs]
    assert len(texts) >= 60
    assert unequal == []


def _strings(node: object) -> list[str]:
    found: list[str] = []
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            found.append(node["text"])
        for value in node.values():
            found += _strings(value)
    elif isinstance(node, list):
        for value in node:
            found += _strings(value)
    return found


def test_ruled_pages_whose_tables_cannot_be_read_are_refused() -> None:
    rules: list[Item] = [Rule(60, y, 400, y) for y in (700, 680, 660)] + [
        Rule(x, 700, x, 660) for x in (60, 200, 400)
    ]
    whole = pdf([*rules, *column(PROSE)])
    assert read("pdf_document", whole, HINTS).leftovers == ()
    broken = whole.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 (a)]")
    with pytest.raises(UnreadableDocument, match="tables cannot be read"):
        read("pdf_document", broken, HINTS)


@pytest.mark.parametrize(
    ("death", "said"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "ended by SIGSEGV"),
        ("os.write(2, b'MemoryError'); os._exit(1)", "failed: MemoryError"),
        ("print(1)", "gave no answer"),
    ],
)
def test_a_pdf_that_breaks_the_parser_is_refused_and_takes_no_other_process_with_it(
    death: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every Python that starts with this folder on its path dies as PDFium would die.
    (tmp_path / "sitecustomize.py").write_text(
        f"import atexit, os, signal, sys\nif 'normalize.pdf_child' in sys.orig_argv: {death}\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONFAULTHANDLER", "")
    with pytest.raises(UnreadableDocument, match=said):
        _read(pdf(column(PROSE)))


def test_a_japanese_notice_is_nested_by_its_marks_and_its_table_is_read_row_by_row() -> None:
    rules: list[Item] = [Rule(70, y, 460, y) for y in (440, 460, 480)]
    rules += [Rule(x, 440, x, 480) for x in (70, 200, 330, 460)]
    cells = [
        Text(76 + 130 * column_, y, words, 9)
        for y, row in ((465, ("項番", "品目", "備考")), (445, ("7", "集積回路", "十七・五")))
        for column_, words in enumerate(row)
    ]
    lines = [
        "１　趣旨",
        "この通達は、輸出の管理について定める。この定めは、許可を受けようとする者の全てに対し",
        "適用する。",
    ]
    lines += ["２　手続", "（１）申請書は次のとおり。", "ア　申請書", "イ　写し", "（２）期間は六月とする。"]
    hints = replace(HINTS, document="policy/anpo/notice.pdf", url="")
    reading = read("jp_meti", pdf([*column(lines), *rules, *cells]), hints)
    assert reading.leftovers == ()
    (expression,) = reading.expressions
    assert (expression.work, expression.language) == ("jp/meti/policy/anpo/notice", "ja")
    found = {one.eid: one.text for one in expression.walk()}
    assert found["2/1/イ"] == "写し"
    assert found["2/2"] == "期間は六月とする。"
    assert found["1"].endswith("全てに対し適用する。")
    assert found["表/集積回路"] == "7 | 集積回路 | 十七・五"
