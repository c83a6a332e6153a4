"""Phrases that take something out: "except", "other than", を除く, 除…以外, mit Ausnahme von, à l'exclusion de.

A cue opens or closes a chain: the mention nearest to it and those joined to that one by the words of a list. A verb or the end
of the clause breaks the chain ("a licence is required for Iran, except for 3A001, and Syria is ..." takes out 3A001 alone).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import ahocorasick

Span = tuple[int, int]

# Cues before what they take out; text is in lower case, without accents.
_BEFORE = re.compile(
    r"""\b(?:
        except(?:ing|ed)?(?:\s+(?:for|as\s+to|that|those|to|from|under))? | other\s+than | exclud(?:ing|es|e) | not\s+including | but\s+not | (?:(?<=,\ )|(?<=\(\ )|(?<=\())not(?=\s+(?:in\s+|under\s+|for\s+)?(?:the\s+|an?\s+)?(?:eccns?\s+)?(?:(?:sub-?)?paragraphs?\s+\.?\(?[a-z]\b|[0-9][a-e][0-9]{3}|[mp]l[0-9])) | (?:(?<=,\ )|(?<=\())nicht(?::\s+(?=[0-9][a-e])|(?:\s+fur)?(?=\s+(?:[0-9][a-e][0-9]{3}|[mp]l[0-9]))|(?:\s+(?:nach|von|fur|unter))?(?=\s+(?:buchstabe|absatz|nummer|unternummer|ziffer)n?\s)) | et\s+non(?=\s+[0-9][a-e][0-9]{3}) | (?:(?<=country\ )|(?<=countries\ )|(?<=destination\ )|(?<=destinations\ )|(?<=\ball\ )|(?<=anywhere\ )|(?<=everywhere\ )|(?<=everyone\ )|(?<=anyone\ ))but | (?:(?<=countries\ )|(?<=country\ )|(?<=destinations\ )|(?<=states\ ))save | with\s+the\s+(?:exception|exclusion)\s+of
      | (?:al)?though\s+not(?:\s+for|\s+to|\s+in)? | with\s+the\s+(?:sole|single|only)\s+exception\s+of | not\s+counting | leaving\s+aside | (?:are|is)\s+not\s+(?:in|under)(?=\s+(?:eccns?\s+)?[0-9][a-e][0-9]{3}) | (?<=[a-z0-9,]\ )unless\s+(?:specified|listed|described|controlled|identified)\s+(?:in|by|under)
      | w/o | and\s+not(?=\s+(?:[0-9][a-e][0-9]{3}|[mp]l[0-9])) | wenn\s+auch\s+nicht | nicht\s+(?:hingegen|dagegen) | mit\s+alleiniger\s+ausnahme\s+(?:von|der|des) | exklusive | abzuglich | bien\s+que\s+non | a\s+la\s+seule\s+exception\s+(?:de|du|des|d') | sans\s+compter | a\s+moins\s+d'etre\s+visee?s?\s+(?:au|a|aux)
      | to\s+the\s+exclusion\s+of | apart\s+from | aside\s+from | save(?:\s+for)?(?=\s+(?:for|those|that|eccns?|in|the|[0-9])) | exclusive\s+of | does\s+not\s+(?:include|apply\s+to|cover|extend\s+to)
      | do\s+not\s+(?:include|apply\s+to|cover|extend\s+to) | does\s+not\s+control | not\s+(?:also\s+|otherwise\s+)?(?:specified|controlled|covered|described|listed|identified|named)\s+(?:in|by|under) | not\s+also\s+(?:in|under) | unless\s+(?:(?:it\s+is|they\s+are)\s+)?also\s+(?:(?:specified|listed|identified|named|described|controlled)\s+)?(?:in|under)
      | mit\s+(?:der\s+)?ausnahme\s+(?:von|der|des|fur) | unter\s+ausschluss\s+(?:von|der|des) | ausgenommen(?:\s+(?:sind|ist|hiervon\s+sind|davon\s+sind))? | auszer | au(?:ß|ss)er | ohne | nicht\s+jedoch | (?:soweit|sofern)\s+nicht | jedoch\s+nicht | nicht\s+aber | aber\s+nicht
      | abgesehen\s+von | bis\s+auf | anders\s+als | andere[nr]?\s+(?:lander[n]?|staaten|ziele[n]?|guter[n]?|bestimmungslander[n]?)\s+als | mit\s+ausnahme | ausschlie(?:ß|ss)lich\s+der | gilt\s+nicht\s+fur | nicht\s+erfasst\s+(?:sind|ist|werden|von|in|durch) | nicht\s+(?:von|unter|in|durch)(?=\s(?:[^.;,]|\.(?=\S)){1,60}\s(?:erfasst|genannt|aufgefuhrt|fallen|fallt)\b)
      | a\s+l'exclusion\s+(?:de|du|des|d') | a\s+l'exception\s+(?:de|du|des|d') | sauf(?:\s+pour)? | hormis | excepte(?:e?s?)? | excluant | en\s+excluant | autres?\s+que | hors | mis\s+a\s+part | non\s+compris | exception\s+faite\s+(?:de|du|des|d') | less(?=\s+[0-9][a-e][0-9]{3}) | minus(?=\s+[0-9][a-e][0-9]{3})
      | (?<=,\ )(?:nicht\s+(?:fur|nach|in|aus|uber)|not\s+(?:for|to|from|in|via|through|into)|(?:et\s+)?(?:non|pas)\s+(?:pour|vers|en|via|par)) | (?:sont|est)\s+exclue?s?(?=\s+(?:les?|la|l'|du|des|de)\b) | excluded\s+(?:are|is) | sans(?:\s+(?:les?|la|l'))? | without
      | ne\s+(?:comprend|comprennent|s'applique|s'appliquent|vise|visent|couvre|couvrent)\s+pas | (?<!y\ )mais\s+(?:non|pas)
      )\b['\s]*(?::\s)?""",
    re.X,
)
# How the cues of _BEFORE begin: a text has few of them, and one automaton finds them all at once. The short ones are whole words.
_BEGINNINGS = "nicht: unless except other exclu unter ausgenommen auszer außer ausser jedoch abgesehen anders ausschlie hormis apart aside save sauf exception minus less though although leaving w/o exklusive abzuglich".split()
_WORDS = "wenn bien andere anderen anderer non sans without sont est not nicht et but with to does do mit ohne soweit sofern nicht aber bis gilt a en autre autres hors mis non ne mais pas".split()
# "Mauretanien und Finnland sind ausgenommen, Tansania nicht."
_SAID_OF_WHAT_STANDS_BEFORE = re.compile(r"\b(?:sind|ist|bleiben|bleibt|werden|wird)\s+ausgenommen[,.;]$")
# "without a licence to Iran" takes nothing out, "without Iran" does.
_TIGHT = (
    (re.compile(r"sans|without"), 1),
    (
        re.compile(
            r"n[io]cht? (?:fur|nach|in|aus|uber)\b|not (?:for|to|from|in|via|through|into)\b|(?:et )?(?:non|pas) (?:pour|vers|en|via|par)\b"
        ),
        16,
    ),
)
# "not controlled in": of an entry, a list, a group; "not controlled in Ghana" says where.
_OF_LISTS = re.compile(
    r"^not\s(?:also\s+|otherwise\s+)?(?:specified|controlled|covered|described|listed|identified)\b"
)
_LISTED = re.compile(
    r"[^a-z]|[abde]:[0-9]|usml|cat|[mp]l\s?[0-9]|[xvi]+\(|group|para|point|art|annex|eccn|eur?\b"
)
# Cues after what they take out.
_AFTER = re.compile(
    r"""\b(?=[aeimns])(?:excepted|excluded|not\s+included|(?:is|are)\s+(?:excluded|exempt(?:ed)?|carved\s+out)|ausgenommen|ausgeschlossen|(?:est|sont)\s+exclue?s?|exclue?s?|exceptee?s?|non\s+comprise?s?|mis(?:e|es)?\s+a\s+part)\b""",
    re.X,
)
_AFTER_WIDE = re.compile(
    r"""を除(?:く|き|いた|いて|外) | は除(?:く|き|外) | (?:に掲げる|の)?もの(?:を|は)除く | を含まない | は含まない | 以外 | を除外 | (?:不含|不包括|不包含)(?=[）)]) | に(?:は|も)?該当しない
      | 除外 | は?(?:規制)?対象外 | を含まず | はこの限りでない | 不在此列 | 不包括在[内內] | 例外(?=[）)。，、]) | 不[计計]入 | 除外在外 | 不在此限 | 不適用 | 不适用""",
    re.X,
)
_ENDS_CLAUSE = (
    "不在此列",
    "不包括在内",
    "不包括在內",
    "不计入",
    "不計入",
    "除外",
    "除外在外",
    "不在此限",
    "不適用",
    "不适用",
)
# Around it, or before it, in Chinese.
_AROUND = re.compile(
    r"(?<![解消扣清免废廢拆刪删撤去剔をは])(?:除了?(?![非外きくいかけし])|排除|剔除|不包括|不包含|不含|并不包括|並不包括|不涵盖|不涵蓋)(?P<inside>(?![）)])[^。；;！？!?\n]{1,160}?)(?:的(?=[0-9][a-e][0-9]{3})|以外|之外|外(?![国國交汇匯部资資贸貿商籍地])|不计|(?=[）)。；;\n]|$))"
)
# What it does not reach, in Chinese: 不属于3A001.b.2但属于3A991.
_NOT_WITHIN = re.compile(
    r"(?:不属于|不屬於|不适用于|不適用於|不涉及|而非|而不是)(?P<inside>[^。；;！？!?\n，,但而的]{1,80})"
)
_CLAUSE_END = re.compile(r"[;:。；：\n]|\.(?=\s|$)|[)）](?![a-z0-9.])")
_FIRST_GAP = 90
# What may stand between two items of one list.
_JOINT = re.compile(
    r"""(?:\s|[,、，/&・'"“”()（）「」『』-]|\b(?:and|or|nor|to|through|thru|as|well|both|either|the|in|under|of|by|for|those|items?|eccns?|eccn|paragraphs?|entries|entry|country|countries|groups?|group|destinations?
      |categor(?:y|ies)|also|specified|listed|described|controlled|commodities|software|technology|sub|items|any|a|an|region|territor(?:y|ies)|series|product|usml|und|oder|sowie|der|die|das|des|den|dem|von|nach|in|bis|nummern?|unternummern?
      |buchstaben?|positionen?|position|et|ou|ni|noch|ainsi|que|le|la|les|l|d|de|du|des|au|aux|en|points?|alineas?|numeros?)\b
      |及び|並びに|又は|若しくは|または|および|ならびに|もしくは|から|まで|と|や|か|の|項|地域|国|和|与|與|及|或|以及|或者|至|到|等)*""",
    re.X,
)
_BACK_GAP = re.compile(
    r"""(?:\s|[)）」』"”'、,]|に掲げる|に該当する|に規定する|に定める|で規制される|により規制される|を仕向地とする|向け|の|貨物|技術|もの|地域|国|場合|役務|及び|等|項|号|の中欄|中欄|下欄|輸出|技術|へ|に|対する|係る|所在|である|あるもの|者|まで|のいずれか?|いずれか?|items?|are|is|being|
      which|that|were|specifically|hereby|expressly|物项|項目|物項|项目|的|国家|和|地区|地區|國家|sind|ist|est|sont|items|however|hiervon|davon|jedoch|wird|werden)*""",
    re.X,
)


def excluded(text: str, mentions: Sequence[Span]) -> list[bool]:
    """For each of ``mentions`` (spans of ``text``, ascending; ``text`` in lower case without accents) whether it is taken out."""
    out = [False] * len(mentions)
    if not mentions:
        return out
    starts = [start for start, _ in mentions]
    used: set[int] = set()
    for cue in _cues_before(text):
        first = bisect_left(starts, cue.end())
        if _SAID_OF_WHAT_STANDS_BEFORE.search(text, max(0, cue.start() - 12), cue.end() + 1):
            continue
        far = next((limit for words, limit in _TIGHT if words.match(cue[0])), None)
        if far is not None and first < len(mentions) and starts[first] - cue.end() > far:
            continue
        if first < len(mentions) and _OF_LISTS.search(cue[0]) and not _LISTED.match(text, starts[first]):
            continue
        if first < len(mentions) and _reaches(text, cue.end(), starts[first]):
            _chain(text, mentions, first, 1, out)
            used.add(cue.start())
    is_wide = any(mark in text for mark in "除外含不剔当限")
    after = [*_AFTER.finditer(text), *(_AFTER_WIDE.finditer(text) if is_wide else ())]
    for cue in after:
        # Of Chinese the lists have 、 between their items; the comma parts clauses, as it does before "X et Y non compris".
        comma_parts = cue[0] in _ENDS_CLAUSE or cue[0].startswith("non compris")
        if cue.start() in used:
            continue  # "5A002, ausgenommen 5A002.a" looks forward
        last = bisect_right(starts, cue.start()) - 1
        if last >= 0 and _touches_back(text, mentions[last][1], cue.start()):
            # "das Vereinigte Königreich, Irland ausgenommen": a comma alone leads up to the exception
            if (
                last
                and _LONE_AFTER.match(cue[0])
                and text[mentions[last - 1][1] : mentions[last][0]].strip() == ","
            ):
                out[last] = True
                continue
            _chain(text, mentions, last, -1, out, stop="," if comma_parts else "")
    around = [
        *(_AROUND.finditer(text) if is_wide else ()),
        *(_NOT_WITHIN.finditer(text) if "不" in text else ()),
    ]
    for cue in around:
        for index in range(bisect_left(starts, cue.start("inside")), bisect_right(starts, cue.end("inside"))):
            out[index] = True
    return out


@cache
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    for begins in (
        *_BEGINNINGS,
        "is not",
        "are not",
        "and not",
        *(word + blank for word in _WORDS for blank in " \n"),
    ):
        automaton.add_word(begins, len(begins))
    automaton.make_automaton()
    return automaton


def _cues_before(text: str) -> Iterator[re.Match[str]]:
    """The matches of ``_BEFORE``, none within another."""
    done = 0
    for at in sorted(last - length + 1 for last, length in _automaton().iter(text)):
        if at >= done and (cue := _BEFORE.match(text, at)) is not None:
            yield cue
            done = cue.end()


# "sauf autorisation, la Guinée": what is taken out stands before the comma.
_IS_OF_A_PARENTHESIS = re.compile(r"\w,\s*(?:(?:the|la|le|les|der|die|das)\s|l')?$")


def _reaches(text: str, start: int, end: int) -> bool:
    gap = text[start:end]
    if _IS_OF_A_PARENTHESIS.search(gap):
        return False
    return len(gap) <= _FIRST_GAP and not _CLAUSE_END.search(gap) and not _VERB.search(gap)


def _touches_back(text: str, start: int, end: int) -> bool:
    if start > end:
        return False
    gap = text[start:end]
    if _BACK_GAP.fullmatch(gap):
        return True
    # Japanese puts the noun between: 「イランを仕向地とする貨物の輸出を除く」.
    return (
        len(gap) <= 30 and end < len(text) and text[end] in "をは以" and not re.search(r"[。；;（(、]", gap)
    )


_OF_COUNTRIES = re.compile(r"^\s(?:to|into|nach|vers|bis|a|au|aux)\s")
_LONE_AFTER = re.compile(r"ausgenommen|excepted|exceptee?s?|mise?s?\s+a\s+part")
# ", and" after a single item; words of adding after any.
_LEADS_ON = re.compile(r"\s*,\s*(?:and|or|und|oder|et|ou|sowie|as\s+well\s+as|ainsi\s+que)\b")


def _chain(
    text: str, mentions: Sequence[Span], index: int, step: int, out: list[bool], *, stop: str = ""
) -> None:
    out[index] = True
    first = index
    while 0 <= (following := index + step) < len(mentions):
        left, right = sorted((mentions[index], mentions[following]))
        gap = text[left[1] : right[0]] if left[1] <= right[0] else ""
        if (
            len(gap) > 60
            or "\n" in gap
            or (stop and stop in gap)
            or not (_JOINT.fullmatch(gap) or (step > 0 and _is_list_of_semicolons(text, mentions, index)))
            or re.search(
                r"[)）].*[(（]|,\s+(?:also|namlich|namely|i\.e\.|e\.g\.|d\.\s?h\.|soit|c'est-a-dire|notamment|etwa)\b|,\s+(?:as\s+well\s+as\s+|sowie\s+|ainsi\s+que\s+)?(?:in|under|for|to|nach|en|pour|vers|fur)\b",
                gap,
            )
        ):
            return
        # "except numbers 1A004 and 1A005 to Syria": from codes on to a destination is no list.
        if text[left[0]].isdigit() != text[right[0]].isdigit() and re.search(
            r"\b(?:to|nach|vers|for|fur|pour)\b", gap
        ):
            return
        # "from everywhere except China to India": of countries "to" is no range
        if _OF_COUNTRIES.search(gap) and not re.search(
            "[0-9:]", text[left[0] : left[1]] + text[right[0] : right[1]]
        ):
            return
        # ", and" closes a list of three or more; after a single item it leads on from the exception.
        if step > 0 and index == first and _LEADS_ON.match(gap):
            return
        if step < 0 and re.search(r"[（(]", gap):
            return
        # "2B350, 2B350.i excepted": a whole is not taken out with its part
        if step < 0 and text[right[0] : right[1]].startswith(f"{text[left[0] : left[1]]}."):
            return
        if step > 0 and re.search(r"[)）]", gap):
            return
        out[following] = True
        index = following


def _is_list_of_semicolons(text: str, mentions: Sequence[Span], index: int) -> bool:
    """Whether "A; B; and C." goes on from ``index``: nothing but the words of a list up to the end of the sentence, its last joined by a word."""
    closed = False
    while index + 1 < len(mentions):
        gap = text[mentions[index][1] : mentions[index + 1][0]]
        if not _JOINT.fullmatch(gap.replace(";", " ")):
            break
        closed = closed or bool(_CLOSES_SEMICOLONS.search(gap))
        index += 1
    tail = _SENTENCE_ENDS.split(text[mentions[index][1] : mentions[index][1] + 60], maxsplit=1)
    return closed and len(tail) > 1 and bool(_JOINT.fullmatch(tail[0]))


_CLOSES_SEMICOLONS = re.compile(r";\s*(?:and|or|und|oder|et|ou)\b")
_SENTENCE_ENDS = re.compile(r"\.(?=\s|$)|\n|$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|shall|must|may|requires?|applies|apply|will|has|have|ist|sind|wird|werden|bedarf|bedurfen|gilt|gelten|est|sont|doit|doivent|requiert|s'applique)\b"
)
