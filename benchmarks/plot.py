"""A bar a row, as SVG: the server's CPU a unit, and Redis's beside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from benchmarks.measure import Measured
from benchmarks.results import Results

_LABELS, _BARS, _FIGURES = 470, 420, 170
_LINE, _BAR, _TOP = 26, 16, 64
_SERVER, _REDIS = "#3b6ea5", "#d9822b"


def save(results: Results, path: Path) -> None:
    path.write_text("\n".join(_svg(results)) + "\n", encoding="utf-8")


def _svg(results: Results) -> Iterator[str]:
    rows = [row for row in results.rows if row.samples and row.row.plotted and row.median().server_us]
    longest = max((sum(_parts(row)) for row in rows), default=1.0)
    width, height = _LABELS + _BARS + _FIGURES, _TOP + _LINE * len(rows) + 12
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="13">'
    )
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    yield _text(12, 24, f"CPU a unit, µs ({results.machine['cpu']})", size=15)
    yield _bar(12, 36, 12, 12, _SERVER) + _text(30, 47, "server")
    yield _bar(92, 36, 12, 12, _REDIS) + _text(110, 47, "Redis")
    for number, row in enumerate(rows):
        yield from _row(row, _TOP + _LINE * number, _BARS / longest)
    yield "</svg>"


def _row(measured: Measured, top: float, scale: float) -> Iterator[str]:
    row, (server, redis) = measured.row, _parts(measured)
    base = top + _BAR - 3
    carried = f" ({row.transport.title})" if row.transport else ""
    yield _text(_LABELS - 8, base, row.title + carried, anchor="end")
    yield _bar(_LABELS, top, server * scale, _BAR, _SERVER)
    yield _bar(_LABELS + server * scale, top, redis * scale, _BAR, _REDIS)
    end = _LABELS + (server + redis) * scale + 6
    yield _text(
        end, base, f"{server:.0f} + {redis:.0f} a {row.unit}" if redis >= 1 else f"{server:.0f} a {row.unit}"
    )


def _parts(measured: Measured) -> tuple[float, float]:
    median = measured.median()
    return median.server_us, median.redis_us


def _bar(left: float, top: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height}" fill="{colour}"/>'


def _text(left: float, base: float, text: str, *, anchor: str = "start", size: int = 13) -> str:
    return (
        f'<text x="{left:.1f}" y="{base:.1f}" text-anchor="{anchor}" font-size="{size}">{escape(text)}</text>'
    )
