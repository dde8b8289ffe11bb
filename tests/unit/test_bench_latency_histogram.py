"""What the latencies of `quikstate bench` are told as."""

from __future__ import annotations

import random
from math import ceil

import pytest

from quikstate_server.cli.bench.latency_histogram import LatencyHistogram
from quikstate_server.cli.bench.report import format_histogram, format_time


def histogram_of(*latencies: float) -> LatencyHistogram:
    histogram = LatencyHistogram()
    for seconds in latencies:
        histogram.record(seconds)
    return histogram


def figures(histogram: LatencyHistogram) -> list[object]:
    quantiles = [histogram.quantile(fraction) for fraction in (0.0, 0.5, 0.99, 1.0)]
    return [histogram.count, histogram.min, histogram.mean, histogram.max, quantiles, histogram.rows()]


@pytest.mark.parametrize("fraction", [0.001, 0.5, 0.9, 0.99, 0.999, 1.0])
def test_latency_histogram_quantiles_are_within_a_hundredth(fraction: float) -> None:
    chosen = random.Random(7)  # noqa: S311 - no secret
    latencies = sorted(chosen.lognormvariate(-6, 2) for _ in range(5_000))
    exact = latencies[ceil(fraction * len(latencies)) - 1]
    assert exact * 0.999 <= histogram_of(*latencies).quantile(fraction) <= exact * 1.01


def test_latency_histogram_keeps_the_extremes_and_the_mean() -> None:
    histogram = histogram_of(0.000_001, 0.003, 7_200.0)
    assert (histogram.count, histogram.min, histogram.max) == (3, 0.000_001, 7_200.0)
    assert histogram.mean == pytest.approx(7_200.003_001 / 3)
    assert histogram.quantile(1.0) == histogram.max


def test_latency_histogram_of_nothing_is_all_zero() -> None:
    nothing = LatencyHistogram()
    assert (nothing.count, nothing.min, nothing.mean, nothing.max, nothing.quantile(0.5)) == (0, 0, 0, 0, 0)
    assert nothing.rows() == []
    assert format_histogram(nothing) == []


def test_latency_histogram_counts_a_call_that_ended_before_it_was_due_as_zero() -> None:
    assert figures(histogram_of(-0.001)) == figures(histogram_of(0.0))


def test_latency_histogram_merges_as_if_one_had_recorded_all() -> None:
    both = histogram_of(0.001, 0.2)
    both.merge(LatencyHistogram())
    both.merge(histogram_of(0.000_5, 3.0))
    assert figures(both) == figures(histogram_of(0.001, 0.2, 0.000_5, 3.0))
    from_nothing = LatencyHistogram()
    from_nothing.merge(both)
    assert figures(from_nothing) == figures(both)


def test_latency_histogram_rows_hold_each_latency_once() -> None:
    rows = histogram_of(0.000_9, 0.000_95, 0.001_5, 0.009).rows()
    assert rows == [(0.001, 2), (0.002, 1), (0.005, 0), (0.01, 1)]


def test_bench_histogram_is_drawn_to_scale() -> None:
    assert format_histogram(histogram_of(*[0.000_9] * 20, *[0.001_5] * 10)) == [
        "up to      1ms  20  ########################################",
        "up to      2ms  10  ####################",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "0us"), (0.000_012_34, "12.3us"), (0.000_999_7, "1000us"), (0.001_25, "1.25ms"), (2.5, "2.5s")],
)
def test_bench_times_have_three_digits(seconds: float, text: str) -> None:
    assert format_time(seconds) == text
