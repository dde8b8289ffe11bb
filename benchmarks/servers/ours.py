"""This server with the benchmark's empty call, and all else as users have it."""

from __future__ import annotations

import argparse
import asyncio

from pydantic import SecretStr

from benchmarks.servers.running import run
from quikstate_server.app import BENCH, App
from quikstate_server.settings import Settings
from quikstate_server.workers.supervisor import Supervisor


def settings(description: str | None) -> Settings:
    """The settings in the command line."""
    flags = argparse.ArgumentParser(description=description)
    flags.add_argument("--redis-url", required=True)
    flags.add_argument("--otlp-endpoint", help="where traces go; without it nothing is traced")
    flags.add_argument("--workers", type=int, default=1)
    given = flags.parse_args()
    return Settings(
        listen="127.0.0.1:0",
        metrics_listen="127.0.0.1:0",
        workers=given.workers,
        redis_url=SecretStr(given.redis_url),
        otlp_endpoint=given.otlp_endpoint,
    )


def serve(chosen: Settings) -> None:
    running: App | Supervisor | None = None

    async def start() -> str:
        nonlocal running
        running = Supervisor(chosen, bench=True) if chosen.workers > 1 else App(chosen, BENCH)
        await running.start()
        return running.address

    async def stop() -> None:
        if running:
            await running.drain(asyncio.Event())

    run(start, stop)


if __name__ == "__main__":
    serve(settings(__doc__))
