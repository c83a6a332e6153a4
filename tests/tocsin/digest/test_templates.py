"""An operator may replace a template: it runs in a sandbox, escapes by itself, and its mistakes are told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import BadInput
from tests.tocsin.digest.made import LIST, MONDAY, digest_of, empty, instant, take, text
from tocsin.digest.formats import FORMATS
from tocsin.digest.records import Digest
from tocsin.digest.templating import Manner


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    with empty(tmp_path_factory.mktemp("templates")) as archive:
        take(archive, instant(MONDAY), text(LIST, MONDAY, "A text."))
        return digest_of(archive)


def printed(digest: Digest, folder: Path, template: str, form: str = "md") -> str:
    (folder / f"digest.{form}.j2").write_text(template)
    return FORMATS[form][1](digest, Manner(templates=folder)).decode()


def test_a_template_of_the_operator_takes_the_place_of_ours_and_the_others_stay(
    digest: Digest, tmp_path: Path
) -> None:
    assert printed(digest, tmp_path, "Week {{ digest.period.week }}") == "Week 2031-W10"
    assert FORMATS["html"][1](digest, Manner(templates=tmp_path)) == FORMATS["html"][1](digest, Manner())


def test_a_template_may_include_ours(digest: Digest, tmp_path: Path) -> None:
    said = printed(digest, tmp_path, "<style>{% include 'digest.css.j2' %}</style>", form="html")
    assert "text-decoration: line-through" in said


def test_what_it_prints_is_escaped_for_its_format(digest: Digest, tmp_path: Path) -> None:
    assert printed(digest, tmp_path, "{{ '<b> * |' }}") == r"\<b\> \* \|"
    assert printed(digest, tmp_path, "{{ '<b>' }}", form="html") == "&lt;b&gt;"


@pytest.mark.parametrize(
    "template",
    [
        "{{ digest.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ say.__init__.__globals__ }}",
        "{{ digest.nobody_wrote_this }}",
        "{{ nowhere }}",
        "one\n{% if %}",
        "{{ 1 / 0 }}",
        "{% include '../../../config.py' %}",
    ],
)
def test_what_reaches_out_or_is_mistaken_is_told_with_file_and_mend(
    digest: Digest, tmp_path: Path, template: str
) -> None:
    with pytest.raises(BadInput) as caught:
        printed(digest, tmp_path, template)
    assert "digest.md.j2" in caught.value.thing
    assert caught.value.mend


def test_the_line_of_a_mistake_is_named(digest: Digest, tmp_path: Path) -> None:
    for template in ("one\ntwo\n{{ nowhere }}", "one\ntwo\n{% endfor %}"):
        with pytest.raises(BadInput) as caught:
            printed(digest, tmp_path, template)
        assert caught.value.place == "line 3"
