"""The channels, or the prefixes, that streams of this process subscribe to: each one once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from quikstate_server.primitives.pub_sub.channel_keyspace import ChannelKeyspace


class Feed(Protocol):
    """A channel or prefix that this process receives from Redis."""

    name: str
    joining: int
    """The number of subscribers that are about to join."""

    @property
    def is_idle(self) -> bool:
        """Return True if nobody subscribes or is about to."""

    def stop(self) -> None:
        """End the subscription in Redis."""


F = TypeVar("F", bound=Feed)


class FeedRegistry(Generic[F]):
    """Feeds, each from its first subscriber until its last one leaves."""

    def __init__(self, make: Callable[[ChannelKeyspace, str], F]) -> None:
        self._make = make
        self._feeds: dict[tuple[ChannelKeyspace, str], F] = {}

    def __len__(self) -> int:
        return len(self._feeds)

    def __iter__(self) -> Iterator[F]:
        return iter(list(self._feeds.values()))

    def get(self, keyspace: ChannelKeyspace, name: str) -> F | None:
        """Return the feed of `name`, if it has subscribers."""
        return self._feeds.get((keyspace, name))

    @contextmanager
    def joining(self, keyspace: ChannelKeyspace, name: str) -> Iterator[F]:
        """Enter with the feed of `name`, which lives at least until the exit."""
        key = keyspace, name
        if key not in self._feeds:
            self._feeds[key] = self._make(keyspace, name)
        feed = self._feeds[key]
        feed.joining += 1
        try:
            yield feed
        finally:
            feed.joining -= 1
            self.release(keyspace, feed)

    def release(self, keyspace: ChannelKeyspace, feed: F) -> None:
        """Stop a feed without subscribers."""
        if feed.is_idle and self._feeds.get((keyspace, feed.name)) is feed:
            del self._feeds[keyspace, feed.name]
            feed.stop()

    def close(self) -> None:
        """Stop all feeds."""
        for feed in self._feeds.values():
            feed.stop()
        self._feeds.clear()
