"""Makes a Redis take a while to load its data; meanwhile it answers LOADING."""

from __future__ import annotations

from support.harness.eventually import wait_until
from support.redis.redis_process import RedisProcess

_KEYS_PER_SECOND = 100
"""How many keys it loads in a second; it answers between two keys."""


def make_slow_to_load(redis: RedisProcess, seconds: int = 6) -> None:
    """Make each start from now on take at least so many seconds: enough to be seen on a busy machine.

    It needs an append-only file.
    """
    with redis.client() as client:
        client.config_set("rdbcompression", "no")  # or many keys would be loaded in one go
        client.mset({f"key:{number}": "x" * 1_000 for number in range(seconds * _KEYS_PER_SECOND)})
        client.bgrewriteaof()
        wait_until(lambda: not client.info("persistence")["aof_rewrite_in_progress"], within=60)
    delay = str(1_000_000 // _KEYS_PER_SECOND)
    redis.config |= {"key-load-delay": delay, "loading-process-events-interval-bytes": "1024"}
