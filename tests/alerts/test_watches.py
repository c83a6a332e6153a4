"""Files of watches: what is taken, and how each mistake is told with its file, its place and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from alerts.conditions import Watch
from alerts.watches import load_watches
from archive.errors import BadInput

PEOPLE = {"ann": None, "bo": None}
TARGETS = ("legal-mail", "trade-slack")
SOURCES = ("us_ecfr", "us_federal_register")

WATCH = """\
# people who build chips
[[watch]]
name = "advanced chips"
owner = "ann"
reason = "We ship accelerators."
matter = "EXP-001"
notify = ["legal-mail", "console:", "file:alerts.jsonl"]
eccn = ["3a090", "4A090.a"]
"""


def written(folder: Path, text: str | bytes, name: str = "a.toml") -> Path:
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    return folder


def load(folder: Path, known_codes: tuple[str, ...] = ()) -> tuple[tuple[Watch, ...], tuple[str, ...]]:
    return load_watches(folder, people=PEOPLE, targets=TARGETS, sources=SOURCES, known_codes=known_codes)


def refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(BadInput) as caught:
        load(written(folder, text))
    assert caught.value.exit_status == 2
    line = caught.value.line()
    assert str(folder / "a.toml") in line
    assert "\n" not in line
    return line


def test_a_watch_is_read_with_its_canonical_values_and_its_place(tmp_path: Path) -> None:
    (found,), warnings = load(
        written(tmp_path, WATCH + 'countries = ["Thailand", "MO"]\nworks = "us/cfr/15/744#744.11"\n')
    )
    assert found == Watch(
        name="advanced chips",
        owner="ann",
        reason="We ship accelerators.",
        matter="EXP-001",
        notify=("legal-mail", "console:", "file:alerts.jsonl"),
        eccn=("3A090", "4A090.a"),
        countries=("TH", "MO"),
        works=("us/cfr/15/744#744.11",),
        file=str(tmp_path / "a.toml"),
        line=2,
    )
    assert found.materiality == ("substantive",)
    assert warnings == ()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\r\n", "\ufeff"])
def test_an_empty_file_is_valid(tmp_path: Path, text: str) -> None:
    assert load(written(tmp_path, text)) == ((), ())


def test_files_are_read_by_name_and_other_files_are_left_alone(tmp_path: Path) -> None:
    written(tmp_path, WATCH.replace("advanced chips", "second"), "b.toml")
    written(tmp_path, "not TOML", "c.toml.bak")
    written(tmp_path, "not TOML", ".#a.toml")
    written(tmp_path, WATCH.replace("advanced chips", "first"))
    assert [watch.name for watch in load(tmp_path)[0]] == ["first", "second"]


def test_nested_conditions_are_read(tmp_path: Path) -> None:
    text = (
        WATCH
        + 'any = [{ countries = ["TH"] }, { technologies = ["x4"] }]\nnot = { roles = ["note"] }\n[[watch.all]]\nkinds = ["repeal"]\n'
    )
    (found,), _ = load(written(tmp_path, text))
    assert [one.countries or one.technologies for one in found.any] == [("TH",), ("X4",)]
    assert found.none[0].roles == ("note",)
    assert found.all[0].kinds == ("repeal",)


def test_no_folder_of_watches_is_an_error_and_an_empty_one_is_none(tmp_path: Path) -> None:
    assert load(tmp_path) == ((), ())
    with pytest.raises(BadInput, match="there are no watches here"):
        load(tmp_path / "absent")


def test_one_file_can_be_read_alone(tmp_path: Path) -> None:
    written(tmp_path, "broken", "b.toml")
    assert [watch.name for watch in load(written(tmp_path, WATCH) / "a.toml")[0]] == ["advanced chips"]


REFUSED = [
    ('ecn = ["3A090"]', "a watch has no key 'ecn'", "key ecn, line 9", "The nearest is 'eccn'"),
    ('eccn = ["3Z090"]', "'3Z090' is not a code that eccn can have", "key eccn, line 8", "Write it like"),
    ('eccn = ["3A090..a!"]', "is not a code", "key eccn, line 8", "Write it like"),
    ('eccn = ["EAR99"]', "'EAR99' is not a code", "key eccn, line 8", 'write groups = ["EAR99"]'),
    ('military = ["PL9009"]', "is not a code that military", "key military, line 9", 'item_uk = ["PL9009"]'),
    ('groups = ["D5"]', "neither a country group nor a series", "key groups, line 9", "The nearest is 'D:5'"),
    ('groups = ["Z:9"]', "neither a country group", "key groups, line 9", "The nearest is"),
    ('technologies = ["2.41"]', "no technology '2.41'", "key technologies, line 9", "The nearest is '2.4'"),
    ('item_eu = ["9X999"]', "not a code that item_eu can have", "key item_eu, line 9", "Write it like"),
    (
        'countries = ["Tailand"]',
        "'Tailand' is not a country",
        "key countries, line 9",
        "The nearest is 'TH' (Thailand)",
    ),
    ('countries = ["QQ"]', "'QQ' is not a country", "key countries, line 9", "The nearest is"),
    ("eccn = 3", "eccn is a list of texts, not 3", "key eccn, line 8", 'Write eccn = ["…", "…"]'),
    ("countries = []", "countries is an empty list", "key countries, line 9", "Leave countries out"),
    ('countries = [""]', "countries has an empty text", "key countries, line 9", "Take it out"),
    ('owner = "anna"', "'anna' is neither an e-mail address nor a name", "key owner, line 4", "'ann'"),
    ('owner = "ann@"', "is neither an e-mail address nor a name", "key owner, line 4", "'ann'"),
    (
        'notify = ["legal-mial"]',
        "'legal-mial' is not a target",
        "key notify, line 7",
        "The nearest is 'legal-mail'",
    ),
    ('notify = "slack://T1/secret"', "'slack://…' is not a target", "key notify, line 7", "The nearest is"),
    ('notify = ["file:"]', "'file:' is not a target", "key notify, line 7", "file:PATH"),
    (
        'sources = ["us_efcr"]',
        "no source is called 'us_efcr'",
        "key sources, line 9",
        "The nearest is 'us_ecfr'",
    ),
    (
        'jurisdictions = ["us"]',
        "'us' is not the code of a jurisdiction",
        "key jurisdictions, line 9",
        "Write 'US'",
    ),
    (
        'kinds = ["inserted"]',
        "'inserted' is none of kinds",
        "key kinds, line 9",
        "The nearest is 'insertion'",
    ),
    ('roles = ["headline"]', "'headline' is none of roles", "key roles, line 9", "The nearest is 'heading'"),
    ('materiality = ["substance"]', "'substance' is none of", "key materiality, line 9", "'substantive'"),
    (
        'technologies = ["quantum"]',
        "'quantum' is not the id of a technology",
        "key technologies, line 9",
        "X1",
    ),
    ('works = ["15 CFR 744"]', "is not the path of a work", "key works, line 9", "us/cfr/15/774/supp-1"),
    ('text = ["…"]', "has no word to look for", "key text, line 9", "Write a word"),
    ('regex = ["(unclosed"]', "cannot be used: missing )", "key regex, line 9", "RE2"),
    ('regex = ["(?=look)"]', "cannot be used", "key regex, line 9", "RE2 has no look-around"),
    ('regex = ["a*"]', "found in an empty text", "key regex, line 9", "RE2"),
    ('through_groups = "no"', "through_groups is true or false", "key through_groups, line 9", "= false"),
    (
        'any = [{ ecn = ["3A090"] }]',
        "a watch has no key 'ecn'",
        "key any.ecn, line 9",
        "The nearest is 'eccn'",
    ),
    (
        'not = [{ countries = ["TH"] }, { countries = ["XX"] }]',
        "'XX' is not a country",
        "key not[2].countries, line 9",
        "nearest",
    ),
    ("any = [{}]", "none of them empty", "key any, line 9", "Write any ="),
    ('name = ""', "name is a text that is not empty", "key name, line 3", "Write name"),
    ('reason = "two\\nlines"', "one line", "key reason, line 5", "one line"),
]


@pytest.mark.parametrize(("line", "message", "place", "mend"), REFUSED, ids=[case[0] for case in REFUSED])
def test_each_mistake_is_told_with_its_place_and_its_mend(
    tmp_path: Path, line: str, message: str, place: str, mend: str
) -> None:
    key = line.partition(" ")[0]
    kept = [one for one in WATCH.splitlines() if not one.startswith(f"{key} ")]
    if len(kept) < len(WATCH.splitlines()):
        at = next(at for at, one in enumerate(WATCH.splitlines()) if one.startswith(f"{key} "))
        kept.insert(at, line)
    else:
        kept.append(line)
    said = refused(tmp_path, "\n".join(kept))
    assert message in said
    assert place in said
    assert mend in said


@pytest.mark.parametrize("key", ["name", "owner", "reason", "matter", "notify"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    said = refused(tmp_path, "\n".join(line for line in WATCH.splitlines() if not line.startswith(f"{key} ")))
    assert f"the key {key!r} is missing" in said
    assert "[[watch]] 1" in said


def test_a_second_watch_of_the_same_name_is_refused_with_the_place_of_the_first(tmp_path: Path) -> None:
    said = refused(tmp_path, f"{WATCH}\n{WATCH}")
    assert (
        "another watch is called 'advanced chips' already (a.toml, [[watch]] 1 'advanced chips', line 2)"
        in said
    )
    assert "[[watch]] 2" in said
    assert "line 12" in said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[watch]]\nname = "unclosed', "line 2"),
        ('[watch]\nname = "one bracket"', "[[watch]], with two brackets"),
        ('[[watches]]\nname = "x"', "line 1"),
        ('name = "no table"', "line 1"),
        (b'[[watch]]\nname = "caf\xe9"', "line 2"),
        ('watch = ["text"]', "key watch"),
    ],
)
def test_what_is_no_file_of_watches_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, place: str
) -> None:
    assert place in refused(tmp_path, text)


def test_lines_are_told_past_texts_that_look_like_tables(tmp_path: Path) -> None:
    text = WATCH.replace(
        'reason = "We ship accelerators."', 'reason = """We ship \\\n  [[watch]] \\\n  boards."""'
    )
    assert load(written(tmp_path, text))[0][0].reason == "We ship [[watch]] boards."
    assert "line 11" in refused(tmp_path, text + 'countries = ["nowhere"]\n')


def test_tables_written_in_line_are_placed_by_number_and_name(tmp_path: Path) -> None:
    one = '{ name = "x", owner = "ann", reason = "r", matter = "m", notify = ["console:"], countries = ["nowhere"] }'
    said = refused(tmp_path, f"watch = [{one}]")
    assert "[[watch]] 1 'x', key countries: " in said


def test_a_possible_code_that_is_in_no_list_is_a_warning(tmp_path: Path) -> None:
    watches, warnings = load(
        written(tmp_path, WATCH.replace('"3a090"', '"4E091"')), known_codes=("4A090.a", "4E001")
    )
    assert watches[0].eccn == ("4E091", "4A090.a")
    assert len(warnings) == 1
    assert (
        "a.toml, [[watch]] 1 'advanced chips', key eccn, line 8: 4E091 is possible but in no list yet"
        in warnings[0]
    )


def test_a_possible_code_is_no_warning_where_a_part_of_it_is_known(tmp_path: Path) -> None:
    assert load(written(tmp_path, WATCH), known_codes=("3A090.a.1", "4A090"))[1] == ()


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ('groups = ["country group d:5"]', "groups", "D:5"),
        ('groups = ["group:E:1"]', "groups", "E:1"),
        ('groups = ["600 Series"]', "groups", "600 series"),
        ('groups = ["Category 3, Product Group B"]', "groups", "3B"),
        ('groups = ["輸出令/別表3の2"]', "groups", "輸出令/別表3_2"),
        ('item_uk = ["pl9009a"]', "item_uk", "PL9009.a"),
        ('item_eu = ["３Ａ００１"]', "item_eu", "3A001"),
        ('ai_act = ["Article 50(2)"]', "ai_act", "AIA:art50.2"),
        ('usml = ["XI(c)(4)"]', "usml", "USML:XI.c.4"),
        ('technologies = ["x4"]', "technologies", "X4"),
        ('countries = ["Türkiye"]', "countries", "TR"),
    ],
)
def test_values_are_taken_in_the_forms_that_people_write(
    tmp_path: Path, line: str, key: str, value: str
) -> None:
    (found,), _ = load(written(tmp_path, WATCH + line + "\n"))
    assert getattr(found, key) == (value,)
