"""The README's section on one port is true: its calls print what follows them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.harness.checkout import ROOT
from support.server.server_process import ServerProcess

README = (ROOT / "README.md").read_text(encoding="utf-8")
(SECTION,) = re.findall(r"^## One port\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
CALLS = re.findall(r"^```console\n\$ (curl [^\n]*)\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
PATHS = ["/healthz", "/readyz", "/openapi.json"]

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl on PATH")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    folder: Path = tmp_path_factory.mktemp("data")
    with ServerProcess(data_dir=str(folder), transport="http") as running:
        yield running


def curl(server: ServerProcess, *words: str) -> str:
    command = ["curl", "--silent", "--show-error", *words]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return result.stdout.replace(server.address, "127.0.0.1:50051")


@pytest.mark.parametrize(("command", "output"), CALLS, ids=[command.split()[-1] for command, _ in CALLS])
def test_calls_print_what_follows_them(command: str, output: str, server: ServerProcess) -> None:
    _, *words = shlex.split(command.replace("127.0.0.1:50051", server.address))
    printed = curl(server, *words)
    assert re.sub(r'"value":"[^"]+"', '"value":"…"', printed) == output.rstrip("\n")


@pytest.mark.parametrize("path", PATHS)
def test_paths_are_served(path: str, server: ServerProcess) -> None:
    assert path in SECTION
    assert curl(server, "--fail", f"http://{server.address}{path}")


@pytest.mark.parametrize("version", ["--http1.1", "--http2-prior-knowledge"])
def test_curl_speaks_both_versions(version: str, server: ServerProcess) -> None:
    message = '{"resource":"r"}'
    url = f"http://{server.address}/quikstate.v1.LockService/GetLock"
    assert '"held":false' in curl(server, version, "--json", message, url)
