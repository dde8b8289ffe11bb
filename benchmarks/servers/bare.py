"""The reference for everything: grpc.aio as it comes, and one method that does nothing.

With --contrib it has OpenTelemetry's own interceptor, at 1 % sampling.
"""

from __future__ import annotations

import argparse
from typing import Any

import grpc
import grpc.aio
from google.protobuf.empty_pb2 import Empty

from benchmarks.servers.running import run

_GRACE_SECONDS = 1


async def _empty(request: Empty, context: grpc.aio.ServicerContext[Any, Any]) -> Empty:  # noqa: ARG001
    return Empty()


def _handlers() -> grpc.GenericRpcHandler[Any, Any]:
    empty = grpc.unary_unary_rpc_method_handler(_empty, Empty.FromString, Empty.SerializeToString)
    return grpc.method_handlers_generic_handler("quikstate.bench.v1.BenchService", {"Empty": empty})


def contrib() -> grpc.aio.ServerInterceptor[Any, Any]:
    """OpenTelemetry's interceptor, as its documentation says to use it."""
    from opentelemetry.instrumentation.grpc import aio_server_interceptor
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    provider = TracerProvider(sampler=ParentBased(TraceIdRatioBased(0.01)))
    interceptor: grpc.aio.ServerInterceptor[Any, Any]
    interceptor = aio_server_interceptor(tracer_provider=provider)  # type: ignore[no-untyped-call] # it has no types
    return interceptor


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--contrib", action="store_true")
    interceptors = [contrib()] if options.parse_args().contrib else []
    server: grpc.aio.Server | None = None

    async def start() -> str:
        nonlocal server
        server = grpc.aio.server(interceptors=interceptors, handlers=[_handlers()])
        port = server.add_insecure_port("127.0.0.1:0")
        await server.start()
        return f"127.0.0.1:{port}"

    async def stop() -> None:
        if server:
            await server.stop(_GRACE_SECONDS)

    run(start, stop)


if __name__ == "__main__":
    main()
