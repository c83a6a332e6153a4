"""What people come for, walked in a browser that runs no script: the pages themselves are enough."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.law import JAPANESE, LIST, USERS
from tests.browser.site import PATIENCE, WEEK, Served
from tocsin.web import links

expect.set_options(timeout=PATIENCE * 1000)


def test_what_changed_in_an_entry_between_two_dates(opened: Opened) -> None:
    page = opened("rita")
    page.goto("/")
    page.get_by_label("Search all texts").fill("3A090")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    page.get_by_text("At this address:").get_by_role("link").click()
    page.wait_for_url(f"**/{LIST}/3A090")
    assert "ECCN 3A090" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("From the edition of").select_option("2031-01-01")
    page.get_by_label("to that of").select_option("2031-02-01")
    page.get_by_role("button", name="Compare").click()
    redline = page.locator("#redline .redline")
    assert redline.locator("del").all_inner_texts() == ["4800"]
    assert "2400" in redline.locator("ins").all_inner_texts()
    assert any("bandwidth density" in one for one in redline.locator("ins").all_inner_texts())
    assert "Thailand" not in redline.inner_text()

    page.get_by_label("side by side").check()
    page.get_by_role("button", name="Compare").click()
    old, new = page.locator("#redline .redline").all()
    assert ("4800" in old.inner_text(), "2400" in old.inner_text()) == (True, False)
    assert ("4800" in new.inner_text(), "2400" in new.inner_text()) == (False, True)

    page.get_by_label("to that of").select_option("2031-02-05")
    page.get_by_role("button", name="Compare").click()
    assert "Thailand" in page.locator("#redline").inner_text()


def test_why_an_alert_fired(opened: Opened) -> None:
    page = opened("rita")
    page.goto("/alerts?watch=chips")
    page.get_by_role("listitem").filter(has_text="Watch chips").get_by_role(
        "link", name="change"
    ).first.click()
    page.wait_for_url("**/changes?transition=*")
    page.get_by_role("main").get_by_role("link", name="3A090").first.click()
    page.wait_for_url("**/change/*")
    why = page.get_by_role("region", name="Who hears of it, and why")
    expect(why).to_contain_text("chips")
    expect(why).to_contain_text("Our accelerators are classified under this entry")
    expect(why).to_contain_text("control number 3A090")
    expect(page.get_by_role("region", name="Evidence")).to_contain_text("SHA-256")
    why.get_by_role("link", name="chips").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("chips")


def test_what_was_in_force_on_one_day_as_known_on_another(opened: Opened) -> None:
    page = opened("rita")
    page.goto(links.work(LIST, "3A090.a"))
    text = page.get_by_role("region", name="Text", exact=True)
    expect(text).to_contain_text("2400 or more")
    page.get_by_label("In force on").fill("2031-02-01")
    page.get_by_label("As known on (UTC)").fill("2031-02-01")
    page.get_by_role("button", name="Show").click()
    # The edition of that day came a day later: who asked then was told the older one.
    expect(text).to_contain_text("4800 or more")
    expect(page.get_by_text("Edition of 2031-01-01").first).to_be_visible()
    page.get_by_label("As known on (UTC)").fill("2031-02-02")
    page.get_by_role("button", name="Show").click()
    expect(text).to_contain_text("2400 or more")
    page.get_by_role("link", name="Back to today").click()
    expect(text).to_contain_text("2400 or more")
    page.get_by_label("In force on").fill("2030-12-31")
    page.get_by_role("button", name="Show").click()
    expect(text).to_contain_text("nothing stood at this address")


def test_a_reader_is_refused_and_a_stranger_is_asked_who_they_are(opened: Opened, house: Served) -> None:
    page = opened()
    page.goto("/digests")
    page.wait_for_url("**/sign-in?*")
    page.get_by_label("Name").fill("rita")
    page.get_by_label("Password").fill("something else")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()

    page = opened("rita")
    page.goto(f"/digest/{WEEK}/decide")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.get_by_text("Decide", exact=True).count() == 0
    assert page.get_by_role("button", name="Sign this version").count() == 0
    assert page.get_by_role("link", name="Edit it").count() == 0
    answer = page.goto("/watch/chips/edit")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Not allowed")
    answer = page.goto("/actions")
    assert answer is not None
    assert answer.status == 403


def test_a_watch_is_edited_after_its_back_test(opened: Opened, house: Served) -> None:
    page = opened("rob")
    page.goto("/watches")
    page.get_by_role("link", name="chips").click()
    page.get_by_role("link", name="Edit it").click()
    field = page.get_by_label("What it says (TOML)")
    said = field.input_value()
    assert 'eccn = ["3A090"]' in said
    field.fill(said.replace('eccn = ["3A090"]', 'countries = ["TH"]'))
    page.get_by_label("Try it on the editions since").fill("2031-01-01")
    page.get_by_role("button", name="Try it").click()
    told = page.get_by_role("region", name="What it would have told", exact=True).first
    expect(told).to_contain_text("As you wrote it")
    expect(told).to_contain_text("As it is today")
    assert 'eccn = ["3A090"]' in (house.folder / "watches" / "desk.toml").read_text()

    page.get_by_label("What it says (TOML)").fill("[[watch]\nname = ")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_label("What it says (TOML)").input_value().startswith("[[watch]\nname")

    page.get_by_label("What it says (TOML)").fill(said.replace('matter = "M-1"', 'matter = "M-7"'))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert 'matter = "M-7"' in (house.folder / "watches" / "desk.toml").read_text()


def test_an_alert_is_acknowledged(opened: Opened) -> None:
    page = opened("rita")
    page.goto("/alerts?watch=chips")
    page.get_by_role("link", name="Acknowledge").first.click()
    page.get_by_label("What follows from it (may stay empty)").fill("I have told the plant <b>in Xanadu</b>.")
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("region", name="Who has read it")).to_contain_text(
        "I have told the plant <b>in Xanadu</b>."
    )
    page.goto("/alerts?watch=chips")
    expect(page.get_by_text("read by rita").first).to_be_visible()


def test_a_digest_is_decided_signed_and_goes_out(opened: Opened) -> None:
    page = opened("rob")
    page.goto("/digests")
    page.get_by_role("link", name=WEEK).click()
    expect(page.get_by_role("article")).to_contain_text("Thailand")
    page.get_by_role("link", name="Decide change by change").click()
    cards = page.locator("main section.card")
    waiting = cards.count()
    assert waiting >= 2
    while cards.count():
        card = cards.first
        if card.locator("details").get_attribute("open") is None:
            card.locator("summary").click()
        card.get_by_label("relevant", exact=True).check()
        card.get_by_label("Reason").fill("We ship to the plant in Xanadu.")
        before = cards.count()
        card.get_by_role("button", name="Decide").click()
        expect(page.get_by_role("status")).to_be_visible()
        expect(cards).to_have_count(before - 1)
    page.goto(f"/digest/{WEEK}")
    page.get_by_role("button", name="Build it anew").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(f"/digest/{WEEK}")
    expect(page.get_by_role("article")).to_contain_text("We ship to the plant in Xanadu.")
    standing = page.get_by_role("region", name="How it stands")
    expect(standing).to_contain_text("Who may sign it: cora, olga.")
    expect(page.get_by_role("button", name="Sign this version")).to_have_count(0)

    page = opened("cora")
    page.goto(f"/digest/{WEEK}")
    page.get_by_role("button", name="Sign this version").click()
    expect(page.get_by_role("status")).to_be_visible()
    standing = page.get_by_role("region", name="How it stands")
    expect(standing).to_contain_text("cora (counsel)")
    expect(standing).to_contain_text("Released")


def test_what_amended_a_provision_tells_of_what_changed_below_it(opened: Opened) -> None:
    page = opened("rita")
    page.goto(links.work(JAPANESE, "1"))
    amended = page.get_by_role("region", name="What amended it")
    expect(amended.get_by_role("link", name="第1条第2号")).to_have_count(1)
    amended.get_by_role("link", name="第1条第2号").click()
    page.wait_for_url("**/change/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("第1条第2号")


def test_today_tells_whether_what_is_watched_is_touched(opened: Opened) -> None:
    page = opened("rita")
    page.goto("/today?since=2031-01-01")
    step = page.get_by_role("listitem").filter(has_text="Supplement No. 1").filter(has_text="2 substantive")
    expect(step).to_contain_text("Touches what is watched: chips")
    expect(page.get_by_role("listitem").filter(has_text="Supplement No. 4")).not_to_contain_text("is watched")


@pytest.mark.parametrize("width", [360, 1280])
def test_each_entry_of_a_list_by_country_stands_under_the_names_of_its_columns(
    opened: Opened, width: int
) -> None:
    page = opened("rita", width=width)
    page.goto(links.work(USERS))
    tables = page.locator(".law table")
    expect(tables).to_have_count(2)
    assert tables.first.locator("th").all_inner_texts() == ["Entity", "License review policy", "Federal Register citation"]  # fmt: skip
    cells = tables.first.locator("tbody tr").first.locator("td")
    expect(cells).to_have_count(3)
    expect(cells.nth(1)).to_have_attribute("data-name", "License review policy")
    name, policy = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
    assert name
    assert policy
    beside = policy["x"] > name["x"] + name["width"] / 2
    assert beside == (width == 1280), "on a telephone the cells stand below each other, each with its name"


def test_who_signed_in_signs_out_and_the_log_says_so(opened: Opened) -> None:
    page = opened("ada")
    page.goto("/works")
    expect(page.get_by_role("banner")).to_contain_text("ada")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    page.goto("/works")
    page.wait_for_url("**/sign-in*")

    page = opened("ada")
    page.get_by_role("link", name="Log").click()
    expect(page.get_by_role("main")).to_contain_text("signing out")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_change_is_read_on_a_telephone_and_at_a_desk(opened: Opened, house: Served, width: int) -> None:
    page = opened("rita", width=width)
    page.goto(f"/{LIST}.json?on=2031-02-05")
    assert json.loads(page.locator("body").inner_text())["edition"]["as_of"] == "2031-02-05"
    page.goto(links.with_query(f"/{LIST}/3A090", {"from": "2031-01-01", "to": "2031-02-05"}))
    gone = page.locator("#redline del").first
    assert gone.evaluate("one => getComputedStyle(one).textDecorationLine") == "line-through"
    # Whoever does not see it hears where it begins and ends.
    assert "removed" in gone.evaluate("one => getComputedStyle(one, '::before').content")
