"""The acts of queueing on Redis: one typed method for each Lua file."""

from __future__ import annotations

import json
import math
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from quikstate_server import keys
from quikstate_server.errors import QueueFull, QuikstateError
from quikstate_server.primitives.queue.model import (
    DEFAULT_ATTEMPTS,
    Added,
    Delivery,
    Enqueued,
    Inspection,
    Name,
    NewItem,
    Receipt,
    Scope,
    Settled,
    Settlement,
    Taken,
    View,
)
from quikstate_server.primitives.queue.read import read_inspection, read_item
from quikstate_server.settings import Limits
from quikstate_server.topology.packing import Argument
from quikstate_server.topology.script import Script, load
from quikstate_server.topology.topology import Topology

_SIDECARS = ("cursor", "leases", "delayed", "deliveries", "dead", "ordered")
_REPLY_BYTES = 64 * 1024
"""A reply holds so much beside one item of the largest size: nobody waits long behind it."""


def _script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    flags = "allow-oom" if allow_oom else ""
    return load(__package__, file, "queue_state.lua", *parts, flags=flags, read_only=read_only)


_ORDER, _END, _OFFER = "queue_order.lua", "queue_end.lua", "queue_offer.lua"
ENQUEUE = _script("queue_enqueue.lua", _ORDER)
# What is handed out is settled soon, which frees memory.
RECEIVE = _script("queue_receive.lua", _ORDER, _END, _OFFER, allow_oom=True)
SETTLE = _script("queue_settle.lua", _ORDER, _END, allow_oom=True)
INSPECT = _script("queue_inspect.lua", read_only=True)
REDRIVE = _script("queue_redrive.lua", _ORDER, _END)
PURGE = _script("queue_purge.lua", _ORDER, _END, allow_oom=True)


@dataclass(frozen=True, slots=True)
class QueueStore:
    topology: Topology
    limits: Limits

    async def enqueue(
        self, name: Name, items: Sequence[NewItem], request_id: str = "", min_replicas: int = 0
    ) -> Enqueued:
        names = [*_keys(name), *(_dedup_key(name, item) for item in items if item.dedup_key)]
        if request_id:
            names.append(_sidecar(name, f"request:{keys.segment(request_id)}"))
        memory = self.limits.request_memory_seconds * 1_000 if request_id else 0
        arguments: list[Argument] = [self.limits.max_queue_length, memory]
        for item in items:
            arguments += _words(item)
        reply, replicas = await self._send(
            ENQUEUE, names, arguments, min_replicas, idempotent=bool(request_id)
        )
        answers = cast("list[bytes]", reply)
        return Enqueued([self._outcome(name, answer) for answer in answers], replicas)

    async def receive(self, name: Name, most: int, lease: float, room: int | None = None) -> Taken:
        """Lease at most `most` items; those after the first fit into `room` bytes."""
        secret, asked = secrets.token_urlsafe(9), time.monotonic()
        bound = self._reply_bytes if room is None else min(room, self._reply_bytes)
        words = (most, bound, _microseconds(lease), secret, DEFAULT_ATTEMPTS)
        reply = await self.topology.run(RECEIVE, _keys(name), *words)
        more, due, *rows = cast("list[Any]", reply)
        items = [read_item(name.queue, row) for row in rows]
        deliveries = [
            Delivery(name, item, Receipt(name.queue, item.item_id, secret), lease, asked) for item in items
        ]
        return Taken(deliveries, bool(more), due / 1e6 if due >= 0 else None)

    async def settle(self, name: Name, settlements: Sequence[Settlement]) -> list[Settled]:
        """Of deliveries of one queue."""
        words: list[Argument] = []
        for one in settlements:
            words += (one.act.value, one.receipt.item_id, one.receipt.secret, _microseconds(one.seconds))
        reply = await self.topology.run(SETTLE, _keys(name), *words)
        return [Settled(answer.decode()) for answer in cast("list[bytes]", reply)]

    async def inspect(self, name: Name, view: View, page: str, size: int) -> Inspection:
        words = (view.value, page, size, self._reply_bytes)
        reply = await self.topology.run(INSPECT, _keys(name), *words)
        return read_inspection(name.queue, cast("list[Any]", reply))

    async def redrive(
        self, name: Name, item_ids: Sequence[str], most: int, until: int
    ) -> tuple[int, int, int]:
        """How many, of how many, and Redis's microseconds; of those that died until then, 0 for now."""
        reply = await self.topology.run(REDRIVE, _keys(name), most, until, *item_ids)
        redriven, looked, now = cast("tuple[int, int, int]", reply)
        return redriven, looked, now

    async def purge(
        self, name: Name, kind: Scope | None, after: str, until: str, item_ids: Sequence[str]
    ) -> tuple[int, str, str]:
        """How many, where to go on or "", and how far; those named, without a kind."""
        words = (kind.value if kind else "named", after, until, *item_ids)
        reply = await self.topology.run(PURGE, _keys(name), *words, idempotent=True)
        purged, after_, until_ = cast("tuple[int, bytes, bytes]", reply)
        return purged, after_.decode(), until_.decode()

    @property
    def _reply_bytes(self) -> int:
        return self.limits.max_queue_payload_bytes + _REPLY_BYTES

    def _outcome(self, name: Name, answer: bytes) -> Added | QuikstateError:
        how, _, item_id = answer.decode().partition(" ")
        if how == "full":
            return QueueFull(name.queue, self.limits.max_queue_length)
        return Added(item_id, duplicate=how == "duplicate")

    async def _send(
        self,
        script: Script,
        names: Sequence[str],
        words: Sequence[Argument],
        min_replicas: int,
        *,
        idempotent: bool,
    ) -> tuple[object, int]:
        """The reply, and how many replicas have the write."""
        if not min_replicas:
            return await self.topology.run(script, names, *words, idempotent=idempotent), 0
        answer = await self.topology.run_acknowledged(
            script, names, *words, min_replicas=min_replicas, idempotent=idempotent
        )
        return answer.reply, answer.replicas


def bell_channel(name: Name) -> str:
    """Where the scripts say that a queue may have something to give."""
    return _sidecar(name, "bell")


def _keys(name: Name) -> list[str]:
    return name.space.family(keys.queue(name.queue), _SIDECARS)


def _sidecar(name: Name, suffix: str) -> str:
    return name.space.sidecar(keys.queue(name.queue), suffix)


def _dedup_key(name: Name, item: NewItem) -> str:
    return _sidecar(name, f"dedup:{keys.segment(item.dedup_key)}")


def _words(item: NewItem) -> tuple[Argument, ...]:
    return (
        item.payload,
        json.dumps(dict(item.attributes), ensure_ascii=False) if item.attributes else "",
        _microseconds(item.delay),
        _microseconds(item.ttl),
        item.max_attempts,
        item.ordering_key,
        math.ceil(item.dedup_window * 1_000) if item.dedup_key else 0,
    )


def _microseconds(seconds: float) -> int:
    return round(seconds * 1e6)
