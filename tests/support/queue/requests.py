"""Requests to queues that their tests make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import redis

from quikstate_server.keys import QUEUE_INDEX, Keyspace
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


def item(payload: str = "x", name: QueueName = MAIL, **fields: Any) -> NewQueueItem:
    return NewQueueItem(name, payload.encode(), **fields)


async def send(queues: Queues, *payloads: str, name: QueueName = MAIL, **fields: Any) -> list[str]:
    """Enqueue items, and return their ids."""
    outcome = await queues.enqueue([item(payload, name, **fields) for payload in payloads])
    added = [result for result in outcome.results if isinstance(result, EnqueuedItem)]
    assert len(added) == len(payloads), outcome
    return [result.item_id for result in added]


async def get(
    queues: Queues, max_items: int = 100, *, name: QueueName = MAIL, wait: float = 0.0, lease: float = 30.0
) -> Sequence[Delivery]:
    return await queues.receive([name], max_items, wait, lease)


def payloads(deliveries: Sequence[Delivery]) -> list[str]:
    return [delivery.item.payload.decode() for delivery in deliveries]


async def settle(
    queues: Queues, action: SettlementAction, *deliveries: Delivery, seconds: float = 0.0
) -> list[SettlementOutcome]:
    settlements = [Settlement(delivery.name, delivery.receipt, action, seconds) for delivery in deliveries]
    outcomes = await queues.settle(settlements)
    settled = [result for result in outcomes if isinstance(result, SettlementOutcome)]
    assert len(settled) == len(outcomes), outcomes
    return settled


async def ack(queues: Queues, *deliveries: Delivery) -> list[SettlementOutcome]:
    return await settle(queues, SettlementAction.ACK, *deliveries)


async def nack(queues: Queues, *deliveries: Delivery, delay: float = 0.0) -> list[SettlementOutcome]:
    return await settle(queues, SettlementAction.NACK, *deliveries, seconds=delay)


async def stats(queues: Queues, name: QueueName = MAIL) -> QueueStats:
    return (await queues.inspect(name, QueueView.NONE, "", 1)).stats


async def counts(queues: Queues, name: QueueName = MAIL) -> tuple[int, int, int, int]:
    """Return the numbers of ready, delayed, leased and dead items."""
    now = await stats(queues, name)
    return now.ready, now.delayed, now.leased, now.dead


def entries(raw: redis.Redis) -> list[tuple[str, dict[str, str]]]:
    """Return the entries of the stream, as redis-cli shows them."""
    return cast("list[tuple[str, dict[str, str]]]", raw.xrange(KEY))


def keys_left(raw: redis.Redis) -> list[str]:
    """Return all keys in Redis but those of the index of queues."""
    return [key for key in cast("list[str]", raw.keys()) if QUEUE_INDEX not in key]


def time_of(raw: redis.Redis) -> int:
    """Return the time of Redis's clock, in microseconds."""
    seconds, micros = raw.time()
    return int(seconds) * 1_000_000 + int(micros)
