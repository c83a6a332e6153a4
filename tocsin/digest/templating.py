"""The templates of a digest: Jinja files that an operator may replace one by one, in a sandbox, with every value escaped for its format.

A template gets ``digest`` (``tocsin.digest.records``), ``version``, ``words`` and ``kinds`` (``tocsin.digest.wording``), ``say`` (``alerts.language``:
``say(words.title, week=…)``, ``say.plural(*words.undecided, number)``, ``say.day``, ``say.instant``), ``tell`` (``tocsin.digest.phrases``), ``undecided`` (the
items that nobody decided), ``mailed`` (steps with the items that a mail prints) and ``not_mailed`` (how many it does not), ``change_link(item.id)`` and ``all_link(step.transition)`` ("" where the archive has no address). Filters: ``redline`` (operations, in the marks of the format) and, where the
format is not HTML, ``ready`` (text that needs no escaping). A name that there is not is an error, not an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from alerts.language import Texts, texts
from alerts.message import visible
from archive.errors import BadInput
from archive.records import Operation
from tocsin.digest.kept import version_of
from tocsin.digest.phrases import Phrases
from tocsin.digest.records import Digest, Item, Step
from tocsin.digest.wording import KINDS, WORDS

FOLDER = Path(__file__).parent / "templates"
MAILED = 60
"""How many changes a mail prints: mail programs cut off what is longer than about 100 kB."""
Redline = Callable[[Iterable[Operation]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a digest is printed: in which language, with links to which address ("" for none), by which templates before our own (None: none)."""

    language: str = "en"
    address: str = ""
    templates: Path | None = None

    @property
    def say(self) -> Texts:
        """The texts of the language."""
        return texts(self.language)


class Ready(str):
    """Text that is in the marks of its format already."""

    __slots__ = ()


def rendered(
    digest: Digest,
    template: str,
    manner: Manner,
    *,
    redline: Redline,
    escape: Callable[[str], str] | None = None,
) -> str:
    """A digest by a template. ``escape`` makes text safe for a format that is not HTML; HTML escapes by itself. Raises ``BadInput`` with the
    file and the line for a template of the operator's that cannot be used."""
    environment = _environment(manner, escape)
    environment.filters["redline"] = lambda ops: _ready(redline(ops), escape)
    if escape is not None:
        environment.filters["ready"] = Ready
    try:
        said = environment.get_template(template).render(_values(digest, manner))
    except jinja2.TemplateSyntaxError as error:
        raise _unusable(error.filename or template, f"line {error.lineno}", str(error.message)) from None
    except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise _unusable(_file_of(manner, template), _line_of(error), str(error)) from error
    return visible(said)


def _values(digest: Digest, manner: Manner) -> Mapping[str, object]:
    address, mailed = manner.address, _mailed(digest)
    return {
        "digest": digest,
        "version": version_of(digest),
        "words": WORDS,
        "kinds": KINDS,
        "say": manner.say,
        "tell": Phrases(say=manner.say),
        "language": manner.say.language,
        "undecided": undecided(digest),
        "mailed": mailed,
        "not_mailed": sum(len(step.items) for step in digest.steps) - sum(len(items) for _, items in mailed),
        "change_link": lambda identity: f"{address}/change/{identity}" if address else "",
        "all_link": lambda transition: f"{address}/changes?transition={transition}&all=1" if address else "",
    }


def undecided(digest: Digest) -> tuple[Item, ...]:
    """The items that nobody decided, in the order of the digest."""
    wanted = frozenset(digest.reviews.undecided)
    return tuple(item for step in digest.steps for item in step.items if item.id in wanted)


def _mailed(digest: Digest) -> tuple[tuple[Step, tuple[Item, ...]], ...]:
    """The changes that a mail prints: the first ``MAILED``, with their steps. How many are left out it says."""
    left = MAILED
    found: list[tuple[Step, tuple[Item, ...]]] = []
    for step in digest.steps:
        if items := step.items[:left]:
            found.append((step, items))
        left -= len(items)
    return tuple(found)


def _environment(manner: Manner, escape: Callable[[str], str] | None) -> ImmutableSandboxedEnvironment:
    folders = [folder for folder in (manner.templates, FOLDER) if folder is not None]
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=escape is None,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    if escape is not None:
        environment.finalize = lambda value: value if isinstance(value, Ready) else escape(str(value))
    return environment


def _ready(text: str, escape: Callable[[str], str] | None) -> str:
    from markupsafe import Markup

    return Markup(text) if escape is None else Ready(text)  # noqa: S704 - made by our own renderer, which escapes


def _unusable(file: str, place: str, message: str) -> BadInput:
    return BadInput(
        message,
        thing=f"template {file}",
        place=place,
        mend="Mend it, or take it out of the folder that digest.templates names: then tocsin's own is used",
    )


def _file_of(manner: Manner, template: str) -> str:
    own = manner.templates / template if manner.templates else None
    return str(own if own is not None and own.is_file() else FOLDER / template)


def _line_of(error: BaseException) -> str:
    """Where in a template it broke: Jinja rewrites the traceback to the lines of the template."""
    line = ""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            line = f"line {trace.tb_lineno}"
        trace = trace.tb_next
    return line
