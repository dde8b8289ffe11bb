"""Redis pub/sub for everyone in this process: one connection, one subscription a channel.

A TCP connection can stay healthy on a node where nothing arrives any more (a demoted master). So after an
interval without messages a probe is published through the normal path. If that does not arrive within
another interval either, the connection is closed. After a reconnect every listener is notified of a gap: it
has lost what was published meanwhile.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import NamedTuple, Protocol

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.backoff import Backoff
from quikstate_server.errors import QuikstateError, RedisUnavailable
from quikstate_server.redis_client.connection.connection import Dial
from quikstate_server.redis_client.connection.pubsub_connection import ChannelOrPattern, PubSubConnection
from quikstate_server.redis_client.deadline import command_deadline
from quikstate_server.redis_client.glob import escape_glob
from quikstate_server.repeated_warning import RepeatedWarning
from quikstate_server.settings import RedisSettings

_REDIAL = Backoff(0.01, 0.5)
_QUIET_SECONDS = 5.0

Publish = Callable[[str, bytes], Awaitable[int]]


class ChannelFilter(NamedTuple):
    """The channels of a listener: the one named, or with `is_prefix` all whose names begin so."""

    name: str
    is_prefix: bool = False

    @property
    def channel_or_pattern(self) -> ChannelOrPattern:
        """Return it as Redis takes it; special characters in a prefix match themselves."""
        name = escape_glob(self.name) + "*" if self.is_prefix else self.name
        return name.encode(), self.is_prefix


class Listener(Protocol):
    """Receives the messages of its channels. The reader calls it, so it must return at once."""

    def on_message(self, channel: str, payload: bytes) -> None:
        """Take a message."""

    def on_gap(self) -> None:
        """Take notice that messages may have been lost before now; those from now on arrive."""


class _Subscription:
    """The listeners of one channel or pattern. It is confirmed once Redis has confirmed the last request."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.joining: dict[Listener, int] = {}
        """Those of the listeners that `subscribe` has not yet returned for, with the number of its calls."""
        self.confirmed = asyncio.Event()
        self.has_gap = False


