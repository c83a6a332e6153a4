"""Each check of the doctor finds what it is for, says how to mend it, and finds nothing on an installation that is well."""

from __future__ import annotations

import dataclasses
import http.server
import json
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from archive.store import Archive
from tests.tocsin.program import install
from tests.tocsin.service.settings import written
from tocsin.doctor import checks, disk, machine, network, printing, reaching, settings
from tocsin.doctor.checks import CHECKS, examine, is_well
from tocsin.doctor.finding import FAILURE, OK, SKIPPED, WARNING, Found, Patient, failure, ok


def patient(folder: Path, text: str = "", environment: dict[str, str] | None = None, **more: Any) -> Patient:
    config = written(folder, text)
    return Patient(config=config, file=folder / "tocsin.toml", environment=environment or {}, **more)


def told(found: Found, state: str, said: str, mend: str = "") -> None:
    assert (found.state, bool(found.mend)) == (state, state in (WARNING, FAILURE))
    assert re.search(said, found.said), found.said
    assert re.search(mend, found.mend), found.mend


# ── the machine ────────────────────────────────────────────────────────────────────────────────────


def test_sqlite_an_old_one(tmp_path: Path) -> None:
    told(machine.sqlite_version(patient(tmp_path), (3, 31, 1)), FAILURE, r"3\.31\.1 is older", "newer SQLite")
    told(machine.sqlite_version(patient(tmp_path)), OK, "SQLite 3")


def test_full_text_that_is_not_built_in(tmp_path: Path) -> None:
    class Without(sqlite3.Connection):
        def execute(self, sql: str, *_more: Any) -> sqlite3.Cursor:  # type: ignore[override]
            if "trigram" in sql:
                raise sqlite3.OperationalError("no such tokenizer: trigram")
            return super().execute(sql)

    def connect(name: str) -> sqlite3.Connection:
        return sqlite3.connect(name, factory=Without)

    told(machine.full_text(patient(tmp_path), connect), FAILURE, "without the trigram tokenizer", "SQLite")
    told(machine.full_text(patient(tmp_path)), OK, "FTS5")


def test_time_zones_that_are_not_installed_or_know_no_summer(tmp_path: Path) -> None:
    def none(name: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(name)

    def flat(_name: str) -> tzinfo:
        return UTC

    told(machine.time_zones(patient(tmp_path), none), FAILURE, "America/New_York is not known", "tzdata")
    told(machine.time_zones(patient(tmp_path), flat), FAILURE, "no summer time", "tzdata")  # type: ignore[arg-type]
    told(machine.time_zones(patient(tmp_path)), OK, "zones")


def test_clock_that_is_set_by_hand(tmp_path: Path) -> None:
    told(
        machine.clock_by_hand(patient(tmp_path, environment={"TOCSIN_NOW": "2026-01-05"})),
        FAILURE,
        "2026-01-05",
        "Unset",
    )
    told(machine.clock_by_hand(patient(tmp_path)), OK, "UTC")


def test_packages_of_another_on_the_path_or_of_another_distribution(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "archive").mkdir(parents=True)
    (tmp_path / "elsewhere" / "archive" / "__init__.py").touch()
    (tmp_path / "module").mkdir()
    (tmp_path / "module" / "alerts.py").touch()
    (tmp_path / "data" / "archive").mkdir(parents=True)  # a folder of data is no package
    one = patient(tmp_path / "x")
    for place, name in (("elsewhere", "archive"), ("module", "alerts")):
        found = machine.packages_are_ours(one, [str(tmp_path / place)], {})
        told(found, FAILURE, f"another package is called {name}: .*{place}", "environment of its own")
    claimed = machine.packages_are_ours(one, [], {"normalize": ["tocsin", "Normalize"]})
    told(claimed, FAILURE, "distribution Normalize", "pip uninstall Normalize")
    told(machine.packages_are_ours(one, [str(tmp_path / "data")], {"archive": ["tocsin"]}), OK, "own")
    told(machine.packages_are_ours(one), OK, "own")


def test_plugins_that_are_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cards() -> dict[str, object]:
        import warnings

        warnings.warn("source my_source of shop is left out: it has no profile", stacklevel=1)
        return {}

    monkeypatch.setattr(machine, "source_cards", cards)
    told(machine.sources_load(patient(tmp_path)), WARNING, "my_source of shop", "uninstall")


# ── the disk ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("free", "state"), [(10**8, FAILURE), (10**9, WARNING), (10**12, OK)])
def test_room_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: _Usage(free))
    told(disk.room(patient(tmp_path)), state, "GB are free")


