"""The program of one worker process, which its supervisor runs.

SIGTERM makes it drain. The end of its standard input makes it stop now: the supervisor closed it, or is gone.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

import uvloop

from quikstate_server import logs
from quikstate_server.logs import get_logger
from quikstate_server.serving import running
from quikstate_server.settings import ShownSetting, StartRefused, from_json
from quikstate_server.workers.control_socket import (
    METRICS_QUESTION,
    READINESS_QUESTION,
    READY_ANSWER,
    WorkerPeers,
    serve,
)

_log = get_logger()


async def work(job: dict[str, Any], output: IO[str]) -> None:
    """Serve as the supervisor's `job` says, and report to `output` when ready."""
    settings = from_json(job["settings"])
    logs.configure(settings.log_level, settings.log_format, worker=job["number"])
    stop, stop_now = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    loop.add_reader(sys.stdin.fileno(), _on_input_end, loop, stop, stop_now)
    path = Path(job["control_socket"])
    peers = WorkerPeers(path, job["number"])
    shown = [ShownSetting(*setting) for setting in job["shown_settings"]]
    async with running(settings, stop_now, peers, shown, bench=job["bench"]) as app:
        peers.answers[METRICS_QUESTION] = lambda _: app.metrics.exposition().decode()
        peers.answers[READINESS_QUESTION] = lambda _: app.unready_reason() or READY_ANSWER
        control_server = await serve(path, peers.answers)
        _log.info("worker.ready", address=app.address)
        _report(output, {"ready": True})
        await stop.wait()
    control_server.close()


def _on_input_end(loop: asyncio.AbstractEventLoop, stop: asyncio.Event, stop_now: asyncio.Event) -> None:
    """Set both events: after the first line the only thing to read is the end."""
    loop.remove_reader(sys.stdin.fileno())
    stop.set()
    stop_now.set()


def _report(output: IO[str], report: dict[str, object]) -> None:
    output.write(f"{json.dumps(report)}\n")
    output.flush()


def main() -> None:
    job = json.loads(sys.stdin.readline())
    # Standard output is the pipe to the supervisor: anything else that is written goes where the log goes.
    with os.fdopen(os.dup(1), "w") as output:
        os.dup2(2, 1)
        try:
            uvloop.run(work(job, output))
        except StartRefused as refused:
            _report(output, {"refused": refused.lines})
            sys.exit(2)
