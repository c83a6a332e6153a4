"""The contents of a long regulation as HTML: hundreds of places with their addresses, of which a template would ask one value after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from markupsafe import Markup

from archive.sections import Place
from tocsin.web import links
from tocsin.web.law_html import plain
from tocsin.web.wording import Wording

_LONGEST, _LEEWAY = 90, 5
"""Characters of a heading, and how many more are still shown."""


def contents(
    listed: Iterable[tuple[int, Place]],
    twice: Collection[tuple[str, str]],
    work: str,
    *,
    query: Mapping[str, object],
    said: Wording,
) -> Markup:
    """Items of a list, one for each place after its depth; of those with a name that others have ``twice`` it is said where they stand."""
    address = links.provisions(work, query)
    items = (
        f'<li class="d{min(depth, 8)}"><a href="{plain(address(place.eid))}">{"".join(_named(place, twice, work, said))}</li>\n'
        for depth, place in listed
    )
    return Markup("".join(items))  # noqa: S704 - every value in it is escaped


def _named(place: Place, twice: Collection[tuple[str, str]], work: str, said: Wording) -> Iterator[str]:
    is_twice = (place.num, place.heading) in twice
    if not place.heading and (not place.num or is_twice):
        yield f"{plain(said.told_apart(work, place.eid))}</a>"
        return
    heading = plain(_short(place.heading))
    yield f"{plain(place.num) or heading}</a>"
    if place.num:
        yield f" {heading}"
    if is_twice:
        yield f' <span class="path">{plain(said.told_apart(work, place.eid))}</span>'


def _short(text: str) -> str:
    """A text of as many characters at most, cut between words."""
    if len(text) <= _LONGEST + _LEEWAY:
        return text
    return text[: _LONGEST - 3].rsplit(" ", 1)[0] + "..."
