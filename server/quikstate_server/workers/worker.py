"""Run as a program by the supervisor: one of the processes that serve.

SIGTERM has it drain, once or twice. The end of its standard input has it hurry: that the
supervisor closed it, or is no more.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

import structlog
import uvloop

from quikstate_server import logs
from quikstate_server.app import running
from quikstate_server.settings import StartRefused, from_json
from quikstate_server.workers.control_socket import READINESS_QUESTION, READY_ANSWER, WorkerPeers, serve

_log = structlog.get_logger()


async def work(told: dict[str, Any], say: IO[str]) -> None:
    """Serve as the supervisor told, and say when it may count on us."""
    settings = from_json(told["settings"])
    logs.configure(settings.log_level, settings.log_format, worker=told["number"])
    asked, hurry = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, asked.set)
    loop.add_reader(sys.stdin.fileno(), _on_input_end, loop, asked, hurry)
    path = Path(told["answers"])
    workers = WorkerPeers(path)
    async with running(settings, hurry, workers, bench=told["bench"]) as app:
        workers.answers["metrics"] = lambda _: app.metrics.exposition().decode()
        workers.answers[READINESS_QUESTION] = lambda _: app.unready() or READY_ANSWER
        control_server = await serve(path, workers.answers)
        _log.info("worker.ready", address=app.address)
        _say(say, {"ready": True})
        await asked.wait()
    control_server.close()


def _on_input_end(loop: asyncio.AbstractEventLoop, asked: asyncio.Event, hurry: asyncio.Event) -> None:
    """After its first line nothing comes but the end."""
    loop.remove_reader(sys.stdin.fileno())
    asked.set()
    hurry.set()


def _say(say: IO[str], what: dict[str, object]) -> None:
    say.write(f"{json.dumps(what)}\n")
    say.flush()


def main() -> None:
    told = json.loads(sys.stdin.readline())
    # Standard output is the supervisor's pipe alone: what else is written goes where the log does.
    with os.fdopen(os.dup(1), "w") as say:
        os.dup2(2, 1)
        try:
            uvloop.run(work(told, say))
        except StartRefused as refused:
            _say(say, {"refused": refused.lines})
            sys.exit(2)


if __name__ == "__main__":
    main()
