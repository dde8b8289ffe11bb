"""What the tests of queues ask for, and of whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import redis

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.queue.model import (
    Delivery,
    EnqueuedItem,
    NewQueueItem,
    QueueName,
    QueueStats,
    QueueView,
    Settlement,
    SettlementAction,
    SettlementOutcome,
)
from quikstate_server.primitives.queue.queues import Queues

SPACE = Keyspace()
MAIL = QueueName(SPACE, "mail")
KEY = "queue:mail"


def item(payload: str = "x", name: QueueName = MAIL, **how: Any) -> NewQueueItem:
    return NewQueueItem(name, payload.encode(), **how)


async def send(queues: Queues, *payloads: str, name: QueueName = MAIL, **how: Any) -> list[str]:
    """Enqueue them; their ids."""
    outcome = await queues.enqueue([item(payload, name, **how) for payload in payloads])
    added = [one for one in outcome.results if isinstance(one, EnqueuedItem)]
    assert len(added) == len(payloads), outcome
    return [one.item_id for one in added]


async def get(
    queues: Queues, most: int = 100, *, name: QueueName = MAIL, wait: float = 0.0, lease: float = 30.0
) -> Sequence[Delivery]:
    return await queues.receive([name], most, wait, lease)


def payloads(deliveries: Sequence[Delivery]) -> list[str]:
    return [one.item.payload.decode() for one in deliveries]


async def settle(
    queues: Queues, act: SettlementAction, *deliveries: Delivery, seconds: float = 0.0
) -> list[SettlementOutcome]:
    settlements = [Settlement(one.name, one.receipt, act, seconds) for one in deliveries]
    outcomes = await queues.settle(settlements)
    settled = [one for one in outcomes if isinstance(one, SettlementOutcome)]
    assert len(settled) == len(outcomes), outcomes
    return settled


async def ack(queues: Queues, *deliveries: Delivery) -> list[SettlementOutcome]:
    return await settle(queues, SettlementAction.ACK, *deliveries)


async def nack(queues: Queues, *deliveries: Delivery, delay: float = 0.0) -> list[SettlementOutcome]:
    return await settle(queues, SettlementAction.NACK, *deliveries, seconds=delay)


async def stats(queues: Queues, name: QueueName = MAIL) -> QueueStats:
    return (await queues.inspect(name, QueueView.NONE, "", 1)).stats


async def counts(queues: Queues, name: QueueName = MAIL) -> tuple[int, int, int, int]:
    """Ready, delayed, leased and dead."""
    now = await stats(queues, name)
    return now.ready, now.delayed, now.leased, now.dead


def entries(raw: redis.Redis) -> list[tuple[str, dict[str, str]]]:
    """The stream, as redis-cli shows it."""
    return cast("list[tuple[str, dict[str, str]]]", raw.xrange(KEY))


def time_of(raw: redis.Redis) -> int:
    """Redis's clock, in microseconds."""
    seconds, micros = raw.time()
    return int(seconds) * 1_000_000 + int(micros)
