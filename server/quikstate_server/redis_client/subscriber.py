"""Redis pub/sub for everyone in this process: one connection, one subscription a channel.

A TCP connection can stay healthy on a node where nothing arrives any more (a
demoted master). So when nothing was heard for an interval, a probe is published
through the normal path; if that too is not heard for an interval, the
connection ends. After a reconnect every listener is told of a gap: what was
published meanwhile is lost to it.
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
from quikstate_server.redis_client.connection.pubsub_connection import ListeningConnection, Wire
from quikstate_server.redis_client.deadline import deadline
from quikstate_server.redis_client.glob import escape_glob
from quikstate_server.repeated_warning import RepeatedWarning
from quikstate_server.settings import RedisSettings

_REDIAL = Backoff(0.01, 0.5)
_QUIET_SECONDS = 5.0

Publish = Callable[[str, bytes], Awaitable[int]]


class ChannelFilter(NamedTuple):
    """A channel, or with `is_prefix` every channel whose name begins so."""

    name: str
    is_prefix: bool = False

    @property
    def wire(self) -> Wire:
        """A prefix is taken literally, whatever it holds."""
        name = escape_glob(self.name) + "*" if self.is_prefix else self.name
        return name.encode(), self.is_prefix


class Listener(Protocol):
    """Who hears a topic. It is called by the reader and must return at once."""

    def on_message(self, channel: str, payload: bytes) -> None: ...

    def on_gap(self) -> None:
        """Messages may have been lost; those from now on are heard."""


class _Subscription:
    """One topic's listeners. It is live when Redis has confirmed what it was last asked."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.joining: dict[Listener, int] = {}
        """Those of them that have not been told that they hear it, and how many calls wait to be."""
        self.live = asyncio.Event()
        self.missed = False


