"""The contract between the app and its services: ServiceSpec, ServiceContext, BuiltService."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Protocol

from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message import Message

from quikstate_server.drain import Drain
from quikstate_server.interceptors.concurrency_limit import ConcurrencyLimit
from quikstate_server.interceptors.method import Method, methods_of
from quikstate_server.interceptors.name_authorization import NamesOf
from quikstate_server.interceptors.validation import Validator
from quikstate_server.loop_lag import LoopLag
from quikstate_server.metrics import Metrics
from quikstate_server.peers import Peers
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import RedisFinding
from quikstate_server.services.common.keyspaces import Keyspaces
from quikstate_server.settings import Limits, Settings, ShownSetting


class Lifecycle(Protocol):
    """A part that runs beside the calls; the app starts it after Redis and closes it before Redis."""

    async def start(self) -> None: ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ServerState:
    """What AdminService alone shows of this process."""

    shown_settings: Sequence[ShownSetting]
    """The settings of the whole server, without secrets."""
    concurrency: ConcurrencyLimit
    loop_lag: LoopLag
    redis_findings: Callable[[], Sequence[RedisFinding]]
    cache_redis_findings: Callable[[], Sequence[RedisFinding]]


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """The objects that all services share."""

    settings: Settings
    redis_client: RedisClient
    cache_redis_client: RedisClient
    """The Redis of the cache alone, if the settings name one; else `redis_client`."""
    drain: Drain
    streams: Streams
    metrics: Metrics
    validate: Callable[[Message], None]
    """Raises InvalidRequest or PermissionDenied for an item of a client's stream, which interceptors leave
    to servicers."""
    peers: Peers
    keyspaces: Keyspaces
    namespaces: Callable[[], Collection[str]]
    """Returns the namespaces that callers have now."""
    policies: Policies
    """The rate limit policies in force; RateLimitService starts them."""
    state: ServerState

    @property
    def limits(self) -> Limits:
        return self.settings.limits


@dataclass(frozen=True, slots=True)
class BuiltService:
    """A servicer, and the parts that run beside it, in the order of their start."""

    servicer: object
    parts: Sequence[Lifecycle] = ()
    redis_client: RedisClient | None = None
    """The Redis without which it is not ready; None: that of all services."""


@dataclass(frozen=True, slots=True, eq=False)
class ServiceSpec:
    """One service: its description in the proto, its validators, and how to build it."""

    service: ServiceDescriptor
    validation: ModuleType
    """Has the validator `acquire_lock` for AcquireLock; an RPC without one is held to its proto alone."""
    names: ModuleType
    """Has `acquire_lock` for AcquireLock: it returns the names in a request that a policy can restrict."""
    build: Callable[[ServiceContext], BuiltService]
    requires_first_message: Collection[str] = ()
    """Names of RPCs whose first message, which may not be late, says what they hold until the half-close."""
    releases: Collection[str] = ()
    """Names of RPCs that give back what others wait for: no quota holds them up."""
    audited: Collection[str] = ()
    """Names of RPCs that are logged, beside those with admin access."""
    requires_subscription: bool = False
    """True if the service is not ready while the subscription to Redis's channels is down."""

    @property
    def name(self) -> str:
        full_name: str = self.service.full_name
        return full_name

    @property
    def methods(self) -> Iterator[Method]:
        return methods_of(self.service)

    @property
    def validators(self) -> Mapping[type[Message], Validator]:
        """Return the validator of each type of request that has one, found by its RPC's name."""
        found = {method: getattr(self.validation, method.python_name, None) for method in self.methods}
        return {method.request_type: validator for method, validator in found.items() if validator}

    @property
    def names_of(self) -> Mapping[type[Message], NamesOf]:
        """Return what finds the names in each type of request; every RPC has one."""
        return {method.request_type: getattr(self.names, method.python_name) for method in self.methods}

    def full_names(self, methods: Collection[str]) -> Collection[str]:
        """Return the full names of some of its methods."""
        return {method.full_name for method in self.methods if method.name in methods}
