"""This server with the benchmark's empty call, and all else as users have it."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from pydantic import SecretStr

from benchmarks.servers.running import run
from quikstate_server.peers import Peers
from quikstate_server.serving import running
from quikstate_server.settings import Settings
from quikstate_server.workers.supervisor import Supervisor


def settings(description: str | None) -> Settings:
    """The settings in the command line."""
    flags = argparse.ArgumentParser(description=description)
    flags.add_argument("--redis-url", required=True)
    flags.add_argument("--otlp-endpoint", help="where traces go; without it nothing is traced")
    flags.add_argument("--workers", type=int, default=1)
    flags.add_argument("--transport", choices=("grpc", "http"), default="grpc")
    for name in ("--auth", "--tls-cert-file", "--tls-key-file", "--tls-client-ca-file"):
        flags.add_argument(name, type=Path)
    given = flags.parse_args()
    return Settings(
        listen="127.0.0.1:0",
        metrics_listen="127.0.0.1:0",
        workers=given.workers,
        transport=given.transport,
        redis_url=SecretStr(given.redis_url),
        otlp_endpoint=given.otlp_endpoint,
        auth=given.auth,
        tls_cert_file=given.tls_cert_file,
        tls_key_file=given.tls_key_file,
        tls_client_ca_file=given.tls_client_ca_file,
    )


def serve(chosen: Settings) -> None:
    served, stop_now = AsyncExitStack(), asyncio.Event()

    async def start() -> str:
        if chosen.workers == 1:
            one = await served.enter_async_context(running(chosen, stop_now, Peers(), bench=True))
            return one.address
        several = Supervisor(chosen, bench=True)
        served.push_async_callback(several.drain, stop_now)
        await several.start()
        return several.address

    run(start, served.aclose)


if __name__ == "__main__":
    serve(settings(__doc__))
