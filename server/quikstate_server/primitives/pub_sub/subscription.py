"""The channels and prefixes that one stream subscribes to, and its position in each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Iterable, Mapping, Sequence
from typing import Any, Self

from quikstate_server.errors import Overloaded
from quikstate_server.primitives.pub_sub.channel import Channel
from quikstate_server.primitives.pub_sub.channel_context import ChannelContext
from quikstate_server.primitives.pub_sub.channel_keyspace import ChannelKeyspace
from quikstate_server.primitives.pub_sub.channel_prefix import ChannelPrefix
from quikstate_server.primitives.pub_sub.model import (
    ChannelGap,
    ChannelSubscription,
    HistoryPosition,
    Subscribed,
    SubscriptionEvent,
)
from quikstate_server.primitives.pub_sub.replay import Replay
from quikstate_server.primitives.pub_sub.source_registry import SourceRegistry
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.slots import NO_LIMIT, Slots

_MAX_REPLAYS = 4
"""Histories read at once for one subscriber: what was read waits in its mailbox beyond the bounds."""


class Subscription:
    """The subscription of one stream, which receives all events through its mailbox."""

    # There are thousands, most of them with one channel.
    __slots__ = (
        "_channel_registry",
        "_channels",
        "_context",
        "_keyspace",
        "_prefix_registry",
        "_prefixes",
        "_replay_positions",
        "_replays",
        "_slots",
        "_slots_taken",
        "_task",
        "end_positions",
        "mailbox",
    )

    def __init__(
        self,
        context: ChannelContext,
        channel_registry: SourceRegistry[Channel],
        prefix_registry: SourceRegistry[ChannelPrefix],
        keyspace: ChannelKeyspace,
        mailbox: Mailbox[bytes],
        slots: Slots = NO_LIMIT,
    ) -> None:
        self.mailbox = mailbox
        self.end_positions: Mapping[str, HistoryPosition] = {}
        """The last position delivered of each channel, when the server ended."""
        self._context = context
        self._channel_registry = channel_registry
        self._prefix_registry = prefix_registry
        self._keyspace = keyspace
        self._channels: dict[str, Channel] = {}
        self._prefixes: dict[str, ChannelPrefix] = {}
        self._replay_positions: dict[str, HistoryPosition] = {}
        self._replays: asyncio.Semaphore | None = None
        self._task: asyncio.Task[None] | None = None
        self._slots = slots
        self._slots_taken = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            if self._task:
                self._task.cancel()
                await asyncio.wait((self._task,))
        finally:  # even if it is cancelled while it waits
            self.remove(list(self._channels), list(self._prefixes))

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` while events are sent, until the subscriber leaves; an exception ends the stream."""
        self._task = asyncio.create_task(work)
        self._task.add_done_callback(self._on_task_done)

    def _on_task_done(self, done: asyncio.Task[None]) -> None:
        self._task = None  # soon, for most: it is not kept as long as the stream
        if not done.cancelled() and (error := done.exception()):
            self.mailbox.fail(error)

    async def add(self, requests: Sequence[ChannelSubscription], prefixes: Sequence[str]) -> None:
        """Subscribe to channels and prefixes: to all of them, or if one fails to none."""
        limits = self._context.store.limits
        requests = [request for request in requests if request.channel not in self._channels]
        prefixes = [name for name in prefixes if name not in self._prefixes]
        if len(self._channels) + len(requests) > limits.max_subscriptions:
            raise Overloaded("limits.max_subscriptions")
        if len(self._prefixes) + len(prefixes) > limits.max_prefixes_per_stream:
            raise Overloaded("limits.max_prefixes_per_stream")
        added = len(requests) + len(prefixes)
        self._slots.require(added)
        self._take_slots(self._slots_taken + added)
        all_prefixes = (*self._prefixes, *prefixes)
        joins = [self._join(each, has_prefix=each.channel.startswith(all_prefixes)) for each in requests]
        joins += map(self._join_prefix, prefixes)
        try:
            await _wait_all(joins)
        except BaseException:
            self.remove([request.channel for request in requests], prefixes)
            raise

    def _take_slots(self, count: int) -> None:
        self._slots.taken += count - self._slots_taken
        self._slots_taken = count

    def remove(self, channels: Iterable[str], prefixes: Iterable[str]) -> None:
        """Unsubscribe from channels and prefixes; ignore those that are not subscribed to."""
        for name in channels:
            self._replay_positions.pop(name, None)
            if channel := self._channels.pop(name, None):
                channel.audience.mailboxes.discard(self.mailbox)
                channel.audience.prefix_mailboxes.discard(self.mailbox)
                self._channel_registry.release(self._keyspace, channel)
        for name in prefixes:
            if prefix := self._prefixes.pop(name, None):
                prefix.subscribers.discard(self)
                self._prefix_registry.release(self._keyspace, prefix)
                self._stop_raw_messages()
        self._take_slots(len(self._channels) + len(self._prefixes))

    def _stop_raw_messages(self) -> None:
        """Stop raw messages on the durable channels that no prefix matches any more."""
        prefixes = tuple(self._prefixes)
        for channel in self._channels.values():
            if not channel.name.startswith(prefixes):
                channel.audience.prefix_mailboxes.discard(self.mailbox)

    def end(self) -> None:
        """End the mailbox, since the server drains, and keep the positions of what it contains."""
        self._context.fanout.finish_deliveries()  # an audience's position counts what waits for delivery
        joined = {
            name: channel.audience.resume_position
            for name, channel in self._channels.items()
            if self.mailbox in channel.audience.mailboxes
        }
        self.end_positions = joined | self._replay_positions
        self.mailbox.end()

    def takes(self, prefix: str, channel: str) -> bool:
        """Return True if `prefix` is the first that matches, and the channel is not subscribed to itself."""
        if channel in self._channels:
            return False
        return len(self._prefixes) == 1 or prefix == next(
            (name for name in self._prefixes if channel.startswith(name)), None
        )

    async def _join_prefix(self, name: str) -> None:
        with self._prefix_registry.joining(self._keyspace, name) as prefix:
            await prefix.start()
            matching = [channel for channel in self._channels.values() if channel.name.startswith(name)]
            await asyncio.gather(*(channel.subscribe_to_raw_channel() for channel in matching))
            self._prefixes[name] = prefix
            prefix.subscribers.add(self)
            for channel in matching:
                channel.audience.prefix_mailboxes.add(self.mailbox)
        self._send(Subscribed(name, prefix=True))

    async def _join(self, request: ChannelSubscription, *, has_prefix: bool) -> None:
        name = request.channel
        with self._channel_registry.joining(self._keyspace, name) as channel:
            await asyncio.shield(channel.started)
            if has_prefix:
                await channel.subscribe_to_raw_channel()
            await self._begin(channel, request)
            self._channels[name] = channel
            channel.audience.mailboxes.add(self.mailbox)
            if has_prefix:
                channel.audience.prefix_mailboxes.add(self.mailbox)
            self._replay_positions.pop(name, None)

    async def _begin(self, channel: Channel, request: ChannelSubscription) -> None:
        """Send Subscribed and the history that was asked for; the subscriber may then join at once."""
        if channel.position is None:
            self._send(Subscribed(channel.name, position=channel.audience.resume_position))
            if request.since is not None:
                self._send(ChannelGap(channel.name, GapReason.POSITION_LOST))
        elif request.since is None and not request.rewind:
            self._send(Subscribed(channel.name, position=channel.position))
        else:
            self._replays = self._replays or asyncio.Semaphore(_MAX_REPLAYS)
            async with self._replays:
                await self._replay(channel, request)

    async def _replay(self, channel: Channel, request: ChannelSubscription) -> None:
        replay = Replay(self._context.store, self._keyspace, channel, request, self._send)
        while await replay.send_page():
            self._replay_positions[channel.name] = replay.position
            await self.mailbox.wait_emptied()

    def _send(self, event: SubscriptionEvent) -> None:
        self.mailbox.pin(self._context.fanout.encode(event))


async def _wait_all(works: Sequence[Awaitable[None]]) -> None:
    """Return when all have ended; if one fails, raise its error when none runs any more."""
    if len(works) == 1:
        await works[0]
        return
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
