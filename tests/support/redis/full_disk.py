"""Simulates a full disk: the last save of Redis failed, so it refuses all writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from support.harness.eventually import wait_until
from support.redis.redis_process import RedisProcess


@contextmanager
def full_disk(server: RedisProcess) -> Iterator[None]:
    """Make the next save of `server`, which needs `save` points, fail; at the end a save succeeds.

    A directory takes the place of the file: permissions do not stop a test that runs as root.
    """
    obstacle = server.folder / "dump.rdb"
    obstacle.mkdir()
    try:
        _save(server, "err")
        yield
    finally:
        obstacle.rmdir()
        _save(server, "ok")


def _save(server: RedisProcess, status: str) -> None:
    with server.client() as client:

        def ended() -> bool:
            facts = client.info("persistence")
            return not facts["rdb_bgsave_in_progress"] and facts["rdb_last_bgsave_status"] == status

        client.bgsave()
        wait_until(ended, within=60)
