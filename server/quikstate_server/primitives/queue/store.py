"""The queue scripts: one typed method for each Lua file."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest, QueueFull, QuikstateError
from quikstate_server.primitives.queue.model import (
    DEFAULT_ATTEMPTS,
    Delivery,
    EnqueuedItem,
    EnqueueOutcome,
    NewQueueItem,
    PurgeScope,
    QueueInspection,
    QueueName,
    QueueView,
    Receipt,
    ReceiveResult,
    Settlement,
    SettlementOutcome,
)
from quikstate_server.primitives.queue.replies import read_inspection, read_item
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.reply_types import read_fields, read_list, read_texts
from quikstate_server.redis_client.script import Script, load_script
from quikstate_server.settings import Limits

_SIDECARS = (
    "cursor",
    "leases",
    "delayed",
    "deliveries",
    "dead",
    "ordered",
    "nacked",
    "expiries",
    "dedup",
    "windows",
)
_REPLY_BYTES = 64 * 1024
"""What a reply may hold beside one item of the largest size, so that other callers' replies wait briefly."""


def _script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    flags = "allow-oom" if allow_oom else ""
    base = ("queue_keys.lua", "queue_rows.lua", "queue_ordering_keys.lua", "queue_item_moves.lua")
    return load_script(__package__, file, *base, *parts, flags=flags, read_only=read_only)


_APPEND = ("queue_dead_letters.lua", "queue_append.lua")
_CURSOR, _DEDUP = "queue_cursor.lua", "queue_dedup.lua"
_ENTRIES, _EXPIRY = "queue_entries.lua", "queue_expiry.lua"
_DELIVERY = ("queue_delivery.lua", "queue_due_items.lua")
ENQUEUE = _script("queue_enqueue.lua", _EXPIRY, *_APPEND, _DEDUP)
# These run when Redis's memory is full: what is delivered is settled soon, which frees memory.
RECEIVE = _script("queue_receive.lua", _EXPIRY, *_APPEND, _CURSOR, *_DELIVERY, allow_oom=True)
SETTLE = _script("queue_settle.lua", "queue_dead_letters.lua", _DEDUP, allow_oom=True)
INSPECT = _script("queue_inspect.lua", _EXPIRY, _ENTRIES, "queue_counts.lua", read_only=True)
REDRIVE = _script("queue_redrive.lua", *_APPEND, _DEDUP)
PURGE = _script("queue_purge.lua", _ENTRIES, allow_oom=True)


@dataclass(frozen=True, slots=True)
class RedriveBatch:
    """The result of one redrive script. The redrive is of the `count` dead letters up to score `last`."""

    redriven: int
    examined: int
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class PurgeBatch:
    """The result of one purge script. The next one goes from `go_on_from`, "" for none, to `last`."""

    purged: int
    go_on_from: str
    last: str


