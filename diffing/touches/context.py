"""What a mention is read with: the text made plain, and where it stands (source, work, language), hence whose law a code is of."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from archive.vocabulary.plain import Plain, plain
from archive.vocabulary.traps import masked


class Found(NamedTuple):
    """A mention in plain coordinates, before it becomes a Touch."""

    start: int
    end: int
    type: str
    id: str
    regime: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A text and where it stands. ``language`` is as given, else told by script and words (``en de fr ja zh``)."""

    page: Plain
    source: str = ""
    work: str = ""
    language: str = ""
    on: date | None = None
    blocked: tuple[tuple[int, int], ...] = field(default=())

    def is_blocked(self, at: int) -> bool:
        """Whether ``at`` lies in a citation, an address of the net, a file name: no code starts there."""
        index = bisect_right(self.blocked, (at, 1 << 62)) - 1
        return index >= 0 and self.blocked[index][0] <= at < self.blocked[index][1]


def context_of(
    text: str, *, source: str = "", work: str = "", language: str = "", on: date | None = None
) -> Context:
    """``text`` made ready."""
    page = plain(text)
    language = (language or guess_language(page)).split("-")[0].lower()
    return Context(
        page=page, source=source, work=work, language=language, on=on, blocked=tuple(masked(page.cased))
    )


def guess_language(page: Plain) -> str:
    """Language of a text by its script, then by its commonest words: kana is Japanese, ideographs without kana Chinese."""
    sample = page.small[:20_000]
    wide = len(re.findall(r"[一-鿿]", sample))
    if wide * 4 > len(sample) or wide > 200:
        return "ja" if len(re.findall(r"[ぁ-んァ-ヺ]", sample)) * 12 > wide else "zh"
    if re.search(r"[ぁ-んァ-ヺ]{2}", sample):
        return "ja"
    if wide:
        return "zh"
    counted = {
        "en": len(re.findall(r"\b(?:the|of|and|to|in|for|is|under|with|by)\b", sample)),
        "de": len(
            re.findall(r"\b(?:der|die|das|und|von|nach|nicht|ist|mit|fur|den|des|werden|im)\b", sample)
        ),
        "fr": len(re.findall(r"\b(?:le|la|les|des|du|et|est|une|pour|dans|au|aux|sur|par)\b", sample)),
    }
    best = max(counted, key=lambda language: counted[language])
    return best if counted[best] else "en"


_SOURCES = (
    ("us_", "ear"),
    ("eu_", "eu"),
    ("uk_", "uk"),
    ("gb_", "uk"),
    ("cn_", "cn"),
    ("de_", "eu"),
    ("sg_", "eu"),
    ("jp_", "jp"),
)
_WORKS = (
    ("us/", "ear"),
    ("eu/", "eu"),
    ("gb/", "uk"),
    ("uk/", "uk"),
    ("cn/", "cn"),
    ("de/", "eu"),
    ("sg/", "eu"),
)
_CUES = (
    ("ear", re.compile(r"\beccns?|\bccl\b|\bear\b|commerce control list|\bbis\b|15 cfr|export administration regulations|美国商业管制清单|商业管制清单|美國商業管制清單|米国の?輸出管理規則|美国出口管制条例")),
    ("uk", re.compile(r"\buk\b|united kingdom|428/2009|export control order|ecju|strategic export control|vereinigte[sn]? konigreich|royaume-uni")),
    ("cn", re.compile(r"管制编码|管制編碼|商务部|商務部|两用物项出口管制清单|兩用物項出口管制清單|中国の輸出管制|mofcom|china's export control list|chinese control")),
    ("eu", re.compile(r"\bannex (?:i|iv)\b|2021/821|\beu\b|dual-use regulation|anhang (?:i|iv)\b|eg-dual-use|dual-use-verordnung|guterliste|annexe (?:i|iv)\b|double usage|\bue\b|附件一|附件i\b|欧盟|歐盟|附属書i\b|ausfuhrliste|verordnung \(eu\)")),
)  # fmt: skip


def regime_of(context: Context, start: int, end: int) -> str:
    """Whose law a code of the common form is: by the source, by words near it (nearest first), by the language."""
    for prefix, regime in (*_SOURCES, *_WORKS):
        if regime != "jp" and (
            context.source.startswith(prefix) or (context.work.startswith(prefix) and "/" in prefix)
        ):
            return regime
    text = context.page.small
    low = max(0, start - 120)
    before, after = text[low:start], text[end : end + 100]
    best, best_distance = "", 1 << 30
    for regime, cue in _CUES:
        for hit in cue.finditer(before):
            if (distance := len(before) - hit.end()) < best_distance:
                best, best_distance = regime, distance
        if (first := cue.search(after)) and first.start() + 10 < best_distance:
            best, best_distance = regime, first.start() + 10
    return best or {"zh": "cn", "de": "eu", "fr": "eu"}.get(context.language, "ear")