@dataclasses.dataclass
class _Usage:
    free: int


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs", "smb3"])
def test_file_system_of_another_machine(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x {str(tmp_path).replace(' ', chr(92) + '040')} {kind} rw 0 0\n"
        f"tmpfs {tmp_path}/other tmpfs rw 0 0\n"
    )
    told(
        disk.file_system(patient(tmp_path / "t"), mounts),
        FAILURE,
        f"lies on {kind} at",
        "disk of this machine",
    )
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n")
    told(disk.file_system(patient(tmp_path / "t"), mounts), OK, "ext4 at /")


def test_writer_that_holds_the_lock_and_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    one = patient(tmp_path)
    with Archive.open(one.config.archive):
        told(disk.writer(one), OK, f"process {os.getpid()} is writing")
    told(disk.writer(one), OK, "nobody holds the lock")
    absent = dataclasses.replace(one.config, archive=tmp_path / "absent")
    told(disk.writer(dataclasses.replace(one, config=absent)), FAILURE, "cannot be written", "chown")


def test_archive_that_is_absent_or_newer(tmp_path: Path) -> None:
    one = patient(tmp_path)
    told(disk.archive(one), OK, "0 runs")
    with sqlite3.connect(one.config.archive / "archive.db") as database:
        database.execute("PRAGMA user_version = 9999")
    told(disk.archive(one), FAILURE, "schema 9999", "release")
    (one.config.archive / "archive.db").unlink()
    told(disk.archive(one), FAILURE, "no archive.db", "tocsin init")


# ── what a person wrote ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sources.us_ecfr]\nprats = []\n", "no such setting"),
        ('[sources.us_ecfr]\nevery = "often"\n', "not a cadence"),
        ("".join(f"[sources.{name}]\nenabled = false\n" for name in ("us_ecfr", "us_federal_register", "us_govinfo")), "no source runs"),
    ],
)  # fmt: skip
def test_sources_that_cannot_run(tmp_path: Path, text: str, said: str) -> None:
    told(settings.sources(patient(tmp_path, text)), FAILURE, said)
    told(settings.sources(patient(tmp_path / "well")), OK, "us_ecfr")


def test_watches_that_are_absent_or_faulty(tmp_path: Path) -> None:
    one = patient(tmp_path)
    one.config.watches.mkdir()
    told(settings.watches(one), WARNING, "no watch in", "watch generate")
    watch = (
        '[[watch]]\nname = "a"\nowner = "a@example.org"\nreason = "r"\nmatter = "m"\nnotify = ["console:"]\n'
    )
    (one.config.watches / "w.toml").write_text(f'{watch}eccn = ["3A090"]\n')
    told(settings.watches(one), OK, "1 watches")
    (one.config.watches / "w.toml").write_text(f'{watch}countries = ["Thailnd"]\n')
    told(settings.watches(one), FAILURE, "Thailnd", "watch list")


def test_contact_that_nobody_wrote(tmp_path: Path) -> None:
    told(settings.contact(patient(tmp_path)), WARNING, "no contact", "contact =")
    told(settings.contact(patient(tmp_path / "b", 'contact = "a@example.org"\n')), OK, "a@example.org")


def test_secrets_that_others_can_read(tmp_path: Path) -> None:
    one = patient(tmp_path, '[targets]\nmail = "file:mail-url"\nlog = "file:alerts.jsonl"\n')
    (tmp_path / "mail-url").write_text("smtp://a:b@mail.example.org/?to=c@example.org")
    (tmp_path / "alerts.jsonl").write_text("")
    (tmp_path / "mail-url").chmod(0o640)
    told(settings.secrets(one), FAILURE, "mail-url can be read by others", "chmod 600")
    (tmp_path / "mail-url").chmod(0o600)
    told(settings.secrets(one), OK, "nobody else")
    plain = patient(tmp_path / "plain", '[targets]\nmail = "smtp://a:b@mail.example.org/?to=c@example.org"\n')
    plain.file.chmod(0o644)
    told(settings.secrets(plain), WARNING, "target mail has its secret in", "env:NAME")


