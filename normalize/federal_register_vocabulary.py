"""The elements of the Federal Register's XML and what each is to a reader.

After GPO's "Federal Register XML Rendition" user guide (2009, revised March 2015), its style sheet, and what the issues
since 2000 hold. An element that is not named here is not guessed at: its text is a leftover, and the paper is held.
"""

from __future__ import annotations

#: The roots of one paper. ``FEDREG`` is a whole day.
PAPERS = frozenset({"RULE", "PRORULE", "NOTICE", "PRESDOCU", "CORRECT"})

#: Markup within a line of text, transparent to the tree (``normalize.inline`` reads it).
INLINE = frozenset(
    "E SU SUP SUB I B FR AC FTREF BR LI URL SCAP SP SQUARE IT BF".split()
    # Placeholders without words: a rule across the column, a forced break, blank space.
    + "HRULE PSPACE LINE Q FNC FNP FNOP FNEP".split()
)

#: Where a page of the print begins. It may split a word or a control number, so it goes, and what it parted is joined.
PAGE_MARKS = frozenset({"PRTPAGE", "FRPAGE", "CXPAGE", "OLPAGE", "OLPAGES", "NOLPAGES"})

#: Pictures and formulas: they stand in a line of text, or between paragraphs.
PICTURES = frozenset({"GPH", "MATH", "GID", "MID"})

#: Words for the people who set the page, left out by the rule ``typesetting``.
TYPESETTING = frozenset(
    "EDITOR EAR INCLUDES NOPRINTSUBJECT NOPRINTEONOTES FRDOCBP RULEHED WSECT WIDE".split()
)

#: Elements that only hold others: their content belongs to what encloses them.
TRANSPARENT = frozenset(
    "PREAMB PRESDOC PROCLA EXECORD EXECORDR PRNOTICE DETERM PRMEMO PRORDER PRESDET ORDER SECT PRIACTS NOTES OLNOTES".split()
)

#: The blocks that open a paper, with the address each gets.
PREAMBLE = {
    "AGY": "agency",
    "ACT": "action",
    "SUM": "summary",
    "DATES": "dates",
    "EFFDATE": "dates",
    "EFFDATES": "dates",
    "ADD": "addresses",
    "FURINF": "contact",
    "AGENCY": "department",
    "SUBAGY": "bureau",
    "CFR": "cfr",
    "DEPDOC": "docket",
    "RIN": "rin",
    "SUBJECT": "subject",
    "TITLE3": "title-3",
    "PRES": "president",
    "PROC": "proclamation",
    "PNOTICE": "presidential-notice",
    "MEMO": "memorandum",
    "PRESDN": "determination",
    "EXECORDNO": "executive-order",
    "DOCKETHD": "docket-heading",
    "DATE": "date",
}

#: The same blocks by the words of their heading, where a paper gives the heading alone (free-form notices).
PREAMBLE_HEADINGS = {
    "agency": "agency",
    "agencies": "agency",
    "action": "action",
    "actions": "action",
    "summary": "summary",
    "date": "dates",
    "dates": "dates",
    "effective date": "dates",
    "effective dates": "dates",
    "address": "addresses",
    "addresses": "addresses",
    "for further information contact": "contact",
}

#: Elements with a unit of their own. Whether one is a line of text or holds others is seen from what it holds.
UNITS = {
    "P": "paragraph",
    "FP": "paragraph",
    "P1": "paragraph",
    "NPAR": "paragraph",
    "LDRWK": "paragraph",
    "LDRFIG": "paragraph",
    "SCOL2": "list",
    "SECAUTH": "authority",
    "AUTH": "authority",
    "AUTHP": "paragraph",
    "SOURCE": "source",
    "CITA": "citation",
    "APPRO": "note",
    "PARAUTH": "authority",
    "LSTSUB": "subjects",
    "LISTSUB": "subjects",
    "PART": "part",
    "SUBPART": "subpart",
    "SUBCHAP": "subchapter",
    "CHAPTER": "chapter",
    "SUBTITLE": "subtitle",
    "SUBJGRP": "group",
    "APPENDIX": "appendix",
    "FAPPEND": "appendix",
    "APP": "appendix",
    "ANNEX": "appendix",
    "EXHIBIT": "appendix",
    "SUPPLEMENT": "appendix",
    "EXTRACT": "extract",
    "BQUOTE": "extract",
    "QUOTE": "extract",
    "EXAMPLE": "example",
    "NOTE": "note",
    "ANOTICE": "note",
    "ADMIN": "note",
    "EDNOTE": "note",
    "ED": "note",
    "EFFDNOT": "note",
    "EFFDNOTP": "note",
    "CROSSREF": "note",
    "BRIEFBOX": "note",
    "EBB": "note",
    "INFO": "note",
    "BIO": "note",
    "REVTXT": "extract",
    "BOXTXT": "note",
    "OLNOTE1": "footnote",
    "CONTENTS": "contents",
    "SECHD": "label",
    "RESERVED": "paragraph",
    "PRIACT": "system-notice",
    "PREAMHD": "preamble",
    "FRDOC": "filing",
    "FILED": "filing",
    "FRFILED": "filing",
    "BILCOD": "billing",
    "APPR": "paragraph",
    "DATED": "paragraph",
    "SIGDAT": "paragraph",
    "NAME": "paragraph",
    "TITLE": "paragraph",
    "POSITION": "paragraph",
    "OFFICE": "paragraph",
    "ATTEST": "paragraph",
    "ATNAME": "paragraph",
    "ADOPT": "paragraph",
    "PSIG": "signature",
    "PLACE": "place",
    "SITE": "place",
    "CITY": "place",
    "DCN": "paragraph",
    "OATH": "paragraph",
    "SECTNAME": "paragraph",
    "TCAP": "caption",
    "BCAP": "caption",
    "H": "paragraph",
    "EX": "paragraph",
    "HNO": "paragraph",
    "PAGDATE": "paragraph",
    "WHEN": "paragraph",
    "WHERE": "paragraph",
    "WORKSHOP": "paragraph",
}

#: Elements with a rule of their own in ``normalize.federal_register_body``.
SPECIAL = frozenset("HD SUPLINF REGTEXT AMDPAR SECTION SECTNO STARS FTNT SIG GPOTABLE".split())

#: What stands in a table; ``normalize.table`` reads it.
TABLE_PARTS = frozenset("TTITLE TDESC BOXHD CHED ROW ENT TNOTE TBODY SIGDAT LI".split())

#: What frames the papers of a day: left out by ``issue-frame`` (heads, dates, part titles) and ``issue-contents``.
ISSUE_FRAME = frozenset("VOL NO DATE UNITNAME PTITLE HD PRTPAGE".split())
ISSUE_CONTENTS = frozenset("CNTNTS CUMLIST READAID AIDS PARTSAFF CFRPARTS".split())
ISSUE_GROUPS = frozenset("RULES PRORULES NOTICES PRESDOCS NEWPART CORRECTS PROPOSED".split())

KNOWN = (
    PAPERS
    | INLINE
    | PAGE_MARKS
    | PICTURES
    | TYPESETTING
    | TRANSPARENT
    | SPECIAL
    | TABLE_PARTS
    | frozenset(PREAMBLE)
    | frozenset(UNITS)
)
