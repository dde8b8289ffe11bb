"""Traces and metrics reach a collector."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import grpc.aio
import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from services.conftest import StartProcess
from support.harness.eventually import eventually
from support.redis.redis_process import RedisProcess
from support.server.stub_service import check, valid

TRACE = "0af7651916cd43dd8448eb211c80319c"


class Collector:
    """Takes OTLP over HTTP."""

    def __init__(self) -> None:
        self.received: list[ExportTraceServiceRequest] = []
        self.metrics: list[ExportMetricsServiceRequest] = []
        self.headers: list[str | None] = []
        received, metrics, headers = self.received, self.metrics, self.headers

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers.append(self.headers["x-tenant"])
                if self.path == "/v1/metrics":
                    metrics.append(ExportMetricsServiceRequest.FromString(body))
                else:
                    received.append(ExportTraceServiceRequest.FromString(body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.endpoint = f"{self.base}/v1/traces"

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


async def test_metrics_are_sent_as_they_are_scraped_and_the_standard_variables_are_obeyed(
    collector: Collector,
    redis_process: RedisProcess,
    start_process: StartProcess,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "shared-state")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=one")
    monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", "200")
    endpoint = f"{collector.base}/v1/metrics"
    with start_process(redis_url=f"unix://{redis_process.path}", otlp_metrics_endpoint=endpoint) as server:
        async with grpc.aio.insecure_channel(server.address) as channel:
            for _ in range(3):
                await check(channel)(valid())
        count = len(collector.metrics)
        await eventually(lambda: len(collector.metrics) > count + 1)  # again and again, at the interval
        server.send(signal.SIGTERM)
        assert server.ended() == 0
    assert set(collector.headers) == {"one"}
    (sent,) = collector.metrics[-1].resource_metrics
    attributes = {each.key: each.value.string_value for each in sent.resource.attributes}
    assert attributes["service.name"] == "shared-state"
    assert attributes["deployment.environment.name"] == "test"
    metrics = {metric.name: metric for metric in sent.scope_metrics[0].metrics}
    points = metrics["rpc_server_call_duration_seconds"].histogram.data_points
    labels = {"rpc_method": "quikstate.v1.RateLimitService/CheckRateLimit", "rpc_response_status_code": "OK"}
    (point,) = [each for each in points if {a.key: a.value.string_value for a in each.attributes} == labels]
    assert (point.count, sum(point.bucket_counts)) == (3, 3)
    assert len(point.bucket_counts) == len(point.explicit_bounds) + 1
    assert point.sum > 0
    (available,) = metrics["quikstate_redis_available"].gauge.data_points
    assert available.as_double == 1
    decisions = metrics["quikstate_rate_limit_decisions"].sum
    assert (decisions.is_monotonic, sum(each.as_double for each in decisions.data_points)) == (True, 3)
