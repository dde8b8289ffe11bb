"""Tells the Connect streams of this process that they may have lost their connection.

The scripts publish the id of such a stream. The message is a hint: the stream
sends a heartbeat at once, which finds out. If the message is lost, the stream's
next heartbeat finds out, after a third of its TTL at most.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber


class StreamLosses:
    """One subscription for all streams, as long as there is one."""

    def __init__(self, subscriber: Subscriber, channel: str) -> None:
        self._subscriber = subscriber
        self._channel = ChannelFilter(channel)
        self._on_loss: dict[bytes, Callable[[], None]] = {}

    @asynccontextmanager
    async def watching(self, stream_id: str, on_loss: Callable[[], None]) -> AsyncIterator[None]:
        """Call `on_loss`, while entered, whenever a script publishes `stream_id`."""
        self._on_loss[stream_id.encode()] = on_loss
        try:
            await self._subscriber.subscribe(self._channel, self)
            yield
        finally:
            del self._on_loss[stream_id.encode()]
            if not self._on_loss:
                self._subscriber.unsubscribe(self._channel, self)

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - there is one channel
        if on_loss := self._on_loss.get(payload):
            on_loss()

    def on_gap(self) -> None:
        """Do nothing: the next heartbeats find out what was missed."""