@dataclass(frozen=True, slots=True)
class QueueStore:
    """The scripts on one Redis. Each method is one script, which touches one queue."""

    redis_client: RedisClient
    limits: Limits

    async def enqueue(
        self,
        name: QueueName,
        items: Sequence[NewQueueItem],
        request_id: str = "",
        fingerprint: bytes = b"",
        min_replicas: int = 0,
    ) -> EnqueueOutcome:
        """Add items to one queue. `fingerprint` is of all items of the request with this `request_id`."""
        key_names = _keys(name)
        if request_id:
            key_names.append(_sidecar(name, f"request:{keys.segment(request_id)}"))
        reply_ms = self.limits.request_memory_seconds * 1_000
        args: list[Argument] = [self.limits.max_queue_length, reply_ms, fingerprint]
        for item in items:
            args += _item_args(item)
        acknowledged = await self.redis_client.run_acknowledged(
            ENQUEUE, key_names, *args, min_replicas=min_replicas, safe_to_repeat=bool(request_id)
        )
        results = read_texts(acknowledged.reply)
        if not results:
            raise InvalidRequest({"request_id": "was already used for a different request"})
        return EnqueueOutcome([self._enqueued(name, result) for result in results], acknowledged.replicas)

    async def receive(
        self, name: QueueName, max_items: int, lease_seconds: float, max_bytes: int | None = None
    ) -> ReceiveResult:
        """Lease at most `max_items`; those after the first fit into `max_bytes`."""
        secret, sent_at = secrets.token_urlsafe(9), time.monotonic()
        reply_bytes = self._reply_bytes if max_bytes is None else min(max_bytes, self._reply_bytes)
        lease = _microseconds(lease_seconds)
        args = (*self._readable_args, max_items, reply_bytes, lease, secret, *self._work_args)
        reply = await self.redis_client.run(RECEIVE, _keys(name), *args)
        has_more, next_due, *rows = read_list(reply)
        items = [read_item(name.queue, row) for row in rows]
        deliveries = [
            Delivery(name, item, Receipt(name.queue, item.item_id, secret), lease_seconds, sent_at)
            for item in items
        ]
        next_due_in = next_due / 1e6 if next_due >= 0 else None
        return ReceiveResult(has_more >= 0, deliveries, has_more > 0, next_due_in)

    async def settle(self, name: QueueName, settlements: Sequence[Settlement]) -> list[SettlementOutcome]:
        """Settle deliveries of one queue."""
        args: list[Argument] = []
        for settlement in settlements:
            receipt = settlement.receipt
            args += (settlement.action.value, receipt.item_id, receipt.secret)
            args.append(_microseconds(settlement.seconds))
        reply = await self.redis_client.run(SETTLE, _keys(name), *args)
        return [SettlementOutcome(outcome) for outcome in read_texts(reply)]

    async def inspect(self, name: QueueName, view: QueueView, page: str, page_size: int) -> QueueInspection:
        """Count the items, and show a page of those of `view`."""
        args = (*self._readable_args, view.value, page, page_size, self._reply_bytes, self._max_bytes_read)
        reply = await self.redis_client.run(INSPECT, _keys(name), *args)
        return read_inspection(name.queue, read_list(reply))

    async def redrive(
        self, name: QueueName, item_ids: Sequence[str], max_items: int, last: str
    ) -> RedriveBatch:
        """Redrive dead letters: those named, or those up to `last`, "" for the last there is now."""
        args = (*self._readable_args, max_items, self._max_bytes_read, last)
        reply = await self.redis_client.run(REDRIVE, _keys(name), *args, *item_ids)
        redriven, examined, last_score, count = read_fields(reply, int, int, bytes, int)
        return RedriveBatch(redriven, examined, last_score.decode(), count)

    async def purge(
        self, name: QueueName, scope: PurgeScope | None, go_on_from: str, last: str, item_ids: Sequence[str]
    ) -> PurgeBatch:
        """Delete items of a scope, or those named if there is no scope."""
        args = (scope.value if scope else "named", go_on_from, last, *self._work_args)
        reply = await self.redis_client.run(PURGE, _keys(name), *args, *item_ids, safe_to_repeat=True)
        purged, next_from, up_to = read_fields(reply, int, bytes, bytes)
        return PurgeBatch(purged, next_from.decode(), up_to.decode())

    @property
    def _reply_bytes(self) -> int:
        return self.limits.max_queue_payload_bytes + _REPLY_BYTES

    @property
    def _readable_args(self) -> tuple[int, int]:
        """Return the largest item that is readable, and the max attempts of one that does not say."""
        return self._reply_bytes, DEFAULT_ATTEMPTS

    @property
    def _work_args(self) -> tuple[int, int]:
        """Return how many items and bytes one script may read, so that other callers wait briefly for it."""
        return self.limits.max_queue_script_items, self._max_bytes_read

    @property
    def _max_bytes_read(self) -> int:
        return self.limits.max_queue_script_bytes

    def _enqueued(self, name: QueueName, result: str) -> EnqueuedItem | QuikstateError:
        kind, _, item_id = result.partition(" ")
        if kind == "full":
            return QueueFull(name.queue, self.limits.max_queue_length)
        return EnqueuedItem(item_id, duplicate=kind == "duplicate")


def wakeup_channel(name: QueueName) -> str:
    """Return the channel on which scripts publish that a queue may have an item."""
    return _sidecar(name, "wakeups")


def _keys(name: QueueName) -> list[str]:
    return name.keyspace.family(keys.queue(name.queue), _SIDECARS)


def _sidecar(name: QueueName, suffix: str) -> str:
    return name.keyspace.sidecar(keys.queue(name.queue), suffix)


def _item_args(item: NewQueueItem) -> tuple[Argument, ...]:
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


def fingerprint_of(items: Sequence[NewQueueItem]) -> bytes:
    """Return a hash of the items, which tells two requests with the same request_id apart."""
    described = [(item.name.queue, _item_args(item)) for item in items]
    return hashlib.sha256(repr(described).encode(errors="surrogatepass")).digest()
