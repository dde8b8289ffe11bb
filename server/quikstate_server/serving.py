"""Runs one server in this process until it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from quikstate_server import banner, logs
from quikstate_server.app import NO_METHODS, App
from quikstate_server.bench_service import BENCH
from quikstate_server.drain import stop_signals
from quikstate_server.garbage_collection import resume_collection
from quikstate_server.logs import get_logger
from quikstate_server.peers import Peers
from quikstate_server.settings import Configuration, Settings, ShownSetting, shown_settings

_log = get_logger()


async def serve(configuration: Configuration, *, bench: bool = False) -> None:
    """Serve until SIGTERM or SIGINT, then drain; a second signal cancels the calls that are left.

    `bench` adds the empty call of the benchmarks.
    """
    settings = configuration.settings
    logs.configure(settings.log_level, settings.log_format)
    stop, stop_now = stop_signals()
    shown = shown_settings(settings, configuration.origins)
    async with running(settings, stop_now, Peers(), shown, bench=bench) as app:

        async def unready_reason() -> str:
            return app.unready_reason()

        await banner.announce(settings, app.address, app.metrics_port, unready_reason, stop)
        await stop.wait()


@asynccontextmanager
async def running(
    settings: Settings,
    stop_now: asyncio.Event,
    peers: Peers,
    shown: Sequence[ShownSetting] = (),
    *,
    bench: bool = False,
) -> AsyncIterator[App]:
    """Serve while entered; then drain, until `stop_now` is set.

    `shown` has the settings as callers are shown them; `bench` adds the empty call of the benchmarks.
    """
    app = App(settings, BENCH if bench else NO_METHODS, peers, shown)
    asyncio.get_running_loop().set_exception_handler(app.monitor.handle_loop_error)
    await app.start()
    resume_collection()
    yield app
    _log.info("server.draining")
    await app.drain(stop_now)
    _log.info("server.stopped")
