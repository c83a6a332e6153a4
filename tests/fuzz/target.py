"""What a fuzzer asks of every reader: any bytes are read or refused, and what is read keeps the promises of a Reading.

Run by hand for as long as you like, with atheris where it is installed (it follows coverage) and else with the mutator here:

    python -m tests.fuzz.target us_ecfr --seconds 600
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from archive.errors import BadInput
from normalize.pdf_child import printed_in
from normalize.pdf_reader import read_printed
from normalize.reading import Hints, profile, read
from tests.fuzz.mutations import mutated

_TESTS = Path(__file__).resolve().parents[1]
# The fixtures of each source: files that the mutations start from.
_SEEDS = {
    "us_ecfr": ("normalize/fixtures/ecfr/*.xml", "normalize/ccl/*.xml"),
    "us_federal_register": ("normalize/federal_register/*.xml", "normalize/federal_register/*.json"),
    "us_csl": ("normalize/lists/*.csv",),
    "us_bis_dpl": ("normalize/lists/*.tsv",),
    "us_ofac_sdn": ("normalize/lists/*.xml",),
    "us_bis": ("sources/us_bis/*/body.html",),
    "us_whitehouse": ("sources/us_whitehouse/*/body.html",),
    "jp_egov": ("normalize/japan/*", "fuzz/seeds/jp_egov/*"),
    "jp_meti": ("fuzz/seeds/jp_meti/*",),
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
# What a document is called: a page of the ministry has no name but its address, and under a proposal's number any act is taken.
_NAMES = {"jp_meti": "policy/anpo/page.html", "eu_ai_act": "52031PC0008", "eu_dual_use": "52031PC0008"}


def one_input(source: str, body: bytes) -> bool:
    """Reads ``body``; whether it was taken for a document. Anything but a refusal is a finding: it is raised."""
    hints = Hints(as_of=date(2026, 1, 1), document=_NAMES.get(source, ""), meta={"title": 15})
    try:
        # A PDF is read in this process, so that what breaks PDFium is found; users have it read by another one.
        if body.startswith(b"%PDF-"):
            reading = read_printed(printed_in(body, thing=hints.thing), hints, profile(source))
        else:
            reading = read(source, body, hints)
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
    limits = ["-max_len=60000", "-rss_limit_mb=1500", "-timeout=120"]
    flags = [sys.argv[0], f"-max_total_time={options.seconds}", *limits]
    atheris.Setup(flags, target, custom_mutator=mutate)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
