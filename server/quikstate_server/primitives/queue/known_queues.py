"""Keeps the index of queues complete: confirms beside the calls which queues are in use.

No script of a queue can write the index, which is on another Cluster slot. So a process confirms a queue when
it uses one that it has not confirmed lately. What the index loses comes back within CONFIRM_SECONDS.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Coroutine, Iterable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from quikstate_server import call_context, keys
from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.queue.model import QueueName
from quikstate_server.primitives.queue.name_index import IndexedName, NameIndex
from quikstate_server.redis_client.reply_types import read_int
from quikstate_server.redis_client.slot_batches import MAX_ITEMS

T = TypeVar("T")

CONFIRM_SECONDS = 60.0
"""How long a process counts a queue as confirmed."""
_MAX_REMEMBERED = 16_384
"""How many queues a process counts as confirmed. Of more, it confirms some again sooner."""
_MAX_WAIT_SECONDS = 1.0
"""How long a call waits for the index, if its Redis server does not answer."""
_PAUSE_SECONDS = 1.0
"""How long the background waits after a confirmation that failed."""


class KnownQueues:
    """The queues that this process has confirmed lately."""

    def __init__(self, index: NameIndex, background: BackgroundTasks) -> None:
        self._index = index
        self._background = background
        self._confirmed_until: dict[QueueName, float] = {}
        self._to_confirm: dict[Keyspace, dict[str, None]] = {}
        self._failing: set[Keyspace] = set()
        """Those whose last confirmation failed: no call waits for their next one."""
        self._is_confirming = False

    def unconfirmed(self, names: Iterable[QueueName]) -> Sequence[QueueName]:
        """Return those of `names` that were not confirmed lately, mostly none."""
        now, confirmed_until = time.monotonic(), self._confirmed_until
        return [name for name in names if confirmed_until.get(name, 0.0) <= now]

    async def confirm_beside(self, names: Sequence[QueueName], work: Coroutine[Any, Any, T]) -> T:
        """Return what `work` returns, once the index has `names` too. A failure of the index is no error."""
        both: tuple[T, None] = await asyncio.gather(work, self._confirm_or_leave(names))
        return both[0]

    def confirm_soon(self, name: QueueName) -> None:
        """Confirm a queue in the background, unless it was confirmed lately."""
        if not self.unconfirmed([name]):
            return
        self._to_confirm.setdefault(name.keyspace, {})[name.queue] = None
        if not self._is_confirming:
            self._is_confirming = True
            self._background.spawn("queue.confirm_names", self._confirm_collected())

    def forget_soon(self, keyspace: Keyspace, names: Collection[IndexedName]) -> None:
        """Remove names without items from the index in the background."""
        if names:
            self._background.spawn("queue.forget_names", self._forget(keyspace, names))

    async def _confirm_or_leave(self, names: Sequence[QueueName]) -> None:
        """Confirm names of one namespace; leave them to the background where that has failed before."""
        keyspace = names[0].keyspace
        if keyspace in self._failing:
            for name in names:
                self.confirm_soon(name)
        else:
            await self._confirm(keyspace, [name.queue for name in names])

    async def _confirm_collected(self) -> None:
        try:
            while self._to_confirm:
                keyspace, queues = self._to_confirm.popitem()
                if not await self._confirm(keyspace, [*queues]):
                    await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            self._is_confirming = False

    async def _confirm(self, keyspace: Keyspace, queues: Sequence[str]) -> bool:
        """Confirm queues, and remember that. Return False if the index could not be written."""
        try:
            async with asyncio.timeout(_longest_wait()):
                for start in range(0, len(queues), MAX_ITEMS):
                    await self._confirm_batch(keyspace, queues[start : start + MAX_ITEMS])
        except (QuikstateError, TimeoutError):
            self._failing.add(keyspace)
            return False
        self._failing.discard(keyspace)
        return True

    async def _confirm_batch(self, keyspace: Keyspace, queues: Sequence[str]) -> None:
        until = time.monotonic() + CONFIRM_SECONDS
        stale = await self._index.confirm(keyspace, queues)
        self._remember((QueueName(keyspace, queue) for queue in queues), until)
        if stale:
            self._background.spawn("queue.check_stale_names", self._check_stale(keyspace, stale))

    def _remember(self, names: Iterable[QueueName], until: float) -> None:
        for name in names:
            self._confirmed_until.pop(name, None)  # so that those confirmed longest ago come first
            self._confirmed_until[name] = until
        while len(self._confirmed_until) > _MAX_REMEMBERED:
            del self._confirmed_until[next(iter(self._confirmed_until))]

    async def _check_stale(self, keyspace: Keyspace, names: Sequence[IndexedName]) -> None:
        """Remove those of the stale names whose queues do not exist."""
        with suppress(QuikstateError):
            exist = await asyncio.gather(*(self._exists(keyspace, name.queue) for name in names))
            gone = [name for name, exists in zip(names, exist, strict=True) if not exists]
            if gone:
                await self._forget(keyspace, gone)

    async def _exists(self, keyspace: Keyspace, queue: str) -> bool:
        key = keyspace.key(keys.queue(queue))
        reply = await self._index.redis_client.command("EXISTS", key, key=key, read_only=True)
        return bool(queue) and read_int(reply) > 0

    async def _forget(self, keyspace: Keyspace, names: Collection[IndexedName]) -> None:
        with suppress(QuikstateError):
            await self._index.forget(keyspace, names)


def _longest_wait() -> float:
    """Return how many seconds to wait for the index, so that the call itself is answered in time."""
    deadline = call_context.current().deadline
    return (
        _MAX_WAIT_SECONDS if deadline is None else min(_MAX_WAIT_SECONDS, (deadline - time.monotonic()) / 2)
    )
