"""Counting what an act asks of Redis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import redis

_OURS = {"info", "time"}
_ITS_OWN = {"ping", "replconf", "psync", "role"}
"""What sentinels, replicas and supervisors send."""
_CONNECTING = {"auth", "client", "cluster", "hello", "readonly", "select"}
_HEARING = {"psubscribe", "punsubscribe", "ssubscribe", "subscribe", "sunsubscribe", "unsubscribe"}
"""Whoever connects anew, or hears of others, does so whenever it comes to that."""


@contextmanager
def commands_of(raw: redis.Redis) -> Iterator[Counter[str]]:
    """Filled, at the end of the block, with the commands that Redis ran meanwhile, those in scripts included.

    TIME is left out: a Node reads the clock now and then, whatever is asked of it; and so is what connections
    begin with, what listens, and what its own deployment sends.
    """
    commands: Counter[str] = Counter()
    before = _calls(raw)
    yield commands
    commands.update(_calls(raw) - before)


def _calls(raw: redis.Redis) -> Counter[str]:
    stats = cast("dict[str, dict[str, int]]", raw.info("commandstats"))
    calls = {name.removeprefix("cmdstat_"): row["calls"] for name, row in stats.items()}
    others = _OURS | _ITS_OWN | _CONNECTING | _HEARING
    return Counter({name: count for name, count in calls.items() if name.partition("|")[0] not in others})
