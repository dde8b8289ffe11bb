"""Counts the commands that an operation costs in Redis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import redis

_OF_NODES = {"info", "time"}
_OF_DEPLOYMENT = {"ping", "replconf", "psync", "role"}
"""What sentinels, replicas and supervisors send."""
_CONNECTING = {"auth", "client", "cluster", "hello", "readonly", "select"}
_SUBSCRIBING = {"psubscribe", "punsubscribe", "ssubscribe", "subscribe", "sunsubscribe", "unsubscribe"}
"""A subscriber connects and subscribes at any time."""


@contextmanager
def commands_of(raw: redis.Redis) -> Iterator[Counter[str]]:
    """Yield a counter that holds, after the block, the commands that Redis ran in it, also within scripts.

    It leaves out TIME, since a Node reads the clock now and then, and the commands of connecting, of
    subscribing, and of sentinels, replicas and supervisors.
    """
    commands: Counter[str] = Counter()
    before = _calls(raw)
    yield commands
    commands.update(_calls(raw) - before)


def _calls(raw: redis.Redis) -> Counter[str]:
    stats = cast("dict[str, dict[str, int]]", raw.info("commandstats"))
    calls = {name.removeprefix("cmdstat_"): row["calls"] for name, row in stats.items()}
    others = _OF_NODES | _OF_DEPLOYMENT | _CONNECTING | _SUBSCRIBING
    return Counter({name: count for name, count in calls.items() if name.partition("|")[0] not in others})
