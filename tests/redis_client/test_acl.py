"""The least Redis user may do what it needs on every server, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import redis

from quikstate_server.primitives.redis_commands import redis_commands
from quikstate_server.redis_client.acl import redis_user
from quikstate_server.redis_client.connection.dial import Credentials
from quikstate_server.redis_client.inspection import inspect_redis
from quikstate_server.settings import Mode
from support.redis.clients import Connect
from support.redis.redis_process import StartRedis

_PASSWORD = "two words"  # noqa: S105 - of a server of the test's own
_REFUSED = [
    ("KEYS", "*"),
    ("CONFIG", "GET", "maxmemory"),
    ("CONFIG", "SET", "maxmemory", "1"),
    ("FLUSHALL",),
    ("FLUSHDB",),
    ("MONITOR",),
    ("ACL", "WHOAMI"),
    ("CLIENT", "LIST"),
    ("CLIENT", "KILL", "TYPE", "normal"),
    ("SHUTDOWN",),
    ("REPLICAOF", "NO", "ONE"),
    ("SCRIPT", "FLUSH"),
    ("GET", "other"),
    ("SET", "ns.other:k", "v"),
    ("EVAL", "return redis.call('GET', KEYS[1])", "1", "{other}:k"),
    ("EVAL", "return redis.call('KEYS', '*')", "0"),
    ("PUBLISH", "__sentinel__:hello", "x"),
    ("PUBLISH", "other", "x"),
    ("SUBSCRIBE", "__sentinel__:hello"),
    ("SUBSCRIBE", "other"),
]
_ALLOWED = [
    ("SET", "a b[:k", "v"),
    ("GET", "{a b[:k}:meta"),
    ("GET", "a b[:ns.team:k"),
    ("PUBLISH", "c*:orders", "x"),
    ("PUBLISH", "c*:ns.team:orders", "x"),
    ("PUBLISH", "{a b[:k}:live", "x"),
    ("SUBSCRIBE", "c*:orders"),
    ("PSUBSCRIBE", "c*:any*"),
]


@pytest.fixture
def as_least(start_redis: StartRedis) -> Iterator[Any]:
    """A plain client that is a least user whose prefixes have special characters."""
    server = start_redis()
    with server.client() as client:
        _add_user(client, key_prefix="a b[:", channel_prefix="c*:")
    with server.client(username="least", password=_PASSWORD) as client:
        yield client


def _add_user(client: Any, *more: str, **prefixes: Any) -> None:
    user = redis_user("least", Mode.STANDALONE, redis_commands(), **prefixes)
    client.execute_command("ACL", "SETUSER", user.name, *user.rules, f">{_PASSWORD}", *more)


@pytest.mark.parametrize("words", _REFUSED, ids=" ".join)
def test_user_is_refused_everything_else(words: Sequence[str], as_least: Any) -> None:
    with pytest.raises(redis.ResponseError, match=r"(?i)no permissions|can't run this command"):
        as_least.execute_command(*words)


@pytest.mark.parametrize("words", _ALLOWED, ids=" ".join)
def test_user_may_use_its_prefixes(words: Sequence[str], as_least: Any) -> None:
    as_least.execute_command(*words)


async def test_user_without_info_is_served_and_it_is_said(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    with server.client() as client:
        _add_user(client, "-info")
    inspection = await inspect_redis(await connect(server.address, Credentials("least", _PASSWORD)))
    assert inspection.release is None
    (finding,) = inspection.findings
    assert finding.name == "uninspected"
    assert "INFO" in finding.what
