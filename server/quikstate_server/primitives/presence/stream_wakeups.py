"""Wakes the Connect streams of this process when their connection may no longer be theirs.

The scripts publish the id of such a stream. The message is a hint: a stream that
is woken sends a heartbeat, which finds out. If the message is lost, the stream's
next heartbeat finds out, after a third of its TTL at most.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber


class StreamWakeups:
    """One subscription for all streams, as long as there is one."""

    def __init__(self, subscriber: Subscriber, channel: str) -> None:
        self._subscriber = subscriber
        self._channel = ChannelFilter(channel)
        self._wake: dict[bytes, Callable[[], None]] = {}

    @asynccontextmanager
    async def waking(self, stream_id: str, wake: Callable[[], None]) -> AsyncIterator[None]:
        """Call `wake`, while entered, whenever a script publishes `stream_id`."""
        self._wake[stream_id.encode()] = wake
        try:
            await self._subscriber.subscribe(self._channel, self)
            yield
        finally:
            del self._wake[stream_id.encode()]
            if not self._wake:
                self._subscriber.unsubscribe(self._channel, self)

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - there is one channel
        if wake := self._wake.get(payload):
            wake()

    def on_gap(self) -> None:
        """Do nothing: the next heartbeats find out what was missed."""
