"""What stands in ``deploy/`` is true: every command and option is one of the program, every file is there, systemd reads the units."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from prometheus_client.parser import text_string_to_metric_families

from archive import ledger, outbox
from archive.incidents import Trouble, settle
from archive.records import Delivery
from archive.store import Archive
from tests.archive.building import at
from tests.tocsin.service.settings import written
from tocsin.cli import cli
from tocsin.config_service import ServiceTable
from tocsin.config_web import Proxy, WebTable
from tocsin.schedule import STOP_SECONDS
from tocsin.service.figures import exposition
from tocsin.service.stopping import STATUS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
README = (DEPLOY / "README.md").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


class Unit(configparser.RawConfigParser):
    """A unit of systemd: keys keep their case, some stand there several times."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",), interpolation=None)
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read_string(path.read_text(encoding="utf-8"))


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every call of tocsin in deploy/, with the file it stands in."""
    for unit in SERVICES:
        yield unit.name, shlex.split(Unit(unit)["Service"]["ExecStart"])[1:]
    for line in re.findall(r"^(?:\s*)(.*\btocsin .*)$", README, re.MULTILINE):
        if line.startswith(("-", "|")) or not re.match(r"(runuser|podman run|/opt|tocsin)", line):
            continue
        said = shlex.split(line.partition(" # ")[0])
        named = [
            number for number, word in enumerate(said) if word == "tocsin" or word.endswith("/bin/tocsin")
        ]
        yield "README.md", said[named[-1] + 1 :]
    for said in re.findall(r"`tocsin ([^`]+)`", README):
        yield "README.md", shlex.split(said)
    for said in re.findall(r'"tocsin"(?:, )?((?:"[^"]+"(?:, )?)*)\]', CONTAINER):
        yield "Containerfile", re.findall(r'"([^"]+)"', said)


@pytest.mark.parametrize(
    ("file", "words"),
    list(commands()),
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_every_command_and_option_is_one_of_the_program(file: str, words: list[str]) -> None:
    command: click.Command = cli
    while words:
        word = words.pop(0)
        if word.startswith("-"):
            options = {name: param for param in command.params for name in param.opts}
            assert word in options, f"{file}: {word}"
            if not getattr(options[word], "is_flag", False):
                words.pop(0)
        elif isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            assert found is not None, f"{file}: {word}"
            command = found


def test_the_commands_were_found() -> None:
    said = [" ".join(words) for _, words in commands()]
    for one in ("run", "serve", "doctor", "init", "run --once", "backup", "retain --apply", "health --json"):
        assert any(one in words for words in said), (one, said)


def test_every_key_that_is_named_is_one_of_the_configuration(tmp_path: Path) -> None:
    for key in re.findall(r"`\[service\] (\w+)", README):
        assert key in ServiceTable.__struct_fields__
    for key in re.findall(r"`\[web\] (\w+)", README):
        assert key in WebTable.__struct_fields__
    nginx = (DEPLOY / "proxy" / "nginx.conf").read_text(encoding="utf-8")
    toml = "\n".join(
        line.lstrip("# ").removeprefix("tocsin.toml:").strip().partition("     ")[0]
        for line in nginx.splitlines()[2:7]
    )
    config = written(tmp_path, toml)
    assert config.web.listen == "http://127.0.0.1:8801"
    assert config.web.proxy.secret == "env:TOCSIN_PROXY_SECRET"


@pytest.mark.parametrize("file", ["nginx.conf", "Caddyfile"])
def test_the_proxies_send_the_headers_that_tocsin_believes_and_no_others(file: str) -> None:
    text = (DEPLOY / "proxy" / file).read_text(encoding="utf-8")
    assert Proxy().user in text
    assert Proxy().secret_header in text
    for hidden in ("/-/health", "/-/metrics"):
        assert hidden in text
    assert text.count("{") == text.count("}")
    for place in re.findall(r"proxy_pass (\S+);|reverse_proxy (\S+) ", text):
        assert "127.0.0.1:8801" in "".join(place)
    if file == "nginx.conf":
        # A browser could send either: wherever something is passed on, both are set.
        for block in re.findall(r"location [^{]+\{([^}]*proxy_pass[^}]*)\}", text):
            assert "X-Remote-User" in block
            assert "X-Proxy-Secret" in block or "tocsin-secret.conf" in block
    else:
        # Caddy does a bare respond after every handle, wherever it stands: what is hidden would be passed on first.
        assert not re.search(r"^\trespond", text, re.MULTILINE)
        for block in re.findall(r"reverse_proxy [^{]+\{(.*?)\n\t\t\}", text, re.DOTALL):
            assert "X-Remote-User" in block
            assert "X-Proxy-Secret" in block


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_is_hardened_and_stops_as_the_program_does(unit: Path) -> None:
    service = Unit(unit)["Service"]
    assert service["User"] == "tocsin"
    for key in (
        "NoNewPrivileges",
        "ProtectHome",
        "PrivateTmp",
        "PrivateDevices",
        "ProtectKernelModules",
        "RestrictSUIDSGID",
    ):
        assert service[key] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["StateDirectory"] == "tocsin"
    assert service["ExecStart"].startswith("/opt/tocsin/bin/tocsin --config /var/lib/tocsin/tocsin.toml ")
    assert not any("TOCSIN_NOW" in value for value in service.values())
    if "run" in service["ExecStart"].split():
        assert int(service["TimeoutStopSec"]) > STOP_SECONDS + 2
        assert service["KillMode"] == "mixed"
    if "--once" in service["ExecStart"]:
        assert int(service["SuccessExitStatus"]) == STATUS


@pytest.mark.parametrize(
    "unit", [unit for unit in UNITS if unit.suffix == ".timer"], ids=lambda unit: unit.name
)
def test_a_timer_has_its_service_and_makes_up_for_what_was_missed(unit: Path) -> None:
    assert unit.with_suffix(".service") in SERVICES
    timer = Unit(unit)["Timer"]
    assert timer["Persistent"] == "yes"
    assert timer["RandomizedDelaySec"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/tocsin/bin/tocsin", "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "tocsin" in line]
    assert ours == []


def test_the_container_runs_as_nobody_in_particular_and_copies_what_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    assert all((ROOT / source).exists() for source in sources)
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(sources)
    assert {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]} <= set(sources)
    users = re.findall(r"^USER (.+)$", CONTAINER, re.MULTILINE)
    assert users
    assert users[-1] not in ("root", "0")
    assert CONTAINER.index("USER ") < CONTAINER.index("ENTRYPOINT")
    images = re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE)
    assert all(re.fullmatch(r"docker\.io/library/python:3\.\d+-slim", image) for image in images)
    assert all(tuple(map(int, re.findall(r"\d+", image))) >= (3, 11) for image in images)
    assert "HEALTHCHECK" in CONTAINER
    assert "STOPSIGNAL SIGTERM" in CONTAINER


def test_the_alerts_ask_for_figures_that_there_are(tmp_path: Path) -> None:
    config = written(tmp_path, "")
    with Archive.open(config.archive) as archive:
        run = ledger.start_run(archive, "us_ecfr", at=at(0), replayed=False)
        ledger.finish_run(archive, run, at=at(1), outcome="incomplete", reason="x")
        settle(
            archive, "us_ecfr", "failing", [Trouble(subject="", said="x")], at=at(1), patience=at(9) - at(0)
        )
        owed = Delivery(
            key="k", message_id="m", transition_id="t", watch="w", target="x", changes=("c",), payload="{}"
        )
        outbox.enqueue(archive, owed, at(2))
    names = {
        sample.name
        for family in text_string_to_metric_families(exposition(config.archive, config).decode())
        for sample in family.samples
    }
    rules = (DEPLOY / "prometheus" / "tocsin.rules.yml").read_text(encoding="utf-8")
    asked = re.findall(r"expr: (\w+)", rules)
    assert len(asked) > 4
    assert set(asked) <= names


def test_the_readme_of_deploy_names_every_file() -> None:
    for file in DEPLOY.rglob("*"):
        if file.is_file() and file.name != "README.md":
            assert file.name in README or "deploy/systemd/*" in README
