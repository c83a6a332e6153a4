"""What a fuzzer asks of every reader: any bytes are read or refused, and what is read keeps the promises of a Reading.

Run by hand for as long as you like, with atheris where it is installed (it follows coverage) and else with the mutator here:

    python -m tests.fuzz.target us_ecfr --seconds 600
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from archive.errors import BadInput
from normalize.reading import Hints, profile, read

_TESTS = Path(__file__).resolve().parents[1]
# The fixtures of each source: files that the mutations start from.
_SEEDS = {
    "us_ecfr": ("normalize/fixtures/ecfr/*.xml", "normalize/ccl/*.xml"),
    "us_federal_register": ("normalize/federal_register/*.xml", "normalize/federal_register/*.json"),
    "us_csl": ("normalize/lists/*.csv",),
    "us_bis_dpl": ("normalize/lists/*.tsv",),
    "us_ofac_sdn": ("normalize/lists/*.xml",),
    "jp_egov": ("normalize/japan/order.xml", "fuzz/seeds/jp_egov/*"),
    "eu_ai_act": ("fuzz/seeds/eu_ai_act/*",),
    "eu_dual_use": ("fuzz/seeds/eu_dual_use/*",),
    "uk_legislation": ("fuzz/seeds/uk_legislation/*",),
    "uk_notices": ("fuzz/seeds/uk_notices/*",),
    "de_awv": ("fuzz/seeds/de_awv/*",),
    "cn_mofcom": ("fuzz/seeds/cn_mofcom/*",),
    "web_page": ("fuzz/seeds/web_page/*",),
    "pdf_document": ("fuzz/seeds/pdf_document/*",),
}
SOURCES = tuple(_SEEDS)
_TOKENS = re.compile(rb"<[^<>]*>|[^<>\s]+|\s+")
_ODDITIES = tuple(
    b'<P>|</P>|<DIV8 N="990.1">|</DIV8>|<TABLE>|<TR><TD colspan="9" rowspan="9">|</TABLE>|<NOTE>|</NOTE>|<EXTRACT><HD1>|<FTNT>'
    b'|<SU>|</SU>|<E T="52">|<FR>|<br/>|<img/>|(a)|(i)|(l)|(ii)|(1)|(A)|(zz)|(j)-(w) [Reserved]|* (b)|1.|A.|[Reserved]|&|&amp;|<|>|&#0;'
    b"|\xa7|\xc2\xa7|\x00|\xe2\x80\x94|At 90 FR 1, Jan. 2, 2025, paragraph (a) was stayed until Nov. 9, 2026.|Category XI|<!--|]]>|^|_"
    b'|<Item Num="2"><ItemTitle>\xe4\xba\x8c</ItemTitle>|</Item>|<Ruby>x<Rt>y</Rt></Ruby>|\xe5\x89\x8a\xe9\x99\xa4|\xef\xbc\x88\xe4\xb8\x80\xef\xbc\x89'
    b'|<table><tr><td>(a)</td><td>|</td></tr></table>|<p class="oj-ti-art">Article 3</p>|<div>|</div>|<P3><Pnumber>b</Pnumber>|<DL><DT>1.</DT><DD><LA>|</LA></DD></DL>'
    b'|\xe7\xac\xac\xe4\xb8\x80\xe6\x9d\xa1|{|}|[|]|null|"details"|/Type|BT|ET'
    b"|<HD1>|</HD1>|<SCOL2><LI>|</LI></SCOL2>|<STARS/>|<MATH>|<EFFDNOT>|<BLURB>|3A090|a.1.|\xef\xbb\xbf".split(
        b"|"
    )
)


def one_input(source: str, body: bytes) -> bool:
    """Reads ``body``; whether it was taken for a document. Anything but a refusal is a finding: it is raised."""
    try:
        reading = read(source, body, Hints(as_of=date(2026, 1, 1), meta={"title": 15}))
    except BadInput:
        return False
    for expression in reading.expressions:
        eids = [provision.eid for provision in expression.walk()]
        assert len(eids) == len(set(eids)), "an address stands twice"
        assert all(eids), "a provision has no address"
    return True


def seeds(source: str) -> list[bytes]:
    """The fixtures of a source."""
    return [path.read_bytes() for pattern in _SEEDS[source] for path in sorted(_TESTS.glob(pattern))]


def mutated(body: bytes, choose: random.Random) -> bytes:
    """A neighbour of ``body``: a few of its tokens dropped, doubled, moved or replaced by odd ones, or a few bytes broken."""
    tokens = _TOKENS.findall(body)
    for _ in range(choose.randint(1, 12)):
        at = choose.randrange(len(tokens)) if tokens else 0
        action = choose.randrange(6)
        if not tokens or action == 0:
            tokens.insert(at, choose.choice(_ODDITIES))
        elif action == 1:
            del tokens[at : at + choose.randint(1, 8)]
        elif action == 2:
            tokens[at:at] = tokens[at : at + choose.randint(1, 20)]
        elif action == 3:
            other = choose.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif action == 4:
            tokens[at] = choose.choice(_ODDITIES)
        else:
            token = bytearray(tokens[at])
            token[choose.randrange(len(token))] = choose.randrange(256)
            tokens[at] = bytes(token)
    made = b"".join(tokens)
    return made[: choose.randrange(len(made) + 1)] if choose.random() < 0.02 else made


def run(source: str, *, rounds: int, seed: int, seconds: float = float("inf")) -> tuple[int, int]:
    """Reads ``rounds`` mutations (or for ``seconds``): how many there were, and how many were taken for documents."""
    choose = random.Random(seed)
    pool = seeds(source)
    end = time.monotonic() + seconds
    done = taken = 0
    while done < rounds and time.monotonic() < end:
        taken += one_input(source, mutated(choose.choice(pool), choose))
        done += 1
    return done, taken


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", choices=SOURCES)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    try:
        import atheris
    except ImportError:
        done, taken = run(options.source, rounds=sys.maxsize, seed=options.seed, seconds=options.seconds)
        sys.stdout.write(f"{done} mutations, {taken} read as documents, no finding\n")
        return 0

    def target(data: bytes) -> None:
        one_input(options.source, data)

    def mutate(data: bytes, limit: int, seed: int) -> bytes:
        choose = random.Random(seed)
        start = data if len(data) > 20 else choose.choice(seeds(options.source))
        return mutated(start, choose)[:limit]

    profile(options.source).load()
    atheris.instrument_all()
    flags = [sys.argv[0], f"-max_total_time={options.seconds}", "-max_len=60000", "-rss_limit_mb=1500"]
    atheris.Setup(flags, target, custom_mutator=mutate)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
