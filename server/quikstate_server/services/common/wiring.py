"""What the app has for every service, and what it is given back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message import Message

from quikstate_server.drain import Drain
from quikstate_server.interceptors.validation import Rules
from quikstate_server.metrics import Metrics
from quikstate_server.peers import Peers
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Settings


class Lifecycle(Protocol):
    """What runs beside the calls; it is started after Redis and closed before it."""

    async def start(self) -> None: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """`validate` raises InvalidRequest for an item of a stream, which the interceptors leave to servicers."""

    settings: Settings
    redis_client: RedisClient
    cache_redis_client: RedisClient
    """The cache's Redis, which may be one of its own; else `redis_client`."""
    drain: Drain
    streams: Streams
    metrics: Metrics
    validate: Callable[[Message], None]
    peers: Peers


@dataclass(frozen=True, slots=True)
class BuiltService:
    """A servicer, and what it needs running, in the order of its start."""

    servicer: object
    parts: Sequence[Lifecycle] = ()
    redis_client: RedisClient | None = None
    """The Redis without which it is not ready. Default: that of all services."""


@dataclass(frozen=True, slots=True, eq=False)
class ServiceSpec:
    """One service: its description, the rules of its requests, and how it is made."""

    service: ServiceDescriptor
    rules: Mapping[type[Message], Rules]
    make: Callable[[ServiceContext], BuiltService]
    speak_first: Collection[str] = ()
    """Full names of methods whose first message says what their stream is for."""
    hears: bool = False
    """Whether it is of no use while Redis's pub/sub is not heard."""
