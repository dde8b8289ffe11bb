"""A publishing load while a fault happens, and a check that subscribers received it or a declared gap."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import grpc.aio

from quikstate_server import call_context
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.pub_sub.model import (
    ChannelGap,
    ChannelMessages,
    Publication,
    PublishOutcome,
    PublishReceipt,
)
from quikstate_server.primitives.streams.mailbox import Gap
from quikstate_server.redis_client.sentinel.client import sentinel_client
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually, throughout
from support.pub_sub.remote import RemotePublisher, RemoteSubscriber
from support.pub_sub.subscribers import ReceivedEvents, Subscriber, make
from support.redis.clients import closed, started
from support.redis.failover_drill import NodeFault, hurt
from support.redis.sentinel_group import SentinelGroup
from support.server.server_process import ServerProcess

_PAUSE_SECONDS = 0.002
_CALL_SECONDS = 1.0
_SERVERS = 2
CHANNEL = "d:drill"


class DrillPublisher(Protocol):
    """What publishes: the primitive of a server, or a client of one."""

    async def publish(
        self, namespace: str, publications: Sequence[Publication], /
    ) -> Sequence[PublishOutcome]:
        """Publish; raise QuikstateError if it fails as a whole."""


class Load:
    """A publisher of numbers to one channel, each once, through one server after the other."""

    def __init__(self, servers: Sequence[DrillPublisher], channel: str = CHANNEL) -> None:
        self.acknowledged: list[int] = []
        self.acknowledged_at: list[float] = []
        """In monotonic seconds."""
        self.published = 0
        self._servers = servers
        self._channel = channel
        self._runs = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Publish until the exit, which waits for the last call: its message could come later than others."""
        self._runs = True
        task = asyncio.create_task(self._publish_on())
        try:
            yield
        finally:
            self._runs = False
            await asyncio.wait((task,))

    async def publish(self) -> bool:
        """Publish the next number; return True if it was acknowledged."""
        self.published += 1
        number, server = self.published, self._servers[self.published % len(self._servers)]
        call_context.enter(call_context.CallContext(deadline=time.monotonic() + _CALL_SECONDS))
        try:
            (outcome,) = await server.publish("", [Publication(self._channel, b"%d" % number)])
        except QuikstateError:
            return False
        if isinstance(outcome, PublishReceipt):
            self.acknowledged.append(number)
            self.acknowledged_at.append(time.monotonic())
        return isinstance(outcome, PublishReceipt)

    async def received_by(self, subscribers: Sequence[ReceivedEvents]) -> None:
        """Publish until all subscribers have received something that was published from now on."""
        first = self.published

        async def all_have() -> None:
            await self.publish()
            for each in subscribers:
                assert int((each.payloads(self._channel) or [b"0"])[-1]) > first

        await eventually(all_have)

    async def _publish_on(self) -> None:
        while self._runs:
            await self.publish()
            await asyncio.sleep(_PAUSE_SECONDS)


def undeclared(subscriber: ReceivedEvents, acknowledged: Sequence[int], channel: str = CHANNEL) -> list[int]:
    """Return the acknowledged numbers that are missing without a gap, and those that were received twice.

    After a gap an ephemeral channel may repeat some: the nodes of a cluster do not get them all at once.
    """
    wrong, last, in_gap, expected = [], 0, False, iter(sorted(acknowledged))
    number = next(expected, None)
    for event in subscriber.events:
        if isinstance(event, Gap) or (isinstance(event, ChannelGap) and event.name in (channel, "")):
            in_gap = True
        elif isinstance(event, ChannelMessages) and event.channel == channel:
            for message in event.messages:
                received = int(message.payload)
                if in_gap and event.position is None:
                    last = min(last, received - 1)
                if received <= last:
                    wrong.append(received)
                while number is not None and number < received:
                    if number > last and not in_gap:
                        wrong.append(number)
                    number = next(expected, None)
                if number == received:
                    number = next(expected, None)
                last, in_gap = max(last, received), False
    return wrong


@dataclass(frozen=True)
class DrillFigures:
    """The figures of a run, summed over all subscribers."""

    published: int
    gaps: int
    lost: int
    """Messages that were acknowledged and not received."""
    undeclared: int
    """Messages lost or repeated without a gap."""
    silent: float
    """The longest time, in seconds, in which nothing was acknowledged."""


async def drill(
    group: SentinelGroup, fault: NodeFault, seed: int, subscribers: int = 10, transport: str | None = None
) -> DrillFigures:
    """Hurt the master of `group` once under load; `seed` decides when, and for how long it is stopped.

    Publishers and subscribers are clients of servers on `transport`; None: they are on the primitives.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible
    async with AsyncExitStack() as stack:
        if transport:
            servers, receivers = await _clients(stack, group, transport, subscribers)
        else:
            servers, receivers = await _primitives(stack, group, subscribers)
        load = Load(servers)
        await load.received_by(receivers)
        before = group.master
        async with load.running():
            await throughout(lambda: True, seconds=chance.uniform(0.3, 1.0))
            await hurt(group, fault, chance.choice((3.0, 6.0)))
            await eventually(lambda: group.master is not before)
            await throughout(lambda: True, seconds=1.0)
        await load.received_by(receivers)
        return figures(load, receivers)


Actors = tuple[Sequence[DrillPublisher], Sequence[ReceivedEvents]]


async def _primitives(stack: AsyncExitStack, group: SentinelGroup, subscribers: int) -> Actors:
    servers = []
    for _ in range(_SERVERS):
        redis_client = await started(sentinel_client(group.target, RedisSettings()))
        stack.push_async_callback(closed, redis_client)
        servers.append(make(redis_client))
    receivers = [
        await stack.enter_async_context(Subscriber(servers[number % _SERVERS], CHANNEL))
        for number in range(subscribers)
    ]
    return servers, receivers


async def _clients(stack: AsyncExitStack, group: SentinelGroup, transport: str, subscribers: int) -> Actors:
    channels = []
    for _ in range(_SERVERS):
        server = ServerProcess(redis_url=group.url, transport=transport, durable_channels="d:", redis={})
        stack.enter_context(server)
        channels.append(await stack.enter_async_context(grpc.aio.insecure_channel(server.address)))
    receivers = [
        await stack.enter_async_context(RemoteSubscriber(channels[number % _SERVERS], CHANNEL))
        for number in range(subscribers)
    ]
    return [RemotePublisher(channel) for channel in channels], receivers


def figures(load: Load, subscribers: Sequence[ReceivedEvents]) -> DrillFigures:
    """Return the figures of a run that has ended."""
    pauses = [
        after - before for before, after in zip(load.acknowledged_at, load.acknowledged_at[1:], strict=False)
    ]
    return DrillFigures(
        published=len(load.acknowledged),
        gaps=sum(each.gaps for each in subscribers),
        lost=sum(len(set(load.acknowledged) - set(map(int, each.payloads(CHANNEL)))) for each in subscribers),
        undeclared=sum(
            len(undeclared(each, load.acknowledged)) + len(each.undeclared_gaps) for each in subscribers
        ),
        silent=max(pauses, default=0.0),
    )
