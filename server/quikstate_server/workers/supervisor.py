"""Keeps workers running, and is one server to whoever starts, scrapes and ends it.

It holds the port for them, the Redis of our own if there is no other, and the metrics
endpoint. The kernel spreads connections over the workers, which share nothing but Redis.
"""

from __future__ import annotations

import asyncio
import signal
import tempfile
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry, start_http_server
from pydantic import SecretStr

from quikstate_server import banner, logs
from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.redis_client.embedded.data_directory import socket_path
from quikstate_server.redis_client.factory import create_redis_client
from quikstate_server.settings import Settings, StartRefused
from quikstate_server.transport import ports
from quikstate_server.workers.aggregate import Aggregate
from quikstate_server.workers.control_socket import READINESS_QUESTION, READY_ANSWER, ask, control_socket_path
from quikstate_server.workers.process import WorkerProcess

_RESTART_SECONDS = (0.1, 5.0)
"""The pause before a worker is replaced, and the longest that it grows to."""
_STEADY_SECONDS = 10.0
_MARGIN_SECONDS = 5.0
_log = structlog.get_logger()


class Supervisor:
    """From `start` to `close`; `settings.workers` processes."""

    def __init__(self, settings: Settings, *, bench: bool = False) -> None:
        self.address = ""
        self.metrics_port: int | None = None
        self._settings = settings
        self._bench = bench
        self._running = AsyncExitStack()
        self._workers: dict[int, WorkerProcess] = {}
        self._started = 0
        self._monitor = FaultMonitor()
        self._tasks = BackgroundTasks(self._monitor)
        self._ending = False

    async def start(self) -> None:
        """Return once all serve; StartRefused, with nothing left behind, if one will not."""
        try:
            await self._start()
        except BaseException:
            await self._end(hurry=True)
            await self._running.aclose()
            raise

    async def _start(self) -> None:
        reservation = ports.Reservation(self._settings.listen)
        self._running.callback(reservation.close)
        self.address = reservation.address
        self._serve_metrics()
        shared = await self._shared_redis()
        told: dict[str, object] = {"listen": self.address, "metrics_listen": "", **shared}
        self._told = self._settings.model_copy(update=told)
        self._folder = Path(self._running.enter_context(tempfile.TemporaryDirectory(prefix="quikstate-")))
        first = [self._launch() for _ in range(self._settings.workers)]
        await asyncio.gather(*(worker.ready() for worker in first))
        for worker in first:
            self._tasks.keep_running("worker.supervise", partial(self._keep, worker))

    async def _shared_redis(self) -> Mapping[str, object]:
        """What workers are told of the Redis of our own, which is ours alone to start and to stop."""
        if self._settings.redis_target:
            return {}
        redis_client = create_redis_client(self._settings, monitor=self._monitor)
        self._running.push_async_callback(redis_client.close)
        await redis_client.start()
        return {"redis_url": SecretStr(f"unix://{socket_path(self._settings.data_dir)}")}

    def _serve_metrics(self) -> None:
        where = self._settings.metrics_listen
        if not where:
            return
        registry = CollectorRegistry()
        registry.register(Aggregate(self._scrape))
        host, _, port = where.rpartition(":")
        try:
            ports.resolve(host.strip("[]"), port)
            endpoint, _ = start_http_server(int(port), host.strip("[]"), registry)
        except OSError as error:
            raise StartRefused(
                f"metrics_listen: cannot listen on {where}: {error.strerror or error}"
            ) from error
        self.metrics_port = endpoint.server_port
        self._running.callback(endpoint.server_close)
        self._running.push_async_callback(asyncio.to_thread, endpoint.shutdown)

    def _scrape(self) -> Mapping[int, str]:
        """What each worker says that answers, on a thread of the endpoint's."""
        told: dict[int, str] = {}
        for number, worker in dict(self._workers).items():
            with suppress(OSError):
                told[number] = ask(worker.answers, "metrics")
        return told

    async def unready(self) -> str:
        """Why a worker is not ready; empty if all are."""
        for worker in list(self._workers.values()):
            try:
                said = await asyncio.to_thread(ask, worker.answers, READINESS_QUESTION)
            except OSError:
                said = "a worker does not answer"
            if said != READY_ANSWER:
                return said
        return ""

    def _launch(self) -> WorkerProcess:
        self._started += 1
        number = self._started
        worker = WorkerProcess(
            number, self._told, control_socket_path(self._folder, number), bench=self._bench
        )
        self._workers[number] = worker
        return worker

    async def _keep(self, worker: WorkerProcess) -> None:
        """Put another in its place whenever it ends."""
        pause, longest = _RESTART_SECONDS
        while True:
            since = time.monotonic()
            status = await worker.ended()
            self._workers.pop(worker.number, None)
            if self._ending:
                return
            _log.error("worker.ended", worker=worker.number, status=status)
            if time.monotonic() - since > _STEADY_SECONDS:
                pause = _RESTART_SECONDS[0]
            await asyncio.sleep(pause)
            pause = min(pause * 2, longest)
            if self._ending:
                return
            worker = self._launch()
            try:
                await worker.ready()
            except StartRefused as refused:
                _log.error("worker.refused", worker=worker.number, why=refused.lines)

    async def drain(self, hurry: asyncio.Event) -> None:
        """End: each worker drains, until `hurry` is set or it takes much longer than it should."""
        hurrying = asyncio.create_task(hurry.wait())
        ending = asyncio.create_task(self._end())
        most = self._settings.drain_notice_seconds + self._settings.drain_seconds + _MARGIN_SECONDS
        await asyncio.wait((hurrying, ending), timeout=most, return_when=asyncio.FIRST_COMPLETED)
        hurrying.cancel()
        if not ending.done():
            await self._end(hurry=True)
        await ending
        await self._running.aclose()

    async def _end(self, *, hurry: bool = False) -> None:
        """Return once no worker is left; by force, if it is asked to hurry and does not."""
        self._ending = True
        workers = list(self._workers.values())
        for worker in workers:
            worker.end(hurry=hurry)
        ended = asyncio.gather(*(worker.ended() for worker in workers))
        if hurry:
            await asyncio.wait([ended], timeout=_MARGIN_SECONDS)
            for worker in workers:
                worker.kill()
        await ended
        await self._tasks.close()


async def supervise(settings: Settings, *, bench: bool = False) -> None:
    """Serve with workers until SIGTERM or SIGINT, then drain; a second signal ends what is left at once."""
    logs.configure(settings.log_level, settings.log_format)
    asked, hurry = asyncio.Event(), asyncio.Event()

    def on_signal() -> None:
        (hurry if asked.is_set() else asked).set()

    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, on_signal)
    supervisor = Supervisor(settings, bench=bench)
    await supervisor.start()
    await banner.greet(settings, supervisor.address, supervisor.metrics_port, supervisor.unready, asked)
    await asked.wait()
    _log.info("server.draining")
    await supervisor.drain(hurry)
    _log.info("server.stopped")
