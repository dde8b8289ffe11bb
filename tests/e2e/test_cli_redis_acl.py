"""`quikstate redis-acl` prints what Redis takes, line by line, and what then suffices.

It calls no server, so it runs on no transport.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.command import quikstate


@pytest.fixture(params=[server for server in servers() if server.binary], ids=lambda server: server.name)
def redis(request: pytest.FixtureRequest) -> Iterator[RedisProcess]:
    process = RedisProcess(request.param, appendonly="yes")
    yield process
    process.close()


def typed_in(redis: RedisProcess, line: str) -> bytes:
    """What Redis replies to a line as redis-cli takes it."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(redis.path)
        connection.sendall(line.encode() + b"\r\n")
        return connection.recv(1_000)


def test_printed_user_suffices(redis: RedisProcess) -> None:
    prefixes = "--key-prefix", "Quik App*:", "--channel-prefix", "quik:"
    url = f"unix://team:secret@{redis.path}"
    told = quikstate("redis-acl", "--redis-url", url, *prefixes)
    assert told.returncode == 0
    heading, line = told.stdout.splitlines()
    assert heading == "# redis_url: on the server"
    assert "secret" not in told.stdout + told.stderr
    assert typed_in(redis, line) == b"+OK\r\n"
    assert typed_in(redis, "ACL SETUSER team >secret") == b"+OK\r\n"
    checked = quikstate("doctor", "--json", "--redis-url", url, *prefixes, "--listen", "127.0.0.1:0")
    rows = {row["check"]: row["state"] for row in json.loads(checked.stdout)}
    assert {name: state for name, state in rows.items() if name.startswith("redis")} == {"redis": "ok"}


def test_users_are_printed_for_programs() -> None:
    told = quikstate("redis-acl", "--json", "--redis-url", "redis+sentinel://a,b,c/m")
    of_redis, of_sentinels = json.loads(told.stdout)
    assert (of_redis["setting"], of_sentinels["setting"]) == ("redis_url", "redis.sentinel_username")
    assert of_redis["rules"][:2] == ["on", "clearselectors"]
    assert of_sentinels["command"].startswith("ACL SETUSER quikstate on")


def test_embedded_redis_needs_none() -> None:
    told = quikstate("redis-acl")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("quikstate: redis_url: is not set")
