"""What one run measured: medians of rows, and ratios between them."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measure import Measured, Sample

BARE_US = 190.0
"""CPU of a bare server's empty call on the machine that the budgets were set on: 170 to 210 µs there."""

YARDSTICK = "grpc-go"
"""The row that all CPU is compared with, beside a row of its own choice: grpc-go's empty call."""


@dataclass(frozen=True)
class Results:
    made: str
    """When, as ISO 8601 has it."""
    commit: str
    rounds: int
    machine: Mapping[str, str]
    rows: Sequence[Measured]

    def of(self, key: str) -> Measured | None:
        """A row that was measured; None if it was not asked for, or failed."""
        return next((row for row in self.rows if row.row.key == key and row.samples), None)

    def median(self, key: str) -> Sample | None:
        row = self.of(key)
        return row.median() if row else None

    def others(self) -> float:
        """Share of the machine's cores that other work took while this was measured."""
        return _median([sample.others for row in self.rows for sample in row.samples]) or 0.0

    def slowness(self) -> float | None:
        """How slow this machine is: its bare empty call to that where the budgets were set."""
        bare = self.median("bare")
        return bare.server_us / BARE_US if bare else None

    def ratio(self, key: str, to: str) -> float | None:
        """CPU a unit, to another row's of the same round: the median of that."""
        row, reference = self.of(key), self.of(to)
        if not row or not reference:
            return None
        pairs = zip(row.samples, reference.samples, strict=False)  # a row may have failed in a later round
        return _median([mine.server_us / its.server_us for mine, its in pairs if its.server_us])


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None
