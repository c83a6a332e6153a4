"""The catalogues of texts brought up to date with the code: ``python -m alerts.catalogues`` in the project's folder.

New texts get an empty translation, those that left the code are taken out, nothing is translated by likeness. What is said is found in the code
(``say("…")``, ``say.plural("…", "…", n)``, ``mark("…")``), in templates, in the tables of files named ``wording.py`` (a pair counts), and on the cards
of sources (``title`` and ``legal_status``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from alerts.language import DOMAIN, LANGUAGES, catalogue_of

Id = str | tuple[str, str]  # one text, or the two forms of one that counts
ROOT = Path(__file__).parents[1]
PACKAGES = ("alerts", "tocsin", "crawlers/sources")
_TEMPLATES = (".html", ".txt", ".md", ".j2")
_SAYING = (
    "say",
    "_say",
    "mark",
    "self",
    "_",
)  # the names under which texts are called; on pages they are "_" and "_n"
_COUNTING = ("plural", "_n")
_ON_CARDS = ("title", "legal_status")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def said(root: Path = ROOT) -> dict[Id, list[tuple[str, int]]]:
    """Every text that is said, with the places (file and line) where; in the order of the files."""
    found: dict[Id, list[tuple[str, int]]] = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            for text, line in _of_file(path):
                found.setdefault(text, []).append((path.relative_to(root).as_posix(), line))
    return found


def written(language: str) -> Catalog:
    """The catalogue of a language as it is kept; empty where there is none yet."""
    path = catalogue_of(language)
    if not path.is_file():
        return Catalog(locale=language.replace("-", "_"), domain=DOMAIN)
    with path.open("rb") as source:
        return read_po(source, locale=language.replace("-", "_"), domain=DOMAIN)


def gaps(catalogue: Catalog, texts: Iterable[Id]) -> Iterator[str]:
    """What is wrong with a catalogue: a text that lacks, is fuzzy or is not said any more, a translation that loses or invents a placeholder."""
    wanted = set(texts)
    have = {_id(message): message for message in catalogue if message.id}
    yield from (f"no translation of {text!r}" for text in wanted - have.keys())
    yield from (f"nobody says {text!r}" for text in have.keys() - wanted)
    for text in wanted & have.keys():
        message = have[text]
        forms = [
            form or ""
            for form in (message.string if isinstance(message.string, tuple | list) else (message.string,))
        ]
        if message.fuzzy or not all(forms):
            yield f"no certain translation of {text!r}"
        elif any(_placeholders(form) != _placeholders(_last(text)) for form in forms):
            yield f"other placeholders in the translation of {text!r}: {forms}"


def update(language: str, texts: dict[Id, list[tuple[str, int]]]) -> Catalog:
    """The catalogue with exactly these texts, in the order of their ids, each with the files that say it; translations are kept."""
    old = {_id(message): message for message in written(language) if message.id}
    head = f"# What tocsin says, in {language}. Kept by python -m alerts.catalogues."
    new = Catalog(locale=language.replace("-", "_"), domain=DOMAIN, header_comment=head, fuzzy=False)
    for text in sorted(texts, key=_last):
        known = old.get(text)
        files = dict.fromkeys(file for file, _ in texts[text])
        new.add(text, known.string if known else None, locations=[(file, 0) for file in files])
    return new


def main() -> None:
    """Bring every catalogue up to date."""
    texts = said()
    for language in LANGUAGES[1:]:
        catalogue = update(language, texts)
        path = catalogue_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            write_po(target, catalogue, width=0, omit_header=False, include_lineno=False)
        _without_dates(path)


def _without_dates(path: Path) -> None:
    """Take dates, tools and teams out of the head: the same texts make the same file."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    moving = tuple(
        f'"{name}'
        for name in (
            "POT-Creation-Date",
            "PO-Revision-Date",
            "Generated-By",
            "Last-Translator",
            "Language-Team",
            "Project-Id-Version",
            "Report-Msgid",
        )
    )
    path.write_text("".join(line for line in lines if not line.startswith(moving)), encoding="utf-8")


def _of_file(path: Path) -> Iterator[tuple[Id, int]]:
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _of_call(node, on_card="sources" in path.parts)
            elif isinstance(node, ast.Dict) and path.name == "wording.py":
                yield from _of_table(node)
    elif path.suffix in _TEMPLATES and "templates" in path.parts:
        for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            called = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
            words = [one.value for one in call.args if isinstance(one, nodes.Const)]
            yield from ((text, call.lineno) for text in _texts_of(called, words))


def _of_call(node: ast.Call, *, on_card: bool) -> Iterator[tuple[Id, int]]:
    called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    words: list[object] = [one.value for one in node.args if isinstance(one, ast.Constant)]
    yield from ((text, node.lineno) for text in _texts_of(called, words))
    if on_card and called == "SourceCard":
        for given in node.keywords:
            if given.arg in _ON_CARDS and isinstance(given.value, ast.Constant):
                yield str(given.value.value), given.value.lineno


def _of_table(node: ast.Dict) -> Iterator[tuple[Id, int]]:
    for value in node.values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value, value.lineno
        elif isinstance(value, ast.Tuple):
            words = [one.value for one in value.elts if isinstance(one, ast.Constant)]
            yield from ((text, value.lineno) for text in _texts_of("plural", words))


def _texts_of(called: str, words: Sequence[object]) -> Iterator[Id]:
    texts = [word for word in words if isinstance(word, str)]
    if called in _SAYING and texts:
        yield texts[0]
    elif called in _COUNTING and len(texts) > 1:
        yield texts[0], texts[1]


def _id(message: Message) -> Id:
    return (message.id[0], message.id[1]) if isinstance(message.id, tuple | list) else str(message.id)


def _last(text: Id) -> str:
    return text if isinstance(text, str) else text[-1]


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


if __name__ == "__main__":
    main()