# ── who is reached ─────────────────────────────────────────────────────────────────────────────────


def test_targets_whose_secret_is_not_there(tmp_path: Path) -> None:
    one = patient(tmp_path, '[targets]\nmail = "env:MAIL"\n')
    told(reaching.targets(one), FAILURE, "MAIL is empty or not set", "Set MAIL")
    told(reaching.targets(patient(tmp_path / "none")), WARNING, "no targets", r"\[targets\]")
    there = dataclasses.replace(one, environment={"MAIL": "smtp://a:b@mail.example.org/?to=c@example.org"})
    told(reaching.targets(there), OK, "--send")


def test_targets_get_a_message_where_one_is_to_be_sent_and_a_refusal_is_told_without_the_secret(
    tmp_path: Path, server: tuple[str, type[Official]]
) -> None:
    base, official = server
    text = (
        f'[targets]\nlog = "file:alerts.jsonl"\nhook = "json://{base.removeprefix("http://")}/s3cr3t-p4th"\n'
    )
    one = patient(tmp_path, text, is_sending=True)
    official.status = 500
    found = reaching.targets(one)
    told(found, FAILURE, "did not take it")
    assert "s3cr3t-p4th" not in found.said + found.mend
    assert "test message" in (tmp_path / "alerts.jsonl").read_text()
    official.status = 200
    told(reaching.targets(one), OK, "2 targets took a message")
    assert "Nothing has changed in any regulation" in official.bodies[-1]


def test_operators_whom_nobody_named(tmp_path: Path) -> None:
    told(reaching.operators(patient(tmp_path)), WARNING, "nobody hears of incidents", "operators")
    named = '[alerts]\noperators = ["log"]\n[targets]\nlog = "file:a.jsonl"\n'
    told(reaching.operators(patient(tmp_path / "b", named)), OK, "log")


def test_heartbeat_that_is_absent_unset_or_not_heard(
    tmp_path: Path, server: tuple[str, type[Official]]
) -> None:
    base, official = server
    told(reaching.heartbeat(patient(tmp_path)), WARNING, "nobody outside", "heartbeat")
    unset = patient(tmp_path / "b", '[service]\nheartbeat = "env:BEAT"\n')
    told(reaching.heartbeat(unset), FAILURE, "not there", "Set the variable")
    text = f'[service]\nheartbeat = "{base}/beat"\nheartbeat_private = true\n'
    told(reaching.heartbeat(patient(tmp_path / "c", text)), SKIPPED, "--send")
    sending = patient(tmp_path / "c", text, is_sending=True)
    told(reaching.heartbeat(sending), OK, "heard")
    official.status = 500
    told(reaching.heartbeat(sending), FAILURE, "answered 500", "firewall")


# ── the network ────────────────────────────────────────────────────────────────────────────────────


