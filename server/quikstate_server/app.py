"""Puts the server together, starts it and ends it. Nothing else knows everything."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from types import MappingProxyType

import structlog
from grpc_health.v1 import health_pb2

from quikstate_server import banner, logs
from quikstate_server.background import FaultMonitor
from quikstate_server.bench_service import BENCH
from quikstate_server.drain import Drain
from quikstate_server.health import READINESS, Health, Readiness, answers, hears
from quikstate_server.interceptors import chain
from quikstate_server.interceptors.codec import Codec
from quikstate_server.interceptors.concurrency_limit import ConcurrencyLimit
from quikstate_server.interceptors.drain_gate import DrainGate
from quikstate_server.interceptors.end_with_drain import EndWithDrain
from quikstate_server.interceptors.errors import Errors
from quikstate_server.interceptors.first_message import FirstMessage
from quikstate_server.interceptors.method import Handler, Method, methods_of
from quikstate_server.interceptors.telemetry import Telemetry
from quikstate_server.interceptors.validation import Validation
from quikstate_server.metrics import Metrics
from quikstate_server.peers import Peers
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.primitives.streams.mailbox import Bounds
from quikstate_server.redis_client.factory import create_cache_redis_client, create_redis_client
from quikstate_server.redis_client.inspection import HARMLESS_FOR_A_CACHE, RedisFinding
from quikstate_server.redis_monitor import RedisMonitor
from quikstate_server.services.cache.wiring import CACHE
from quikstate_server.services.common.keyspaces import Keyspaces
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.lock.wiring import LOCK
from quikstate_server.services.presence.wiring import PRESENCE
from quikstate_server.services.pub_sub.wiring import PUB_SUB
from quikstate_server.services.queue.wiring import QUEUE
from quikstate_server.services.rate_limit.wiring import RATE_LIMIT
from quikstate_server.services.session.wiring import SESSION
from quikstate_server.settings import Settings, StartRefused
from quikstate_server.telemetry import start_tracing
from quikstate_server.transport import ports, server, standard
from quikstate_server.transport.handlers import Handlers

SERVICES = (LOCK, RATE_LIMIT, CACHE, PRESENCE, PUB_SUB, QUEUE, SESSION)
"""The services of the API."""
VALIDATORS = {message: validator for spec in SERVICES for message, validator in spec.validators.items()}
FIRST_MESSAGE_METHODS = {
    method.full_name
    for spec in SERVICES
    for method in spec.methods
    if method.name in spec.requires_first_message
}
_NONE: Mapping[Method, object] = MappingProxyType({})
_YOUNG_OBJECTS = 10_000
"""So many more and the collector looks for cycles, which are rare here, among objects that streams keep: at
Python's 700 it took an eighth of the CPU of a fan-out, and 0.4 s at once while 10,000 streams came."""
_log = structlog.get_logger()


