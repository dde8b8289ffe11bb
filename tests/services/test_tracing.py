"""Traces reach a collector."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import grpc.aio
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from services.conftest import StartProcess
from support.redis.redis_process import RedisProcess
from support.server.stub_service import check, valid

TRACE = "0af7651916cd43dd8448eb211c80319c"


class Collector:
    """Takes OTLP over HTTP."""

    def __init__(self) -> None:
        self.received: list[ExportTraceServiceRequest] = []
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.append(ExportTraceServiceRequest.FromString(body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}/v1/traces"

    def spans(self) -> dict[str, str]:
        """The trace of each span by its name."""
        return {
            span.name: span.trace_id.hex()
            for request in self.received
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        }


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    thread = threading.Thread(target=collector.server.serve_forever)
    thread.start()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()
    thread.join()


async def test_a_call_and_its_script_are_spans_of_the_callers_trace(
    collector: Collector, redis_process: RedisProcess, start_process: StartProcess
) -> None:
    url = f"unix://{redis_process.path}"
    with start_process(redis_url=url, otlp_endpoint=collector.endpoint, trace_ratio=0) as server:
        async with grpc.aio.insecure_channel(server.address) as channel:
            await check(channel)(valid(), metadata=(("traceparent", f"00-{TRACE}-b7ad6b7169203331-01"),))
            await check(channel)(valid())
        server.send(signal.SIGTERM)  # what is not sent yet is sent at the end
        assert server.ended() == 0
    assert collector.spans() == {
        "quikstate.v1.RateLimitService/CheckRateLimit": TRACE,
        "rate_limit.check": TRACE,
    }
