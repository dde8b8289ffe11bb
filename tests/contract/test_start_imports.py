"""A server imports what its settings need, and no more: imports are most of what a start costs."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import grpc
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from support.harness.eventually import PATIENCE_SECONDS
from support.server.command import Started

IMPORTS = re.compile(r"^import time: +\d+ \| +\d+ \| +(\S+)$", re.MULTILINE)
TELLING = [sys.executable, "-X", "importtime", "-m", "quikstate_server"]
OURS = "quikstate_server.redis_client"
NEVER = {"rich.console", "typer.main"}
"""By modules of theirs: those that are hidden from a library are looked for, and not found."""
OPTIONAL = NEVER | {
    "grpc",
    "httpunk",
    "opentelemetry.sdk.trace",
    "opentelemetry.trace",
    "yaml",
    f"{OURS}.cluster.router",
    f"{OURS}.embedded.supervisor",
    f"{OURS}.sentinel.client",
}
REDIS = "--redis-url", "redis://127.0.0.1:1"


def imports(folder: Path, *flags: str) -> Sequence[str]:
    """What the server has imported when it has answered its first call, in order."""
    address = f"unix:{folder}/quikstate.sock"
    words = "serve", "--listen", address, "--metrics-listen", "", *flags
    with Started(*words, program=TELLING) as server, grpc.insecure_channel(address) as channel:
        check = HealthStub(channel).Check
        answer = check(HealthCheckRequest(), timeout=PATIENCE_SECONDS, wait_for_ready=True)
        assert answer.status == HealthCheckResponse.NOT_SERVING
        return IMPORTS.findall(server.said)


@pytest.mark.parametrize(
    ("flags", "needed"),
    [
        (["--transport", "grpc", *REDIS], {"grpc"}),
        (["--transport", "http", *REDIS], {"httpunk"}),
        (["--redis-url", "redis+sentinel://127.0.0.1:1/main"], {"grpc", f"{OURS}.sentinel.client"}),
        (["--redis-url", "redis+cluster://127.0.0.1:1"], {"grpc", f"{OURS}.cluster.router"}),
        (
            [*REDIS, "--otlp-endpoint", "http://127.0.0.1:1/v1/traces"],
            {"grpc", "opentelemetry.sdk.trace", "opentelemetry.trace"},
        ),
    ],
)
def test_a_server_imports_what_its_settings_need(
    flags: Sequence[str], needed: set[str], tmp_path: Path
) -> None:
    assert OPTIONAL & set(imports(tmp_path, *flags)) == needed


def test_a_server_with_a_settings_file_imports_yaml(tmp_path: Path) -> None:
    file = tmp_path / "quikstate.yaml"
    file.write_text("log_level: warning")
    assert OPTIONAL & set(imports(tmp_path, *REDIS, "--config", str(file))) == {"grpc", "yaml"}


def test_an_embedded_redis_is_imported_where_there_is_no_url(tmp_path: Path) -> None:
    """It is refused, since the data directory cannot be made: this needs no Redis."""
    (tmp_path / "file").touch()
    flags = "serve", "--listen", "127.0.0.1:0", "--data-dir", str(tmp_path / "file/data")
    with Started(*flags, program=TELLING) as server:
        assert server.ended() == 2
        assert OPTIONAL & set(IMPORTS.findall(server.said)) == {"grpc", f"{OURS}.embedded.supervisor"}


def test_protovalidate_is_imported_once_the_server_listens(tmp_path: Path) -> None:
    """Not before: its import takes as long as that of all our services."""
    names = imports(tmp_path, *REDIS)
    before = names[: names.index("quikstate_server.app") + 1]
    assert "protovalidate" not in before
