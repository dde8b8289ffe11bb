"""The watch hub: watchers share a feed, whatever happens to their calls, to Redis and to its task."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any, cast

import pytest

from quikstate_server.background import FaultMonitor
from quikstate_server.errors import QuikstateError, RedisUnavailable
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, GapReason, Mailbox, Overflow
from quikstate_server.primitives.streams.watch_hub import Feed, WatchHub
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.subscriber import ChannelFilter
from support.harness.eventually import PATIENCE_SECONDS, eventually, timely, turns

LOST = Gap(GapReason.REDIS_LOST)


class FakeSubscriber:
    """Keeps who listens to what."""

    def __init__(self) -> None:
        self.error: QuikstateError | None = None
        self.topics: list[str] = []

    async def subscribe(self, topic: ChannelFilter, listener: object) -> None:  # noqa: ARG002 - as a Subscriber's
        await turns(2)  # as Redis takes its time
        if self.error:
            raise self.error
        if topic.name not in self.topics:
            self.topics.append(topic.name)

    def unsubscribe(self, topic: ChannelFilter, listener: object) -> None:  # noqa: ARG002 - as a Subscriber's
        if topic.name in self.topics:
            self.topics.remove(topic.name)


class CountingFeed(Feed[int, int]):
    """Its state is the number of refreshes."""

    def __init__(self, redis_client: RedisClient, name: str) -> None:
        super().__init__(redis_client, name)
        self.refreshes = 0
        self.error: Exception | None = None

    async def refresh(self, joining: Collection[Mailbox[int]]) -> float:
        await asyncio.sleep(0)
        if self.error:
            error, self.error = self.error, None
            raise error
        self.refreshes += 1
        for mailbox in self.mailboxes:
            mailbox.put(self.refreshes)
        for mailbox in joining:
            self.admit(mailbox, self.refreshes)
        return time.monotonic() + 3_600


class Hub:
    """A hub of counting feeds."""

    def __init__(self) -> None:
        self.subscriber = FakeSubscriber()
        self.feeds: list[CountingFeed] = []
        self.faults: list[str] = []
        client = SimpleNamespace(subscriber=self.subscriber, monitor=FaultMonitor(self.faults.append))
        self._client = cast("RedisClient", client)
        self.hub: WatchHub[str, CountingFeed] = WatchHub("test.watch", self._client, self._open)

    def _open(self, name: str) -> CountingFeed:
        self.feeds.append(CountingFeed(self._client, name))
        return self.feeds[-1]

    async def watch(self, stack: AsyncExitStack, *names: str) -> tuple[Mailbox[int], list[Any]]:
        mailbox: Mailbox[int] = Mailbox(Bounds(100, 100), Overflow.CONFLATE)
        return mailbox, await stack.enter_async_context(self.hub.watching(names, mailbox))


async def taken(mailbox: Mailbox[int]) -> list[int | Gap]:
    """What comes next."""
    async with timely(PATIENCE_SECONDS):
        await mailbox.wait()
    return mailbox.take()


@pytest.fixture
def hub() -> Hub:
    return Hub()


async def test_a_feed_lives_from_its_first_watcher_to_its_last(hub: Hub) -> None:
    async with AsyncExitStack() as outer:
        async with AsyncExitStack() as inner:
            _, states = await hub.watch(inner, "a", "b", "a")
            assert states == [1, 1]
            await hub.watch(outer, "a")
            assert len(hub.feeds) == 2
        await eventually(lambda: hub.subscriber.topics == ["a"])
    await eventually(lambda: hub.subscriber.topics == [])
    async with AsyncExitStack() as stack:
        _, states = await hub.watch(stack, "a")
        assert (len(hub.feeds), states) == (3, [1])
    await hub.hub.close()


async def test_a_watcher_gets_what_changes_after_the_state_that_it_was_admitted_with(hub: Hub) -> None:
    async with AsyncExitStack() as stack:
        mailbox, (state,) = await hub.watch(stack, "a")
        hub.feeds[0].on_message("a", b"")
        assert await taken(mailbox) == [state + 1]
        hub.feeds[0].on_gap()
        assert await taken(mailbox) == [LOST]
        assert await taken(mailbox) == [state + 2]


async def test_a_watcher_whose_call_is_cancelled_while_it_joins_hurts_nobody(hub: Hub) -> None:
    async with AsyncExitStack() as stack:
        mailbox, _ = await hub.watch(stack, "a")
        async with AsyncExitStack() as other:
            joining = asyncio.create_task(hub.watch(other, "a"))
            await turns(2)
            joining.cancel()
            await asyncio.wait((joining,))
        assert await taken(mailbox)
        assert hub.feeds[0].mailboxes == {mailbox}
    assert not hub.faults


async def test_watchers_that_join_are_refused_while_redis_is_gone(hub: Hub) -> None:
    hub.subscriber.error = RedisUnavailable("gone")
    async with AsyncExitStack() as stack:
        with pytest.raises(RedisUnavailable):
            await hub.watch(stack, "a", "b")
        hub.subscriber.error = None
        await hub.watch(stack, "a")


@pytest.mark.faults
async def test_a_fault_of_a_feed_refuses_who_joins_and_is_a_gap_to_the_others(hub: Hub) -> None:
    async with AsyncExitStack() as stack:
        mailbox, (state,) = await hub.watch(stack, "a")
        hub.feeds[0].error = fault = RuntimeError("unforeseen")
        with pytest.raises(RuntimeError) as refused:
            await hub.watch(stack, "a")
        assert refused.value is fault
        assert await taken(mailbox) == [LOST]
        assert await taken(mailbox) == [state + 1]
    assert hub.faults == ["test.watch"]
