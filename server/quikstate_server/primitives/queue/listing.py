"""Lists a namespace's queues from its index, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence

from quikstate_server.errors import KeyTypeConflict, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.queue.known_queues import KnownQueues
from quikstate_server.primitives.queue.model import QueueName, QueuePage, QueueStats, QueueSummary, QueueView
from quikstate_server.primitives.queue.name_index import IndexedName, NameIndex
from quikstate_server.primitives.queue.store import QueueStore
from quikstate_server.redis_client.slot_batches import group_equal, run_slot_batches

_BEFORE_ALL = "\0"
"""Comes before the names of all queues, which hold no control characters."""


class QueueList:
    """The queues that have items. Names without items leave the index when they are stale."""

    def __init__(self, store: QueueStore, index: NameIndex, known: KnownQueues) -> None:
        self._store = store
        self._index = index
        self._known = known

    async def page(self, keyspace: Keyspace, prefix: str, after: str, size: int) -> QueuePage:
        """Return queues with items among the next `size` names that begin with `prefix`."""
        rows = await self._index.read(keyspace, prefix, after, size + 1)
        names, is_last = rows[:size], len(rows) <= size
        of_no_queue = [name for name in names if not name.queue]
        if of_no_queue:  # a raw Redis client wrote them
            await self._index.forget(keyspace, of_no_queue)
        readable = [name for name in names if name.queue]
        stats = await self._count(keyspace, readable)
        counted = list(zip(readable, stats, strict=True))
        self._known.forget_soon(
            keyspace, [name for name, count in counted if name.is_stale and count and not count.items]
        )
        summaries = [QueueSummary(name.queue, count) for name, count in counted if count and count.items]
        last = readable[-1].queue if readable else after or _BEFORE_ALL
        return QueuePage(summaries, "" if is_last else last)

    async def _count(self, keyspace: Keyspace, names: Sequence[IndexedName]) -> Sequence[QueueStats | None]:
        """Return the counts of each queue; None for a key of another type, which is no queue."""

        async def count(indexes: Sequence[int]) -> Sequence[QueueStats]:
            name = QueueName(keyspace, names[indexes[0]].queue)
            return [(await self._store.inspect(name, QueueView.NONE, "", 1)).stats]

        results = await run_slot_batches(group_equal(name.queue for name in names), count)
        return [_stats_or_none(result) for result in results]


def _stats_or_none(result: QueueStats | QuikstateError) -> QueueStats | None:
    if isinstance(result, KeyTypeConflict):
        return None
    if isinstance(result, QuikstateError):
        raise result
    return result
