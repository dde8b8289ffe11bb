"""One look as JSON, for programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from quikstate_server.cli.common.channel import as_json
from quikstate_server.cli.top.rates import Rates, WorkerRates
from quikstate_server.cli.top.sample import Sample


def document(address: str, sample: Sample, rates: Rates) -> dict[str, Any]:
    """Return all that is shown, and what a screen has no room for. Durations are in seconds."""
    total = asdict(rates.total)
    del total["method"]
    return {
        "time": _now(),
        "address": address,
        "version": sample.server.version,
        "interval": rates.seconds,
        "total": total,
        "methods": [asdict(method) for method in rates.methods],
        "workers": [_worker(worker) for worker in rates.workers],
        **as_json(sample.topology),
        "queues": [as_json(queue) for queue in sample.queues],
    }


def fault_document(address: str, why: str) -> dict[str, Any]:
    """Return what there is to say of a server that does not answer."""
    return {"time": _now(), "address": address, "error": why}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _worker(rates: WorkerRates) -> dict[str, Any]:
    told = as_json(rates.worker)
    del told["methods"]
    return {**told, "calls": rates.calls, "cpu": rates.cpu}
