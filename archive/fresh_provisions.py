"""A provision from values that are its own, made without its constructor.

A frozen record's constructor sets each field by way of ``object.__setattr__`` and takes its arguments by name; where 15,000 provisions are made at once
(the control list) that was a tenth of the whole reading (profile of 2026-11-23). The fields are set by their slots here, which takes a third of it.
"""

from __future__ import annotations

from archive.records import Applicability, Provision

_new = object.__new__
_eid = Provision.__dict__["eid"].__set__
_unit = Provision.__dict__["unit"].__set__
_num = Provision.__dict__["num"].__set__
_heading = Provision.__dict__["heading"].__set__
_text = Provision.__dict__["text"].__set__
_children = Provision.__dict__["children"].__set__
_applicability = Provision.__dict__["applicability"].__set__


def fresh_provision(
    eid: str,
    unit: str,
    num: str,
    heading: str,
    text: str,
    children: tuple[Provision, ...],
    applicability: tuple[Applicability, ...] = (),
) -> Provision:
    """The same as ``Provision(eid=eid, unit=unit, ...)``."""
    made = _new(Provision)
    _eid(made, eid)
    _unit(made, unit)
    _num(made, num)
    _heading(made, heading)
    _text(made, text)
    _children(made, children)
    _applicability(made, applicability)
    return made
