"""What there is to say about channels and messages."""

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
_MOST = 2**64 - 1


class Position(NamedTuple):
    """A place in a channel's history; positions of two epochs are not comparable, but the newer is higher."""

    epoch: int
    offset: int

    @classmethod
    def of(cls, entry_id: str) -> Position:
        """That of an entry; of "" the one before the first message ever."""
        epoch, _, offset = entry_id.partition("-")
        return cls(int(epoch), int(offset)) if epoch else START

    @classmethod
    def parse(cls, text: str) -> Position | None:
        """What others may have written; None if it is no position."""
        match = _POSITION.fullmatch(text)
        position = cls(int(match[1]), int(match[2])) if match else None
        return position if position and max(position) <= _MOST else None

    def __str__(self) -> str:
        return f"{self.epoch}-{self.offset}"

    def follows(self, other: Position) -> bool:
        """Whether nothing can have been between them."""
        return self.offset == other.offset + 1 and (self.epoch == other.epoch or other == START)


START = Position(0, 0)
NOT_DURABLE = Position(1, 0)
"""Where a subscriber of a channel stands that is not durable: before all that may be kept of it one day.

No history has so old an epoch. So who resumes from there is told of a gap, since nobody knows what was
published before the first message that was kept, and then gets all that is.
"""


class Durability(Enum):
    """As Redis's script is told it."""

    AS_CHANNEL = ""
    EPHEMERAL = "ephemeral"
    DURABLE = "durable"


@dataclass(frozen=True, slots=True)
class Publication:
    channel: str
    payload: bytes
    durability: Durability = Durability.AS_CHANNEL
    idempotency_key: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    position: Position | None = None
    """None if the message is not kept."""
    duplicate: bool = False
    replicas: int = 0


Outcome = Published | QuikstateError


class Message(NamedTuple):
    payload: bytes
    time: int = 0
    """Microseconds, by Redis's clock; 0 where nobody knows."""


class Kept(NamedTuple):
    """A message of a history."""

    position: Position
    message: Message

    @classmethod
    def parse(cls, envelope: bytes) -> Kept | None:
        """As it is published: position, time and payload; None if it is a raw client's."""
        match = _ENVELOPE.match(envelope)
        position = Position.parse(match[1].decode()) if match else None
        if not match or not position:
            return None
        return cls(position, Message(envelope[match.end() :], int(match[2])))


@dataclass(frozen=True, slots=True)
class Page:
    """Messages of a history, and the place of the last one of all; None if there is no history."""

    messages: Sequence[Kept]
    last: Position | None
    next: Position | None = None
    """From where to read on; None at the end. A page may have no message and yet not be the last."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel to listen to: from now on, after a position, or so many messages back."""

    channel: str
    since: Position | None = None
    rewind: int = 0


@dataclass(frozen=True, slots=True)
class Subscribed:
    name: str
    prefix: bool = False
    position: Position | None = None
    recovered: bool = False


@dataclass(frozen=True, slots=True)
class Messages:
    """What was published on a channel, in order; `position` is the last one's, if they are kept."""

    channel: str
    messages: Sequence[Message]
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class ChannelGap:
    """Messages of the channel or prefix `name` may be missing; of any of a subscriber's if it is ""."""

    name: str
    reason: GapReason


Event = Subscribed | Messages | ChannelGap
Encode = Callable[[Event], bytes]
"""What is told as it goes over the wire: once for all subscribers. Two encoded events in a row are both."""


@dataclass(frozen=True, slots=True)
class ChannelInfo:
    channel: str
    connections: int
    subscribers: int
