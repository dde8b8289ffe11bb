"""Keeps worker processes running, which together are one server.

The supervisor holds the port for them, an embedded Redis if there is no other, and the metrics endpoint. The
kernel spreads connections over the workers, which share nothing but Redis.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path

from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from quikstate_server import banner, exporters, logs
from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.backoff import Backoff
from quikstate_server.drain import stop_signals
from quikstate_server.garbage_collection import resume_collection
from quikstate_server.logs import get_logger
from quikstate_server.redis_client.embedded.data_directory import socket_path
from quikstate_server.redis_client.factory import create_redis_client
from quikstate_server.settings import (
    Configuration,
    Settings,
    ShownSetting,
    StartRefused,
    shown_settings,
)
from quikstate_server.transport import ports
from quikstate_server.transport.exposure import check_exposure
from quikstate_server.transport.tls import server_certificates
from quikstate_server.workers.control_socket import (
    METRICS_QUESTION,
    READINESS_QUESTION,
    READY_ANSWER,
    ask,
    control_socket_path,
)
from quikstate_server.workers.metrics import WorkerMetrics
from quikstate_server.workers.process import WorkerProcess

_OF_THE_SUPERVISOR = {"metrics_listen": "", "otlp_metrics_endpoint": None}
"""The settings by which the supervisor alone tells of all workers' metrics."""
_RESTART = Backoff(0.1, 5.0)
_STEADY_SECONDS = 10.0
"""A worker that ran this long has recovered: the next restart has the first pause again."""
_MARGIN_SECONDS = 5.0
_log = get_logger()


class Supervisor:
    """Runs `settings.workers` processes from `start` to `drain`."""

    def __init__(
        self, settings: Settings, shown: Sequence[ShownSetting] = (), *, bench: bool = False
    ) -> None:
        """Take the settings, and how callers are shown them."""
        self.address = ""
        self.metrics_port: int | None = None
        self._settings = settings
        self._shown_settings = shown or shown_settings(settings)
        self._bench = bench
        self._running = AsyncExitStack()
        self._workers: dict[int, WorkerProcess] = {}
        self._started = 0
        self._monitor = FaultMonitor()
        self._tasks = BackgroundTasks(self._monitor)
        self._is_draining = False

    async def start(self) -> None:
        """Return once all workers serve; raise StartRefused, and leave nothing behind, if one refuses."""
        try:
            await self._start()
        except BaseException:
            await self._terminate(stop_now=True)
            await self._running.aclose()
            raise

    async def _start(self) -> None:
        check_exposure(self._settings)
        reservation = ports.Reservation(self._settings.listen)
        self._running.callback(reservation.close)
        self.address = reservation.address
        await self._serve_metrics()
        overrides = {**_OF_THE_SUPERVISOR, "listen": self.address, **await self._start_embedded_redis()}
        self._worker_settings = self._settings.model_copy(update=overrides)
        self._folder = Path(self._running.enter_context(tempfile.TemporaryDirectory(prefix="quikstate-")))
        workers = [self._start_worker() for _ in range(self._settings.workers)]
        await asyncio.gather(*(worker.wait_ready() for worker in workers))
        for worker in workers:
            self._tasks.keep_running("worker.supervise", partial(self._supervise, worker))

    async def _start_embedded_redis(self) -> Mapping[str, object]:
        """Start it for all workers if the settings name no Redis; return the settings that name it."""
        if self._settings.redis_target:
            return {}
        redis_client = create_redis_client(self._settings, monitor=self._monitor)
        self._running.push_async_callback(redis_client.close)
        await redis_client.start()
        return {"redis_url": SecretStr(f"unix://{socket_path(self._settings.data_dir)}")}

    async def _serve_metrics(self) -> None:
        registry = CollectorRegistry()
        registry.register(WorkerMetrics(self._scrape))
        exporters.send_metrics(self._settings, registry, self._running)
        if not self._settings.metrics_listen:
            return
        certificates = server_certificates(self._settings, self._monitor)
        if certificates:
            self._running.push_async_callback(certificates.close)
            await certificates.start()
        self.metrics_port = exporters.serve_metrics(self._settings, registry, certificates, self._running)

    def _scrape(self) -> Mapping[int, str]:
        """Return the metrics of each worker that replies; it runs on the thread of the endpoint."""
        metrics: dict[int, str] = {}
        for number, worker in dict(self._workers).items():
            with suppress(OSError):
                metrics[number] = ask(worker.control_socket, METRICS_QUESTION)
        return metrics

    async def unready_reason(self) -> str:
        """Return why a worker is not ready; "" if all are."""
        for worker in list(self._workers.values()):
            try:
                answer = await asyncio.to_thread(ask, worker.control_socket, READINESS_QUESTION)
            except OSError:
                answer = "a worker does not answer"
            if answer != READY_ANSWER:
                return answer
        return ""

    def _start_worker(self) -> WorkerProcess:
        self._started += 1
        number = self._started
        path = control_socket_path(self._folder, number)
        worker = WorkerProcess(number, self._worker_settings, self._shown_settings, path, bench=self._bench)
        self._workers[number] = worker
        return worker

    async def _supervise(self, worker: WorkerProcess) -> None:
        """Start another worker in its place whenever it exits."""
        pauses = iter(_RESTART)
        while True:
            started_at = time.monotonic()
            status = await worker.wait()
            self._workers.pop(worker.number, None)
            if self._is_draining:
                return
            _log.error("worker.exited", worker=worker.number, status=status)
            if time.monotonic() - started_at > _STEADY_SECONDS:
                pauses = iter(_RESTART)
            await asyncio.sleep(next(pauses))
            if self._is_draining:
                return
            worker = self._start_worker()
            try:
                await worker.wait_ready()
            except StartRefused as refused:
                _log.error("worker.start_refused", worker=worker.number, why=refused.lines)

    async def drain(self, stop_now: asyncio.Event) -> None:
        """Shut down: each worker drains, until `stop_now` is set or it takes much longer than it should."""
        stopping_now = asyncio.create_task(stop_now.wait())
        terminating = asyncio.create_task(self._terminate())
        timeout = self._settings.drain_notice_seconds + self._settings.drain_seconds + _MARGIN_SECONDS
        await asyncio.wait((stopping_now, terminating), timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        stopping_now.cancel()
        if not terminating.done():
            await self._terminate(stop_now=True)
        await terminating
        await self._running.aclose()

    async def _terminate(self, *, stop_now: bool = False) -> None:
        """Return once no worker is left; with `stop_now`, kill those that are left after _MARGIN_SECONDS."""
        self._is_draining = True
        workers = list(self._workers.values())
        for worker in workers:
            worker.terminate(stop_now=stop_now)
        exits = asyncio.gather(*(worker.wait() for worker in workers))
        if stop_now:
            await asyncio.wait([exits], timeout=_MARGIN_SECONDS)
            for worker in workers:
                worker.kill()
        await exits
        await self._tasks.close()


async def supervise(configuration: Configuration) -> None:
    """Serve with workers until SIGTERM or SIGINT, then drain; a second signal cancels the calls left."""
    settings = configuration.settings
    logs.configure(settings.log_level, settings.log_format)
    stop, stop_now = stop_signals()
    supervisor = Supervisor(settings, shown_settings(settings, configuration.origins))
    await supervisor.start()
    resume_collection()
    await banner.announce(
        settings, supervisor.address, supervisor.metrics_port, supervisor.unready_reason, stop
    )
    await stop.wait()
    _log.info("server.draining")
    await supervisor.drain(stop_now)
    _log.info("server.stopped")
