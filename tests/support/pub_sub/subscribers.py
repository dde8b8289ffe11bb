"""Subscribers for tests: each checks that every message follows the one before it, or a gap came between."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Sequence

from quikstate_server.primitives.pub_sub.model import (
    NOT_DURABLE,
    START,
    ChannelGap,
    ChannelMessages,
    ChannelSubscription,
    Durability,
    HistoryPosition,
    Publication,
    PublishOutcome,
    PublishReceipt,
    Subscribed,
    SubscriptionEvent,
)
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, Mailbox, Overflow
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually

BOUNDS = Bounds(1_024, 1024 * 1024)


def make(redis_client: RedisClient, *, durable: Sequence[str] = ("d:",), **limits: int) -> PubSub:
    """Return what a server has, with events that are pickled instead of encoded for the wire."""
    return PubSub(redis_client, Limits.model_validate(limits), pickle.dumps, durable_prefixes=durable)


async def connected_everywhere(pub_sub: PubSub) -> PubSub:
    """Return `pub_sub` once it receives what any node publishes: a young cluster may not be linked yet."""
    channels = [f"warm:{number}" for number in range(8)]
    async with Subscriber(pub_sub, prefixes=["warm:"]) as subscriber:

        async def all_arrive() -> None:
            await pub_sub.publish("", [Publication(channel, b"") for channel in channels])
            assert all(subscriber.payloads(channel) for channel in channels)

        await eventually(all_arrive)
    return pub_sub


async def publish(
    pub_sub: PubSub, channel: str, *payloads: bytes, durability: Durability = Durability.AS_CHANNEL
) -> list[PublishReceipt]:
    """Publish payloads in one call; fail unless all are published."""
    publications = [Publication(channel, payload, durability) for payload in payloads]
    return [receipt(outcome) for outcome in await pub_sub.publish("", publications)]


def receipt(outcome: PublishOutcome) -> PublishReceipt:
    """Return the outcome of a message that must have been published."""
    assert isinstance(outcome, PublishReceipt), outcome
    return outcome


class ReceivedEvents:
    """The events of one subscriber, in order."""

    def __init__(self) -> None:
        self.events: list[SubscriptionEvent | Gap] = []
        self.positions: dict[str, HistoryPosition] = {}
        self.undeclared_gaps: list[str] = []
        """Where a message did not follow the one before, and no gap came between."""
        self._in_gap: set[str] = set()

    def note(self, event: SubscriptionEvent | Gap) -> None:
        """Take the next event."""
        self.events.append(event)
        self._check(event)

    def payloads(self, channel: str) -> list[bytes]:
        """Return the payloads received on a channel, in order."""
        return [
            message.payload
            for event in self.events
            if isinstance(event, ChannelMessages) and event.channel == channel
            for message in event.messages
        ]

    async def receives(self, channel: str, payloads: list[bytes]) -> None:
        """Return once it has received these payloads, and no others, on a channel."""
        await eventually(lambda: self.payloads(channel) == payloads)

    async def receives_in_any_order(self, channel: str, payloads: list[bytes]) -> None:
        """Return once it has received these payloads, and no others, on a channel; order does not matter."""
        await eventually(lambda: sorted(self.payloads(channel)) == sorted(payloads))

    async def receives_last(self, channel: str, payload: bytes) -> None:
        """Return once `payload` is the last one on a channel."""
        await eventually(lambda: self.payloads(channel)[-1:] == [payload])

    async def has_begun(self) -> None:
        """Return once a subscription has begun."""
        await eventually(lambda: bool(self.received(Subscribed)))

    async def has_gaps(self, count: int) -> None:
        """Return once it has received this number of gaps."""
        await eventually(lambda: self.gaps == count)

    def received(self, kind: type[SubscriptionEvent]) -> list[SubscriptionEvent]:
        """Return the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def gaps(self) -> int:
        """Count the gaps received."""
        return len(self.received(ChannelGap)) + sum(isinstance(event, Gap) for event in self.events)

    def _check(self, event: SubscriptionEvent | Gap) -> None:
        match event:
            case Gap():
                self._in_gap |= self.positions.keys()
            case ChannelGap(name):
                self._in_gap.add(name)
            case Subscribed(name, False, HistoryPosition() as position):
                self.positions[name] = position
            case ChannelMessages(channel, messages, HistoryPosition() as position):
                first = HistoryPosition(position.epoch, position.offset - len(messages) + 1)
                before = self.positions.get(channel, START)
                if before == NOT_DURABLE and first.offset == 1:  # it became durable meanwhile
                    before = START
                if not first.follows(before) and channel not in self._in_gap:
                    self.undeclared_gaps.append(f"{channel}: {first} after {before}")
                self._in_gap.discard(channel)
                self.positions[channel] = position


class Subscriber(ReceivedEvents):
    """A subscriber from `async with` on; it reads its mailbox only while it is not paused."""

    def __init__(
        self,
        pub_sub: PubSub,
        *channels: ChannelSubscription | str,
        prefixes: Sequence[str] = (),
        mailbox: Mailbox[bytes] | None = None,
    ) -> None:
        super().__init__()
        self.mailbox: Mailbox[bytes] = mailbox or Mailbox(BOUNDS, Overflow.DISCONNECT)
        self._requests = [ChannelSubscription(each) if isinstance(each, str) else each for each in channels]
        self._prefixes = prefixes
        self.subscription = pub_sub.subscription("", self.mailbox)
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Subscriber:
        try:
            self.resume()
            await self.subscription.add(self._requests, self._prefixes)
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop reading, and unsubscribe."""
        await self.pause()
        await self.subscription.__aexit__()

    def resume(self) -> None:
        """Read again."""
        self._reading = asyncio.create_task(self._read())

    async def pause(self) -> None:
        """Stop reading."""
        if self._reading:
            self._reading.cancel()
            await asyncio.wait((self._reading,))

    async def _read(self) -> None:
        while not self.mailbox.has_ended:
            await self.mailbox.wait()
            for item in self.mailbox.take():
                self.note(item if isinstance(item, Gap) else pickle.loads(item))  # noqa: S301 - our own