class Subscriber:
    """Listens for everyone; keeps its connection alive, redialling for ever, until closed."""

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
        self._probed = _Subscription()
        self._subscriptions: dict[Wire, _Subscription] = {self._probe.wire: self._probed}
        self._unconfirmed: Counter[Wire] = Counter()
        self._connection: ListeningConnection | None = None
        self._heard = monotonic()
        self._monitor = monitor
        self._tasks = BackgroundTasks(monitor)
        self._keeping: asyncio.Task[None] | None = None
        self._one_by_one = asyncio.Lock()
        # What takes the subscriber's connection takes most often the node's too, which tells of it at once.
        self._outage = RepeatedWarning("redis.subscriber_connect_failed", first_after=_QUIET_SECONDS)
        self._silence = RepeatedWarning("redis.subscriber_silent")

    async def start(self) -> None:
        self._keeping = self._start_keeping()
        self._tasks.keep_running("redis.subscriber_probe", self._watch_silence, vital=True)

    async def close(self) -> None:
        async with self._one_by_one:
            await self._drop()
            await self._tasks.close()

    async def reconnect(self) -> None:
        """End the connection, or the attempt at one, and dial anew; listeners are told of the gap."""
        async with self._one_by_one:
            if self._keeping:
                await self._drop()
                self._keeping = self._start_keeping()

    async def _drop(self) -> None:
        await self._tasks.cancel(self._keeping)
        self._keeping = None

    def _start_keeping(self) -> asyncio.Task[None]:
        return self._tasks.keep_running("redis.subscriber", self._keep, vital=True)

    @property
    def is_live(self) -> bool:
        """True while everything published is heard."""
        return self._probed.live.is_set()

    async def subscribe(self, topic: ChannelFilter, listener: Listener) -> None:
        """Return once `listener` hears `topic`; RedisUnavailable if that takes too long.

        Who gives up ends nothing for a listener that heard it before, or that another call waits for.
        """
        until, wire = deadline(self._settings), topic.wire
        subscription = self._subscriptions.get(wire)
        if subscription is None:
            subscription = self._subscriptions[wire] = _Subscription()
            self._ask([wire])
        joining = subscription.joining
        if listener not in subscription.listeners:
            subscription.listeners.add(listener)
            joining[listener] = 0
        if listener in joining:
            joining[listener] += 1
        try:
            await _confirmed(subscription, until)
        except BaseException:
            if listener in joining:
                joining[listener] -= 1
                if not joining[listener]:
                    self.unsubscribe(topic, listener)
            raise
        joining.pop(listener, None)

    def unsubscribe(self, topic: ChannelFilter, listener: Listener) -> None:
        """`listener` hears `topic` no more; the last one ends Redis's subscription."""
        wire = topic.wire
        subscription = self._subscriptions.get(wire)
        if subscription is None:
            return
        subscription.listeners.discard(listener)
        subscription.joining.pop(listener, None)
        if not subscription.listeners:
            del self._subscriptions[wire]
            if self._connection:
                self._connection.unsubscribe(wire)

    def _ask(self, wires: Iterable[Wire]) -> None:
        """Ask Redis for them; without a connection the next one will."""
        if self._connection is None or self._connection.lost:
            return
        for wire in wires:
            self._unconfirmed[wire] += 1
            self._connection.subscribe(wire)

    async def _keep(self) -> None:
        pauses = iter(_REDIAL)
        while True:
            try:
                raw = await self._dial()
            except RedisUnavailable as error:
                self._outage.happened(error=str(error))
                await asyncio.sleep(next(pauses))
                continue
            pauses = iter(_REDIAL)
            connection = self._connection = ListeningConnection(
                raw, self._on_confirmed, self._on_message, self._on_lost
            )
            try:
                self._heard = monotonic()
                # The probe was the first and now comes last, so that with its confirmation all is heard.
                self._ask(reversed(self._subscriptions))
                await asyncio.wait([connection.ended])
            finally:
                await connection.close()

    def _on_lost(self) -> None:
        self._unconfirmed.clear()
        for subscription in self._subscriptions.values():
            subscription.missed |= subscription.live.is_set()
            subscription.live.clear()
        self.on_change()

    def _on_confirmed(self, wire: Wire) -> None:
        self._heard = monotonic()
        self._unconfirmed[wire] -= 1
        if self._unconfirmed[wire] > 0:
            return  # it was given up and asked for again: only the last answer counts
        del self._unconfirmed[wire]
        subscription = self._subscriptions.get(wire)
        if subscription is None:
            return
        subscription.live.set()
        if subscription is self._probed:
            self._outage.over("redis.subscriber_connected")
            self.on_change()
        if subscription.missed:
            subscription.missed = False
            for listener in list(subscription.listeners):
                self._tell_gap(listener)

    def _on_message(self, wire: Wire, channel: bytes, payload: bytes) -> None:
        self._heard = monotonic()
        subscription = self._subscriptions.get(wire)
        if subscription is None:
            return
        text = channel.decode(errors="surrogateescape")
        for listener in list(subscription.listeners):
            if listener in subscription.listeners:  # or one before it has ended its subscription
                try:
                    listener.on_message(text, payload)
                except Exception as error:  # noqa: BLE001 - one listener's fault must not deafen the others
                    self._monitor.report("redis.listener", error)
                    self._tell_gap(listener)

    def _tell_gap(self, listener: Listener) -> None:
        try:
            listener.on_gap()
        except Exception as error:  # noqa: BLE001 - as above
            self._monitor.report("redis.listener", error)

    async def _watch_silence(self) -> None:
        """Probe after a silent interval; reconnect when the probe is not heard within another."""
        while True:
            await _sleep_until(self._heard + self._interval)
            asked = monotonic()
            if asked - self._heard < self._interval:
                continue
            await self._send_probe()
            await _sleep_until(asked + self._interval)
            if self._heard >= asked:
                self._silence.over("redis.subscriber_hears")
            elif self._connection and not self._connection.lost:
                self._silence.happened()
                await self._connection.close()

    async def _send_probe(self) -> None:
        with suppress(QuikstateError, TimeoutError):
            async with asyncio.timeout(self._interval):
                await self._publish(self._probe.name, b"")


async def _confirmed(subscription: _Subscription, until: float) -> None:
    if not subscription.live.is_set():
        try:
            async with asyncio.timeout(until - monotonic()):
                await subscription.live.wait()
        except TimeoutError as error:
            raise RedisUnavailable("Redis did not confirm a subscription in time") from error


async def _sleep_until(when: float) -> None:
    await asyncio.sleep(max(0.0, when - monotonic()))
