"""The call that a person is shown is one that works where they are."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from quikstate_server import banner
from quikstate_server.redis_client.inspection import RedisFinding, Severity
from quikstate_server.settings import Settings
from quikstate_server.transport.exposure import is_open_to_others


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with an environment in which buf is installed."""
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/buf").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    return tmp_path


def test_buf_is_named_as_the_shell_finds_it(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    assert banner.first_call("127.0.0.1:50051").startswith(".venv/bin/buf curl ")
    monkeypatch.chdir("/")
    assert shlex.split(banner.first_call("127.0.0.1:50051"))[0] == str(checkout / ".venv/bin/buf").lstrip("/")
    (checkout / ".venv/bin/buf").unlink()
    assert banner.first_call("127.0.0.1:50051").startswith("buf curl ")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("127.0.0.1:50051", ["http://127.0.0.1:50051/quikstate.v1.RateLimitService/CheckRateLimit"]),
        ("0.0.0.0:80", ["http://127.0.0.1:80/quikstate.v1.RateLimitService/CheckRateLimit"]),
        ("[::]:80", ["http://[::1]:80/quikstate.v1.RateLimitService/CheckRateLimit"]),
        (
            "unix:/run/q.sock",
            ["--unix-socket", "/run/q.sock", "http://localhost/quikstate.v1.RateLimitService/CheckRateLimit"],
        ),
    ],
)
def test_the_call_goes_where_the_server_listens(address: str, target: list[str]) -> None:
    assert shlex.split(banner.first_call(address))[-len(target) :] == target
    assert address in banner.text(address)


def test_the_call_speaks_tls_where_the_server_does(tmp_path: Path) -> None:
    pem = tmp_path / "tls.pem"
    pem.touch()
    files = {"tls_cert_file": pem, "tls_key_file": pem}
    one_way = banner.tls_flags(Settings.model_validate(files))
    mutual = banner.tls_flags(Settings.model_validate(files | {"tls_client_ca_file": pem}))
    assert [banner.tls_flags(Settings()), one_way] == ["", "--cacert ca.pem"]
    assert " https://127.0.0.1:1/" in banner.first_call("127.0.0.1:1", mutual)
    assert " --cacert ca.pem --cert client.pem --key client.key " in banner.first_call("127.0.0.1:1", mutual)


def test_the_call_has_a_token_where_callers_are_known(tmp_path: Path) -> None:
    assert banner.credential_flags(Settings()) == ""
    flags = banner.credential_flags(Settings(auth=tmp_path / "callers.yaml"))
    words = shlex.split(banner.first_call("127.0.0.1:1", "", flags))
    assert words[words.index("-H") + 1] == "authorization: Bearer $TOKEN"
    assert "--http2-prior-knowledge" in words


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("127.0.0.1:1", False),
        ("[::1]:1", False),
        ("unix:/a", False),
        ("0.0.0.0:1", True),
        ("10.0.0.1:1", True),
    ],
)
def test_only_loopback_sockets_and_mutual_tls_are_not_open_to_others(
    address: str, is_open: bool, tmp_path: Path
) -> None:
    assert is_open_to_others(Settings(), address) is is_open
    ca = tmp_path / "ca.pem"
    ca.touch()
    assert not is_open_to_others(Settings(tls_client_ca_file=ca), address)
    assert not is_open_to_others(Settings(auth=ca), address)
    optional = Settings(tls_client_ca_file=ca, tls_client_auth="optional")
    assert is_open_to_others(optional, address) is is_open


class Redis:
    """As far as it is looked at."""

    def __init__(
        self, *, answers: bool = True, refusal: str = "", live: bool = True, down: bool = False
    ) -> None:
        self.is_available, self.write_refusals = answers, {"a node": refusal} if refusal else {}
        self.router = SimpleNamespace(is_down=down)
        self.subscriber = SimpleNamespace(is_live=live)


@pytest.mark.parametrize(
    ("redis", "found", "why"),
    [
        (Redis(answers=False, live=False), False, "Redis does not answer"),
        (Redis(answers=False, down=True), False, "the Redis cluster does not serve all keys"),
        (Redis(refusal="MISCONF: disk"), False, "Redis refuses writes: MISCONF: disk"),
        (Redis(live=False), False, "the subscription to Redis channels is down"),
        (Redis(), True, "--strict is set and Redis could lose data: persistence"),
        (Redis(), False, "Redis has not been inspected yet"),
    ],
)
def test_why_a_server_is_not_ready_is_said(redis: Any, found: bool, why: str) -> None:
    findings = [RedisFinding("persistence", Severity.LOSS, "what", "remedy")] if found else []
    assert banner.unready_reason(redis, findings) == why