class Subscriber:
    """Listens for everyone; keeps its connection open, redialling for ever, until closed."""

    def __init__(
        self,
        dial: Dial,
        publish: Publish,
        settings: RedisSettings,
        monitor: FaultMonitor,
        channel_prefix: str = "",
    ) -> None:
        self.on_change: Callable[[], None] = lambda: None
        """Called when `is_live` begins or ceases to be true."""
        self._dial = dial
        self._publish = publish
        self._interval = settings.probe_seconds
        self._settings = settings
        self._probe = ChannelFilter(f"{channel_prefix}quikstate:probe:{uuid.uuid4().hex}")
        self._probe_subscription = _Subscription()
        self._subscriptions: dict[ChannelOrPattern, _Subscription] = {
            self._probe.channel_or_pattern: self._probe_subscription
        }
        self._unconfirmed: Counter[ChannelOrPattern] = Counter()
        self._connection: PubSubConnection | None = None
        self._received_at = monotonic()
        self._monitor = monitor
        self._tasks = BackgroundTasks(monitor)
        self._connecting: asyncio.Task[None] | None = None
        self._reconnect_lock = asyncio.Lock()
        # A fault of the subscriber's connection is mostly one of the node's too, which warns of it at once.
        self._outage = RepeatedWarning("redis.subscriber_connect_failed", first_after=_QUIET_SECONDS)
        self._silence = RepeatedWarning("redis.subscriber_silent")

    async def start(self) -> None:
        """Begin to connect, and to watch for silence."""
        self._connecting = self._start_connecting()
        self._tasks.keep_running("redis.subscriber_probe", self._watch_silence, vital=True)

    async def close(self) -> None:
        """End the connection. Listeners are not notified."""
        async with self._reconnect_lock:
            await self._disconnect()
            await self._tasks.close()

    async def reconnect(self) -> None:
        """End the connection, or the attempt at one, and dial anew; listeners are notified of the gap."""
        async with self._reconnect_lock:
            if self._connecting:
                await self._disconnect()
                self._connecting = self._start_connecting()

    async def _disconnect(self) -> None:
        await self._tasks.cancel(self._connecting)
        self._connecting = None

    def _start_connecting(self) -> asyncio.Task[None]:
        return self._tasks.keep_running("redis.subscriber", self._keep_connected, vital=True)

    @property
    def is_live(self) -> bool:
        """Return True while every message arrives that is published on a subscribed channel."""
        return self._probe_subscription.confirmed.is_set()

    async def subscribe(self, channels: ChannelFilter, listener: Listener) -> None:
        """Return once messages on `channels` reach `listener`; raise RedisUnavailable if that takes too long.

        A call that is cancelled or fails ends nothing for a listener that was subscribed before, or that
        another call subscribes too.
        """
        until, target = command_deadline(self._settings), channels.channel_or_pattern
        subscription = self._subscriptions.get(target)
        if subscription is None:
            subscription = self._subscriptions[target] = _Subscription()
            self._request([target])
        joining = subscription.joining
        if listener not in subscription.listeners:
            subscription.listeners.add(listener)
            joining[listener] = 0
        if listener in joining:
            joining[listener] += 1
        try:
            await _wait_confirmed(subscription, until)
        except BaseException:
            if listener in joining:
                joining[listener] -= 1
                if not joining[listener]:
                    self.unsubscribe(channels, listener)
            raise
        joining.pop(listener, None)

    def unsubscribe(self, channels: ChannelFilter, listener: Listener) -> None:
        """Send `listener` no more messages on `channels`; the last listener ends Redis's subscription."""
        target = channels.channel_or_pattern
        subscription = self._subscriptions.get(target)
        if subscription is None:
            return
        subscription.listeners.discard(listener)
        subscription.joining.pop(listener, None)
        if not subscription.listeners:
            del self._subscriptions[target]
            if self._connection:
                self._connection.unsubscribe(target)

    def _request(self, targets: Iterable[ChannelOrPattern]) -> None:
        """Subscribe to them in Redis; without a connection the next one will."""
        if self._connection is None or self._connection.is_lost:
            return
        for target in targets:
            self._unconfirmed[target] += 1
            self._connection.subscribe(target)

    async def _keep_connected(self) -> None:
        pauses = iter(_REDIAL)
        while True:
            try:
                raw = await self._dial()
            except RedisUnavailable as error:
                self._outage.warn(error=str(error))
                await asyncio.sleep(next(pauses))
                continue
            pauses = iter(_REDIAL)
            connection = self._connection = PubSubConnection(
                raw, self._on_confirmed, self._on_message, self._on_lost
            )
            try:
                self._received_at = monotonic()
                # The probe was the first and now comes last: with its confirmation all are confirmed.
                self._request(reversed(self._subscriptions))
                await asyncio.wait([connection.ended])
            finally:
                await connection.close()

    def _on_lost(self) -> None:
        self._unconfirmed.clear()
        for subscription in self._subscriptions.values():
            subscription.has_gap |= subscription.confirmed.is_set()
            subscription.confirmed.clear()
        self.on_change()

    def _on_confirmed(self, target: ChannelOrPattern) -> None:
        self._received_at = monotonic()
        self._unconfirmed[target] -= 1
        if self._unconfirmed[target] > 0:
            return  # it was given up and requested again: only the last confirmation counts
        del self._unconfirmed[target]
        subscription = self._subscriptions.get(target)
        if subscription is None:
            return
        subscription.confirmed.set()
        if subscription is self._probe_subscription:
            self._outage.resolve("redis.subscriber_connected")
            self.on_change()
        if subscription.has_gap:
            subscription.has_gap = False
            for listener in list(subscription.listeners):
                self._notify_gap(listener)

    def _on_message(self, target: ChannelOrPattern, channel: bytes, payload: bytes) -> None:
        self._received_at = monotonic()
        subscription = self._subscriptions.get(target)
        if subscription is None:
            return
        text = channel.decode(errors="surrogateescape")
        for listener in list(subscription.listeners):
            if listener in subscription.listeners:  # or one before it has ended its subscription
                try:
                    listener.on_message(text, payload)
                except Exception as error:  # noqa: BLE001 - a fault of one listener must not deafen the others
                    self._monitor.report("redis.listener", error)
                    self._notify_gap(listener)

    def _notify_gap(self, listener: Listener) -> None:
        try:
            listener.on_gap()
        except Exception as error:  # noqa: BLE001 - as above
            self._monitor.report("redis.listener", error)

    async def _watch_silence(self) -> None:
        """Publish a probe after a silent interval; reconnect when it does not arrive within another."""
        while True:
            await _sleep_until(self._received_at + self._interval)
            sent_at = monotonic()
            if sent_at - self._received_at < self._interval:
                continue
            await self._send_probe()
            await _sleep_until(sent_at + self._interval)
            if self._received_at >= sent_at:
                self._silence.resolve("redis.subscriber_recovered")
            elif self._connection and not self._connection.is_lost:
                self._silence.warn()
                await self._connection.close()

    async def _send_probe(self) -> None:
        with suppress(QuikstateError, TimeoutError):
            async with asyncio.timeout(self._interval):
                await self._publish(self._probe.name, b"")


async def _wait_confirmed(subscription: _Subscription, until: float) -> None:
    if not subscription.confirmed.is_set():
        try:
            async with asyncio.timeout(until - monotonic()):
                await subscription.confirmed.wait()
        except TimeoutError as error:
            raise RedisUnavailable("Redis did not confirm a subscription in time") from error


async def _sleep_until(when: float) -> None:
    await asyncio.sleep(max(0.0, when - monotonic()))
