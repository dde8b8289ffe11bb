"""The values of pub/sub: messages, positions in a history, and what a subscriber receives."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.streams.mailbox import GapReason

_POSITION = re.compile(r"(\d{1,20})-(\d{1,20})")
_ENVELOPE = re.compile(rb"(\d{1,20}-\d{1,20}) (\d{1,17}) ")
_MAX_UINT64 = 2**64 - 1


class HistoryPosition(NamedTuple):
    """A position in a channel's history: the epoch of the history, and the offset within that epoch.

    A later epoch compares higher. How many messages lie between positions of two epochs is not known.
    """

    epoch: int
    offset: int

    @classmethod
    def of_entry(cls, entry_id: str) -> HistoryPosition:
        """Return the position of a stream entry that this server reads."""
        return cls(*map(int, entry_id.split("-")))

    @classmethod
    def parse(cls, text: str) -> HistoryPosition | None:
        """Parse text that others may have written; return None if it is not a position."""
        match = _POSITION.fullmatch(text)
        position = cls(int(match[1]), int(match[2])) if match else None
        return position if position and max(position) <= _MAX_UINT64 else None

    def __str__(self) -> str:
        return f"{self.epoch}-{self.offset}"

    def follows(self, other: HistoryPosition) -> bool:
        """Return True if no message can lie between `other` and this position."""
        return self.offset == other.offset + 1 and (self.epoch == other.epoch or other == START)


START = HistoryPosition(0, 0)
"""The position before the first message of a durable channel."""
NOT_DURABLE = HistoryPosition(1, 0)
"""The position of a subscriber on a channel that is not durable.

No history has so old an epoch. So a subscriber that resumes from here receives a gap, since nobody knows what
was published before the first stored message, and then every message that is stored.
"""


class Durability(Enum):
    """The durability of a publication. The values are what the script receives."""

    AS_CHANNEL = ""
    EPHEMERAL = "ephemeral"
    DURABLE = "durable"


@dataclass(frozen=True, slots=True)
class Publication:
    """A message to publish."""

    channel: str
    payload: bytes
    durability: Durability = Durability.AS_CHANNEL
    idempotency_key: str = ""


@dataclass(frozen=True, slots=True)
class PublishReceipt:
    """The result of a message that was published."""

    position: HistoryPosition | None = None
    """None if the message is not stored."""
    duplicate: bool = False
    replicas: int = 0


PublishOutcome = PublishReceipt | QuikstateError


class ChannelMessage(NamedTuple):
    """A message as subscribers receive it."""

    payload: bytes
    time: int = 0
    """Microseconds by Redis's clock; 0 for a message that is not stored."""


class StoredMessage(NamedTuple):
    """A message of a history."""

    position: HistoryPosition
    message: ChannelMessage

    @classmethod
    def parse(cls, envelope: bytes) -> StoredMessage | None:
        """Parse an envelope of a live channel: position, time, payload; return None for a raw client's."""
        match = _ENVELOPE.match(envelope)
        position = HistoryPosition.parse(match[1].decode()) if match else None
        if not match or not position:
            return None
        return cls(position, ChannelMessage(envelope[match.end() :], int(match[2])))


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some messages of a history, and where the history ends."""

    messages: Sequence[StoredMessage]
    last_position: HistoryPosition | None
    """The position of the history's last message; None if there is no history."""
    next_position: HistoryPosition | None = None
    """The position to read on from; None at the end. A page without messages may still have a next one."""


@dataclass(frozen=True, slots=True)
class ChannelSubscription:
    """A channel to subscribe to: from now on, after the position `since`, or `rewind` messages back."""

    channel: str
    since: HistoryPosition | None = None
    rewind: int = 0


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The event that a subscription to a channel or prefix begins, and at which position."""

    name: str
    prefix: bool = False
    position: HistoryPosition | None = None
    recovered: bool = False


@dataclass(frozen=True, slots=True)
class ChannelMessages:
    """The event of messages on one channel, in order."""

    channel: str
    messages: Sequence[ChannelMessage]
    position: HistoryPosition | None = None
    """The position of the last message; None if they are not stored."""


@dataclass(frozen=True, slots=True)
class ChannelGap:
    """The event that messages may be missing."""

    name: str
    """The channel or prefix; "" for any that the subscriber has."""
    reason: GapReason


SubscriptionEvent = Subscribed | ChannelMessages | ChannelGap
EncodeEvent = Callable[[SubscriptionEvent], bytes]
"""Encode an event once for all subscribers. Two encoded events, one after the other, decode as both."""


@dataclass(frozen=True, slots=True)
class ChannelInfo:
    """A channel with subscribers."""

    channel: str
    connections: int
    """Connections to Redis that are subscribed."""
    subscribers: int
    """Streams of this server that are subscribed."""
