"""One channel as this process receives it from Redis, for all of its subscribers here.

A durable message arrives on the live channel with its position. If it does not follow the last one, the
history is read from there on, as it is after each reconnect; what the history does not have either is a gap.
So nothing is buffered: a subscriber that resumes reads the history up to the position of the audience, and
then joins it.

A channel may become durable at any time, with the first message of a history, and cease to be with it. So the
raw channel is subscribed to as well: see raw_listener.py.
"""

from __future__ import annotations

import asyncio
from enum import Enum
from time import monotonic

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.pub_sub.audience import Audience
from quikstate_server.primitives.pub_sub.channel_context import ChannelContext
from quikstate_server.primitives.pub_sub.channel_keyspace import ChannelKeyspace
from quikstate_server.primitives.pub_sub.history_tracker import HistoryTracker
from quikstate_server.primitives.pub_sub.model import HistoryPosition, StoredMessage
from quikstate_server.primitives.pub_sub.raw_listener import RawListener
from quikstate_server.redis_client.subscriber import ChannelFilter

_RETRY_SECONDS = 0.2


class Phase(Enum):
    """The phase of a channel's life."""

    SUBSCRIBING = "subscribing"
    """It subscribes in Redis for the first time, and reads where the history ends. Subscribers wait."""
    CATCHING_UP = "catching_up"
    """It reads what the history has beyond the last message received. Live messages are noted only."""
    LIVE = "live"
    """It has received every message, and delivers the live ones as they come."""


class Channel:
    """A channel: SUBSCRIBING, then LIVE, and CATCHING_UP whenever messages may be missing."""

    def __init__(
        self, context: ChannelContext, keyspace: ChannelKeyspace, name: str, *, durable_by_setting: bool
    ) -> None:
        self.name = name
        self.joining = 0
        """The number of subscribers that are about to join."""
        self.started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the channel is LIVE for the first time, or fails with the reason why it cannot be."""
        self.audience = Audience(context.fanout, name, self.on_gap)
        self._context = context
        self._keyspace = keyspace
        self._tracker = HistoryTracker(
            self.audience, context.max_payload_bytes, durable_by_setting=durable_by_setting
        )
        self._live_filter = ChannelFilter(keyspace.live_channel(name))
        self._raw_listener = RawListener(
            ChannelFilter(keyspace.raw_channel(name)),
            self.audience,
            context.max_payload_bytes,
            self._start_catch_up,
            durable_by_setting=durable_by_setting,
        )
        self._phase = Phase.SUBSCRIBING
        self._catch_up_task = self._run_catch_up()

    @property
    def is_idle(self) -> bool:
        """Return True if nobody subscribes or is about to."""
        return not self.audience.mailboxes and not self.joining

    @property
    def position(self) -> HistoryPosition | None:
        """Return the position of the last message delivered; None while the channel is not durable."""
        return self.audience.position

    def stop(self) -> None:
        """End the subscriptions in Redis: nobody subscribes any more."""
        self._catch_up_task.cancel()
        self.started.cancel()
        self._context.subscriber.unsubscribe(self._live_filter, self)
        self._context.subscriber.unsubscribe(self._raw_listener.filter, self._raw_listener)

    async def subscribe_to_raw_channel(self) -> None:
        """Subscribe to the raw channel too, if the channel is durable by setting: others already do."""
        self._raw_listener.is_wanted = True
        await self._context.subscriber.subscribe(self._raw_listener.filter, self._raw_listener)

    def check_silence(self, seconds: float) -> None:
        """Read the history if nothing came for `seconds`: a cluster may lose a published message."""
        now = monotonic()
        if self.position is not None and now - self.audience.delivered_at >= seconds:
            self.audience.delivered_at = now
            self._start_catch_up()

    async def catch_up_to(self, position: HistoryPosition) -> None:
        """Return once the audience is at `position`, or the history is read to its end."""
        if self.position is not None and self.position < position:
            self._start_catch_up()
            await asyncio.shield(self._catch_up_task)

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - there is one
        """Receive an envelope on the live channel."""
        stored = StoredMessage.parse(payload)
        if not stored:
            return  # published by a raw client
        self._raw_listener.expected_mirror = stored.message.payload
        if self._phase is not Phase.LIVE:
            self._tracker.note_live(stored.position)
        elif not self._tracker.receive_live(stored):
            self._start_catch_up()
            self._tracker.note_live(stored.position)

    def on_gap(self) -> None:
        """Catch up: the connection to Redis was lost, or a delivery failed."""
        self._tracker.note_disconnect()
        self._raw_listener.expected_mirror = None
        self._start_catch_up()

    def _start_catch_up(self) -> None:
        if self._phase is Phase.LIVE:
            self._phase = Phase.CATCHING_UP
        if self._catch_up_task.done():
            self._catch_up_task = self._run_catch_up()

    def _run_catch_up(self) -> asyncio.Task[None]:
        return self._context.tasks.keep_running("pub_sub.catch_up", self._catch_up, on_fault=self._on_fault)

    def _on_fault(self, error: Exception) -> None:
        if self._phase is Phase.SUBSCRIBING:
            self._refuse(error)
        else:
            self.on_gap()
            self._raw_listener.on_gap()

    def _refuse(self, error: Exception) -> None:
        if not self.started.done():
            self.started.set_exception(error)
            self.started.exception()  # mark it as retrieved: every caller that waited may be gone

    async def _catch_up(self) -> None:
        """Subscribe in Redis and read the history, until the channel is LIVE.

        If that fails the first time, the subscribers that wait are refused. Later it is retried for ever.
        """
        while self._phase is not Phase.LIVE:
            try:
                async with self._context.catch_ups:
                    await self._subscribe()
                    await self._read_history()
            except QuikstateError as error:
                if self._phase is Phase.SUBSCRIBING:
                    self._refuse(error)
                    return
                await asyncio.sleep(_RETRY_SECONDS)

    async def _subscribe(self) -> None:
        subscriber, raw = self._context.subscriber, self._raw_listener
        subscriptions = [subscriber.subscribe(self._live_filter, self)]
        if raw.is_wanted:
            subscriptions.append(subscriber.subscribe(raw.filter, raw))
        await asyncio.gather(*subscriptions)

    async def _read_history(self) -> None:
        store, tracker = self._context.store, self._tracker
        after: HistoryPosition | None = tracker.begin_reading()
        while after is not None:
            page = await store.read_page(self._keyspace, self.name, after=after)
            for stored in page.messages:
                tracker.receive_stored(stored)
            after = page.next_position if self.position is not None else None
        is_complete = tracker.end_reading(page.last_position)
        self._raw_listener.pass_on_held()
        self._phase = Phase.LIVE if is_complete else Phase.CATCHING_UP
        if not self.started.done():
            self.started.set_result(None)
