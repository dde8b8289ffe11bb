"""The pauses between attempts at something that fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses in seconds that grow by `factor` from `first` to `longest`, without an end.

    Begin anew after a success by taking another iterator; bound the attempts by `itertools.islice`:

        pauses = iter(_BACKOFF)
        while not await attempt():
            await asyncio.sleep(next(pauses))

        for pause in islice(Backoff(0.1, 2.0, at_once=True), 5):
            await asyncio.sleep(pause)
            if await attempt():
                return
    """

    first: float
    longest: float
    factor: float = 2.0
    at_once: bool = False
    """True to begin with a pause of 0: before a first attempt, or for a repeat that need not wait."""

    def __iter__(self) -> Iterator[float]:
        """Yield the pauses, from the beginning each time."""
        if self.at_once:
            yield 0.0
        pause = self.first
        while True:
            yield pause
            pause = min(pause * self.factor, self.longest)
