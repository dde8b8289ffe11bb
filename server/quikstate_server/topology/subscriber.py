"""Redis pub/sub for everyone in this process: one connection, one subscription a channel.

A TCP connection can stay healthy on a node where nothing arrives any more (a
demoted master). So when nothing was heard for an interval, a probe is published
through the normal path; a second silent interval ends the connection. After a
reconnect every listener is told of a gap: what was published meanwhile is lost
to it.
"""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import NamedTuple, Protocol

import structlog

from quikstate_server.errors import QuikstateError, RedisUnavailable
from quikstate_server.settings import RedisSettings
from quikstate_server.topology.connection import Dial
from quikstate_server.topology.listening import ListeningConnection

_REDIAL_SECONDS = (0.01, 1.0)
_GLOB = re.compile(r"([*?\[\]\\])")
_log = structlog.get_logger()

Publish = Callable[[str, bytes], Awaitable[int]]


class Topic(NamedTuple):
    """A channel, or with `prefix` every channel whose name begins so."""

    name: str
    prefix: bool = False

    @property
    def pattern(self) -> str:
        """As Redis is told: a prefix is taken literally, whatever it holds."""
        return _GLOB.sub(r"\\\1", self.name) + "*" if self.prefix else self.name


class Listener(Protocol):
    """Who hears a topic. It is called by the reader and must return at once."""

    def on_message(self, channel: str, payload: bytes) -> None: ...

    def on_gap(self) -> None:
        """Messages may have been lost; those from now on are heard."""


class _Subscription:
    """One topic's listeners. It is live when Redis has confirmed as often as it was asked."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.live = asyncio.Event()
        self.unconfirmed = 0
        self.missed = False


class Subscriber:
    """Listens for everyone; keeps its connection alive, redialling for ever, until closed."""

    def __init__(self, dial: Dial, publish: Publish, settings: RedisSettings, channel_prefix: str = "") -> None:
        self._dial = dial
        self._publish = publish
        self._interval = settings.probe_seconds
        self._connect_seconds = settings.connect_seconds
        self._probe = Topic(f"{channel_prefix}quikstate:probe:{uuid.uuid4().hex}")
        self._subscriptions: dict[Topic, _Subscription] = {self._probe: _Subscription()}
        self._connection: ListeningConnection | None = None
        self._heard = time.monotonic()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._keep()), loop.create_task(self._watch_silence())]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.drop_connection()

    async def drop_connection(self) -> None:
        """End the connection; a new one is dialled, and listeners are told of the gap."""
        if self._connection:
            await self._connection.close()

    @property
    def live(self) -> bool:
        """True while everything published is heard."""
        return self._subscriptions[self._probe].live.is_set()

    async def subscribe(self, topic: Topic, listener: Listener) -> None:
        """Return once `listener` hears `topic`; RedisUnavailable if that takes too long."""
        subscription = self._subscriptions.get(topic)
        if subscription is None:
            subscription = self._subscriptions[topic] = _Subscription()
            self._ask([topic])
        subscription.listeners.add(listener)
        try:
            async with asyncio.timeout(self._connect_seconds):
                await subscription.live.wait()
        except BaseException as error:
            self.unsubscribe(topic, listener)
            if isinstance(error, TimeoutError):
                raise RedisUnavailable("Redis did not confirm a subscription in time") from error
            raise

    def unsubscribe(self, topic: Topic, listener: Listener) -> None:
        """`listener` hears `topic` no more; the last one ends Redis's subscription."""
        subscription = self._subscriptions.get(topic)
        if subscription is None:
            return
        subscription.listeners.discard(listener)
        if not subscription.listeners:
            del self._subscriptions[topic]
            if self._connection:
                self._connection.unsubscribe(topic.pattern, prefix=topic.prefix)

    def _ask(self, topics: Iterable[Topic]) -> None:
        """Ask Redis for `topics`; without a connection the next one will."""
        if self._connection is None or self._connection.lost:
            return
        for topic in topics:
            self._subscriptions[topic].unconfirmed += 1
            self._connection.subscribe(topic.pattern, prefix=topic.prefix)

    async def _keep(self) -> None:
        pause, longest = _REDIAL_SECONDS
        while True:
            try:
                raw = await self._dial()
            except RedisUnavailable as error:
                _log.warning("redis.subscriber_connect_failed", error=str(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, longest)
                continue
            pause = _REDIAL_SECONDS[0]
            connection = self._connection = ListeningConnection(raw, self._on_confirmed, self._on_message)
            self._heard = time.monotonic()
            self._ask(list(self._subscriptions))
            await connection.wait_lost()
            await connection.close()
            self._on_lost()

    def _on_lost(self) -> None:
        for subscription in self._subscriptions.values():
            subscription.missed |= subscription.live.is_set()
            subscription.live.clear()
            subscription.unconfirmed = 0

    def _on_confirmed(self, pattern: str, prefix: bool) -> None:
        self._heard = time.monotonic()
        topic = Topic(_unescape(pattern) if prefix else pattern, prefix)
        subscription = self._subscriptions.get(topic)
        if subscription is None:
            return
        subscription.unconfirmed -= 1
        if subscription.unconfirmed > 0:
            return  # it was given up and asked for again: wait for the last answer
        subscription.live.set()
        if subscription.missed:
            subscription.missed = False
            for listener in list(subscription.listeners):
                listener.on_gap()

    def _on_message(self, pattern: str, prefix: bool, channel: str, payload: bytes) -> None:
        self._heard = time.monotonic()
        subscription = self._subscriptions.get(Topic(_unescape(pattern) if prefix else pattern, prefix))
        if subscription:
            for listener in list(subscription.listeners):
                listener.on_message(channel, payload)

    async def _watch_silence(self) -> None:
        """Probe after one silent interval, reconnect after the second."""
        while True:
            await asyncio.sleep(self._interval)
            silent = time.monotonic() - self._heard
            if silent >= 2 * self._interval and self._connection and not self._connection.lost:
                _log.warning("redis.subscriber_silent", seconds=round(silent, 1))
                await self._connection.close()
            elif silent >= self._interval:
                with suppress(QuikstateError):
                    await self._publish(self._probe.name, b"")


def _unescape(pattern: str) -> str:
    return re.sub(r"\\(.)", r"\1", pattern.removesuffix("*"))
