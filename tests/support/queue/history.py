"""What happened to the items of some queues, and whether queues that keep their promises could do it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable

from quikstate_server.primitives.queue.model import Delivery

_CLOCKS_SECONDS = 0.005
"""By which Redis's clock and ours may differ over a lease."""
Place = tuple[int, ...]


def place_of(item_id: str) -> Place:
    """In the order of the queue."""
    return tuple(map(int, item_id.split("-")))


class History:
    """Items are known by their payload, each of which is sent once."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.added: dict[str, str] = {}
        """Their ids: acknowledged to the producer."""
        self.doubtful: set[str] = set()
        """Sent, but not acknowledged."""
        self.deliveries: dict[str, list[Delivery]] = defaultdict(list)
        self._held_until: dict[str, float] = {}
        self._settled: dict[str, float] = {}
        self._perhaps_settled: set[str] = set()
        self._before: list[tuple[str, str]] = []
        """The first of each pair was to be done before the second was delivered."""

    def delivered(self, delivery: Delivery) -> None:
        item, now = delivery.item, time.monotonic()
        payload = item.payload.decode()
        earlier = self.deliveries[payload]
        if payload not in self.added.keys() | self.doubtful:
            self._accuse("nobody sent it", payload)
        if now < self._held_until.get(payload, 0.0) - _CLOCKS_SECONDS:
            self._accuse("it was delivered while its lease ran", payload)
        if delivery.leased_at > self._settled.get(payload, float("inf")):
            self._accuse("it was delivered after it was acknowledged", payload)
        if item.attempt > item.max_attempts or (earlier and item.attempt <= earlier[-1].item.attempt):
            self._accuse("its attempts are miscounted", payload)
        if item.ordering_key:
            self._judge_order(delivery, payload)
        earlier.append(delivery)
        self._held_until[payload] = delivery.lease_ends_at

    def _judge_order(self, delivery: Delivery, payload: str) -> None:
        """Whatever stands before it is done, or turns out to be dead."""
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
            if place_of(item.item_id) < place_of(delivery.item.item_id):
                if other not in self._settled.keys() | self._perhaps_settled:
                    self._before.append((other, payload))
            elif not deliveries[-1].lease_ends_at <= time.monotonic():
                self._accuse("it was delivered after one behind it", (payload, other))

    def gives_up(self, payload: str) -> None:
        """Its consumer has asked for it to be settled: it may come again before the lease ends."""
        self._held_until.pop(payload, None)
        self._perhaps_settled.add(payload)

    def acknowledged(self, payload: str) -> None:
        self._settled[payload] = time.monotonic()

    def given_back(self, payload: str) -> None:
        self._perhaps_settled.discard(payload)

    def ends(self, dead: Iterable[str]) -> None:
        """All that is left in the queues are these dead letters."""
        dead = set(dead)
        done = self._settled.keys() | self._perhaps_settled
        if lost := self.added.keys() - done - dead:
            self._accuse("lost", sorted(lost))
        if twice := self._settled.keys() & dead:
            self._accuse("acknowledged and dead", sorted(twice))
        for first, second in self._before:
            if first not in dead:
                self._accuse("it overtook one of its ordering key", (second, first))

    def _accuse(self, what: str, whom: object) -> None:
        self.violations.append(f"{what}: {whom}")
