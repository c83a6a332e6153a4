"""Signing in: who is let in, what the cookie is, what guessing costs, and where a form may lead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.plugins import pm

from tests.tocsin.review.house import TOKENS
from tests.tocsin.web.browser import (
    HASHES,
    PASSWORDS,
    Browser,
    logged,
    served,
    write_config,
)
from tocsin.web.doorkeeper import FREE, FREE_OF_CLIENT


@pytest.fixture
def browser(site: Datasette) -> Browser:
    return Browser(site)


def test_whoever_has_not_signed_in_is_led_to_it_and_back(browser: Browser) -> None:
    sent = browser.get("/works?kind=document&q=%E8%BC%B8")
    assert sent.status_code == 302
    assert sent.headers["location"] == "/sign-in?next=%2Fworks%3Fkind%3Ddocument%26q%3D%25E8%25BC%25B8"
    page = browser.get(sent.headers["location"])
    assert page.status_code == 200
    (back,) = re.findall(r'name="next" value="([^"]+)"', page.text)
    answer = browser.sign_in("rita", next=back.replace("&amp;", "&"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/works?kind=document&q=%E8%BC%B8")
    assert browser.get(answer.headers["location"]).status_code == 200
    assert ">rita<" in re.sub(r"\s|</?span[^>]*>", "", browser.get("/").text).replace(
        "Signedinasrita", ">rita<"
    )


@pytest.mark.parametrize(
    "path",
    ["/", "/works", "/archive/work", "/us/cfr/15/774/supp-1", "/search?q=x", "/-/databases", "/nowhere"],
)
def test_nothing_is_read_without_signing_in(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 302
    json = browser.get(path.partition("?")[0].rstrip("/") + "/x.json")
    assert json.status_code == 401
    assert "set-cookie" not in json.headers
    assert browser.ask("HEAD", path).status_code == 401
    assert browser.get("/tocsin/tocsin.css").status_code == 200


def test_the_cookie_is_for_this_browser_alone(browser: Browser) -> None:
    answer = browser.sign_in("cora")
    lines = answer.headers.get_list("set-cookie")
    (session,) = [line for line in lines if line.startswith("tocsin_session=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(session.split("; "))
    assert "Secure" not in session
    assert answer.headers["cache-control"] == "private, no-store"
    (of_forms,) = Browser(browser.datasette).get("/sign-in").headers.get_list("set-cookie")
    assert of_forms.startswith("ds_csrftoken=")
    assert of_forms.endswith("; HttpOnly")


def test_where_pages_are_reached_by_https_no_cookie_goes_over_an_open_line(house: Path) -> None:
    write_config(house, '[web]\naddress = "https://law.example.org"\nlisten = "http://127.0.0.1:8801"\n')
    for site in served(house):
        browser = Browser(site, host="law.example.org")
        first = browser.get("/sign-in").headers["set-cookie"]
        assert first.startswith("ds_csrftoken=")
        assert first.endswith("; HttpOnly; Secure")
        answer = browser.sign_in("cora", "", next="/works")
        assert answer.headers["set-cookie"].startswith("__Host-tocsin_session=")
        assert "Secure" in answer.headers["set-cookie"]
        assert browser.get("/works").status_code == 200
        browser.headers["host"] = "evil.example"
        assert browser.get("/works").status_code == 421


def test_a_session_begins_anew_with_each_sign_in(browser: Browser) -> None:
    """Nobody can leave a session in a browser for its next user to fill."""
    browser.token()
    browser.cookies["tocsin_session"] = "left-by-somebody-else-0123456789-0123456789"
    assert browser.sign_in("rob").status_code == 303
    first = browser.cookies["tocsin_session"]
    assert first != "left-by-somebody-else-0123456789-0123456789"
    assert browser.sign_in("rob").status_code == 303
    second = browser.cookies["tocsin_session"]
    assert second != first
    browser.cookies["tocsin_session"] = first
    assert browser.get("/").status_code == 302, "the session of before has ended"
    browser.cookies["tocsin_session"] = second
    assert browser.get("/").status_code == 200


def test_a_session_ends_with_its_time_its_password_its_person_and_its_role(
    house: Path, site: Datasette, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("rita", "cora"):
        assert browser.sign_in(name).status_code == 303
    assert browser.get("/").status_code == 200
    held = dict(browser.cookies)
    for again in served(house):  # the server starts anew
        other = Browser(again)
        other.cookies = held
        assert other.get("/").status_code == 200
    before = (house / "tocsin.toml").read_text()
    for change in (
        (HASHES["cora"], HASHES["rob"]),
        ("cora =", "nora ="),
        ('cora = { password = "', 'cora = { token = "env:NONE", language = "'),
    ):
        (house / "tocsin.toml").write_text(before.replace(*change), encoding="utf-8")
        if "language" in change[1]:
            (house / "tocsin.toml").write_text(
                re.sub(r'password = "pbkdf2[^"]+", (address = "cora)', r"\1", before)
            )
        for again in served(house):
            other = Browser(again)
            other.cookies = dict(held)
            assert other.get("/").status_code == 302, change
    (house / "tocsin.toml").write_text(
        re.sub(r'(cora@example.org"), roles = \["counsel"\]', r"\1", before).replace(
            "signatures = 2", "signatures = 1"
        )
    )
    for again in served(house):
        other = Browser(again)
        other.cookies = dict(held)
        assert other.get("/").status_code == 403
    monkeypatch.setenv("TOCSIN_NOW", "2026-02-09T23:59:59+00:00")
    assert browser.get("/").status_code == 200
    monkeypatch.setenv("TOCSIN_NOW", "2026-02-10T00:00:00+00:00")
    assert browser.get("/").status_code == 302


def test_who_signs_out_is_out(site: Datasette, browser: Browser) -> None:
    browser.sign_in("cora")
    token = browser.cookies["tocsin_session"]
    answer = browser.send("/do/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "tocsin_session" not in browser.cookies
    browser.cookies["tocsin_session"] = token
    assert browser.get("/").status_code == 302
    assert [(one.person, one.deed, one.outcome) for one in logged(site)] == [
        ("cora", "sign in", "done"),
        ("cora", "sign out", "done"),
    ]
    assert browser.get("/do/sign-out").status_code in (302, 404), "a link signs nobody out"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/works\r\nSet-Cookie: a=b",
        "/works\x00",
        "/日本",
        " //evil.example",
    ],
)
def test_a_form_leads_to_no_other_place(browser: Browser, address: str) -> None:
    page = browser.ask("GET", "/sign-in", params={"next": address})
    (held,) = re.findall(r'name="next" value="([^"]*)"', page.text)
    assert held == "/"
    answer = browser.sign_in("cora", next=address)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/")
    assert "evil" not in answer.headers["location"]
    assert "a" not in browser.cookies


def test_no_address_of_ours_sends_a_browser_away(browser: Browser) -> None:
    browser.sign_in("cora")
    for path in ("//evil.example/", "//evil.example/%2f..", "/%5cevil.example/", "/works//evil.example/"):
        answer = browser.get(path)
        assert not re.match(r"(https?:)?[/\\]{2}", answer.headers.get("location", "/")), path


def test_guessing_is_slowed_down_by_name_whether_there_is_one_or_not(
    site: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("cora", "mallory"):
        browser = Browser(site)
        answers = [browser.sign_in(name, f"guess number {number}") for number in range(FREE + 2)]
        assert [answer.status_code for answer in answers] == [403] * FREE + [429] * 2, name
        assert "The name or the password is wrong." in answers[0].text
        assert int(answers[-1].headers["retry-after"]) == 30
    locked = Browser(site).sign_in("cora")
    assert locked.status_code == 429, "the right password is not heard either"
    monkeypatch.setenv("TOCSIN_NOW", "2026-02-09T12:00:31+00:00")
    browser = Browser(site)
    assert browser.sign_in("cora", "and one more").status_code == 403
    assert int(browser.sign_in("cora").headers["retry-after"]) == 60
    monkeypatch.setenv("TOCSIN_NOW", "2026-02-09T12:01:31+00:00")
    assert browser.sign_in("cora").status_code == 303
    assert browser.sign_in("cora", "forgotten again").status_code == 403
    assert browser.sign_in("cora").status_code == 303, "what was wrong before is forgotten"


def test_guessing_is_slowed_down_by_address_over_many_names(site: Datasette) -> None:
    statuses = [
        Browser(site).sign_in(f"name {number}", "guess").status_code for number in range(FREE_OF_CLIENT + 3)
    ]
    assert statuses == [403] * FREE_OF_CLIENT + [429] * 3


def test_the_log_says_who_was_refused_and_repeats_no_secret(site: Datasette, browser: Browser) -> None:
    browser.sign_in("cora", "a password that is wrong")
    browser.sign_in("my own password typed as a name", "x")
    browser.sign_in("nina")
    for number in range(FREE + 3):
        browser.sign_in("rob", f"guess {number}")
    rows = logged(site)
    assert [(one.person, one.subject, one.outcome, one.said) for one in rows[:3]] == [
        ("", "cora", "refused", "wrong password"),
        ("", "", "refused", "no such person"),
        ("", "nina", "refused", "no role"),
    ]
    assert [one.said for one in rows[3:]] == ["wrong password"] * FREE + ["too many tries"]
    assert {one.client for one in rows} == {"127.0.0.1"}


def test_no_secret_is_in_an_answer_a_log_or_the_archive(
    house: Path, site: Datasette, browser: Browser, capfd: pytest.CaptureFixture[str]
) -> None:
    said = ""
    for name in ("cora", "ada"):
        browser.sign_in(name, "wrong on purpose")
        browser.sign_in(name)
        for path in (
            "/",
            "/actions",
            "/actions.json",
            "/archive/action.json",
            "/archive.json",
            "/alerts.json",
            "/-/metadata",
        ):
            answer = browser.get(path)
            said += answer.text + repr(answer.headers)
        said += browser.get("/archive.json?sql=select+*+from+visit").text
    tokens = [browser.cookies["tocsin_session"]]
    caught = capfd.readouterr()
    said += caught.out + caught.err + repr(site.tocsin_site.config)
    kept = b"".join(path.read_bytes() for path in (house / "archive").iterdir() if path.suffix != ".secret")
    secrets = [*PASSWORDS.values(), *HASHES.values(), *TOKENS.values(), "wrong on purpose", *tokens]
    for secret in secrets:
        assert secret.rpartition("$")[2] not in said.replace(f"tocsin_session={tokens[0]}", "")
        assert secret.rpartition("$")[2].encode() not in kept


def test_the_ways_in_of_the_plugin_are_closed(browser: Browser) -> None:
    """Of the kept plugin passwords are checked by its functions; its own page and its Basic authentication would slow down nobody."""
    assert any("datasette_auth_passwords" in str(plugin) for plugin in pm.get_plugins())
    for path in (
        "/-/login",
        "/-/password-tool",
        "/-/auth-token?token=x",
        "/-/logout",
        "/-/create-token",
        "/-/actor.json",
    ):
        assert browser.get(path).status_code == 403, path
        assert browser.send(path, token="").status_code in (403, 405), path
    basic = {"authorization": "Basic cml0YTp0aGUgbG9uZyBwYXNzd29yZCBvZiByaXRh"}
    assert browser.get("/works", headers=basic).status_code == 302


def test_programs_read_with_a_token(site: Datasette) -> None:
    browser = Browser(site)
    right = {"authorization": f"Bearer {TOKENS['rita']}"}
    assert browser.get("/works.json", headers=right).json()["total"] == 1
    assert browser.get("/feeds/changes.atom", headers=right).status_code == 200
    wrong = browser.get("/works.json", headers={"authorization": "Bearer nobodys-token-0123456789"})
    assert wrong.status_code == 401
    for _ in range(3):
        browser.get("/works.json", headers={"authorization": "Bearer nobodys-token-0123456789"})
    assert [one.said for one in logged(site)] == ["the token is nobody's"], "it is written once a minute"


def test_reading_can_be_left_open_to_anybody(house: Path) -> None:
    write_config(house, "[web]\nanybody_reads = true\n")
    for site in served(house):
        browser = Browser(site)
        page = browser.get("/works")
        assert page.status_code == 200
        assert 'href="/sign-in?next=%2Fworks"' in page.text
        assert browser.get("/actions").status_code == 403
        assert browser.get("/archive/action.json").status_code == 403
        assert browser.sign_in("ada").status_code == 303
        assert browser.get("/actions").status_code == 200


def test_without_accounts_everybody_reads_and_nobody_signs_in(house: Path) -> None:
    write_config(house, passwords=False)
    for site in served(house):
        browser = Browser(site)
        assert browser.get("/works").status_code == 200
        assert "/sign-in" not in browser.get("/works").text
        assert "No accounts are configured" in browser.get("/sign-in").text
        assert browser.sign_in("cora").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1"]
)
def test_a_name_that_somebody_pointed_at_us_is_not_answered(site: Datasette, host: str) -> None:
    assert Browser(site, host=host).get("/works").status_code == 421


@pytest.mark.parametrize("host", ["localhost:8801", "127.0.0.1", "127.0.0.1:80", "[::1]:8801", "192.0.2.7"])
def test_names_that_nobody_can_point_at_us_are(site: Datasette, host: str) -> None:
    assert Browser(site, host=host).get("/sign-in").status_code == 200


def test_what_a_request_says_of_its_line_and_its_sender_is_not_believed(
    site: Datasette, browser: Browser
) -> None:
    forged = {
        "x-forwarded-for": "192.0.2.1",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "evil.example",
        "forwarded": "for=192.0.2.1;proto=https;host=evil.example",
        "x-real-ip": "192.0.2.1",
    }
    answer = browser.sign_in("cora", "wrong") and browser.ask("GET", "/works", headers=forged)
    assert answer.headers["location"].startswith("/sign-in")
    assert "evil" not in browser.get("/sign-in", headers=forged).text
    assert {one.client for one in logged(site)} == {"127.0.0.1"}
