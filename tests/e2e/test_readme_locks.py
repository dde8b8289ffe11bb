"""The README's section about locks: its calls print what it shows, its programs do what it says."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.harness.checkout import ROOT, program
from support.harness.eventually import PATIENCE_SECONDS
from support.lock.command import acquired_at, lock_at
from support.server.command import COMMAND, Serving, Started, StartServing, environment

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "127.0.0.1:50051"
CALLS = re.findall(r"^```console\n# .*\n\$ (.*)\n((?s:.*?))^```$", README, re.MULTILINE)
FENCED, ELECTED, *_ = re.findall(r"^```python\n((?s:.*?))^```$", README, re.MULTILINE)

STALE = """
from quikstate.v1.lock_pb2 import ForceReleaseLockRequest

def slowly():
    locks.ForceReleaseLock(ForceReleaseLockRequest(resource="report:7"))  # as if the TTL had run out
    assert publish("7", lambda: "by the later holder")
    return "by the stale holder"

assert publish("7", lambda: "by the first holder")
assert not publish("7", slowly)
assert store.execute("SELECT body FROM reports").fetchall() == [("by the later holder",)]
assert publish("7", lambda: "by the last holder")
"""

LEADS = r"we lead, with token (\d+)\n"
TTL = 3


@pytest.fixture
def serving(redis_url: str, serve: StartServing) -> Iterator[Serving]:
    with serve("--redis-url", redis_url) as running:
        yield running


@pytest.mark.parametrize(("call", "shown"), CALLS, ids=lambda text: text.split()[0])
def test_readme_lock_calls_print_what_is_shown(call: str, shown: str, serving: Serving) -> None:
    name, *words = shlex.split(call.replace(ADDRESS, serving.address))
    command = COMMAND if name == ".venv/bin/quikstate" else [program(Path(name).name)]
    ran = subprocess.run(
        [*command, *words],
        env=environment(QUIKSTATE_ADDR=serving.address),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert without_what_varies(ran.stdout) == without_what_varies(shown)


def without_what_varies(text: str) -> str:
    return re.sub(r"(?<![\w-])(\d{13}-\d+|\d{16}|[\w-]{22}|[\d.]+s)(?![\w-])", "…", text)


def test_readme_store_refuses_a_stale_token(serving: Serving, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", FENCED.replace(ADDRESS, serving.address) + STALE],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def candidate(server: str, name: str) -> Started:
    assert "TTL = 10\n" in ELECTED
    source = ELECTED.replace("TTL = 10\n", f"TTL = {TTL}\n")
    return Started(server, name, program=[sys.executable, "-c", source])


def test_readme_leader_is_followed_by_another_within_the_ttl_and_a_second(serving: Serving) -> None:
    with candidate(serving.address, "one:80") as first:
        token = int(first.says(LEADS))
        with candidate(serving.address, "two:80") as second:
            second.says("the leader is (one:80)\n")
            killed = time.time()
            first.send(signal.SIGKILL)
            assert int(second.says(LEADS)) > token
            second.says("the leader is (two:80)\n")
            assert acquired_at(lock_at(serving.address, "leader")) - killed <= TTL + 1


def test_readme_leader_goes_on_leading_when_its_server_is_restarted(
    serving: Serving, redis_url: str, serve: StartServing
) -> None:
    with serve("--redis-url", redis_url) as other:
        both = f"ipv4:{serving.address},{other.address}"
        with candidate(both, "one:80") as leader:
            token = leader.says(LEADS)
            with candidate(other.address, "two:80") as waiter:
                serving.terminate()
                assert serving.ended() == 0
                assert leader.says(rf"{token}\n(?:.*\n)*{LEADS}") == token
                assert not re.search(LEADS, waiter.said)