class App:
    """One server, from `start` to `drain`, in one event loop. `extra` methods are served beside the API's."""

    def __init__(
        self,
        settings: Settings,
        extra: Mapping[Method, object] = _NONE,
        peers: Peers | None = None,
    ) -> None:
        self.address = ""
        self.metrics_port: int | None = None
        self.draining = Drain()
        self.metrics = Metrics()
        self.monitor = FaultMonitor(self.metrics.count_fault)
        self._settings = settings
        self._peers = peers or Peers()
        self._running = AsyncExitStack()
        self._limits = ConcurrencyLimit(settings.limits)
        self._last_calls = DrainGate(self.draining)
        self._validation = Validation(VALIDATORS, settings.limits)

        self.redis_client = create_redis_client(settings, self._on_redis_change, self.monitor)
        self.safety = RedisMonitor(self.redis_client, self._on_findings)
        cache_redis_client = create_cache_redis_client(settings, self._on_cache_redis_change, self.monitor)
        self.cache_redis_client = cache_redis_client or self.redis_client
        self.cache_safety = RedisMonitor(
            self.cache_redis_client, lambda _: None, HARMLESS_FOR_A_CACHE, "cache_redis_url"
        )
        services = self._services()
        self._parts = [part for built in services.values() for part in built.parts]
        names = [spec.name for spec in services]
        self._health = Health(names)
        self._readiness = Readiness(
            self._health,
            {
                spec.name: partial(
                    hears if spec.requires_subscription else answers, built.redis_client or self.redis_client
                )
                for spec, built in services.items()
            },
            partial(hears, self.redis_client),
            settings.readiness_grace_seconds,
        )
        self.redis_client.subscriber.on_change = self._readiness.update
        self.monitor.on_change = lambda: self._readiness.set_alive(alive=self.monitor.is_alive)
        self._readiness.withhold(withheld=settings.strict)  # until Redis was inspected
        handlers = self._inside_chain(services, extra) | self._beside_chain(names)
        self._server = server.server(settings, [Handlers(handlers, confirm_half_close=FIRST_MESSAGE_METHODS)])
        self._make_gauges()

    def _services(self) -> Mapping[ServiceSpec, BuiltService]:
        limits = self._settings.limits
        bounds = Bounds(limits.max_mailbox_items, limits.max_mailbox_bytes)
        streams = Streams(self.draining, self._settings.heartbeat_seconds, bounds)
        context = ServiceContext(
            self._settings,
            self.redis_client,
            self.cache_redis_client,
            self.draining,
            streams,
            self.metrics,
            self._validation.validate,
            self._peers,
            Keyspaces(self._settings.key_prefix),
        )
        return {spec: spec.build(context) for spec in SERVICES}

    def _inside_chain(
        self, services: Mapping[ServiceSpec, BuiltService], extra: Mapping[Method, object]
    ) -> dict[Method, Handler]:
        """The API."""
        ratio = self._settings.trace_ratio if self._settings.otlp_endpoint else None
        interceptors = chain.in_order(
            Telemetry(self.metrics, ratio),
            self._limits,
            self._last_calls,
            FirstMessage(self._settings.limits.first_message_seconds, FIRST_MESSAGE_METHODS),
            self._validation,
        )
        servicers = {method: built.servicer for spec, built in services.items() for method in spec.methods}
        return {
            method: chain.compose(interceptors, method, servicer)
            for method, servicer in (servicers | dict(extra)).items()
        }

    def _beside_chain(self, names: Sequence[str]) -> dict[Method, Handler]:
        """Health and the like, which answer an overloaded server's callers too, and are not its work."""
        health = health_pb2.DESCRIPTOR.services_by_name["Health"]
        servicers: dict[Method, object] = dict.fromkeys(methods_of(health), self._health)
        servicers |= dict.fromkeys(methods_of(standard.CHANNELZ), standard.Channelz())
        reflected = standard.reflection_methods()
        shown = {*names, *(method.service for method in (*servicers, *reflected))}
        servicers |= dict.fromkeys(reflected, standard.Reflection(shown))
        first_message = FirstMessage(self._settings.limits.first_message_seconds)
        interceptors = (Errors(), EndWithDrain(self.draining), first_message, Codec())
        return {method: chain.compose(interceptors, method, servicers[method]) for method in servicers}

    def _make_gauges(self) -> None:
        gauge, room = self.metrics.gauge, self._limits
        gauge("quikstate_calls_in_flight", "Unary calls being served.", lambda: room.calls.taken)
        gauge("quikstate_streams_open", "Streams being served.", lambda: room.streams.taken)
        gauge(
            "quikstate_safety_findings",
            "Ways in which Redis could evict, lose or refuse what it is given.",
            lambda: len(self.safety.findings) + len(self.cache_safety.findings),
        )
        for redis, redis_client in (("redis", self.redis_client), ("cache_redis", self.cache_redis_client)):
            whose = "the cache's Redis" if redis == "cache_redis" else "Redis"
            gauge(
                f"quikstate_{redis}_answers",
                f"1 while {whose} answers for every key.",
                partial(getattr, redis_client, "is_available"),
            )
            gauge(
                f"quikstate_{redis}_takes_writes",
                f"0 while {whose} answers and refuses all writes, as with a full disk.",
                partial(getattr, redis_client, "accepts_writes"),
            )

    def _on_redis_change(self) -> None:
        self._readiness.update()
        self.safety.redis_changed()

    def _on_cache_redis_change(self) -> None:
        self._readiness.update()
        self.cache_safety.redis_changed()

    def _on_findings(self, findings: Sequence[RedisFinding]) -> None:
        self._readiness.withhold(withheld=self._settings.strict and bool(findings))

    def unready(self) -> str:
        """Why the whole server is not ready; empty if it is."""
        if self._health.serves(READINESS):
            return ""
        return banner.why_unready(self.redis_client, self.safety.findings)

    async def start(self) -> None:
        """Serve. What stands against it is said in a StartRefused, and nothing is left behind."""
        try:
            await self._start()
        except BaseException:
            await self._running.aclose()
            raise

    async def _start(self) -> None:
        self._running.callback(self._readiness.end)
        server.may_listen(self._settings)
        self._serve_metrics()
        if self._settings.otlp_endpoint:
            flush = start_tracing(str(self._settings.otlp_endpoint))
            self._running.push_async_callback(asyncio.to_thread, flush)
        own_cache = self.cache_redis_client is not self.redis_client
        for part in (self.redis_client, *([self.cache_redis_client] if own_cache else []), *self._parts):
            self._running.push_async_callback(part.close)
            await part.start()
        for safety in (self.safety, *([self.cache_safety] if own_cache else [])):
            self._running.push_async_callback(safety.close)
            safety.start()
        # Last: who connects finds a server that answers.
        self.address = server.listen(self._server, self._settings)
        await self._server.start()

    def _serve_metrics(self) -> None:
        where = self._settings.metrics_listen
        if not where:
            return
        host, _, port = where.rpartition(":")
        try:
            ports.resolve(host.strip("[]"), port)
            self.metrics_port = self.metrics.serve(host.strip("[]"), int(port))
        except OSError as error:
            raise StartRefused(
                f"metrics_listen: cannot listen on {where}: {error.strerror or error}"
            ) from error
        self._running.push_async_callback(asyncio.to_thread, self.metrics.close)

    async def drain(self, hurry: asyncio.Event | None = None) -> None:
        """End: no call is lost, unless it takes longer than drain_seconds or `hurry` is set."""
        hurry = hurry or asyncio.Event()
        self._readiness.end()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.drain_notice_seconds):
                await hurry.wait()  # balancers see NOT_SERVING and go elsewhere
        self._health.end()
        self.draining.begin()
        await self._last_calls.wait_quiet()
        stopping = asyncio.ensure_future(self._server.stop(self._settings.drain_seconds))
        await asyncio.sleep(0)  # stop has told clients to connect elsewhere
        self._last_calls.release()
        hurrying = asyncio.ensure_future(hurry.wait())
        await asyncio.wait((stopping, hurrying), return_when=asyncio.FIRST_COMPLETED)
        hurrying.cancel()
        await self._server.stop(None)  # at once, where calls are left
        await stopping
        await self._running.aclose()


