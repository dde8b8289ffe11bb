"""Counting what an act asks of Redis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import redis

_OURS = {"info", "time"}
_ITS_OWN = {"ping", "replconf"}
"""What sentinels and replicas send."""


@contextmanager
def commands_of(raw: redis.Redis) -> Iterator[Counter[str]]:
    """Filled, at the end of the block, with the commands that Redis ran meanwhile, those in scripts included.

    TIME is left out: a Node reads the clock now and then, whatever is asked of it; and so is what its
    own deployment sends.
    """
    commands: Counter[str] = Counter()
    before = _calls(raw)
    yield commands
    commands.update(_calls(raw) - before)


def _calls(raw: redis.Redis) -> Counter[str]:
    stats = cast("dict[str, dict[str, int]]", raw.info("commandstats"))
    calls = {name.removeprefix("cmdstat_"): row["calls"] for name, row in stats.items()}
    return Counter({name: count for name, count in calls.items() if name not in _OURS | _ITS_OWN})
