"""Subscribers of tests, each of which holds what it is told to the promise: one after the other, or a gap."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Sequence

from quikstate_server.primitives.pub_sub.model import (
    NOT_DURABLE,
    START,
    ChannelGap,
    Durability,
    Event,
    Messages,
    Outcome,
    Position,
    Publication,
    Published,
    Subscribed,
    Wanted,
)
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, Mailbox, Overflow
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually

BOUNDS = Bounds(1_024, 1024 * 1024)


def make(redis_client: RedisClient, *, durable: Sequence[str] = ("d:",), **limits: int) -> PubSub:
    """What a server has, but that what is told stays Python's."""
    return PubSub(redis_client, Limits.model_validate(limits), pickle.dumps, durable=durable)


async def heard_everywhere(pub_sub: PubSub) -> PubSub:
    """`pub_sub`, once what any node publishes is heard: those of a young cluster may not know each other."""
    channels = [f"warm:{number}" for number in range(8)]
    async with Subscriber(pub_sub, prefixes=["warm:"]) as heard:

        async def all_are_heard() -> None:
            await pub_sub.publish("", [Publication(channel, b"") for channel in channels])
            assert all(heard.payloads(channel) for channel in channels)

        await eventually(all_are_heard)
    return pub_sub


async def publish(
    pub_sub: PubSub, channel: str, *payloads: bytes, durability: Durability = Durability.AS_CHANNEL
) -> list[Published]:
    """Publish them in one call; all must be."""
    publications = [Publication(channel, payload, durability) for payload in payloads]
    return [published(outcome) for outcome in await pub_sub.publish("", publications)]


def published(outcome: Outcome) -> Published:
    assert isinstance(outcome, Published), outcome
    return outcome


class Subscriber:
    """Listens from `async with` on; it reads only while it is not `paused`."""

    def __init__(
        self,
        pub_sub: PubSub,
        *wanted: Wanted | str,
        prefixes: Sequence[str] = (),
        box: Mailbox[bytes] | None = None,
    ) -> None:
        self.events: list[Event | Gap] = []
        self.positions: dict[str, Position] = {}
        self.broken: list[str] = []
        """Where a message did not follow the one before, and no gap was told."""
        self.box: Mailbox[bytes] = box or Mailbox(BOUNDS, Overflow.DISCONNECT)
        self._wanted = [Wanted(one) if isinstance(one, str) else one for one in wanted]
        self._prefixes = prefixes
        self.subscription = pub_sub.listening("", self.box)
        self._gapped: set[str] = set()
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Subscriber:
        try:
            self.resume()
            await self.subscription.add(self._wanted, self._prefixes)
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self.pause()
        await self.subscription.__aexit__()

    def resume(self) -> None:
        self._reading = asyncio.create_task(self._read())

    async def pause(self) -> None:
        if self._reading:
            self._reading.cancel()
            await asyncio.wait((self._reading,))

    def payloads(self, channel: str) -> list[bytes]:
        return [
            message.payload
            for event in self.events
            if isinstance(event, Messages) and event.channel == channel
            for message in event.messages
        ]

    async def hears(self, channel: str, payloads: list[bytes]) -> None:
        """Return once it has heard these, and nothing else, on a channel."""
        await eventually(lambda: self.payloads(channel) == payloads)

    async def hears_in_any_order(self, channel: str, payloads: list[bytes]) -> None:
        await eventually(lambda: sorted(self.payloads(channel)) == sorted(payloads))

    async def hears_at_last(self, channel: str, payload: bytes) -> None:
        await eventually(lambda: self.payloads(channel)[-1:] == [payload])

    async def has_begun(self) -> None:
        await eventually(lambda: bool(self.told(Subscribed)))

    async def has_gaps(self, count: int) -> None:
        await eventually(lambda: self.gaps == count)

    def told(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def gaps(self) -> int:
        return len(self.told(ChannelGap)) + sum(isinstance(event, Gap) for event in self.events)

    async def _read(self) -> None:
        while not self.box.ended:
            for item in await self.box.take(60):
                event = item if isinstance(item, Gap) else pickle.loads(item)  # noqa: S301 - our own
                self.events.append(event)
                self._judge(event)

    def _judge(self, event: Event | Gap) -> None:
        match event:
            case Gap():
                self._gapped |= self.positions.keys()
            case ChannelGap(name):
                self._gapped.add(name)
            case Subscribed(name, False, Position() as position):
                self.positions[name] = position
            case Messages(channel, messages, Position() as position):
                first = Position(position.epoch, position.offset - len(messages) + 1)
                before = self.positions.get(channel, START)
                if before == NOT_DURABLE and first.offset == 1:  # it became durable meanwhile
                    before = START
                if not first.follows(before) and channel not in self._gapped:
                    self.broken.append(f"{channel}: {first} after {before}")
                self._gapped.discard(channel)
                self.positions[channel] = position
