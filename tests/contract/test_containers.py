"""The image and the compose files, as the guarantees demand them; `make containers` builds and runs them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from quikstate_server.cli.server import redis_acl
from quikstate_server.identity.auth_file import read_auth_file
from quikstate_server.identity.auth_policy import AuthPolicy
from quikstate_server.identity.credentials import BearerToken
from quikstate_server.settings import Settings, catalog
from support.harness.checkout import ROOT
from support.server.callers import EVERYTHING

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
    assert re.fullmatch(r"redis(\+sentinel)?://quikstate@[^@]*", told["QUIKSTATE_REDIS_URL"])


@pytest.mark.parametrize("file", [ALONE, HA], ids=lambda file: str(file.name))
def test_compose_serves_known_callers_on_loopback_alone(file: Path) -> None:
    """Plain text is allowed in words, and only as long as no other machine can call."""
    server = services(file)["quikstate"]
    assert server["environment"]["QUIKSTATE_INSECURE"] == "true"
    assert server["environment"]["QUIKSTATE_AUTH"] == "/etc/quikstate/auth/callers.yaml"
    assert server["volumes"] == ["./deploy/auth:/etc/quikstate/auth:ro"]
    assert all(port.startswith("127.0.0.1:") for port in server["ports"])


def test_redis_has_the_least_user() -> None:
    found = redis_acl.users(Settings.model_validate({"redis_url": "redis+sentinel://h/m"}))
    line = next(found).user.line.replace("ACL SETUSER", "user")
    lines = (DEPLOY / "redis/user.conf").read_text(encoding="utf-8").splitlines()
    assert [each for each in lines if not each.startswith("#")] == [line], f"put this there: {line}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what new-passwords.sh needs."""
    (tmp_path / "deploy/auth").mkdir(parents=True)
    shutil.copy(DEPLOY / "new-passwords.sh", tmp_path / "deploy")
    return tmp_path


def make_passwords(checkout: Path) -> None:
    subprocess.run(["sh", "deploy/new-passwords.sh"], cwd=checkout, check=True, capture_output=True)


def test_new_passwords_makes_a_policy_that_knows_the_token(checkout: Path) -> None:
    make_passwords(checkout)
    token = (checkout / ".token").read_text().strip()
    policy = AuthPolicy(read_auth_file(checkout / "deploy/auth/callers.yaml", EVERYTHING.keys()))
    caller = policy.identify(BearerToken.of(token)).caller
    assert caller.name == "admin"
    assert caller.grants.keys() == EVERYTHING.keys()
    modes = {name: (checkout / name).stat().st_mode & 0o777 for name in (".env", ".token")}
    assert set(modes.values()) == {0o600}
    assert (checkout / "deploy/auth/callers.yaml").stat().st_mode & 0o777 == 0o644


def test_new_passwords_keeps_what_is_there(checkout: Path) -> None:
    (checkout / ".env").write_text("REDIS_PASSWORD=kept\n")
    make_passwords(checkout)
    files = [checkout / name for name in (".env", ".token", "deploy/auth/callers.yaml")]
    first = [file.read_text() for file in files]
    assert first[0].startswith("REDIS_PASSWORD=kept\n")
    assert set(re.findall(r"^(\w+)=", first[0], re.MULTILINE)) == passwords_of(ALONE) | passwords_of(HA)
    make_passwords(checkout)
    assert [file.read_text() for file in files] == first


def passwords_of(file: Path) -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+):\?", file.read_text(encoding="utf-8")))


def test_the_image_is_nobodys_and_says_when_it_is_ready() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    known = {setting.variable for setting in catalog().values()}
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", dockerfile, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*CMD \[\"quikstate\", \"ping\"\]$", dockerfile, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {"python:3.12-slim"}
    assert set(re.findall(r"\b(QUIKSTATE_[A-Z_]+)=", dockerfile)) <= known
