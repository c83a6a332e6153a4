"""``tocsin config show``: every key as it counts, where it was said, and no secret."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadInput
from tests.tocsin.program import install
from tests.tocsin.service.settings import written
from tocsin.config_keys import fields_of
from tocsin.origins import effective, lines_of

TEXT = """# a comment
contact = "ops@example.org"

[archive]
folder = "kept"

[sources.us_ecfr]
parts = [
  "15/744",   # a value of several lines
  "15/774",
]
keep_captures = "2 years"

[sources]
us_csl = { every = "2h" }

[[sources.web_page.pages]]
url = "https://www.example.org/n?token=abc123def"
landmark = "Notices"

[hosts]
"www.ecfr.gov" = "http://127.0.0.1:1/a"
"www.govinfo.gov" = "http://127.0.0.1:1/b"

[people]
ann = { address = "ann@example.org", token = "env:ANN" }

[targets]
mail = "smtp://robot:Pa55w0rd@mail.example.org/?to=a@example.org"
slack = "file:slack-url"

[service]
heartbeat = "https://hc.example.org/ping/very-secret"
"""


@pytest.fixture
def found(tmp_path: Path) -> dict[str, tuple[object, str]]:
    written(tmp_path, TEXT)
    environment = {"TOCSIN_HOSTS": '{"www.ecfr.gov": "http://127.0.0.1:9/replica"}'}
    return {one.key: (one.value, one.origin) for one in effective(tmp_path / "tocsin.toml", environment)}


@pytest.mark.parametrize(
    ("key", "value", "origin"),
    [
        ("contact", "ops@example.org", "tocsin.toml:2"),
        ("watches", "watches", "default"),
        ("archive.folder", "kept", "tocsin.toml:5"),
        ("sources.us_ecfr.parts", ["15/744", "15/774"], "tocsin.toml:8"),
        ("sources.us_ecfr.keep_captures", "2 years", "tocsin.toml:12"),
        ("sources.us_ecfr.enabled", True, "default"),
        ("sources.us_ecfr.contact", "ops@example.org", "tocsin.toml:2"),
        ("sources.us_federal_register.enabled", True, "default"),
        ("sources.us_csl.every", "2h", "tocsin.toml:15"),
        ('hosts."www.ecfr.gov"', "http://127.0.0.1:9/replica", "TOCSIN_HOSTS"),
        ('hosts."www.govinfo.gov"', "http://127.0.0.1:1/b", "tocsin.toml:23"),
        ("people.ann.token", "env:ANN", "tocsin.toml:26"),
        ("people.ann.zone", "UTC", "default"),
        ("targets.mail", "smtp:…", "tocsin.toml:29"),
        ("targets.slack", "file:slack-url", "tocsin.toml:30"),
        ("service.heartbeat", "https://…", "tocsin.toml:33"),
        ("service.probes", "loopback", "default"),
        ("web.proxy.user", "X-Remote-User", "default"),
    ],
)
def test_a_key_has_its_value_and_its_place(
    found: dict[str, tuple[object, str]], key: str, value: object, origin: str
) -> None:
    assert found[key] == (value, origin)


def test_no_secret_is_shown(found: dict[str, tuple[object, str]]) -> None:
    said = json.dumps(found)
    for secret in ("Pa55w0rd", "very-secret", "abc123def"):
        assert secret not in said


def test_sources_that_do_not_run_are_left_out(found: dict[str, tuple[object, str]]) -> None:
    assert not any(key.startswith("sources.jp_egov.") for key in found)
    assert any(key.startswith("sources.web_page.") for key in found)


_KEYS = st.text(alphabet="abcd", min_size=1, max_size=3)
_VALUES = st.one_of(
    st.integers(),
    st.booleans(),
    st.just("a # b\n = [c]"),
    st.lists(st.integers(), max_size=4),
    st.dictionaries(_KEYS, st.integers(), min_size=1, max_size=3),
)


@given(
    st.dictionaries(_KEYS, st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=4), max_size=4), st.booleans()
)
def test_every_key_of_any_table_stands_on_the_line_that_is_said(
    tables: dict[str, dict[str, object]], spread: bool
) -> None:
    def value(of: object) -> str:
        if isinstance(of, str):
            return '"""a # b\n = [c]"""'
        if isinstance(of, dict):
            return "{ " + ", ".join(f"{name} = {number}" for name, number in of.items()) + " }"
        if isinstance(of, list) and spread:
            return "[\n" + "".join(f"  {one}, # x = 1\n" for one in of) + "]"
        return json.dumps(of)

    text, stands = "", {}
    for name, table in tables.items():
        stands[(name,)] = text.count("\n") + 1
        text += f"[{name}]\n"
        for key, one in table.items():
            text += "\n# comment\n"
            stands[(name, key)] = text.count("\n") + 1
            if isinstance(one, dict):
                stands |= {(name, key, inner): stands[name, key] for inner in one}
            text += f"{key} = {value(one)}\n"
    assert lines_of(text) == stands
    assert set(tomllib.loads(text)) == set(tables)


@pytest.mark.parametrize(
    ("text", "place", "near"),
    [
        ('[service]\nheartbet = "x"\n', "service.heartbet", "heartbeat"),
        ("[alerts]\noperatrs = []\n", "alerts.operatrs", "operators"),
        ('[people]\nann = { address = "a@example.org", zonne = "UTC" }\n', "people.ann.zonne", "zone"),
        ('[web.proxy]\nusr = "X-A"\n', "web.proxy.usr", "user"),
        ("[sevice]\n", "sevice", "service"),
        ('[service]\nlog = "jsn"\n', "service.log", "json"),
        ('[service]\nprobes = "al"\n', "service.probes", "all"),
        ('[service]\nheartbeat = "hc.example.org/secret-id"\n', "service.heartbeat", "https://"),
        ('[sources.us_ecfr]\nkeep_captures = "2 yeers"\n', "sources.us_ecfr.keep_captures", "2 years"),
        ('[sources.us_ecfr]\nkeep_captures = "3 days"\n', "sources.us_ecfr.keep_captures", "30 days"),
    ],
)
def test_what_nobody_reads_is_an_error_with_the_nearest_key(
    tmp_path: Path, text: str, place: str, near: str
) -> None:
    with pytest.raises(BadInput) as refused:
        written(tmp_path, text)
    assert refused.value.place == place
    assert near in refused.value.line()
    assert "secret-id" not in refused.value.line()


def test_the_command_prints_it_and_refuses_a_faulty_file(tmp_path: Path) -> None:
    place = install(tmp_path / "tocsin")
    lines = place.run("config", "show", "--origin").stdout.splitlines()
    assert any(
        line.startswith('service.probes = "loopback"') and line.endswith("# default") for line in lines
    )
    keys = [json.loads(line)["key"] for line in place.run("config", "show", "--json").stdout.splitlines()]
    assert len(keys) == len(set(keys)) == len(lines)
    (place.folder / "tocsin.toml").write_text("[sources.us_ecfr]\nprats = []\n")
    refused = place.run("config", "show", status=2)
    assert "parts" in refused.stderr
    assert refused.stdout == ""


def test_the_file_that_init_writes_explains_every_key_of_the_service() -> None:
    from tocsin.config_service import ServiceTable

    template = (Path(__file__).parents[2] / "tocsin/templates/tocsin.toml").read_text(encoding="utf-8")
    section = template.partition("[service]")[2].partition("\n[")[0]
    for key in fields_of(ServiceTable):
        assert f"# {key} = " in section
    assert "# keep_captures = " in template
