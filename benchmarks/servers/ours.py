"""This server with the benchmark's empty call, and all else as users have it."""

from __future__ import annotations

import argparse

from pydantic import SecretStr

from benchmarks.servers.running import run
from quikstate_server.app import BENCH, App
from quikstate_server.settings import Settings


def settings(description: str | None) -> Settings:
    """The settings in the command line."""
    flags = argparse.ArgumentParser(description=description)
    flags.add_argument("--redis-url", required=True)
    flags.add_argument("--otlp-endpoint", help="where traces go; without it nothing is traced")
    given = flags.parse_args()
    return Settings(
        listen="127.0.0.1:0",
        metrics_listen="127.0.0.1:0",
        redis_url=SecretStr(given.redis_url),
        otlp_endpoint=given.otlp_endpoint,
    )


def serve(chosen: Settings) -> None:
    app: App | None = None

    async def start() -> str:
        nonlocal app
        app = App(chosen, BENCH)
        await app.start()
        return app.address

    async def stop() -> None:
        if app:
            await app.drain()

    run(start, stop)


if __name__ == "__main__":
    serve(settings(__doc__))
