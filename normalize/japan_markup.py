"""The elements of 法令標準XML (XMLSchemaForJapaneseLaw v3): which are units of the law, which hold a unit's mark, caption and words."""

from __future__ import annotations

from dataclasses import dataclass

SUBITEMS = tuple(f"Subitem{level}" for level in range(1, 11))
SUBLISTS = tuple(f"Sublist{level}" for level in range(1, 4))


@dataclass(frozen=True, slots=True)
class Unit:
    """How an element becomes a provision: its ``unit``, and the ``segment`` of its address where no number gives one."""

    unit: str
    segment: str


DIVISIONS = {
    "Part": Unit("part", "編"),
    "Chapter": Unit("chapter", "章"),
    "Section": Unit("section", "節"),
    "Subsection": Unit("subsection", "款"),
    "Division": Unit("division", "目"),
}
LISTED = {
    "Item": Unit("item", "号"),
    **{tag: Unit("subitem", "細目") for tag in SUBITEMS},
    "Class": Unit("item", "類"),
}
APPENDED = {
    "AppdxTable": Unit("appendix", "別表"),
    "AppdxNote": Unit("appendix", "別記"),
    "AppdxStyle": Unit("form", "様式"),
    "AppdxFormat": Unit("form", "書式"),
    "AppdxFig": Unit("appendix", "別図"),
    "Appdx": Unit("appendix", "付録"),
    "SupplProvisionAppdxTable": Unit("appendix", "別表"),
    "SupplProvisionAppdxStyle": Unit("form", "様式"),
    "SupplProvisionAppdx": Unit("appendix", "付録"),
}
UNITS = {
    **DIVISIONS,
    **LISTED,
    **APPENDED,
    "Article": Unit("article", "条"),
    "Paragraph": Unit("paragraph", "項"),
    "SupplProvision": Unit("supplementary", "附則"),
    "EnactStatement": Unit("preamble", "制定文"),
    "Preamble": Unit("preamble", "前文"),
    "LawTitle": Unit("title", "題名"),
    "LastAmendment": Unit("citation", "最終改正"),  # of the pages before 2017; not in the schema
    "Pending": Unit("pending", "未施行"),  # likewise: the box of law not yet in force, and each law in it
    "PendingLaw": Unit("pending", "法令"),
    "AmendProvision": Unit("amendment", "改正規定"),
    "List": Unit("list", "列記"),
    **{tag: Unit("li", "列記") for tag in SUBLISTS},
    "TableStruct": Unit("table", "表"),
    "Table": Unit("table", "表"),
    "FigStruct": Unit("graphic", "図"),
    "StyleStruct": Unit("form", "様式"),
    "Style": Unit("form", "様式"),
    "FormatStruct": Unit("form", "書式"),
    "Format": Unit("form", "書式"),
    "NoteStruct": Unit("note", "記"),
    "Note": Unit("note", "記"),
    "Remarks": Unit("note", "備考"),
    "SupplNote": Unit("note", "付記"),
}
#: Elements that only enclose: what is in them belongs to what they stand in.
TRANSPARENT = frozenset({"MainProvision", "LawBody", "NewProvision", "Law", "LawFullText"})
#: The mark of a unit (第一条, 一, イ), or its whole title.
MARKS = frozenset(
    {
        "ArticleTitle",
        "ParagraphNum",
        "ItemTitle",
        "ClassTitle",
        "RemarksLabel",
        "SupplProvisionLabel",
        "ArithFormulaNum",
    }
    | {f"{tag}Title" for tag in (*SUBITEMS, *DIVISIONS, *APPENDED)}
)
#: What a unit is about.
CAPTIONS = frozenset(
    {
        "ArticleCaption",
        "ParagraphCaption",
        "ClassCaption",
        "TableStructTitle",
        "FigStructTitle",
        "StyleStructTitle",
    }
    | {
        "FormatStructTitle",
        "NoteStructTitle",
        "RelatedArticleNum",
        "PendingTitle",
        "SubitemCaption",
        "ItemCaption",
    }
)
#: The words of a unit.
SENTENCES = frozenset(
    {
        "ParagraphSentence",
        "ItemSentence",
        "ClassSentence",
        "ListSentence",
        "AmendProvisionSentence",
        "Sentence",
        "Column",
    }
    | {
        "ArithFormula",
        "QuoteStruct",
        "Ruby",
        "Line",
        "Sup",
        "Sub",
        "img",
        "br",
        "a",
        "b",
        "sub",
        "sup",
        "font",
        "math",
        "span",
    }
    | {f"{tag}Sentence" for tag in (*SUBITEMS, *SUBLISTS)}
)
