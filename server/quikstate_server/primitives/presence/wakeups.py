"""The Connect streams of this process, each woken when its connection may be its own no more.

The scripts say so by a message. It is a hint: a stream that is woken sends a
heartbeat, which finds out, and one whose message was lost does so in a third of
its TTL.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber


class StreamWakeups:
    """One subscription for all, as long as there is a stream."""

    def __init__(self, subscriber: Subscriber, channel: str) -> None:
        self._subscriber = subscriber
        self._topic = ChannelFilter(channel)
        self._wake: dict[bytes, Callable[[], None]] = {}

    @asynccontextmanager
    async def waking(self, stream: str, wake: Callable[[], None]) -> AsyncIterator[None]:
        """While entered, `wake` is called when something is said of `stream`."""
        self._wake[stream.encode()] = wake
        try:
            await self._subscriber.subscribe(self._topic, self)
            yield
        finally:
            del self._wake[stream.encode()]
            if not self._wake:
                self._subscriber.unsubscribe(self._topic, self)

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - there is one
        if wake := self._wake.get(payload):
            wake()

    def on_gap(self) -> None:
        """What was missed is found out by heartbeats."""
