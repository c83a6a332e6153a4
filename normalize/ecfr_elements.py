"""The elements of eCFR XML by what they are (GPO's eCFR XML User Guide, and what the API mixes in from HTML)."""

from __future__ import annotations

#: Paragraphs of every indention, and lines that stand for themselves.
PARAGRAPHS = frozenset(
    "P FP FP-1 FP-2 FP-3 FP1 FP1-1 FP1-2 FP1-3 FP2 FP2-2 FP2-3 FP3 FP-DASH P-1 P-2 P-3 P-DASH P1 P2 P3 PSPACE FL-2 "
    "LDRFIG FRP FRP0 HALFDASH TCAP BCAP SECHD PARTHD ALPHHD SUBJECT SUBJECT1 SUBJECT2 SUBJL SUBJ1L SUBJ2L SUBJ3L PT PTHD "
    "APP PG CHAPNO a p LI RESERVED XREF LHDN1 HDN HANG".split()
)

#: Headings within a unit, with their rank from the highest.
HEADINGS = {"HD1": 1, "HD2": 2, "HD3": 3, "HD4": 4, "HD5": 5, "HD6": 6, "HED1": 1, "HED": 1, "HEAD": 1}

#: Layout only: their content stands in their place.
WRAPPERS = frozenset({"DIV", "div", "TEXT", "LDRWK", "SUBCHIND", "center", "blockquote"})

#: Hierarchy, from the title down.
DIVISIONS = ("DIV1", "DIV2", "DIV3", "DIV4", "DIV5", "DIV6", "DIV7", "DIV8", "DIV9")

#: Statements about a unit as a whole, wherever they are printed in it.
OF_THE_UNIT = frozenset({"CITA", "SECAUTH", "AUTH", "SOURCE", "EDNOTE", "EFFDNOT", "APPRO"})

TABLES = frozenset({"TABLE", "table", "GPOTABLE"})
PICTURES = frozenset({"img", "IMG", "GPH", "GID", "MATH"})
LISTS = frozenset({"SCOL2", "SCOL3", "SCOL", "UL", "OL", "ul", "ol"})

#: Statements that are one line: element → (unit, segment).
LINES = {
    "CITA": ("citation", "citation"),
    "SECAUTH": ("authority", "section-authority"),
    "PARAUTH": ("authority", "paragraph-authority"),
    "APPRO": ("approval", "approval"),
}

#: Statements with a label and paragraphs: element → (unit, segment).
LABELLED = {
    "AUTH": ("authority", "authority"),
    "SOURCE": ("source", "source"),
    "EDNOTE": ("note", "editorial-note"),
    "EFFDNOT": ("note", "effective-date-note"),
    "CROSSREF": ("cross-reference", "cross-reference"),
    "NOTE": ("note", "note"),
    "EXAMPLE": ("example", "example"),
    "EXTRACT": ("extract", "extract"),
    "REVTXT": ("extract", "revised-text"),
    "SUPERSED": ("extract", "superseded-text"),
    "BOXTXT": ("extract", "box"),
    "EFTNT": ("footnote", "footnote"),
}

#: Inline elements that ``normalize.inline`` knows or reads through on purpose.
INLINE = frozenset(
    "I B E SU sup sub SUP SUB FR br BR AC FTREF em strong i b u U PRTPAGE XREF a ABBR BCAP span font cite STARS img IMG MATH "
    "GPH GID MID REFID HED P FP LI DIV".split()
)

#: Structure that only the readers of tables, lists and bulk files look at.
_STRUCTURE = frozenset(
    "THEAD TBODY TFOOT TR TD TH CAPTION COLGROUP COL thead tbody tfoot tr td th caption colgroup col TTITLE TDESC BOXHD CHED "
    "ROW ENT TNOTE SIGDAT FTNT STARS hr HEADER ECFR DLPSTEXTCLASS BODY ECFRBRWS AMDDATE CFRTOC CHAPTI SUBTI MID FILEDESC "
    "TITLESTMT TITLE AUTHOR PUBLICATIONSTMT PUBLISHER PUBPLACE IDNO DATE SERIESSTMT PROFILEDESC TEXTCLASS KEYWORDS".split()
)

KNOWN = (
    PARAGRAPHS
    | WRAPPERS
    | TABLES
    | PICTURES
    | LISTS
    | INLINE
    | _STRUCTURE
    | HEADINGS.keys()
    | LINES.keys()
    | LABELLED.keys()
) | frozenset(DIVISIONS)
