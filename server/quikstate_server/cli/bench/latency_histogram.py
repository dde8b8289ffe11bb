"""A histogram of latencies that holds its precision from nanoseconds to hours, in bounded memory.

It is log-linear, as HdrHistogram is: each power of two has 128 buckets. The package hdrhistogram is C, for
which not every system has a wheel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil

_BITS = 8
"""Bits of a value that its bucket keeps: with 8 a bucket is less than 1/128 of its values wide."""
_NANOSECONDS = 1e9
_STEPS = 1, 2, 5


class LatencyHistogram:
    """Latencies in seconds; minimum, maximum and mean are exact, and quantiles within a hundredth."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._sum = 0
        self.count = 0
        self.min = 0.0
        self.max = 0.0

    @property
    def mean(self) -> float:
        """Return the mean; 0 of nothing."""
        return self._sum / _NANOSECONDS / self.count if self.count else 0.0

    def record(self, seconds: float) -> None:
        """Add a latency; a negative one counts as 0."""
        seconds = max(0.0, seconds)
        nanoseconds = round(seconds * _NANOSECONDS)
        self._counts[_bucket_of(nanoseconds)] += 1
        self._sum += nanoseconds
        self.min = min(self.min, seconds) if self.count else seconds
        self.max = max(self.max, seconds)
        self.count += 1

    def merge(self, other: LatencyHistogram) -> None:
        """Add all latencies of another histogram."""
        if not other.count:
            return
        self.min = min(self.min, other.min) if self.count else other.min
        self.max = max(self.max, other.max)
        self._counts.update(other._counts)
        self._sum += other._sum
        self.count += other.count

    def quantile(self, fraction: float) -> float:
        """Return the latency that at least this fraction of all does not exceed; 0 of nothing."""
        wanted, seen = max(1, ceil(fraction * self.count)), 0
        for bucket in sorted(self._counts):
            seen += self._counts[bucket]
            if seen >= wanted:
                return max(self.min, min(self.max, _highest_of(bucket) / _NANOSECONDS))
        return 0.0

    def rows(self) -> list[tuple[float, int]]:
        """Return upper bounds of 1, 2 and 5 by powers of ten, and how many latencies are up to each."""
        bounds = _bounds()
        bound, rows = next(bounds), list[tuple[float, int]]()
        for bucket in sorted(self._counts):
            while _highest_of(bucket) > bound:
                bound = next(bounds)
                rows.append((bound / _NANOSECONDS, 0))
            rows = rows or [(bound / _NANOSECONDS, 0)]
            rows[-1] = (rows[-1][0], rows[-1][1] + self._counts[bucket])
        return _without_leading_zeros(rows)


def _bucket_of(nanoseconds: int) -> int:
    exponent = max(0, nanoseconds.bit_length() - _BITS)
    return (exponent << _BITS) + (nanoseconds >> exponent)


def _highest_of(bucket: int) -> int:
    """Return the highest value of a bucket, in nanoseconds."""
    exponent, lead = divmod(bucket, 1 << _BITS)
    return ((lead + 1) << exponent) - 1


def _bounds() -> Iterator[int]:
    power = 1_000
    while True:
        yield from (step * power for step in _STEPS)
        power *= 10


def _without_leading_zeros(rows: list[tuple[float, int]]) -> list[tuple[float, int]]:
    first = next((index for index, (_, count) in enumerate(rows) if count), 0)
    return rows[first:]
