"""A history of queue items, and the check that queues with our guarantees could have produced it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable

from quikstate_server.primitives.queue.model import Delivery

_CLOCKS_SECONDS = 0.005
"""How much Redis's clock and ours may differ over a lease."""
StreamPosition = tuple[int, ...]


def position_of(item_id: str) -> StreamPosition:
    """Return what sorts ids in the order of the queue."""
    return tuple(map(int, item_id.split("-")))


class History:
    """What happened to each item. Items are known by their payloads, which are unique."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.added: dict[str, str] = {}
        """The ids of items whose enqueueing was acknowledged."""
        self.unacknowledged: set[str] = set()
        """Items that were sent, but not acknowledged."""
        self.deliveries: dict[str, list[Delivery]] = defaultdict(list)
        self._held_until: dict[str, float] = {}
        self._settled: dict[str, float] = {}
        self._maybe_settled: set[str] = set()
        self._order_pairs: list[tuple[str, str]] = []
        """Pairs of an ordering key: the first must be done before the second is delivered."""

    def delivered(self, delivery: Delivery) -> None:
        item, now = delivery.item, time.monotonic()
        payload = item.payload.decode()
        earlier = self.deliveries[payload]
        if payload not in self.added.keys() | self.unacknowledged:
            self._report("nobody sent it", payload)
        if now < self._held_until.get(payload, 0.0) - _CLOCKS_SECONDS:
            self._report("it was delivered while its lease ran", payload)
        if delivery.leased_at > self._settled.get(payload, float("inf")):
            self._report("it was delivered after it was acknowledged", payload)
        if item.attempt > item.max_attempts or (earlier and item.attempt <= earlier[-1].item.attempt):
            self._report("its attempts are miscounted", payload)
        if item.ordering_key:
            self._check_order(delivery, payload)
        earlier.append(delivery)
        self._held_until[payload] = delivery.lease_ends_at

    def _check_order(self, delivery: Delivery, payload: str) -> None:
        """Check that the items before it are done, or remember that they must turn out dead."""
        for other, deliveries in self.deliveries.items():
            item = deliveries[0].item if deliveries else None
            if (
                item is None
                or other == payload
                or (item.queue, item.ordering_key)
                != (
                    delivery.item.queue,
                    delivery.item.ordering_key,
                )
            ):
                continue
            if position_of(item.item_id) < position_of(delivery.item.item_id):
                if other not in self._settled.keys() | self._maybe_settled:
                    self._order_pairs.append((other, payload))
            elif not deliveries[-1].lease_ends_at <= time.monotonic():
                self._report("it was delivered after one behind it", (payload, other))

    def is_settling(self, payload: str) -> None:
        """Note that a consumer sent a settlement: the item may be delivered again before its lease ends."""
        self._held_until.pop(payload, None)
        self._maybe_settled.add(payload)

    def acknowledged(self, payload: str) -> None:
        self._settled[payload] = time.monotonic()

    def given_back(self, payload: str) -> None:
        self._maybe_settled.discard(payload)

    def finish(self, dead: Iterable[str]) -> None:
        """Check the history when nothing but these dead letters is left in the queues."""
        dead = set(dead)
        done = self._settled.keys() | self._maybe_settled
        if lost := self.added.keys() - done - dead:
            self._report("lost", sorted(lost))
        if twice := self._settled.keys() & dead:
            self._report("acknowledged and dead", sorted(twice))
        for first, second in self._order_pairs:
            if first not in dead:
                self._report("it overtook one of its ordering key", (second, first))

    def _report(self, what: str, whom: object) -> None:
        self.violations.append(f"{what}: {whom}")
