"""Messages published one after the other while something goes wrong, and what subscribers say of them."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from quikstate_server import call_context
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.pub_sub.model import ChannelGap, Messages, Publication, Published
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.streams.mailbox import Gap
from quikstate_server.redis_client.sentinel.router import sentinel_client
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually, throughout
from support.pub_sub.subscribers import Subscriber, make
from support.redis.clients import closed, started
from support.redis.failover_drill import Violation, hurt
from support.redis.sentinel_group import SentinelGroup

_PAUSE_SECONDS = 0.002
_CALL_SECONDS = 1.0
CHANNEL = "d:drill"


class Load:
    """Publishes numbers to one channel, each once, through one server after the other."""

    def __init__(self, servers: Sequence[PubSub], channel: str = CHANNEL) -> None:
        self.acknowledged: list[int] = []
        self.moments: list[float] = []
        """When they were, in monotonic seconds."""
        self.asked = 0
        self._servers = servers
        self._channel = channel
        self._runs = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The last one is answered: one that was left under way could come after the next."""
        self._runs = True
        task = asyncio.create_task(self._publish_on())
        try:
            yield
        finally:
            self._runs = False
            await asyncio.wait((task,))

    async def publish(self) -> bool:
        """The next number; whether it was acknowledged."""
        self.asked += 1
        number, server = self.asked, self._servers[self.asked % len(self._servers)]
        call_context.enter(call_context.CallContext(deadline=time.monotonic() + _CALL_SECONDS))
        try:
            (outcome,) = await server.publish("", [Publication(self._channel, b"%d" % number)])
        except QuikstateError:
            return False
        if isinstance(outcome, Published):
            self.acknowledged.append(number)
            self.moments.append(time.monotonic())
        return isinstance(outcome, Published)

    async def heard_by(self, subscribers: Sequence[Subscriber]) -> None:
        """Publish until all of them have heard something that was published from now on."""
        first = self.asked

        async def all_have() -> None:
            await self.publish()
            for one in subscribers:
                assert int((one.payloads(self._channel) or [b"0"])[-1]) > first

        await eventually(all_have)

    async def _publish_on(self) -> None:
        while self._runs:
            await self.publish()
            await asyncio.sleep(_PAUSE_SECONDS)


def undeclared(subscriber: Subscriber, acknowledged: Sequence[int], channel: str = CHANNEL) -> list[int]:
    """The acknowledged numbers that it neither heard nor was told a gap for, and those it heard again.

    After a gap an ephemeral channel may repeat some: the nodes of a cluster do not hear them all at once.
    """
    wrong, last, gapped, due = [], 0, False, iter(sorted(acknowledged))
    number = next(due, None)
    for event in subscriber.events:
        if isinstance(event, Gap) or (isinstance(event, ChannelGap) and event.name in (channel, "")):
            gapped = True
        elif isinstance(event, Messages) and event.channel == channel:
            for message in event.messages:
                heard = int(message.payload)
                if gapped and event.position is None:
                    last = min(last, heard - 1)
                if heard <= last:
                    wrong.append(heard)
                while number is not None and number < heard:
                    if number > last and not gapped:
                        wrong.append(number)
                    number = next(due, None)
                if number == heard:
                    number = next(due, None)
                last, gapped = max(last, heard), False
    return wrong


@dataclass(frozen=True)
class Figures:
    """What a run shows."""

    published: int
    gaps: int
    """Told, of all subscribers."""
    lost: int
    """Acknowledged, and not heard by a subscriber; of all of them."""
    undeclared: int
    silent: float
    """The longest time, in seconds, in which nothing was acknowledged."""


async def drill(group: SentinelGroup, fault: Violation, seed: int, subscribers: int = 10) -> Figures:
    """Hurt the master of `group` once under load; the moment, and how long it is stopped, are the seed's."""
    chance = random.Random(seed)  # noqa: S311 - reproducible
    async with AsyncExitStack() as stack:
        servers = []
        for _ in range(2):
            redis_client = await started(sentinel_client(group.target, RedisSettings()))
            stack.push_async_callback(closed, redis_client)
            servers.append(make(redis_client))
        heard = [
            await stack.enter_async_context(Subscriber(servers[number % 2], CHANNEL))
            for number in range(subscribers)
        ]
        load = Load(servers)
        await load.heard_by(heard)
        before = group.master
        async with load.running():
            await throughout(lambda: True, seconds=chance.uniform(0.3, 1.0))
            await hurt(group, fault, chance.choice((3.0, 6.0)))
            await eventually(lambda: group.master is not before)
            await throughout(lambda: True, seconds=1.0)
        await load.heard_by(heard)
        return figures(load, heard)


def figures(load: Load, heard: Sequence[Subscriber]) -> Figures:
    pauses = [after - before for before, after in zip(load.moments, load.moments[1:], strict=False)]
    return Figures(
        published=len(load.acknowledged),
        gaps=sum(one.gaps for one in heard),
        lost=sum(len(set(load.acknowledged) - set(map(int, one.payloads(CHANNEL)))) for one in heard),
        undeclared=sum(len(undeclared(one, load.acknowledged)) + len(one.broken) for one in heard),
        silent=max(pauses, default=0.0),
    )
