"""The README's lines that switch on TLS and tokens work as they stand, and its file of callers is valid."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from quikstate_server.caller import Access
from quikstate_server.identity.auth_file import read_auth_file
from quikstate_server.identity.auth_policy import AuthPolicy
from quikstate_server.identity.credentials import BearerToken
from support.harness.checkout import ROOT, program
from support.server.callers import EVERYTHING
from support.server.certificates import OPENSSL
from support.server.command import Started, environment

README = (ROOT / "README.md").read_text(encoding="utf-8")
(SECTION,) = re.findall(r"^## Switch on TLS and tokens\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
MAKE, SERVE, CALL, CONTEXT = re.findall(r"^```shell\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
(CALLERS,) = re.findall(r"^<!-- callers: .*\n```yml\n((?s:.*?))^```$", README, re.MULTILINE)
needs_openssl = pytest.mark.usefixtures("certificates") if OPENSSL else pytest.mark.homeless

ADDRESS = "127.0.0.1:50051"
LOCK_RUN, BUF_CURL = CALL.replace("\\\n", "").splitlines()


def shell(script: str, folder: Path, address: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run lines of the README in a new directory, which has the protos as the checkout has them."""
    for written, here in {
        ".venv/bin/quikstate": f"{sys.executable} -m quikstate_server",
        ".venv/bin/buf": program("buf"),
        "--schema protos": f"--schema {ROOT / 'protos'}",
        ADDRESS: address,
    }.items():
        script = script.replace(written, here)
    return subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env=environment(XDG_CONFIG_HOME=str(folder), **variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def answered(script: str, folder: Path, address: str, **variables: str) -> str:
    result = shell(script, folder, address, **variables)
    assert result.returncode == 0, result.stderr
    return result.stdout


def refused(script: str, folder: Path, address: str) -> str:
    result = shell(script, folder, address)
    assert result.returncode != 0
    return result.stderr


@needs_openssl
def test_ten_lines_switch_on_tls_and_tokens(tmp_path: Path, transport: str) -> None:
    answered(MAKE, tmp_path, ADDRESS)
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
    _, *words = shlex.split(SERVE)
    files = {name: str(tmp_path / name) for name in ("cert.pem", "key.pem", "callers.yaml")}
    more = "--listen", "127.0.0.1:0", "--metrics-listen", "", "--transport", transport
    with Started(*(files.get(word, word) for word in words), *more, "--data-dir", str(tmp_path)) as server:
        address = server.says(r"serves on (127\.0\.0\.1:\d+)")
        assert answered(LOCK_RUN, tmp_path, address, QUIKSTATE_ADDR=address) == "held\n"
        assert "checkout:42" in answered(BUF_CURL, tmp_path, address)
        assert "HOLDER" in answered(CONTEXT, tmp_path, address)
        without = re.sub(r'-H "[^"]*" ', "", BUF_CURL)
        assert "unauthenticated" in refused(without, tmp_path, address)
        assert "permission_denied" in refused(BUF_CURL.replace("checkout:", "billing:"), tmp_path, address)
        assert "permission_denied" in refused(of_sessions(BUF_CURL), tmp_path, address)


def of_sessions(line: str) -> str:
    line = line.replace("LockService/GetLock", "SessionService/ListSessions")
    return line.replace('{"resource":"checkout:42"}', '{"userId":"u"}')


def test_file_of_callers_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "callers.yaml"
    file.write_text(CALLERS, encoding="utf-8")
    policy = AuthPolicy(read_auth_file(file, EVERYTHING.keys()))
    caller = policy.identify(BearerToken.of("qs_example")).caller
    assert (caller.name, caller.namespace, caller.quotas.waiting_calls) == ("checkout", "shop", 20)
    grant = caller.grant("lock", Access.WRITE)
    assert grant
    assert grant.allows("checkout:1")
    assert caller.grant("lock", Access.ADMIN) is None
