"""The eCFR documents written for these tests, and a plain rendering of what a reading makes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from archive.records import Expression, Provision, Reading
from normalize.reading import Hints, read

FIXTURES = Path(__file__).parent / "fixtures" / "ecfr"


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def read_bytes(body: bytes, **hints: object) -> Reading:
    return read("us_ecfr", body, Hints(as_of=date(2026, 2, 1), **hints))  # type: ignore[arg-type]


def read_fixture(name: str) -> Reading:
    return read_bytes(fixture(name))


def section(body: str, number: str = "990.1") -> bytes:
    """A section with ``body`` as an answer of the API."""
    part = number.split(".")[0]
    return (
        f'<?xml version="1.0"?>\n<DIV5 N="{part}" TYPE="PART" hierarchy_metadata="{{&quot;path&quot;:&quot;/on/'
        f'_SUBSTITUTE_DATE_/title-15/part-{part}&quot;}}">\n<HEAD>PART {part}&#x2014;LIGHTS\n</HEAD>\n'
        f'<DIV8 N="{number}" TYPE="SECTION">\n<HEAD>&#xA7; {number} Lights.</HEAD>\n{body}\n</DIV8>\n</DIV5>\n'
    ).encode()


def supplement(body: str, part: str = "990", number: int = 1) -> bytes:
    """A supplement with ``body`` as an answer of the API."""
    name = f"Supplement No. {number} to Part {part}"
    return (
        f'<?xml version="1.0"?>\n<DIV9 N="{name}" TYPE="APPENDIX" hierarchy_metadata="{{&quot;path&quot;:&quot;/on/'
        f'_SUBSTITUTE_DATE_/title-15/part-{part}/appendix-{name}&quot;,&quot;citation&quot;:&quot;{name}, Title 15&quot;}}">\n'
        f"<HEAD>{name}&#x2014;Lists\n</HEAD>\n{body}\n</DIV9>\n"
    ).encode()


def by_eid(reading: Reading) -> dict[str, Provision]:
    return {provision.eid: provision for expression in reading.expressions for provision in expression.walk()}


def eids(reading: Reading) -> list[str]:
    return [provision.eid for expression in reading.expressions for provision in expression.walk()]


def rendered(reading: Reading) -> str:
    """One provision a line, indented: address ¦ unit ¦ number ¦ heading ¦ text ¦ what the notes say of its force."""
    return "\n".join(line for expression in reading.expressions for line in _lines(expression)) + "\n"


def _lines(expression: Expression) -> list[str]:
    lines = [f"## {expression.work} {expression.title}"]
    stack = [(provision, 0) for provision in reversed(expression.provisions)]
    while stack:
        one, depth = stack.pop()
        fields = [one.eid, one.unit, one.num, one.heading, one.text.replace("\n", "⏎")]
        fields += [
            f"{force.state} {force.start}..{force.end} {force.citation}" for force in one.applicability
        ]
        lines.append("  " * depth + " ¦ ".join(fields).rstrip())
        stack.extend((child, depth + 1) for child in reversed(one.children))
    return lines