async def serve(settings: Settings, *, bench: bool = False) -> None:
    """Serve until SIGTERM or SIGINT, then drain; a second signal ends what is left at once.

    `bench` adds the empty call of the benchmarks.
    """
    logs.configure(settings.log_level, settings.log_format)
    asked, hurry = asyncio.Event(), asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, _on_signal, asked, hurry)
    async with running(settings, hurry, Peers(), bench=bench) as app:

        async def unready() -> str:
            return app.unready()

        await banner.greet(settings, app.address, app.metrics_port, unready, asked)
        await asked.wait()


@asynccontextmanager
async def running(
    settings: Settings, hurry: asyncio.Event, peers: Peers, *, bench: bool = False
) -> AsyncIterator[App]:
    """A server that serves; at the end it drains, until `hurry` is set."""
    app = App(settings, BENCH if bench else _NONE, peers)
    asyncio.get_running_loop().set_exception_handler(app.monitor.handle_loop_error)
    await app.start()
    gc.collect()
    gc.freeze()  # what start made stays: the collector need not look at it again
    gc.set_threshold(_YOUNG_OBJECTS, *gc.get_threshold()[1:])
    yield app
    _log.info("server.draining")
    await app.drain(hurry)
    _log.info("server.stopped")


def _on_signal(asked: asyncio.Event, hurry: asyncio.Event) -> None:
    (hurry if asked.is_set() else asked).set()
