"""`quikstate ping` imports nothing slow, and means the same as with typer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from typer.testing import CliRunner

from quikstate_server.cli.app import app
from quikstate_server.cli.common.connection_flags import connection_options
from quikstate_server.cli.common.plain_connection import parse_plain_words
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.server import ping, plain_ping
from quikstate_server.cli.server.health_call import HealthResponse, health_request
from quikstate_server.settings import read
from quikstate_server.settings.client_variables import CLIENT_VARIABLES
from quikstate_server.settings.listen_address import read_listener
from support.server.command import python

Called = tuple[ServerTarget, str, float, bool]
LINES: list[list[str]] = [
    [],
    ["db"],
    ["db:1", "--service", "liveness", "--timeout", "0.5", "--json"],
    ["--addr=db:1", "--service="],
    ["--no-tls", "--addr", "db:1", "--token", "x"],
    ["db:1", "--tls"],
    ["--addr", "a:1", "b:1"],
]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[Called]:
    seen: list[Called] = []

    def run(server: ServerTarget, service: str, timeout: float, *, json: bool) -> bool:
        seen.append((server, service, timeout, json))
        return True

    monkeypatch.setattr(ping, "run", run)
    return seen


def facts(call: Called) -> Sequence[Any]:
    server = call[0]
    return [server.address, server.token(), server.tls, server.is_named, *call[1:]]


@pytest.mark.parametrize("variables", [{}, {"QUIKSTATE_ADDR": "db:7"}])
@pytest.mark.parametrize("words", LINES)
def test_plain_ping_means_the_same_as_with_typer(
    words: list[str], variables: Mapping[str, str], called: list[Called], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nonexistent")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        plain_ping.run_plain(words)
    assert ended.value.code == 0
    assert CliRunner().invoke(app, ["ping", *words]).exit_code == 0
    assert facts(called[0]) == facts(called[1])


@pytest.mark.parametrize(
    "words",
    [["--help"], ["a", "b"], ["--timeout", "0"], ["--timeout", "x"], ["--addr"], ["-x"], ["--nothing"]],
)
def test_plain_ping_leaves_what_is_wrong_to_typer(words: list[str], called: list[Called]) -> None:
    assert plain_ping.run_plain(words) is False
    assert called == []


def test_plain_words_know_the_flags_and_variables_of_typer() -> None:
    options = {option.name: option for option in connection_options()}
    assert {name: option.envvar for name, option in options.items()} == dict(CLIENT_VARIABLES)
    for name, option in options.items():
        if name != "tls":
            parsed = parse_plain_words([option.opts[0], "x"], ())
            assert parsed is not None
            assert parsed.connection == {name: Path("x") if name.endswith("_file") else "x"}


def test_ping_imports_nothing_slow() -> None:
    """A container runs it every few seconds: these take longer to import than all the rest of it."""
    told = python(
        """
import sys
sys.argv = ["quikstate", "ping", "127.0.0.1:1"]
from quikstate_server.__main__ import main
try:
    main()
except SystemExit as ended:
    assert ended.code == 1
slow = {"asyncio", "cryptography", "google.protobuf", "grpc", "pydantic", "ssl", "typer", "yaml"}
loaded = slow & sys.modules.keys()
assert not loaded, loaded
"""
    )
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("service", ["", "liveness", "s" * 300, "é"])
def test_health_request_is_that_of_protobuf(service: str) -> None:
    message = HealthCheckRequest(service=service).SerializeToString()
    assert health_request(service) == b"\0" + len(message).to_bytes(4, "big") + message


@pytest.mark.parametrize("status", HealthCheckResponse.ServingStatus.keys())
def test_health_status_is_that_of_protobuf(status: str) -> None:
    message = HealthCheckResponse(status=status).SerializeToString()
    body = bytearray(b"\0" + len(message).to_bytes(4, "big") + message)
    assert HealthResponse(0, body=body).status == status


@pytest.mark.usefixtures("nothing_set")
def test_listener_is_that_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def listener() -> tuple[str, Path | None]:
        settings = read().settings
        return settings.listen, settings.tls_cert_file

    assert read_listener() == listener()
    certificate = tmp_path / "cert.pem"
    certificate.touch()
    file = tmp_path / "quikstate.yaml"
    file.write_text(f"listen: 127.0.0.1:1\ntls_cert_file: {certificate}\ntls_key_file: {certificate}\n")
    monkeypatch.setenv("QUIKSTATE_CONFIG", str(file))
    assert read_listener() == listener() == ("127.0.0.1:1", certificate)
    monkeypatch.setenv("QUIKSTATE_LISTEN", "unix:/run/q.sock")
    assert read_listener() == listener() == ("unix:/run/q.sock", certificate)
    monkeypatch.setenv("QUIKSTATE_LISTEN", "nowhere")
    assert read_listener() is None
    file.write_text("listen: [")
    monkeypatch.delenv("QUIKSTATE_LISTEN")
    assert read_listener() is None
