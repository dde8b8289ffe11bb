"""Builds a server, starts it and drains it. Nothing else knows all of its parts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from functools import partial
from types import MappingProxyType

from google.protobuf.message import Message

from quikstate_server import banner, exporters, standard_services
from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.drain import Drain
from quikstate_server.gauges import add_gauges
from quikstate_server.health import (
    LIVENESS,
    READINESS,
    Health,
    Readiness,
    is_redis_ready,
    is_subscription_ready,
)
from quikstate_server.identity_wiring import create_authenticator, identity_interceptors, namespaces_of
from quikstate_server.interceptors import chain
from quikstate_server.interceptors.audit import AuditActs
from quikstate_server.interceptors.concurrency_limit import ConcurrencyLimit
from quikstate_server.interceptors.drain_gate import DrainGate
from quikstate_server.interceptors.first_message import FirstMessage
from quikstate_server.interceptors.method import Handler, Method
from quikstate_server.interceptors.name_authorization import NameAuthorization
from quikstate_server.interceptors.refusals import Refusals
from quikstate_server.interceptors.telemetry import Telemetry
from quikstate_server.interceptors.validation import Validation
from quikstate_server.logs import get_logger
from quikstate_server.loop_lag import LoopLag
from quikstate_server.metrics import Metrics
from quikstate_server.peers import Peers
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.primitives.streams.mailbox import Bounds
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.factory import create_cache_redis_client, create_redis_client
from quikstate_server.redis_client.inspection import HARMLESS_FOR_A_CACHE, RedisFinding, Severity
from quikstate_server.redis_monitor import RedisMonitor
from quikstate_server.services.catalog import (
    AUDITED_METHODS,
    FIRST_MESSAGE_METHODS,
    NAMES,
    RELEASING_METHODS,
    SERVICES,
    VALIDATORS,
)
from quikstate_server.services.common.keyspaces import Keyspaces
from quikstate_server.services.common.wiring import (
    BuiltService,
    Lifecycle,
    ServerState,
    ServiceContext,
    ServiceSpec,
)
from quikstate_server.settings import Settings, ShownSetting, shown_settings
from quikstate_server.transport.exposure import check_exposure
from quikstate_server.transport.factory import check_can_listen, create_transport, diagnostic_servicers
from quikstate_server.transport.tls import server_certificates
from quikstate_server.transport.transport import ServedApi

NO_METHODS: Mapping[Method, object] = MappingProxyType({})
_log = get_logger()


class App:
    """One server, from `start` to `drain`, in one event loop."""

    def __init__(
        self,
        settings: Settings,
        extra_methods: Mapping[Method, object] = NO_METHODS,
        peers: Peers | None = None,
        shown: Sequence[ShownSetting] = (),
    ) -> None:
        """Build it. `extra_methods` are served by their servicers beside those of the API.

        `shown` has the settings as callers are shown them, with their origins; by default all are defaults.
        """
        self.address = ""
        self.metrics_port: int | None = None
        self.draining = Drain()
        self.metrics = Metrics()
        self.monitor = FaultMonitor(self.metrics.count_fault)
        self.concurrency = ConcurrencyLimit(settings.limits, RELEASING_METHODS)
        self._settings = settings
        self._drain_gate = DrainGate(self.draining)
        self._validation = Validation(VALIDATORS, settings.limits)
        self._running = AsyncExitStack()
        self._certificates = server_certificates(settings, self.monitor)
        self._authenticator = create_authenticator(settings, self.metrics, self.monitor, extra_methods)
        self._name_authorization = NameAuthorization(NAMES)
        self._tasks = BackgroundTasks(self.monitor)
        self._loop_lag = LoopLag(self.metrics, self.monitor)

        self._connect_redis()
        services = self._build_services(peers or Peers(), shown or shown_settings(settings))
        self._parts = self._in_start_order(services)
        self._watch_health(services)
        self._transport = create_transport(
            settings,
            ServedApi(
                self._handlers(services, extra_methods),
                FIRST_MESSAGE_METHODS,
                {
                    "/healthz": partial(self._health.serves, LIVENESS),
                    "/readyz": partial(self._health.serves, READINESS),
                },
            ),
            self._certificates,
        )
        monitors = (self.redis_monitor, self.cache_redis_monitor)
        add_gauges(self.metrics, self.concurrency, monitors, self.redis_client, self.cache_redis_client)

    def _connect_redis(self) -> None:
        self.redis_client = create_redis_client(self._settings, self._on_redis_change, self.monitor)
        self.redis_monitor = RedisMonitor(
            self.redis_client, self._on_findings, min_replicas=self._settings.redis.min_replicas
        )
        cache = create_cache_redis_client(self._settings, self._on_redis_change, self.monitor)
        self.cache_redis_client = cache or self.redis_client
        self.cache_redis_monitor = RedisMonitor(
            self.cache_redis_client, lambda _: None, HARMLESS_FOR_A_CACHE, "cache_redis_url"
        )

    def _build_services(
        self, peers: Peers, shown: Sequence[ShownSetting]
    ) -> Mapping[ServiceSpec, BuiltService]:
        limits = self._settings.limits
        bounds = Bounds(limits.max_mailbox_items, limits.max_mailbox_bytes)
        context = ServiceContext(
            settings=self._settings,
            redis_client=self.redis_client,
            cache_redis_client=self.cache_redis_client,
            drain=self.draining,
            streams=Streams(self.draining, self._settings.heartbeat_seconds, bounds),
            metrics=self.metrics,
            validate=self._check_item,
            peers=peers,
            keyspaces=Keyspaces(self._settings.key_prefix),
            namespaces=partial(namespaces_of, self._authenticator),
            policies=Policies(self._settings.policies, limits, self.monitor),
            state=ServerState(
                shown,
                self.concurrency,
                self._loop_lag,
                lambda: self.redis_monitor.findings,
                lambda: self.cache_redis_monitor.findings,
            ),
        )
        return {spec: spec.build(context) for spec in SERVICES}

    def _check_item(self, item: Message) -> None:
        self._validation.validate(item)
        self._name_authorization.check(item)

    def _in_start_order(self, services: Mapping[ServiceSpec, BuiltService]) -> Sequence[Lifecycle]:
        """Return the parts: Redis before the services that use it, what only watches last."""
        service_parts = [part for built in services.values() for part in built.parts]
        has_cache_redis = self.cache_redis_client is not self.redis_client
        return (
            self.redis_client,
            *([self.cache_redis_client] if has_cache_redis else []),
            *service_parts,
            self.redis_monitor,
            *([self.cache_redis_monitor] if has_cache_redis else []),
            *([self._certificates] if self._certificates else []),
            *([self._authenticator] if self._authenticator else []),
            self._loop_lag,
        )

    def _watch_health(self, services: Mapping[ServiceSpec, BuiltService]) -> None:
        self._health = Health([spec.name for spec in services])
        self._readiness = Readiness(
            self._health,
            {
                spec.name: partial(
                    self._is_ready,
                    is_subscription_ready if spec.requires_subscription else is_redis_ready,
                    built.redis_client or self.redis_client,
                )
                for spec, built in services.items()
            },
            partial(self._is_ready, is_subscription_ready, self.redis_client),
            self._settings.readiness_grace_seconds,
        )
        self.redis_client.subscriber.on_change = self._readiness.update
        self.monitor.on_change = lambda: self._readiness.set_alive(alive=self.monitor.is_alive)
        self._readiness.withhold(withheld=self._settings.strict)  # until Redis was inspected

    def _handlers(
        self, services: Mapping[ServiceSpec, BuiltService], extra_methods: Mapping[Method, object]
    ) -> Mapping[Method, Handler]:
        first_message_seconds = self._settings.limits.first_message_seconds
        identity = identity_interceptors(self._authenticator, self._name_authorization)
        interceptors = chain.in_order(
            Telemetry(
                self.metrics,
                self._settings.trace_ratio if self._settings.otlp_endpoint else None,
                log_calls=self._settings.log_level == "debug",
            ),
            self.concurrency,
            self._drain_gate,
            FirstMessage(first_message_seconds, FIRST_MESSAGE_METHODS),
            self._validation,
            AuditActs(self.metrics, AUDITED_METHODS, NAMES),
            identity,
            Refusals(self.metrics),
        )
        servicers = {method: built.servicer for spec, built in services.items() for method in spec.methods}
        api = {
            method: chain.compose(interceptors, method, servicer)
            for method, servicer in (servicers | dict(extra_methods)).items()
        }
        return api | dict(
            standard_services.handlers(
                self._health,
                self.draining,
                first_message_seconds,
                [spec.name for spec in services],
                diagnostic_servicers(self._settings),
                identity.diagnostic_authentication if identity else None,
            )
        )

    def _on_redis_change(self) -> None:
        self._readiness.update()
        for monitor in (self.redis_monitor, self.cache_redis_monitor):
            monitor.redis_changed()

    def _is_ready(self, check: Callable[[RedisClient], bool], redis_client: RedisClient) -> bool:
        lacks_replicas = redis_client is self.redis_client and self.redis_monitor.lacks_replicas
        return check(redis_client) and not lacks_replicas

    def _on_findings(self, findings: Sequence[RedisFinding]) -> None:
        """Have health follow. With `--strict` it does so at once, but for an outage, which has its grace."""
        is_unsafe = any(finding.severity is not Severity.OUTAGE for finding in findings)
        self._readiness.withhold(withheld=self._settings.strict and is_unsafe)

    def unready_reason(self) -> str:
        """Return why the whole server is not ready; "" if it is."""
        if self._health.serves(READINESS):
            return ""
        return banner.unready_reason(self.redis_client, self.redis_monitor.findings)

    async def start(self) -> None:
        """Serve; or raise StartRefused, which names the obstacle, and leave nothing behind."""
        try:
            await self._start()
        except BaseException:
            await self._running.aclose()
            raise

    async def _start(self) -> None:
        self._running.callback(self._readiness.end)
        check_exposure(self._settings)
        check_can_listen(self._settings)
        self.metrics_port = exporters.serve_metrics(
            self._settings, self.metrics.registry, self._certificates, self._running
        )
        exporters.send_traces(self._settings, self._running)
        for part in self._parts:
            self._running.push_async_callback(part.close)
            await part.start()
        # After Redis, so that the last metrics are sent while it is connected.
        exporters.send_metrics(self._settings, self.metrics.registry, self._running)
        # Last, so that a client that can connect finds a server that answers.
        check_can_listen(self._settings)
        self.address = await self._transport.start()
        self._running.push_async_callback(self._tasks.close)
        self._tasks.spawn("validation.prepare", self._validation.prepare())

    async def drain(self, stop_now: asyncio.Event | None = None) -> None:
        """Shut down. No call is lost, unless it takes longer than drain_seconds or `stop_now` is set."""
        stop_now = stop_now or asyncio.Event()
        self._readiness.end()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.drain_notice_seconds):
                await stop_now.wait()  # meanwhile balancers see NOT_SERVING and go elsewhere
        self._health.end()
        self.draining.begin()
        await self._drain_gate.wait_quiet()
        stopping = asyncio.ensure_future(self._transport.stop(self._settings.drain_seconds))
        await asyncio.sleep(0)  # by now stop has told clients to connect elsewhere
        self._drain_gate.release()
        stopping_now = asyncio.ensure_future(stop_now.wait())
        await asyncio.wait((stopping, stopping_now), return_when=asyncio.FIRST_COMPLETED)
        stopping_now.cancel()
        await self._transport.stop(None)  # cancel the calls that are left
        await stopping
        await self._running.aclose()
