"""What all scripts of presence have in common."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.script import Script, load_script

MOST = 100
"""Most connections or users one script acts on."""
ACT_SECONDS = 5.0
"""How long an act may take from its first script to its last, so that a last one which comes late is known
to be late."""
LATE_MS = 2 * round(ACT_SECONDS * 1_000)
"""How long it is known who left, for what comes late."""


def script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    flags = "allow-oom" if allow_oom else ""
    return load_script(__package__, file, *parts, flags=flags, read_only=read_only)


def chunks(
    redis_client: RedisClient, names: Sequence[str], weights: Sequence[int] = (), most_weight: int = MOST
) -> Iterator[list[int]]:
    """The positions of `names`, by what one script may touch: MOST each, of so much weight together."""
    for group in redis_client.split_by_slot(names):
        chunk: list[int] = []
        weight = 0
        for place in group:
            more = weights[place] if weights else 1
            if chunk and (len(chunk) == MOST or weight + more > most_weight):
                yield chunk
                chunk, weight = [], 0
            chunk.append(place)
            weight += more
        if chunk:
            yield chunk


def ms(seconds: float) -> int:
    return math.ceil(seconds * 1_000)
