"""What a Japanese amending law says it changes: the sentences of its 改め文, clause by clause.

「別表第一の七の項（十六）中「甲」を「乙」に改め、同項（十七）を削り、同項に次のように加える。」 Each clause names a place and what is done
there (法制執務: 改める, 削る, 加える, とする, 繰り下げる). A place leans on the one before it (同条, 同項, 同号, 同表). A clause in which a
word is left over is one that was not understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from archive.records import Amendment, Expression
from normalize.amendments_japanese_places import Spot, read_places
from normalize.japan_identity import law_id, law_number

_OPENS = re.compile(r"(?P<law>[^。]{2,200}?)の一部を(?:次のように|次の表のように)改正する。?$")
_QUOTED = re.compile(r"「([^「」]*(?:「[^「」]*」[^「」]*)*)」")
_SENTENCE = re.compile(r"[^。]*。?")
_ENDS = re.compile(
    r"(?:改め|改める|削り|削る|加え|加える|とし|とする|繰り?下げ|繰り?下げる|繰り?上げ|繰り?上げる)$"
)
# A sentence of the new text can end in とする as well; these endings are those of an instruction alone.
_INSTRUCTS = re.compile(
    r"(?:改める|削る|加える|繰り?下げる|繰り?上げる)。?$|^第[^、。]{1,12}を第[^、。]{1,12}とする。?$"
)
_Q = r"Q(?P<{}>\d+)Q"
_FORMS = (
    ("substitute", re.compile(rf"(?:(?P<place>.*?)中)?{_Q.format('old')}を{_Q.format('new')}に改め")),
    ("remove", re.compile(r"(?:(?P<place>.*?)中)?(?P<olds>(?:Q\d+Q(?:、|及び|並びに)?)+)を削")),
    ("add", re.compile(rf"(?:(?P<place>.*?)中)?{_Q.format('old')}の(?:下|次|前|上)に{_Q.format('new')}を加え")),
    ("add", re.compile(r"(?P<place>.+?)(?P<beside>の次|の前)?(?:の末尾)?に(?:次の(?P<unit>[^をQ]{1,12})を|次のように|後段として次のように|ただし書として次のように)加え")),
    ("revise", re.compile(r"(?P<place>.+?)(?:を(?:次の(?:よう|表のよう)に)?)改め")),
    ("remove", re.compile(r"(?P<place>.+?)を削")),
    ("redesignate", re.compile(r"(?P<place>.+?)を(?P<becomes>.+?)と(?:し|する)$")),
    ("redesignate", re.compile(r"(?P<place>.+?)を(?P<becomes>.{1,3}[条項号]ずつ繰り?(?:下げ|上げ))")),
)  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """Where the reader stands: the law that is amended, the last place named, what was found, the instructions counted."""

    work: str = ""
    spot: Spot = field(default_factory=Spot)
    effective: date | None = None
    count: int = 0
    found: list[Amendment] = field(default_factory=list)


def japanese_amendments(expression: Expression) -> tuple[Amendment, ...]:
    """The amendments that the sentences of a Japanese law or notice say, in its order; ``unknown`` for a sentence not understood.

    Empty where no sentence opens an amendment (「…の一部を次のように改正する。」). ``effective`` is the document's.
    """
    effective = next(
        (date.fromisoformat(fact.value) for fact in expression.facts if fact.name == "effective"), None
    )
    reading = _Reading(effective=effective)
    for provision in expression.walk():
        if provision.eid.split("/")[0] == "附則":
            continue
        for sentence in _sentences(f"{provision.heading}\n{provision.text}"):
            _read(sentence, provision.eid, reading)
    return tuple(reading.found)


def _sentences(text: str) -> Iterator[str]:
    """The sentences, a 。 within quotation marks aside."""
    for line in text.split("\n"):
        masked = _QUOTED.sub(lambda quoted: quoted[0].replace("。", "\u0001"), line)
        for hit in _SENTENCE.finditer(masked):
            if sentence := hit[0].replace("\u0001", "。").strip():
                yield sentence


def _read(sentence: str, place: str, reading: _Reading) -> None:
    opens = _OPENS.search(sentence)
    if opens is not None:
        number = law_number(opens["law"])
        named = law_id(number) if number is not None else None
        reading.work, reading.spot = f"jp/law/{named}" if named else "", Spot()
        return
    if not reading.work:
        return
    quotes: list[str] = []

    def mask(quoted: re.Match[str]) -> str:
        quotes.append(quoted[1])
        return f"Q{len(quotes) - 1}Q"

    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", _QUOTED.sub(mask, sentence))).rstrip("。")
    if not _INSTRUCTS.search(plain):
        return
    reading.count += 1
    common: dict[str, Any] = {"instruction": str(reading.count), "place": place, "words": sentence}
    said = [one for clause in _clauses(plain) for one in _clause(clause, quotes, reading, common)]
    if any(one.operation == "unknown" for one in said) or not said:
        said = [Amendment(operation="unknown", work=reading.work, effective=reading.effective, **common)]
    reading.found.extend(said)


def _clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence: up to each comma after a verb of amending."""
    held = ""
    for piece in sentence.split("、"):
        held = f"{held}、{piece}" if held else piece
        if _ENDS.search(held):
            yield held
            held = ""
    if held:
        yield held


def _clause(clause: str, quotes: list[str], reading: _Reading, common: dict[str, Any]) -> Iterator[Amendment]:
    for operation, form in _FORMS:
        hit = form.match(clause)
        if hit is None:
            continue
        said = hit.groupdict()
        spots = read_places(said["place"], reading.spot) if said.get("place") else [reading.spot]
        if not spots or spots == [Spot()]:
            break
        reading.spot = spots[-1]
        names = [quotes[int(number)] for number in re.findall(r"Q(\d+)Q", said.get("olds") or "")]
        old = said.get("old")
        for spot in spots:
            for name in names or [quotes[int(old)] if old is not None else ""]:
                becomes = quotes[int(said["new"])] if said.get("new") else said.get("becomes") or ""
                yield Amendment(
                    operation=operation,
                    work=reading.work,
                    eid=spot.parent if said.get("beside") else spot.eid,
                    under=f"{said['place']}{said['beside']}" if said.get("beside") else "",
                    unit="words" if name else said.get("unit") or spot.unit,
                    name=name,
                    becomes=becomes,
                    effective=reading.effective,
                    **common,
                )
        return
    yield Amendment(operation="unknown", work=reading.work, **common)
