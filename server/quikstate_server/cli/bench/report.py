"""Prints the result of `quikstate bench`."""

from __future__ import annotations

from collections.abc import Mapping

from quikstate_server.cli.bench.latency_histogram import LatencyHistogram
from quikstate_server.cli.bench.load import LoadPlan, LoadResult
from quikstate_server.cli.bench.workloads import WORKLOADS
from quikstate_server.cli.common.output import say, say_json, say_table

_QUANTILES = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p99.9": 0.999}
_BAR_WIDTH = 40
_UNITS = ("s", 1.0), ("ms", 1e3), ("us", 1e6)
_WHOLE = 100
"""From here on, three digits are a whole number."""


def say_result(plan: LoadPlan, clients: int, result: LoadResult) -> None:
    """Print the result for people."""
    callers = f"{clients} x {plan.concurrency} callers"
    say(f"{plan.workload}: {WORKLOADS[plan.workload].calls}, {callers}, {result.seconds:.1f} s")
    say(f"{result.calls} calls, {_rate(result):.1f} calls/s{_rate_wanted(plan)}")
    for code, count in result.errors.most_common():
        say(f"{count} failed: {code}")
    if result.skipped:
        say(f"{result.skipped} calls were due and not made: this rate needs more clients, or a faster server")
    if result.latencies.count:
        _say_latencies(result.latencies)


def say_result_json(plan: LoadPlan, clients: int, result: LoadResult) -> None:
    """Print the result for programs; latencies are in milliseconds."""
    say_json(
        {
            "workload": plan.workload,
            "rpcs": WORKLOADS[plan.workload].calls.split(" + "),
            "clients": clients,
            "concurrency": plan.concurrency,
            "rate": plan.rate,
            "seconds": round(result.seconds, 3),
            "calls": result.calls,
            "errors": dict(result.errors),
            "skipped": result.skipped,
            "callsPerSecond": round(_rate(result), 1),
            "latencyMs": {name: _milliseconds(value) for name, value in _figures(result.latencies).items()},
            "histogram": [
                {"upToMs": _milliseconds(bound), "calls": count} for bound, count in result.latencies.rows()
            ],
        }
    )


def _say_latencies(latencies: LatencyHistogram) -> None:
    figures = _figures(latencies)
    say("")
    say_table(list(figures), [[format_time(value) for value in figures.values()]])
    say("")
    for line in format_histogram(latencies):
        say(line)


def format_histogram(latencies: LatencyHistogram) -> list[str]:
    """Return a line with a bar for each step of latency."""
    rows = latencies.rows()
    most = max((count for _, count in rows), default=0)
    width = len(str(most))
    return [
        f"up to {format_time(bound):>8}  {count:>{width}}  {'#' * round(_BAR_WIDTH * count / most)}".rstrip()
        for bound, count in rows
    ]


def format_time(seconds: float) -> str:
    """Return a time with three digits, such as 1.25ms."""
    unit, scale = next((unit for unit in _UNITS if seconds * unit[1] >= 1), _UNITS[-1])
    number = seconds * scale
    return f"{number:.0f}{unit}" if number >= _WHOLE else f"{number:.3g}{unit}"


def _figures(latencies: LatencyHistogram) -> Mapping[str, float]:
    quantiles = {name: latencies.quantile(fraction) for name, fraction in _QUANTILES.items()}
    return {"min": latencies.min, "mean": latencies.mean, **quantiles, "max": latencies.max}


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1e3, 4)


def _rate(result: LoadResult) -> float:
    return result.calls / result.seconds if result.seconds else 0.0


def _rate_wanted(plan: LoadPlan) -> str:
    return "" if plan.rate is None else f" of {plan.rate:g} calls/s that were due"
