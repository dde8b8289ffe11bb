"""The README's program for the cache loads once for all callers, and never stores an outdated value.

Its calls are run with those of locks (test_readme_locks.py).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.harness.checkout import ROOT
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.command import StartServing, environment

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "127.0.0.1:50051"
(PROFILE,) = re.findall(
    r"^```python\n((?:(?!```)(?s:.))*CacheServiceStub(?s:.*?))^```$", README, re.MULTILINE
)

MANY = """
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from quikstate.v1.cache_pb2 import DeleteEntriesRequest

loads = []

def slowly(user):
    loads.append(user)
    time.sleep(0.3)
    return {"name": "Ada"}

with ThreadPoolExecutor(50) as pool:
    profiles = list(pool.map(lambda _: profile("42", slowly), range(50)))
assert profiles == [{"name": "Ada"}] * 50
assert loads == ["42"], loads

def nobody(user):
    loads.append(user)

assert profile("43", nobody) is None
assert profile("43", nobody) is None
assert loads == ["42", "43"], loads

def changed_meanwhile(user):
    cache.DeleteEntries(DeleteEntriesRequest(tags=["profiles"]))
    return {"name": "before"}

assert profile("44", changed_meanwhile) == {"name": "before"}
assert profile("44", lambda user: {"name": "after"}) == {"name": "after"}
assert profile("44", slowly) == {"name": "after"}
assert profile("42", lambda user: {"name": "Grace"}) == {"name": "Grace"}
"""


@pytest.fixture
def redis() -> Iterator[RedisProcess]:
    process = RedisProcess(next(server for server in servers() if server.binary))
    yield process
    process.close()


def test_readme_profile_is_loaded_once_and_never_from_before_a_change(
    redis: RedisProcess, tmp_path: Path, serve: StartServing
) -> None:
    with serve("--redis-url", f"unix://{redis.path}") as serving:
        ran = subprocess.run(
            [sys.executable, "-W", "error", "-c", PROFILE.replace(ADDRESS, serving.address) + MANY],
            env=environment(),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
    with redis.client() as client:
        assert client.get("user:42") == '{"name": "Grace"}'
        assert client.get("user:43") is None
