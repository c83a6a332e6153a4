"""A user's counterparties beside listed names: all names here are invented."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import BadInput
from archive.records import Change, Enclosing
from archive.vocabulary.party_names import party_key
from diffing.touches.counterparties import Counterparty, candidates, read_counterparties
from diffing.touches.engine import Reference, touches_of

OURS = (
    Counterparty(name="Sky-Ore Trading Co., Ltd.", aliases=("SOT Shanghai",), reference="K-1"),
    Counterparty(name="Nebesnaya Ruda"),
    Counterparty(name="北辰雲石科技有限公司"),
    Counterparty(name="Müller & Söhne Werkzeugbau GmbH"),
    Counterparty(name="IQ"),
)


@pytest.mark.parametrize(
    ("listed", "meant"),
    [
        ("SKY ORE TRADING COMPANY LIMITED", "Sky-Ore Trading Co., Ltd."),
        ("Skyore Trading", "Sky-Ore Trading Co., Ltd."),
        ("Trading Sky Ore Co.", "Sky-Ore Trading Co., Ltd."),
        ("Sky-Ore Traiding", "Sky-Ore Trading Co., Ltd."),
        ("S.O.T. Shanghai", "Sky-Ore Trading Co., Ltd."),
        ("ООО «Небесная Руда»", "Nebesnaya Ruda"),
        ("北辰雲石科技股份有限公司", "北辰雲石科技有限公司"),
        ("Mueller und Soehne Werkzeugbau", "Müller & Söhne Werkzeugbau GmbH"),
        ("Muller & Sohne Werkzeugbau AG", "Müller & Söhne Werkzeugbau GmbH"),
    ],
)
def test_other_spellings_of_a_name_are_candidates_with_a_score(listed: str, meant: str) -> None:
    found = candidates([listed], OURS)
    assert [candidate.counterparty.name for candidate in found] == [meant]
    assert 88 <= found[0].score <= 100


@pytest.mark.parametrize(
    "listed",
    ["Sky Ocean Shipping Co., Ltd.", "Trading Company Limited", "Ruda Nova", "IQ Systems", "北京石材有限公司", "Schmidt & Söhne Bau GmbH", "Co., Ltd."],
)  # fmt: skip
def test_a_name_that_shares_a_word_or_a_legal_form_is_none(listed: str) -> None:
    assert candidates([listed], OURS) == ()


def test_a_very_short_name_counts_only_when_equal() -> None:
    assert [c.score for c in candidates(["IQ Ltd", "IC Ltd"], OURS)] == [100.0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ore, L.L.C.", "ORE LLC"), ("A/O «Руда»", "Ruda"), ("Société Orée S.A.R.L.", "societe oree"), ("株式会社雲石", "雲石（株）")],
)  # fmt: skip
def test_names_that_differ_by_form_and_script_alone_have_one_key(one: str, other: str) -> None:
    assert party_key(one).replace("a o ", "") == party_key(other)


def test_csv_and_toml_say_the_same() -> None:
    by_csv = read_counterparties(
        '\ufeffReference;Name;Aliases\nK-1;"Sky-Ore Trading Co., Ltd.";SOT Shanghai; \n\n;IQ;\n', form="csv"
    )
    by_toml = read_counterparties(
        '[[counterparty]]\nname = "Sky-Ore Trading Co., Ltd."\naliases = ["SOT Shanghai"]\nreference = "K-1"\n[[counterparty]]\nname = "IQ"\n',
        form="toml",
    )
    assert by_csv == by_toml == (OURS[0], OURS[4])


@pytest.mark.parametrize(
    ("text", "form", "place"),
    [
        ("", "csv", ""),
        ("customer\nOre\n", "csv", "line 1"),
        ("name,aliases\nOre,\n,Sky\n", "csv", "line 3"),
        ("[[counterparty]]\nalias = 1\n", "toml", "number 1"),
        ('[[counterparty]]\nname = "Ore"\naliases = "Sky"\n', "toml", "number 1"),
        ("name = \n[", "toml", "line 1"),
    ],
)
def test_a_list_that_cannot_be_read_says_where(text: str, form: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_counterparties(text, form=form, thing="parties.csv")
    assert "parties.csv" in caught.value.line()
    assert place in caught.value.line()


def test_a_row_added_to_a_list_touches_the_counterparty_it_may_be() -> None:
    text = "Sky Ore Trading, a.k.a., the following one alias:\n—SOT.\n\nNo. 9 Harbour Road, Shanghai, China. | For all items | Presumption of denial | 91 FR 1."
    change = Change(
        kind="insertion", materiality="substantive", reason="", old_eid=None, new_eid="supp-4.china.sky-ore-trading", unit="entry", text_before="", text_after=text,
        path=(Enclosing(eid="supp-4.china", unit="country", heading="CHINA"),), ops=(("+", text),),
    )  # fmt: skip
    touches = touches_of(
        change, work="us/cfr/15/744/supp-4", source="us_ecfr", language="en", reference=Reference(counterparties=OURS, on=date(2026, 1, 1))
    )  # fmt: skip
    (met,) = [touch for touch in touches if touch.type == "counterparty"]
    assert (met.id, met.via, met.confidence) == ("K-1", "inserted", 1.0), (
        "by the reference that the user gave"
    )
    assert text[met.start : met.end] == "Sky Ore Trading"


@pytest.mark.parametrize(
    ("alias", "ours"),
    [("北辰光学有限公司", "北辰光学股份有限公司"), ("株式会社ホクシン光学", "ホクシン光学"), ("北辰光學有限公司", "北辰光學")],
)  # fmt: skip
def test_a_published_alias_in_another_script_links_a_latin_party_with_a_counterparty(
    alias: str, ours: str
) -> None:
    text = f"CHINA | Polaris Optics Co., Ltd., a.k.a., the following two aliases:\n—{alias}; and\n—POC.\n\n5 Example Road, Suzhou. | All items | Denial"
    change = Change(
        kind="insertion", materiality="substantive", reason="", new_eid="supp-4.x", unit="row", text_after=text, ops=(("+", text),)
    )  # fmt: skip
    touches = touches_of(
        change,
        work="us/cfr/15/744/supp-4",
        source="us_ecfr",
        language="en",
        reference=Reference(counterparties=(Counterparty(name=ours, reference="K-7"),)),
    )
    (met,) = [touch for touch in touches if touch.type == "counterparty"]
    assert (met.id, met.confidence) == ("K-7", 1.0)
    assert "Polaris Optics Co., Ltd" in {touch.id for touch in touches if touch.type == "party"}
