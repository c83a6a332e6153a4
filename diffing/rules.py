"""The rules that make a difference editorial, each a named function with cases for and against it.

A rule answers for one smallest difference. None of them guesses: what no rule takes is substantive. ``editorial`` are pairs of
texts whose whole difference the rules take by this one; ``substantive`` are near misses that no rule may take.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from diffing.citations import within_citation
from diffing.difference import Difference
from diffing.rules_spelling import (
    accented_capital,
    british_ending,
    dotted_abbreviation,
    joined_words,
    long_vowel,
    look_alike_kana,
    one_sign,
    same_key,
    sharp_s,
    small_kana,
)
from diffing.rules_words import same_words

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``said`` completes the sentence "only … differ"."""

    said: str
    holds: Callable[[Difference], bool]
    editorial: tuple[Pair, ...]
    substantive: tuple[Pair, ...]


def empty_cells(difference: Difference) -> bool:
    """Only empty cells at the end of a row came or went. Before a filled cell an empty one puts it into another column."""
    if "|" not in difference.gone + difference.come:
        return False
    before, after = (_filled(tokens) for tokens in (difference.compared.before, difference.compared.after))
    return before == after


def _filled(tokens: tuple[str, ...]) -> list[str]:
    """The cells of a row as far as they are filled."""
    cells = [cell.strip() for cell in _cells(tokens)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cells(tokens: tuple[str, ...]) -> list[str]:
    return " ".join(tokens).split("|")


def citation(difference: Difference) -> bool:
    """The difference stands in a bracketed citation line, or in a cell that holds only citations."""
    hunk = difference.hunk
    return within_citation(difference.compared, hunk.i1, hunk.i2, hunk.j1, hunk.j2)


def reference(difference: Difference) -> bool:
    """A cross-reference that follows a renumbering of what it points at."""
    return difference.reference_follows(difference.compared, difference.hunk)


def footnote(difference: Difference) -> bool:
    """A footnote mark that follows its footnote."""
    return difference.footnote_follows(difference.compared, difference.hunk)


RULES: tuple[Rule, ...] = (
    Rule(
        said="spelling variants",
        holds=same_key,
        editorial=(
            ("次に掲げる貨物はすべて規制する", "次に掲げる貨物は全て規制する"),
            ("貨物および技術", "貨物及び技術"),
            ("規定によつて許可を受けた者であつて", "規定によって許可を受けた者であって"),
            ("daß der Ausführer handeln muß", "dass der Ausführer handeln muss"),
            ("any re-export of the item", "any reexport of the item"),
            ("an export licence", "an export license"),
            ("其它物项的出口", "其他物项的出口"),
            ("de produkten", "de producten"),
            ("la mise en oeuvre", "la mise en œuvre"),
        ),
        substantive=(
            ("次に掲げるもの", "次に掲げる者"),
            ("輸出するとき", "輸出する時"),
            ("貨物又は技術", "貨物及び技術"),
            ("die Maße des Geräts", "die Masse des Geräts"),
            ("the licensee", "the license"),
            ("应当申请许可", "可以申请许可"),
        ),
    ),
    Rule(
        said="blanks and hyphens inside a word",
        holds=joined_words,
        editorial=(
            ("dual-use items", "dualuse items"),
            ("the end user statement", "the enduser statement"),
            ("5 % of the value", "5% of the value"),
            ("multi-layer masks", "multilayer masks"),
        ),
        substantive=(
            ("a person who is not able to pay", "a person who is notable to pay"),
            ("10 26 operations", "1026 operations"),
            ("persons who re-sign the form", "persons who resign the form"),
            ("in accurate form", "inaccurate form"),
            ("persons who use less power", "persons who useless power"),
            ("it is land of the state", "it island of the state"),
            ("il peut être vendu", "il peut-être vendu"),
        ),
    ),
    Rule(
        said="ß and ss",
        holds=sharp_s,
        editorial=(("die Maßnahme in Rußland", "die Massnahme in Russland"), ("das Schloß", "das Schloss")),
        substantive=(("die Abmaße", "die Abmasse"), ("in Maßen", "in Massen"), ("die Buße", "die Busse")),
    ),
    Rule(
        said="British and American endings",
        holds=british_ending,
        editorial=(("ionised gas", "ionized gas"), ("to paralyse it", "to paralyze it")),
        substantive=(("the prise", "the prize"), ("advise them", "advice them")),
    ),
    Rule(
        said="accents on capitals",
        holds=accented_capital,
        editorial=(
            ("les Etats membres", "les États membres"),
            ("A défaut, il décide", "À défaut, il décide"),
        ),
        substantive=(("il publie", "il publié"), ("le titulaire a agi", "le titulaire à agi")),
    ),
    Rule(
        said="small and large kana",
        holds=small_kana,
        editorial=(("デイスクの容量", "ディスクの容量"), ("シヤツターの速度", "シャッターの速度")),
        substantive=(("第一号イに掲げる", "第一号ィに掲げる"),),
    ),
    Rule(
        said="signs for letters",
        holds=one_sign,
        editorial=(("五㎜の板", "五mmの板"), ("第Ⅱ類の物質", "第II類の物質")),
        substantive=(
            ("５㎜の板", "５㎝の板"),
            ("第Ⅱ類の物質", "第III類の物質"),
            ("m² of land", "m2 of land"),
        ),
    ),
    Rule(
        said="points of an abbreviation",
        holds=dotted_abbreviation,
        editorial=(("a U.S. person", "a US person"), ("a.k.a. Acme", "aka Acme")),
        substantive=(("grade A. B is not", "grade AB is not"), ("U.S. persons", "UK persons")),
    ),
    Rule(
        said="punctuation, case and typographic forms",
        holds=same_words,
        editorial=(
            ("lasers, masks and resists", "lasers, masks, and resists"),
            ("See Appendix A", "See appendix A"),
            ("items; and", "items, and"),
            ("（昭和二十四年法律）", "(昭和二十四年法律)"),
            ("a field of 10 x 10 mm", "a field of 10 × 10 mm"),
            ("Acme Tools & Dies Ltd.", "Acme Tools and Dies Ltd."),
            ("power >= 5 W", "power ≥ 5 W"),
            ("5 µm", "5 μm"),
            ("the goverment", "the government"),
            ("the govenrment authority", "the government authority"),
            ("specialy designed", "specially designed"),
            ("long-range missiles", "long range missiles"),
            ("the fee - if any - is due", "the fee, if any, is due"),
            ("the agent (and the carrier) report", "the agent and the carrier report"),
            ("NOTE TO PARAGRAPH (A)", "Note to paragraph (a)"),
            ("A LICENSE IS REQUIRED AT ALL TIMES", "A license is required at all times"),
        ),
        substantive=(
            ("below −40 °C", "below 40 °C"),
            ("“interconnect”", "'interconnect'"),
            ("a “part” of it", "a part of it"),
            ("5 mW", "5 MW"),
            ("paragraphs (a)-(c)", "paragraphs (a), (c)"),
            ("a ratio of 5:1", "a ratio of 5.1"),
            ("4,8 kW", "4.8 kW"),
            ("paragraph (a)", "paragraph (A)"),
            ("exporters and reexporters", "exporters or reexporters"),
            ("an item that is CO based", "an item that is Co based"),
            ("(lasers and masks) or resists", "lasers and (masks or resists)"),
            ("exporters and/or agents", "exporters and agents"),
            ("m^2", "m^3"),
            ("2 × (x + y)", "2 × x + y"),
            ("goods & technology", "goods or technology"),
            ("goods that form part", "goods that from part"),
            ("have been deigned for", "have been designed for"),
            ("controlled items", "uncontrolled items"),
            ("Zhenhai Instruments", "Zhenhua Instruments"),
            ("power > 5 W", "power >= 5 W"),
            ("lasers of type A are listed", "lasers of type a are listed"),
            ("open Monday-Friday", "open Monday, Friday"),
            ("wavelengths 5 nm - 10 nm", "wavelengths 5 nm, 10 nm"),
            ("it is not (a laser or a mask)", "it is not a laser or a mask"),
            ("goods valued $500-$1,000", "goods valued $500, $1,000"),
            ("AT applies to the item", "at applies to the item"),
        ),
    ),
    Rule(
        said="look-alike kana",
        holds=look_alike_kana,
        editorial=(
            ("外国へ輸出する", "外国ヘ輸出する"),
            ("センサ一の感度", "センサーの感度"),
            ("工ネルギーの量", "エネルギーの量"),
        ),
        substantive=(("第一号ロに掲げる", "第一号ハに掲げる"), ("二種類の装置", "三種類の装置")),
    ),
    Rule(
        said="the long vowel at the end of a loan word",
        holds=long_vowel,
        editorial=(
            ("コンピュータの性能", "コンピューターの性能"),
            ("モーター又はセンサー", "モータ又はセンサ"),
        ),
        substantive=(("レーザー装置", "マスク装置"), ("カバの輸入", "カバーの輸入")),
    ),
    Rule(
        said="empty cells",
        holds=empty_cells,
        editorial=(("Acme | Beijing", "Acme | Beijing | "),),
        substantive=(("A B | C", "A | B C"), ("A | X", "X | A"), ("Freedonia | X", "Freedonia |  | X")),
    ),
    Rule(
        said="the citation of the last amendment",
        holds=citation,
        editorial=(
            (
                "Records are kept. [80 FR 9375, Feb. 23, 2015]",
                "Records are kept. [80 FR 9375, Feb. 23, 2015, as amended at 91 FR 1034, Jan. 9, 2026]",
            ),
            (
                "Acme | All items | Denial | 85 FR 36719, 6/18/20.",
                "Acme | All items | Denial | 85 FR 36719, 6/18/20. 88 FR 38739, 6/14/23.",
            ),
        ),
        substantive=(
            ("Authority: 50 U.S.C. 4801; E.O. 12938", "Authority: 50 U.S.C. 4801; E.O. 13026"),
            ("Stayed by 90 FR 50857", "Stayed by 91 FR 11111"),
        ),
    ),
    Rule(
        said="references that follow a renumbering",
        holds=reference,
        editorial=(),
        substantive=(("see paragraph (c)", "see paragraph (d)"),),
    ),
    Rule(
        said="footnote marks that follow their footnotes",
        holds=footnote,
        editorial=(),
        substantive=(("Acme^1", "Acme^4"),),
    ),
)
