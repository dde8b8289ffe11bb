"""What a run says: a table that is Markdown too, the verdicts on the budgets, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.budgets import verdicts
from benchmarks.measure import Measured, Sample
from benchmarks.results import YARDSTICK, Results

Before = Mapping[str, Any]
"""An earlier run's JSON."""

_HEAD = (
    "what", "transport", "unit", "CPU µs", "x empty", "x grpc-go", "Redis CPU µs", "script µs", "a second",
    "p50 ms", "p99 ms", "caller µs", "KiB", "lost",
)  # fmt: skip
_HEAD_BEFORE = ("CPU µs before", "x empty before", "CPU x before")


def table(results: Results, before: Before | None = None) -> str:
    """Aligned, for a terminal and for the README."""
    head = (*_HEAD, *_HEAD_BEFORE) if before else _HEAD
    lines = [head, *(_line(row, results, before) for row in results.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_aligned(line, widths) for line in (lines[0], rule, *lines[1:]))


def _line(measured: Measured, results: Results, before: Before | None) -> Sequence[str]:
    row = measured.row
    about = (row.title, row.transport.title if row.transport else "", row.unit)
    if not measured.samples:
        return (*about, *["-"] * (len(_HEAD) - len(about) + len(_HEAD_BEFORE) * bool(before)))
    median = measured.median()
    cells = (
        *about,
        _number(median.server_us),
        _ratio(results.ratio(row.key, row.against)),
        _ratio(results.ratio(row.key, YARDSTICK) if row.against else None),
        _number(median.redis_us),
        _number(median.script_us),
        f"{median.per_second:,.0f}",
        f"{median.p50_us / 1e3:.2f}" if median.p50_us else "",
        f"{median.p99_us / 1e3:.2f}" if median.p99_us else "",
        _number(median.caller_us),
        _number(median.memory_kib),
        f"{median.lost:,.0f}" if median.lost else "",
    )
    return (*cells, *_compared(row.key, median.server_us, before)) if before else cells


def _compared(key: str, now: float, before: Before) -> Sequence[str]:
    earlier = before["rows"].get(key, {})
    cpu, ratio = earlier.get("median", {}).get("server_us"), earlier.get("ratio")
    if not cpu:
        return ("",) * len(_HEAD_BEFORE)
    return (_number(cpu), _ratio(ratio), f"{now / cpu:.2f}")


def _ratio(value: float | None) -> str:
    return f"{value:.2f}" if value else ""


def _number(value: float) -> str:
    if value < 0.05:
        return ""
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (cell for cell in cells)
    padded = [
        first.ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)),
    ]
    return f"| {' | '.join(padded)} |"


def text(results: Results, before: Before | None = None) -> str:
    """All of it, as Markdown."""
    return "\n".join(_sections(results, before)) + "\n"


def _sections(results: Results, before: Before | None) -> Iterator[str]:
    yield table(results, before)
    yield ""
    for measured in results.rows:
        if said := measured.failure or measured.note:
            yield f"{measured.row.title} ({measured.row.key}): {said}\n"
    yield from _explanation(results)
    yield ""
    yield from (f"    {verdict}" for verdict in verdicts(results))


def _explanation(results: Results) -> Iterator[str]:
    yield (
        "CPU is user and system time of all server processes a unit, Redis apart; `x empty` is to the empty "
        "call of the same server on grpc.aio (for locks, of the same caller) in the same rounds, `x grpc-go` "
        "to that of grpc-go's server; latency is a call's or a message's, with 64 in flight unless the row "
        "says else; the caller is the load generator; of scripts those are left out that Redis runs while "
        "nobody calls. KiB is the anonymous memory that a stream took which lasted meanwhile, or that of a "
        "server just started; lost are calls with an error, or deliveries that never came, a round. "
        f"Medians of {results.rounds} interleaved rounds, commit {results.commit}, {results.made}."
    )
    yield ""
    machine = ", ".join(f"{name} {value}" for name, value in results.machine.items())
    yield f"Machine: {machine}. Other work took {results.others():.0%} of its cores meanwhile."


def save(results: Results, path: Path) -> None:
    path.write_text(json.dumps(_document(results), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _document(results: Results) -> Mapping[str, Any]:
    return {
        "made": results.made,
        "commit": results.commit,
        "rounds": results.rounds,
        "machine": dict(results.machine),
        "others": results.others(),
        "rows": {measured.row.key: _row_document(measured, results) for measured in results.rows},
        "budgets": [
            {
                "budget": verdict.budget.number,
                "text": verdict.budget.text,
                "value": verdict.value,
                "limit": verdict.budget.limit,
                "unit": verdict.budget.unit,
                "met": verdict.met,
            }
            for verdict in verdicts(results)
        ],
    }


def _row_document(measured: Measured, results: Results) -> Mapping[str, Any]:
    row = measured.row
    about = {
        "title": row.title,
        "server": row.server.value,
        "transport": row.transport.value if row.transport else None,
        "unit": row.unit,
        "against": row.against,
    }
    if not measured.samples:
        return about | {"failure": measured.failure}
    return about | {
        "note": measured.note,
        "ratio": results.ratio(row.key, row.against),
        "ratio_to_grpc_go": results.ratio(row.key, YARDSTICK) if row.against else None,
        "median": _figures(measured.median()),
        "rounds": [_figures(sample) for sample in measured.samples],
    }


def _figures(sample: Sample) -> Mapping[str, float]:
    """No more digits than were measured."""
    return {name: round(value, 3) for name, value in asdict(sample).items()}