class Official(http.server.BaseHTTPRequestHandler):
    """A host that answers with a date of its own."""

    status = 200
    ahead = timedelta()
    bodies: list[str]

    def do_HEAD(self) -> None:
        self.send_response_only(self.status)
        self.send_header("Date", format_datetime(datetime.now(UTC) + self.ahead, usegmt=True))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - as http.server calls it

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.do_HEAD()

    def log_message(self, *_arguments: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[tuple[str, type[Official]]]:
    handler = type("Own", (Official,), {"bodies": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}", handler
        running.shutdown()
    network._asked.cache_clear()


def mapped(base: str) -> str:
    hosts = ("www.ecfr.gov", "www.federalregister.gov", "www.govinfo.gov")
    return "[hosts]\n" + "".join(f'"{host}" = "{base}/{host}"\n' for host in hosts)


def test_hosts_that_cannot_be_reached(tmp_path: Path, server: tuple[str, type[Official]]) -> None:
    base, _ = server
    one = patient(tmp_path, mapped(base))
    told(network.hosts(one), OK, "hosts answer")
    away = patient(tmp_path / "b", mapped("http://127.0.0.1:9"))
    told(network.hosts(away), FAILURE, "of 3 cannot be reached: www.ecfr.gov", "firewall")
    told(network.hosts(dataclasses.replace(away, is_offline=True)), SKIPPED, "not to be asked")


@pytest.mark.parametrize(
    ("ahead", "said"), [(timedelta(hours=1), "s behind those"), (timedelta(hours=-1), "s ahead of")]
)
def test_clock_of_hosts_that_goes_otherwise(
    tmp_path: Path, server: tuple[str, type[Official]], ahead: timedelta, said: str
) -> None:
    base, official = server
    official.ahead = ahead
    told(network.clock(patient(tmp_path, mapped(base))), FAILURE, said, "NTP")


def test_clock_of_hosts_that_goes_as_ours(tmp_path: Path, server: tuple[str, type[Official]]) -> None:
    base, _ = server
    told(network.clock(patient(tmp_path, mapped(base))), OK, "s from those")
    told(
        network.clock(patient(tmp_path / "b", mapped("http://127.0.0.1:9"))), WARNING, "no host said", "hosts"
    )


# ── printing ───────────────────────────────────────────────────────────────────────────────────────


def test_pdf_without_pango(tmp_path: Path) -> None:
    def load() -> object:
        raise OSError("cannot load library 'libpango-1.0-0'\nand more")

    told(
        printing.pdf(patient(tmp_path), load),
        WARNING,
        r"cannot load library 'libpango-1\.0-0'\)$",
        "apt-get install",
    )
    told(printing.pdf(patient(tmp_path), lambda: None), OK, "Pango")


def test_fonts_without_japanese_or_chinese_signs(tmp_path: Path) -> None:
    def only_japanese(language: str) -> str:
        return "Noto Sans CJK JP\n" if language == "ja" else "\n"

    def no_program(_language: str) -> str:
        raise FileNotFoundError("fc-list")

    told(
        printing.fonts(patient(tmp_path), only_japanese), WARNING, "signs of zh-cn, zh-tw:", "fonts-noto-cjk"
    )
    speaks = patient(tmp_path / "b", '[digest]\nlanguage = "zh-Hans"\n')
    told(printing.fonts(speaks, only_japanese), FAILURE, "the digest is to speak it", "fonts-noto-cjk")
    told(
        printing.fonts(speaks, no_program),
        WARNING,
        "fontconfig is not installed",
        "apt-get install fontconfig",
    )
    told(printing.fonts(speaks, lambda _: "Noto"), OK, "Japanese and Chinese")


# ── all of them ────────────────────────────────────────────────────────────────────────────────────


def test_each_check_has_a_test_here_in_which_it_fails() -> None:
    """The names of the tests begin with those of the checks."""
    tests = [name.removeprefix("test_") for name in globals() if name.startswith("test_")]
    for name in CHECKS:
        assert any(test.startswith(f"{name.replace('-', '_')}_") for test in tests), name


def test_a_check_that_breaks_is_a_finding_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_patient: Patient) -> Found:
        raise ZeroDivisionError("s3cr3t")

    monkeypatch.setattr(checks, "CHECKS", {"a": broken, "b": lambda _: ok("fine")})
    (_, first), (_, second) = examine(patient(tmp_path))
    told(first, FAILURE, "the check itself broke: ZeroDivisionError$", "report")
    assert second == ok("fine")
    assert not is_well((first, second))
    assert is_well((second, Found(state=WARNING, said="x", mend="y")))
    assert not is_well((failure("x", "y"),))


def test_the_command_tells_each_with_its_mend_and_an_exit_status(tmp_path: Path) -> None:
    place = install(tmp_path / "tocsin")
    done = place.run("doctor", "--offline", "--only", "contact", "--only", "sqlite", "--json")
    found = {one["check"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert (found["sqlite"]["state"], found["contact"]["state"]) == (OK, WARNING)
    (place.folder / "archive" / "archive.db").unlink()
    failed = place.run("doctor", "--offline", "--only", "archive", status=1)
    assert "failure  archive" in failed.stdout
    assert "→" in failed.stdout
    assert "nearest" in place.run("doctor", "--only", "archiv", status=2).stderr
