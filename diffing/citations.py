"""Citation lines: the notes that say where a text was published and which act amended it last.

They follow an amendment and say nothing of their own. An authority citation is no citation line: it says under which power the rule
was made. Nor is a Japanese 附則, which is law.
"""

from __future__ import annotations

import re

from diffing.text import Redline

UNITS = frozenset({"citation", "source", "history", "credit", "credits", "source-note", "amendment-history"})

_FR = r"\d{1,3} FR \d{2,6}(?:,? \d{2,6})*"
_LINES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        # US: [80 FR 9375, Feb. 23, 2015, as amended at 86 FR 4929, Jan. 19, 2021]; Source: 61 FR 12734, Mar. 25, 1996, unless …
        rf"\[(?:Source: )?{_FR}[^\[\]]*\]",
        rf"Source: {_FR}[^\n]{{0,300}}",
        # Japan: （平二五政三一九・一部改正）, 〔令和五年政令第二百三十二号改正〕, 最終改正：令和…
        r"[（(〔\[][^（(〔\[\n]{0,160}(?:一部改正|全部改正|追加|繰上|繰下|改正)[）)〕\]]",
        r"(?:最終改正|改正)[:：\s][^\n。]{0,200}号[^\n。]{0,20}",
        # Germany: zuletzt geändert durch …, as a line of its own; (+++ Textnachweis ab … +++)
        r"(?:Stand: ?)?\(?(?:Zuletzt|zuletzt) geändert durch [^\n]{0,300}",
        r"(?:Neugefasst|Neugefaßt) durch Bek\. v\. [^\n]{0,300}",
        # (other notes between these marks say which law applies: Zur Anwendung vgl. § 31)
        r"\(\+\+\+\s*(?:Textnachweis|Änderungen? aufgrund|Stand)[^+]*\+\+\+\)",
        # France: Modifié par Décret n°2020-74 du 31 janvier 2020 - art. 1; Netherlands: Laatstelijk gewijzigd bij …
        r"(?:Modifiée?|Créée?|Abrogée?|Rétablie?) par (?:la |le |l'|l’)?(?:LOI|Loi|Décret|Ordonnance|Arrêté|décret|arrêté|loi) [^\n]{0,200}",
        r"(?:Laatstelijk gewijzigd|Gewijzigd) bij [^\n]{0,300}",
        # China: （2020年10月17日第十三届…通过 根据…修正）
        r"[（(]\d{4}年\d{1,2}月\d{1,2}日[^（()）]{0,300}(?:通过|公布|修正|修订|发布)[^（()）]{0,300}[）)]",
        # EU: ▼M37, ►M37; United Kingdom: F12 Words in s. 3 substituted (1.4.2020) by S.I. 2020/100, reg. 2
        r"[▼►](?:[BMCA]\d*)(?: ◄)?",
        r"(?:F\d+ ?)?(?:Words|Word|Sum|S|Ss|Art|Arts|Reg|Regs|Sch|Para|Paras)\b[^\n]{0,200}\b(?:substituted|inserted|omitted|repealed|revoked|amended)\b[^\n]{0,80}\bby\b[^\n]{0,300}(?:S\.I\.|S\.R\.|S\.S\.I\.|\(c\. ?\d+\)|\(asp \d+\)|Regulations? \d{4}|Order \d{4}|Act \d{4})[^\n]{0,200}",
    )
)
# A cell of citations, as in the last column of the Entity List: 85 FR 36719, 6/18/20. 88 FR 38739, 6/14/23.
_CELL = re.compile(
    rf"(?:{_FR}(?:,? \[?(?:insert )?[^|]{{0,40}}?\]?)?(?:,? \d{{1,2}}/\d{{1,2}}/\d{{2,4}})?[.,;]?\s*)+"
)


def is_citation_line(unit: str, text: str) -> bool:
    """Whether a provision is nothing but a citation line."""
    if unit.lower() in UNITS:
        return True
    text = text.strip()
    return bool(text) and len(text) < 2000 and any(line.fullmatch(text) for line in _LINES)


def is_citation_cell(cell: str) -> bool:
    """Whether a cell of a row holds only Federal Register citations, or nothing.

    >>> is_citation_cell("85 FR 36719, 6/18/20. 88 FR 38739, 6/14/23."), is_citation_cell("Presumption of denial")
    (True, False)
    """
    cell = cell.strip()
    return not cell or bool(_CELL.fullmatch(cell))


def within_citation(compared: Redline, i1: int, i2: int, j1: int, j2: int) -> bool:
    """Whether the tokens ``before[i1:i2]`` and ``after[j1:j2]`` stand in a bracketed citation line or a citation cell."""
    return _inside(compared.before, compared.before_blanks, i1, i2) and _inside(
        compared.after, compared.after_blanks, j1, j2
    )


def _inside(tokens: tuple[str, ...], blanks: tuple[str, ...], first: int, last: int) -> bool:
    if "|" in tokens:
        start = max((k + 1 for k in range(first) if tokens[k] == "|"), default=0)
        end = next((k for k in range(first, len(tokens)) if tokens[k] == "|"), len(tokens))
        return start > 0 and end >= last and is_citation_cell(_written(tokens, blanks, start, end))
    start = next((k for k in range(min(first, len(tokens) - 1), -1, -1) if tokens[k] == "["), -1)
    end = next((k for k in range(max(last - 1, 0), len(tokens)) if tokens[k] == "]"), -1)
    return 0 <= start < end and bool(_LINES[0].fullmatch(_written(tokens, blanks, start, end + 1)))


def _written(tokens: tuple[str, ...], blanks: tuple[str, ...], start: int, end: int) -> str:
    return "".join(blanks[k] + tokens[k] for k in range(start, end)).strip()
