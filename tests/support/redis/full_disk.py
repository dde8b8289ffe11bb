"""What a full disk does to Redis: its last save failed, so it refuses all that writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from support.harness.eventually import wait_until
from support.redis.redis_process import RedisProcess


@contextmanager
def full_disk(server: RedisProcess) -> Iterator[None]:
    """`server`, which has a save of its own set, cannot write its file, and has tried; at the end it can.

    A directory is in the file's place: permissions stop no test that runs as root.
    """
    in_its_place = server.folder / "dump.rdb"
    in_its_place.mkdir()
    try:
        _save(server, "err")
        yield
    finally:
        in_its_place.rmdir()
        _save(server, "ok")


def _save(server: RedisProcess, status: str) -> None:
    with server.client() as client:

        def ended() -> bool:
            facts = client.info("persistence")
            return not facts["rdb_bgsave_in_progress"] and facts["rdb_last_bgsave_status"] == status

        client.bgsave()
        wait_until(ended, within=60)
