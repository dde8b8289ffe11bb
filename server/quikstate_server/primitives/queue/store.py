"""The acts of queueing on Redis: one typed method for each Lua file."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest, QueueFull, QuikstateError
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
from quikstate_server.primitives.queue.replies import read_inspection, read_item
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import Script, load_script
from quikstate_server.settings import Limits

_SIDECARS = (
    "cursor",
    "leases",
    "delayed",
    "deliveries",
    "dead",
    "ordered",
    "returned",
    "expiries",
    "dedup",
    "windows",
)
_REPLY_BYTES = 64 * 1024
"""A reply holds so much beside one item of the largest size: nobody waits long behind it."""


def _script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    flags = "allow-oom" if allow_oom else ""
    state = ("queue_state.lua", "queue_row.lua")
    return load_script(__package__, file, *state, *parts, flags=flags, read_only=read_only)


_ORDER, _END, _SWEEP = "queue_order.lua", "queue_end.lua", "queue_sweep.lua"
_APPEND, _DEDUP, _WALK = "queue_append.lua", "queue_dedup.lua", "queue_walk.lua"
_LOOK = ("queue_heal.lua", "queue_offer.lua", "queue_look.lua")
ENQUEUE = _script("queue_enqueue.lua", _ORDER, _END, _SWEEP, _APPEND, _DEDUP)
# What is handed out is settled soon, which frees memory.
RECEIVE = _script("queue_receive.lua", _ORDER, _END, _SWEEP, _APPEND, *_LOOK, allow_oom=True)
SETTLE = _script("queue_settle.lua", _ORDER, _END, _DEDUP, allow_oom=True)
INSPECT = _script("queue_inspect.lua", _ORDER, _END, _SWEEP, _WALK, "queue_count.lua", read_only=True)
REDRIVE = _script("queue_redrive.lua", _ORDER, _END, _APPEND, _DEDUP)
PURGE = _script("queue_purge.lua", _ORDER, _END, _WALK, allow_oom=True)


class Redriven(NamedTuple):
    """What one script redrove, of those it looked at, of those `there` that died until `last`."""

    redriven: int
    looked: int
    last: str
    there: int


@dataclass(frozen=True, slots=True)
class QueueStore:
    redis_client: RedisClient
    limits: Limits

    async def enqueue(
        self,
        name: Name,
        items: Sequence[NewItem],
        request_id: str = "",
        fingerprint: bytes = b"",
        min_replicas: int = 0,
    ) -> Enqueued:
        """`fingerprint` is of all that was asked for under the request_id."""
        names = _keys(name)
        if request_id:
            names.append(_sidecar(name, f"request:{keys.segment(request_id)}"))
        memory = self.limits.request_memory_seconds * 1_000
        arguments: list[Argument] = [self.limits.max_queue_length, memory, fingerprint]
        for item in items:
            arguments += _words(item)
        reply, replicas = await self._send(
            ENQUEUE, names, arguments, min_replicas, safe_to_repeat=bool(request_id)
        )
        answers = cast("list[bytes]", reply)
        if not answers:
            raise InvalidRequest({"request_id": "was given to another request before"})
        return Enqueued([self._outcome(name, answer) for answer in answers], replicas)

    async def receive(self, name: Name, most: int, lease: float, room: int | None = None) -> Taken:
        """Lease at most `most` items; those after the first fit into `room` bytes."""
        secret, asked = secrets.token_urlsafe(9), time.monotonic()
        bound = self._reply_bytes if room is None else min(room, self._reply_bytes)
        words: list[Argument] = [*self._readable, most, bound, _microseconds(lease), secret, *self._work]
        reply = await self.redis_client.run(RECEIVE, _keys(name), *words)
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
        reply = await self.redis_client.run(SETTLE, _keys(name), *words)
        return [Settled(answer.decode()) for answer in cast("list[bytes]", reply)]

    async def inspect(self, name: Name, view: View, page: str, size: int) -> Inspection:
        words = (*self._readable, view.value, page, size, self._reply_bytes, self._most_read)
        reply = await self.redis_client.run(INSPECT, _keys(name), *words)
        return read_inspection(name.queue, cast("list[Any]", reply))

    async def redrive(self, name: Name, item_ids: Sequence[str], most: int, last: str) -> Redriven:
        """Of those that died no later than the one of `last`, "" for the last there is now."""
        words = (*self._readable, most, self._most_read, last)
        reply = await self.redis_client.run(REDRIVE, _keys(name), *words, *item_ids)
        count, looked, last_, there = cast("tuple[int, int, bytes, int]", reply)
        return Redriven(count, looked, last_.decode(), there)

    async def purge(
        self, name: Name, kind: Scope | None, after: str, until: str, item_ids: Sequence[str]
    ) -> tuple[int, str, str]:
        """How many, where to go on or "", and how far; those named, without a kind."""
        words = (kind.value if kind else "named", after, until, *self._work)
        reply = await self.redis_client.run(PURGE, _keys(name), *words, *item_ids, safe_to_repeat=True)
        purged, after_, until_ = cast("tuple[int, bytes, bytes]", reply)
        return purged, after_.decode(), until_.decode()

    @property
    def _reply_bytes(self) -> int:
        return self.limits.max_queue_payload_bytes + _REPLY_BYTES

    @property
    def _readable(self) -> tuple[int, int]:
        """How large an item may be, and how many attempts one has that does not say."""
        return self._reply_bytes, DEFAULT_ATTEMPTS

    @property
    def _work(self) -> tuple[int, int]:
        """What one script may do, so that nobody waits long for it to end."""
        return self.limits.max_queue_script_items, self._most_read

    @property
    def _most_read(self) -> int:
        return self.limits.max_queue_script_bytes

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
        safe_to_repeat: bool,
    ) -> tuple[object, int]:
        """The reply, and how many replicas have the write."""
        if not min_replicas:
            return await self.redis_client.run(script, names, *words, safe_to_repeat=safe_to_repeat), 0
        answer = await self.redis_client.run_acknowledged(
            script, names, *words, min_replicas=min_replicas, safe_to_repeat=safe_to_repeat
        )
        return answer.reply, answer.replicas


def bell_channel(name: Name) -> str:
    """Where the scripts say that a queue may have something to give."""
    return _sidecar(name, "bell")


def _keys(name: Name) -> list[str]:
    return name.keyspace.family(keys.queue(name.queue), _SIDECARS)


def _sidecar(name: Name, suffix: str) -> str:
    return name.keyspace.sidecar(keys.queue(name.queue), suffix)


def _words(item: NewItem) -> tuple[Argument, ...]:
    return (
        item.payload,
        json.dumps(dict(item.attributes), ensure_ascii=False, sort_keys=True) if item.attributes else "",
        _microseconds(item.delay),
        _microseconds(item.ttl),
        item.max_attempts,
        item.ordering_key,
        item.dedup_key,
        _microseconds(item.dedup_window),
    )


def _microseconds(seconds: float) -> int:
    return round(seconds * 1e6)


def fingerprint_of(items: Sequence[NewItem]) -> bytes:
    """Tells what was asked for under one request_id from what was asked for under it before."""
    told = [(item.name.queue, _words(item)) for item in items]
    return hashlib.sha256(repr(told).encode(errors="surrogatepass")).digest()
