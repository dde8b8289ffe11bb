"""The channels, or the prefixes, that streams of this process subscribe to: each one once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from quikstate_server.primitives.pub_sub.channel_keyspace import ChannelKeyspace


class MessageSource(Protocol):
    """A channel or prefix: what this process receives messages from."""

    name: str
    joining: int
    """The number of subscribers that are about to join."""

    @property
    def is_idle(self) -> bool:
        """Return True if nobody subscribes or is about to."""

    def stop(self) -> None:
        """End the subscription in Redis."""


Source = TypeVar("Source", bound=MessageSource)


class SourceRegistry(Generic[Source]):
    """Sources, each from its first subscriber until its last one leaves."""

    def __init__(self, make: Callable[[ChannelKeyspace, str], Source]) -> None:
        self._make = make
        self._sources: dict[tuple[ChannelKeyspace, str], Source] = {}

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[Source]:
        return iter(list(self._sources.values()))

    def get(self, keyspace: ChannelKeyspace, name: str) -> Source | None:
        """Return the source of `name`, if it has subscribers."""
        return self._sources.get((keyspace, name))

    @contextmanager
    def joining(self, keyspace: ChannelKeyspace, name: str) -> Iterator[Source]:
        """Enter with the source of `name`, which lives at least until the exit."""
        key = keyspace, name
        if key not in self._sources:
            self._sources[key] = self._make(keyspace, name)
        source = self._sources[key]
        source.joining += 1
        try:
            yield source
        finally:
            source.joining -= 1
            self.release(keyspace, source)

    def release(self, keyspace: ChannelKeyspace, source: Source) -> None:
        """Stop a source without subscribers."""
        if source.is_idle and self._sources.get((keyspace, source.name)) is source:
            del self._sources[keyspace, source.name]
            source.stop()

    def close(self) -> None:
        """Stop all sources."""
        for source in self._sources.values():
            source.stop()
        self._sources.clear()
