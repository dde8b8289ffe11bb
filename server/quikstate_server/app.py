"""Puts the server together, starts it and ends it. Nothing else knows everything."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from types import MappingProxyType

import structlog
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.empty_pb2 import Empty
from grpc_health.v1 import health_pb2

from quikstate_server import logs, welcome
from quikstate_server.drain import Drain
from quikstate_server.errors import QuikstateError
from quikstate_server.health import Health, Readiness
from quikstate_server.interceptors import chain
from quikstate_server.interceptors.errors import Errors
from quikstate_server.interceptors.limits import Limits
from quikstate_server.interceptors.messages import Messages
from quikstate_server.interceptors.method import Handler, Method, methods_of
from quikstate_server.interceptors.telemetry import Telemetry
from quikstate_server.interceptors.until_drain import UntilDrain
from quikstate_server.interceptors.validation import Validation
from quikstate_server.metrics import Metrics
from quikstate_server.settings import Settings, StartRefused
from quikstate_server.telemetry import start_tracing
from quikstate_server.topology.connect import connect
from quikstate_server.topology.safety import Finding, inspect
from quikstate_server.transport import server, standard
from quikstate_server.transport.handlers import Handlers

_INSPECT_SECONDS = 60.0
_log = structlog.get_logger()


class Bench:
    """What benchmarks compare with: a call that does nothing, through all that every call goes through."""

    async def empty(self, request: Empty) -> Empty:
        return request


BENCH: Mapping[Method, object] = MappingProxyType(
    {Method("quikstate.bench.v1.BenchService", "Empty", Empty, Empty): Bench()}
)
_NONE: Mapping[Method, object] = MappingProxyType({})


class App:
    """One server, from `start` to `drain`. `extra` methods are served beside the API's.

    To be made and used in one event loop.
    """

    def __init__(self, settings: Settings, extra: Mapping[Method, object] = _NONE) -> None:
        self._settings = settings
        self._running = AsyncExitStack()
        self._redis_changed = asyncio.Event()
        self.address = ""
        self.metrics_port: int | None = None
        self.findings: Sequence[Finding] = ()

        self.metrics = Metrics()
        self._drain = Drain()
        self._limits = Limits(settings.limits, self._drain)
        self._validation = Validation({}, settings.limits)
        self.topology = connect(settings, self._on_redis_change)
        services = self._services()
        names = [service.full_name for service in services]
        self._health = Health(names)
        self._readiness = Readiness(
            self._health, names, lambda: self.topology.answers, settings.readiness_grace_seconds
        )
        self._readiness.withhold(withheld=settings.strict)  # until Redis was inspected
        self._server = server.server(
            settings,
            [
                Handlers(self._inside_chain(services, extra) | self._beside_chain(names)),
                *standard.channelz_handlers(),
            ],
        )
        self._make_gauges()

    def _services(self) -> Mapping[ServiceDescriptor, object]:
        return {}

    def _inside_chain(
        self, services: Mapping[ServiceDescriptor, object], extra: Mapping[Method, object]
    ) -> dict[Method, Handler]:
        """The API."""
        ratio = self._settings.trace_ratio if self._settings.otlp_endpoint else None
        interceptors = chain.in_order(Telemetry(self.metrics, ratio), self._limits, self._validation)
        servicers = {method: services[service] for service in services for method in methods_of(service)}
        return {
            method: chain.compose(interceptors, method, servicer)
            for method, servicer in (servicers | dict(extra)).items()
        }

    def _beside_chain(self, names: Sequence[str]) -> dict[Method, Handler]:
        """Health and reflection, which answer an overloaded server's callers too, and are not its work."""
        health = health_pb2.DESCRIPTOR.services_by_name["Health"]
        reflected = standard.reflection_methods()
        shown = {*names, health.full_name, *(method.service for method in reflected)}
        servicers: dict[Method, object] = dict.fromkeys(methods_of(health), self._health)
        servicers |= dict.fromkeys(reflected, standard.Reflection(shown))
        interceptors = (Errors(), UntilDrain(self._drain), Messages())
        return {method: chain.compose(interceptors, method, servicers[method]) for method in servicers}

    def _make_gauges(self) -> None:
        calls, streams = self._limits.calls, self._limits.streams
        gauge = self.metrics.gauge
        gauge("quikstate_calls_in_flight", "Unary calls being served.", lambda: calls.taken)
        gauge("quikstate_streams_open", "Streams being served.", lambda: streams.taken)
        gauge(
            "quikstate_redis_answers", "1 while Redis answers for every key.", lambda: self.topology.answers
        )
        gauge(
            "quikstate_safety_findings",
            "Ways in which this Redis could evict, lose or refuse what it is given.",
            lambda: len(self.findings),
        )

    async def start(self) -> None:
        """Serve. What stops it is said in a StartRefused, and leaves nothing behind."""
        try:
            await self._start()
        except BaseException:
            await self._running.aclose()
            raise

    async def _start(self) -> None:
        self.address = server.listen(self._server, self._settings.listen)
        self._running.push_async_callback(self._server.stop, None)
        self._serve_metrics()
        if self._settings.otlp_endpoint:
            self._running.callback(start_tracing(str(self._settings.otlp_endpoint)))
        self._running.push_async_callback(self.topology.close)
        await self.topology.start()
        watching = asyncio.get_running_loop().create_task(self._watch_redis())
        self._running.callback(watching.cancel)
        await self._server.start()

    def _serve_metrics(self) -> None:
        where = self._settings.metrics_listen
        if not where:
            return
        host, _, port = where.rpartition(":")
        try:
            self.metrics_port = self.metrics.serve(host.strip("[]"), int(port))
        except OSError as error:
            raise StartRefused(f"metrics_listen: cannot listen on {where}: {error.strerror}") from error
        self._running.callback(self.metrics.close)

    def _on_redis_change(self) -> None:
        self._readiness.update()
        self._redis_changed.set()

    async def _watch_redis(self) -> None:
        """Inspect Redis when it begins to answer, since it may be another one, and now and then."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_INSPECT_SECONDS):
                    await self._redis_changed.wait()
            self._redis_changed.clear()
            if self.topology.answers:
                await self._inspect_redis()

    async def _inspect_redis(self) -> None:
        try:
            findings = (await inspect(self.topology)).findings
        except QuikstateError as error:
            _log.warning("redis.not_inspected", error=error.message)
            return
        for finding in set(findings) - set(self.findings):
            _log.warning("redis.unsafe", finding=finding.name, what=finding.what, remedy=finding.remedy)
        self.findings = findings
        self._readiness.withhold(withheld=self._settings.strict and bool(findings))

    async def drain(self, hurry: asyncio.Event | None = None) -> None:
        """End: no call begun is lost, unless it takes longer than drain_seconds or `hurry` is set."""
        hurry = hurry or asyncio.Event()
        self._readiness.end()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.drain_notice_seconds):
                await hurry.wait()  # balancers see NOT_SERVING and go elsewhere
        self._drain.begin()
        stopping = asyncio.ensure_future(self._server.stop(self._settings.drain_seconds))
        hurrying = asyncio.ensure_future(hurry.wait())
        await asyncio.wait((stopping, hurrying), return_when=asyncio.FIRST_COMPLETED)
        hurrying.cancel()
        await self._running.aclose()  # stops the server at once, where it has not yet
        await stopping


async def serve(settings: Settings, *, bench: bool = False) -> None:
    """Serve until SIGTERM or SIGINT, then drain; a second signal ends what is left at once.

    `bench` adds the empty call of the benchmarks.
    """
    logs.configure(settings.log_level, settings.log_format)
    asked, hurry = asyncio.Event(), asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, _on_signal, asked, hurry)
    app = App(settings, BENCH if bench else _NONE)
    await app.start()
    _greet(settings, app)
    gc.collect()
    gc.freeze()  # what start made stays: the collector need not look at it again
    await asked.wait()
    _log.info("server.draining")
    await app.drain(hurry)
    _log.info("server.stopped")


def _on_signal(asked: asyncio.Event, hurry: asyncio.Event) -> None:
    (hurry if asked.is_set() else asked).set()


def _greet(settings: Settings, app: App) -> None:
    redis = settings.redis_target or f"of our own, in {settings.data_dir}"
    _log.info("server.ready", address=app.address, redis=str(redis), metrics_port=app.metrics_port)
    if not welcome.is_private(app.address):
        _log.warning("server.open", what="there is no authentication: whoever reaches the address may call")
    if settings.log_format == "console":
        sys.stdout.write(welcome.text(app.address))
        sys.stdout.flush()
