"""What the victim has in Redis, and that nobody else changed it."""

from __future__ import annotations

from typing import TypeAlias

import redis

Estate: TypeAlias = dict[str, tuple[object, int]]
"""By key: its value as Redis dumps it, and the time at which it expires."""
_SHARED = "quikstate:presence:reap-schedule"
"""The only key that servers keep for all namespaces: its members are compared one by one."""


def estate_of(client: redis.Redis) -> Estate:
    """Return all that is there."""
    keys = sorted(set(client.scan_iter(count=1_000)) - {_SHARED})
    with client.pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.dump(key)
            pipeline.pexpiretime(key)
        replies = pipeline.execute()
    due = {f"{_SHARED} {member}": (score, -1) for member, score in client.zscan_iter(_SHARED)}
    return due | dict(zip(keys, zip(replies[::2], replies[1::2], strict=True), strict=True))


def differences(before: Estate, client: redis.Redis) -> list[str]:
    """Name the keys of `before` that are not as they were, or gone before their time."""
    after = estate_of(client)
    seconds, microseconds = client.time()
    now_ms = seconds * 1_000 + microseconds / 1_000
    lasting = [key for key, (_, expires_ms) in before.items() if expires_ms < 0 or expires_ms > now_ms]
    return [
        f"{key!r} {'changed' if key in after else 'gone'}" for key in lasting if after.get(key) != before[key]
    ]


def remove_all_but(estate: Estate, client: redis.Redis) -> None:
    """Delete what others wrote since."""
    strange = [key for key in client.scan_iter(count=1_000) if key not in estate and key != _SHARED]
    if strange:
        client.delete(*strange)
    for member, _ in client.zscan_iter(_SHARED):
        if f"{_SHARED} {member}" not in estate:
            client.zrem(_SHARED, member)
