"""A world of producers, consumers and servers that are killed at random."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from contextlib import suppress

from quikstate_server.drain import Drain
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.queue.model import (
    Delivery,
    EnqueuedItem,
    NewQueueItem,
    QueueName,
    QueueView,
    Settlement,
    SettlementAction,
    SettlementOutcome,
)
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import throughout
from support.lock.servers import Wire
from support.queue.history import History

_LEASES = (0.15, 0.3, 0.6)
_DRAIN_SECONDS = 15.0


class World:
    """One run, with its own queues."""

    def __init__(self, redis_clients: Sequence[RedisClient], seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - to be repeated
        self._redis_clients = redis_clients
        self._names = [QueueName(Keyspace(namespace=f"run{seed}"), name) for name in ("a", "b")]
        self._numbers = itertools.count()
        self._servers = [self._server(index) for index in range(len(redis_clients))]
        self.history = History()
        self.kills = 0

    def _server(self, index: int) -> tuple[Wire, Queues]:
        wire = Wire(self._redis_clients[index])
        return wire, Queues(wire, Limits(), Drain())

    async def run(self, seconds: float) -> None:
        """Run for a while, then consume what is left and check the history."""
        until = time.monotonic() + seconds
        async with asyncio.TaskGroup() as group:
            for _ in range(3):
                group.create_task(self._produce(until))
            for _ in range(6):
                group.create_task(self._consume(until))
            group.create_task(self._kill(until))
        await self._consume_all()
        self.history.finish([payload for name in self._names for payload in await self._dead(name)])

    async def _pause(self, max_seconds: float) -> None:
        await throughout(lambda: True, seconds=self._random.uniform(0, max_seconds))

    def _any(self) -> Queues:
        return self._random.choice(self._servers)[1]

    async def _kill(self, until: float) -> None:
        """Kill servers: their callers get no reply, whatever Redis did for them."""
        while time.monotonic() < until:
            await self._pause(0.4)
            index = self._random.randrange(len(self._servers))
            wire, queues = self._servers[index]
            self._servers[index] = self._server(index)
            wire.killed = True
            self.kills += 1
            await queues.close()

    async def _produce(self, until: float) -> None:
        while time.monotonic() < until:
            items = [self._item() for _ in range(self._random.randint(1, 4))]
            payloads = [item.payload.decode() for item in items]
            self.history.unacknowledged.update(payloads)
            with suppress(QuikstateError):
                outcome = await self._any().enqueue(items)
                for payload, result in zip(payloads, outcome.results, strict=True):
                    if isinstance(result, EnqueuedItem):
                        self.history.added[payload] = result.item_id
            await self._pause(0.1)

    def _item(self) -> NewQueueItem:
        pick = self._random.choice
        return NewQueueItem(
            pick(self._names),
            str(next(self._numbers)).encode(),
            delay=pick((0.0, 0.0, 0.0, 0.1, 0.4)),
            max_attempts=pick((1, 2, 5, 5)),
            ordering_key=pick(("", "", "x", "y")),
        )

    async def _consume(self, until: float) -> None:
        while time.monotonic() < until:
            names = self._random.sample(self._names, self._random.randint(1, 2))
            receiving = asyncio.ensure_future(
                self._any().receive(names, self._random.randint(1, 5), 0.2, self._random.choice(_LEASES))
            )
            if self._random.random() < 0.2:
                await self._pause(0.05)
                receiving.cancel()
            with suppress(QuikstateError, asyncio.CancelledError):
                await self._work_on(await receiving)

    async def _work_on(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            self.history.delivered(delivery)
        for delivery in deliveries:
            await self._pause(0.05)
            match self._random.random():
                case chance if chance < 0.6:
                    await self._settle(delivery, SettlementAction.ACK)
                case chance if chance < 0.65:  # too late, if another has it by then
                    await self._pause(1.0)
                    await self._settle(delivery, SettlementAction.ACK)
                case chance if chance < 0.8:
                    await self._settle(delivery, SettlementAction.NACK, self._random.choice((0.0, 0.0, 0.2)))
                case _:
                    pass  # it vanishes

    async def _settle(self, delivery: Delivery, action: SettlementAction, seconds: float = 0.0) -> None:
        payload = delivery.item.payload.decode()
        latest = self.history.deliveries[payload][-1] is delivery
        if latest:
            self.history.is_settling(payload)
        with suppress(QuikstateError):
            (outcome,) = await self._any().settle(
                [Settlement(delivery.name, delivery.receipt, action, seconds)]
            )
            if not latest and outcome is not SettlementOutcome.NOT_HELD:
                self.history.violations.append(f"an earlier delivery was settled: {payload}")
            if action is SettlementAction.ACK and outcome is SettlementOutcome.SETTLED:
                self.history.acknowledged(payload)
            elif latest:
                self.history.given_back(payload)

    async def _consume_all(self) -> None:
        """Consume and acknowledge all items but dead letters."""
        async with asyncio.timeout(_DRAIN_SECONDS):
            while any([await self._is_left(name) for name in self._names]):
                for delivery in await self._any().receive(self._names, 100, 0.2, 5.0):
                    self.history.delivered(delivery)
                    await self._settle(delivery, SettlementAction.ACK)

    async def _is_left(self, name: QueueName) -> bool:
        stats = (await self._any().inspect(name, QueueView.NONE, "", 1)).stats
        return stats.ready + stats.delayed + stats.leased > 0

    async def _dead(self, name: QueueName) -> list[str]:
        payloads: list[str] = []
        page = ""
        while True:
            seen = await self._any().inspect(name, QueueView.DEAD_LETTERS, page, 100)
            payloads += [item.payload.decode() for item in seen.items]
            page = seen.next_page
            if not page:
                return payloads
