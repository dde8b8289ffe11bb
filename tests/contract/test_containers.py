"""The image and the compose files, as the guarantees demand them; `make containers` builds and runs them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from quikstate_server.settings import catalog
from support.harness.checkout import ROOT

ALONE, HA = ROOT / "docker-compose.yml", ROOT / "docker-compose.redis-ha.yml"
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in [ROOT / "Dockerfile", ALONE, HA, *DEPLOY.rglob("*")] if path.is_file())
SENTINELS = [f"redis-sentinel-{number}" for number in (1, 2, 3)]
SERVERS = ["redis-master", "redis-replica-1", "redis-replica-2"]


def services(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["services"]
    return found


def directives(name: str) -> dict[str, str]:
    """A Redis configuration, by directive; of sentinels by the first two words."""
    lines = (DEPLOY / "redis" / name).read_text(encoding="utf-8").splitlines()
    words = [line.split() for line in lines if line and not line.startswith("#")]
    return {" ".join(line[:-1]) if line[0] == "sentinel" else line[0]: line[-1] for line in words}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_evicts_and_no_password_stands_anywhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"allkeys-|volatile-", text)
    assert not re.search(r"(--requirepass|--pass|-a) +\S", text), "a command line is there for all to see"
    assert not re.search(r"^\s*(requirepass|masterauth) +[^\"\s$]", text, re.MULTILINE)


def test_redis_keeps_what_it_was_given() -> None:
    assert directives("redis.conf").items() >= {
        ("maxmemory-policy", "noeviction"),
        ("appendonly", "yes"),
        ("appendfsync", "everysec"),
    }
    assert directives("redis-ha.conf").items() >= {
        ("min-replicas-to-write", "1"),
        ("min-replicas-max-lag", "2"),
    }


def test_sentinels_know_servers_by_name() -> None:
    sentinel = directives("sentinel.conf")
    assert sentinel["sentinel resolve-hostnames"] == sentinel["sentinel announce-hostnames"] == "yes"
    assert sentinel["sentinel monitor mymaster redis-master 6379"] == "2"


def test_each_server_and_sentinel_has_a_directory_of_its_own_to_write_in() -> None:
    """Sentinel renames new files over its configuration: one that is mounted alone is never saved."""
    named = services(HA)
    assert named.keys() == {"quikstate", *SERVERS, *SENTINELS}
    for name in (*SERVERS, *SENTINELS):
        assert f"{name}:/data" in named[name]["volumes"]
        assert named[name]["hostname"] == name


@pytest.mark.parametrize("file", [ALONE, HA], ids=lambda file: str(file.name))
def test_services_are_checked_and_can_do_little(file: Path) -> None:
    for name, service in services(file).items():
        assert service["healthcheck"]["test"], name
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        for mounted in service.get("volumes", []):
            source = mounted.split(":")[0]
            assert not source.startswith("./") or (ROOT / source).is_dir(), "a directory, and it is there"


@pytest.mark.parametrize("file", [ALONE, HA], ids=lambda file: str(file.name))
def test_passwords_come_from_the_environment_or_nothing_starts(file: Path) -> None:
    told = [service.get("environment", {}) for service in services(file).values()]
    passwords = [value for one in told for name, value in one.items() if name.endswith("PASSWORD")]
    assert passwords
    assert [value for value in passwords if not re.match(r"\$\{[A-Z_]+:\?", value)] == []


@pytest.mark.parametrize("file", [ALONE, HA], ids=lambda file: str(file.name))
def test_what_the_server_is_told_are_settings(file: Path) -> None:
    known = {setting.variable for setting in catalog().values()}
    told = services(file)["quikstate"]["environment"]
    assert told.keys() <= known
    assert told["QUIKSTATE_STRICT"] == "true", "not ready on a Redis that evicts or forgets"
    assert re.fullmatch(r"redis(\+sentinel)?://[^@]*", told["QUIKSTATE_REDIS_URL"])


def test_the_image_is_nobodys_and_says_when_it_is_ready() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    known = {setting.variable for setting in catalog().values()}
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", dockerfile, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*CMD \[\"quikstate\", \"ping\"\]$", dockerfile, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {"python:3.12-slim"}
    assert set(re.findall(r"\b(QUIKSTATE_[A-Z_]+)=", dockerfile)) <= known
