"""The consumer in the README works through items, over a restart of the server.

Its calls are run with those of locks (test_readme_locks.py).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from support.harness.checkout import ROOT
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.command import Serving, Started, StartServing, quikstate

README = (ROOT / "README.md").read_text(encoding="utf-8")
(CONSUMER,) = re.findall(
    r"^```python\n((?:(?!```)(?s:.))*QueueServiceStub(?s:.*?))^```$", README, re.MULTILINE
)
PUSH = '    print("pushed", payload.decode(), flush=True)\n'
FAILS_ONCE = f"""    if payload == b"fragile" and payload not in seen:
        seen.append(payload)
        raise RuntimeError("once")
{PUSH}
seen = []
"""
QUEUE = "notifications:user-7"


@pytest.fixture
def redis_url() -> Iterator[str]:
    server = next((server for server in servers() if server.binary), None)
    assert server, "there is no Redis server here"
    process = RedisProcess(server)
    yield f"unix://{process.path}"
    process.close()


def test_readme_consumer_settles_retries_and_outlives_its_server(redis_url: str, serve: StartServing) -> None:
    assert PUSH in CONSUMER
    with serve("--redis-url", redis_url) as first, serve("--redis-url", redis_url) as second:
        both = f"ipv4:{first.address},{second.address}"
        program = [sys.executable, "-c", CONSUMER.replace(PUSH, FAILS_ONCE)]
        with Started(both, program=program) as consumer:
            send(second, "one", "fragile")
            consumer.says("(pushed one)")
            consumer.says("(failed once)")
            consumer.says("(pushed fragile)")
            first.terminate()
            assert first.ended() == 0
            send(second, "two")
            consumer.says("(pushed two)")
            pushed = re.findall(r"pushed (\w+)", consumer.said)
    assert sorted(pushed) == ["fragile", "one", "two"]


def send(server: Serving, *payloads: str) -> None:
    sent = quikstate("queue", "send", QUEUE, *payloads, QUIKSTATE_ADDR=server.address)
    assert (sent.returncode, sent.stderr) == (0, "")
