"""Lists of queues, as their tests ask for them, and a look at the index."""

from __future__ import annotations

import redis

from quikstate_server.keys import QUEUE_INDEX, Keyspace
from quikstate_server.primitives.queue.model import QueueName
from quikstate_server.primitives.queue.queues import Queues
from support.queue.requests import SPACE

NAMES, CONFIRMED = f"{{{QUEUE_INDEX}}}:names", f"{{{QUEUE_INDEX}}}:confirmed"


def named(queue: str, keyspace: Keyspace = SPACE) -> QueueName:
    return QueueName(keyspace, queue)


async def listed(
    queues: Queues, prefix: str = "", *, page_size: int = 100, keyspace: Keyspace = SPACE
) -> list[str]:
    """Return the names of all pages, in their order."""
    names: list[str] = []
    after = ""
    while True:
        page = await queues.list_queues(keyspace, prefix, after, page_size)
        names += [row.queue for row in page.queues]
        if not (after := page.next_after):
            return names


async def is_listed(queues: Queues, *names: str) -> None:
    assert await listed(queues) == [*names]


def forget_when_it_was_used(raw: redis.Redis, *queues: str) -> None:
    """Let the index have confirmed these queues long ago."""
    raw.zadd(CONFIRMED, dict.fromkeys(queues, 1), xx=True)
