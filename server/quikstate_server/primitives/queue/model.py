"""The words of queueing: items, deliveries of them, and what becomes of those."""

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
class Name:
    """One queue."""

    keyspace: Keyspace
    queue: str


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to be added; times in seconds, 0 for none."""

    name: Name
    payload: bytes
    attributes: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    ttl: float = 0.0
    max_attempts: int = DEFAULT_ATTEMPTS
    ordering_key: str = ""
    dedup_key: str = ""
    dedup_window: float = 300.0


@dataclass(frozen=True, slots=True)
class Added:
    """The item is in the queue; as a duplicate, it or its like was before."""

    item_id: str
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Enqueued:
    """What became of each item, in order."""

    outcomes: Sequence[Added | QuikstateError]
    replicas: int = 0


_ITEM_ID = re.compile(r"([0-9]{1,20})-([0-9]{1,20})")


def is_item_id(text: str) -> bool:
    """Whether a Redis stream can have an entry of this id: two whole numbers of 64 bits."""
    found = _ITEM_ID.fullmatch(text)
    return found is not None and all(int(number) < 2**64 for number in found.groups())


class NoReceipt(ValueError):
    """A text that this is no receipt."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One delivery of an item; `secret` is of this delivery alone."""

    queue: str
    item_id: str
    secret: str

    def __str__(self) -> str:
        text = f"{self.secret}.{self.item_id}.{self.queue}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def of(cls, text: str) -> Receipt:
        """NoReceipt, unless it is one."""
        try:
            padded = text + "=" * (-len(text) % 4)
            decoded = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
            secret, item_id, queue = decoded.split(".", 2)
        except (binascii.Error, ValueError):
            raise NoReceipt(text) from None
        if not (secret and is_item_id(item_id) and queue) or set(secret) & set(" \n\t"):
            raise NoReceipt(text)
        return cls(queue, item_id, secret)


class ItemState(Enum):
    READY = "ready"
    DELAYED = "delayed"
    LEASED = "leased"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is stored. `enqueued` in Unix milliseconds of Redis's clock."""

    queue: str
    item_id: str
    payload: bytes
    attributes: Mapping[str, str]
    attempt: int
    max_attempts: int
    enqueued: int
    ordering_key: str
    state: ItemState = ItemState.LEASED

    @property
    def size(self) -> int:
        return len(self.payload)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An item that is leased for `lease` seconds from `at`, in monotonic seconds."""

    name: Name
    item: Item
    receipt: Receipt
    lease: float
    at: float

    @property
    def ends(self) -> float:
        """When the lease ends, at the latest, in monotonic seconds."""
        return self.at + self.lease


@dataclass(frozen=True, slots=True)
class Taken:
    """What one look at a queue gave. `due_in` seconds an item may become due; None for none that is known."""

    deliveries: Sequence[Delivery]
    more: bool
    due_in: float | None


class Act(Enum):
    """What is done with a delivery."""

    ACK = "ack"
    NACK = "nack"
    EXTEND = "extend"
    RETURN = "return"
    """As nack, but the attempt does not count: it was never begun."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """`seconds` of delay or lease."""

    name: Name
    receipt: Receipt
    act: Act
    seconds: float = 0.0


class Settled(Enum):
    SETTLED = "settled"
    LOST = "lost"
    """The delivery is not held any more."""
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Stats:
    """How many items a queue has. `oldest_age` in seconds."""

    ready: int
    delayed: int
    leased: int
    dead: int
    oldest_age: float | None


class View(Enum):
    """Which items are shown."""

    NONE = ""
    ITEMS = "items"
    DEAD_LETTERS = "dead"


@dataclass(frozen=True, slots=True)
class Inspection:
    stats: Stats
    items: Sequence[Item]
    next_page: str


class Scope(Enum):
    """Which items are deleted."""

    ITEMS = "items"
    DEAD_LETTERS = "dead"
