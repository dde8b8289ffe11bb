"""The metrics of all workers are merged into those of one server."""

from __future__ import annotations

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from quikstate_server.metrics import Metrics
from quikstate_server.workers.metrics import WorkerMetrics

TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_worker_metrics_are_summed_and_keep_exemplars() -> None:
    workers = {number: Metrics() for number in (1, 2)}
    workers[1].durations_of("a.Service/DoThis")["OK"](0.002, {"trace_id": TRACE})
    workers[2].durations_of("a.Service/DoThis")["OK"](0.002)
    registry = CollectorRegistry()
    registry.register(
        WorkerMetrics(lambda: {number: each.exposition().decode() for number, each in workers.items()})
    )
    encode, _ = choose_encoder("application/openmetrics-text")
    text = encode(registry).decode()
    labels = {"rpc_method": "a.Service/DoThis", "rpc_response_status_code": "OK"}
    assert registry.get_sample_value("rpc_server_call_duration_seconds_count", labels) == 2
    (line,) = [line for line in text.splitlines() if TRACE in line]
    assert 'le="0.0025"' in line
    assert "_created" not in text
