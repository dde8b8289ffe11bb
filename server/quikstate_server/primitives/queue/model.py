"""The types of queues: names, items, deliveries, settlements, and what is shown of a queue."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace

DEFAULT_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class QueueName:
    """A queue in a keyspace."""

    keyspace: Keyspace
    queue: str


@dataclass(frozen=True, slots=True)
class NewQueueItem:
    """An item to enqueue. Times in seconds, 0 for none."""

    name: QueueName
    payload: bytes
    attributes: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    ttl: float = 0.0
    max_attempts: int = DEFAULT_ATTEMPTS
    ordering_key: str = ""
    dedup_key: str = ""
    dedup_window: float = 300.0


@dataclass(frozen=True, slots=True)
class EnqueuedItem:
    """An item that is in the queue. A duplicate was there before, under the same dedup key."""

    item_id: str
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class EnqueueOutcome:
    """The result of each item, in order, and how many replicas have them."""

    results: Sequence[EnqueuedItem | QuikstateError]
    replicas: int = 0


_ITEM_ID = re.compile(r"([0-9]{1,20})-([0-9]{1,20})")


def is_item_id(text: str) -> bool:
    """Return True if a Redis stream can have an entry with this id: two whole numbers of 64 bits."""
    match = _ITEM_ID.fullmatch(text)
    return match is not None and all(int(number) < 2**64 for number in match.groups())


class InvalidReceipt(ValueError):
    """A text is not a receipt."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof of one delivery of an item. Each delivery has its own `secret`."""

    queue: str
    item_id: str
    secret: str

    def __str__(self) -> str:
        text = f"{self.secret}.{self.item_id}.{self.queue}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Receipt:
        """Read a receipt from its text. Raise InvalidReceipt for any other text."""
        try:
            padded = text + "=" * (-len(text) % 4)
            decoded = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
            secret, item_id, queue = decoded.split(".", 2)
        except (binascii.Error, ValueError):
            raise InvalidReceipt(text) from None
        if not (secret and is_item_id(item_id) and queue) or set(secret) & set(" \n\t"):
            raise InvalidReceipt(text)
        return cls(queue, item_id, secret)


class ItemState(Enum):
    """The state of an item."""

    READY = "ready"
    DELAYED = "delayed"
    LEASED = "leased"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item as Redis has it. `enqueued_ms` in Unix milliseconds of Redis's clock."""

    queue: str
    item_id: str
    payload: bytes
    attributes: Mapping[str, str]
    attempt: int
    max_attempts: int
    enqueued_ms: int
    ordering_key: str
    state: ItemState = ItemState.LEASED

    @property
    def size(self) -> int:
        """Return the bytes of the payload, which is what credit counts."""
        return len(self.payload)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An item that is leased. `leased_at` in monotonic seconds, before the request was sent."""

    name: QueueName
    item: StoredItem
    receipt: Receipt
    lease_seconds: float
    leased_at: float

    @property
    def lease_ends_at(self) -> float:
        """Return the latest time, in monotonic seconds, at which the lease ends."""
        return self.leased_at + self.lease_seconds


@dataclass(frozen=True, slots=True)
class ReceiveResult:
    """The items that one script leased. `next_due_in` seconds until another is due, None if unknown."""

    had_items: bool
    """False if the queue had none in any state."""
    deliveries: Sequence[Delivery]
    may_have_more: bool
    next_due_in: float | None


class SettlementAction(Enum):
    """The action of a settlement on a delivery."""

    ACK = "ack"
    NACK = "nack"
    EXTEND = "extend"
    GIVE_BACK = "give_back"
    """As nack, but the attempt does not count, since no consumer began to work on the item."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """An action on one delivery. `seconds` is the delay of a nack, or the new lease of an extension."""

    name: QueueName
    receipt: Receipt
    action: SettlementAction
    seconds: float = 0.0


class SettlementOutcome(Enum):
    """The outcome of a settlement."""

    SETTLED = "settled"
    NOT_HELD = "not_held"
    """The receipt no longer holds the item: another delivery does, or the item is gone."""
    DEAD = "dead"
    """The nack was of the last attempt: the item is a dead letter."""


@dataclass(frozen=True, slots=True)
class QueueStats:
    """The number of items by their state. `oldest_age` in seconds, None without an item."""

    ready: int
    delayed: int
    leased: int
    dead: int
    oldest_age: float | None

    @property
    def items(self) -> int:
        """Return the number of items in any state."""
        return self.ready + self.delayed + self.leased + self.dead


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """A queue and its counts."""

    queue: str
    stats: QueueStats


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Queues by name, and the name after which the next page begins; "" after the last page."""

    queues: Sequence[QueueSummary]
    next_after: str


class QueueView(Enum):
    """The items that an inspection shows."""

    NONE = ""
    ITEMS = "items"
    DEAD_LETTERS = "dead"


@dataclass(frozen=True, slots=True)
class QueueInspection:
    """The counts of a queue, and a page of its items."""

    stats: QueueStats
    items: Sequence[StoredItem]
    next_page: str


class PurgeScope(Enum):
    """The items that a purge deletes."""

    ITEMS = "items"
    DEAD_LETTERS = "dead"
