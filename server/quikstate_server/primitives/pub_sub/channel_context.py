"""The objects that the channels and prefixes of one process share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from quikstate_server.background import BackgroundTasks
from quikstate_server.primitives.pub_sub.fanout import Fanout
from quikstate_server.primitives.pub_sub.store import PubSubStore
from quikstate_server.redis_client.subscriber import Subscriber

_MAX_CATCH_UPS = 64
"""Channels that catch up at once after an outage, so that calls have room beside them."""


@dataclass(frozen=True, slots=True)
class ChannelContext:
    """The store, the fan-out and the background tasks of channels."""

    store: PubSubStore
    fanout: Fanout
    tasks: BackgroundTasks
    catch_ups: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_MAX_CATCH_UPS))

    @property
    def subscriber(self) -> Subscriber:
        """Return the subscriptions of this process in Redis."""
        return self.store.redis_client.subscriber

    @property
    def max_payload_bytes(self) -> int:
        """Return the largest payload passed on: two fit into a mailbox and into a response."""
        limits = self.store.limits
        return min(limits.max_mailbox_bytes, limits.max_message_bytes) // 2
