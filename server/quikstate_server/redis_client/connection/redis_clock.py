"""Redis's clock, as far as this process can know it between two readings."""

from __future__ import annotations


class RedisClock:
    """Bounds of what to add to the monotonic clock to have Redis TIME, narrowed by every reading.

    Redis reads its clock somewhere between the request and the reply. So a slow reading says little, and
    takes nothing from what a quick one said. A reading that contradicts the bounds replaces them: one of the
    clocks was set.
    """

    def __init__(self) -> None:
        self._min_offset = float("-inf")
        self._max_offset = float("inf")

    def observe(self, redis_microseconds: int, sent_at: float, received_at: float) -> None:
        """Note that Redis's clock was `redis_microseconds` between these two monotonic seconds."""
        low = redis_microseconds - received_at * 1e6
        high = redis_microseconds + 1 - sent_at * 1e6  # Redis returns whole microseconds, rounded down
        if low > self._max_offset or high < self._min_offset:
            self._min_offset, self._max_offset = low, high
        else:
            self._min_offset = max(low, self._min_offset)
            self._max_offset = min(high, self._max_offset)

    def at(self, when: float) -> int:
        """Return Redis time, in microseconds, at a monotonic second: never later than it truly is then.

        So a write that must not run after its deadline does not, and one that runs within the last round
        trip before it may be refused as late.
        """
        return int(self._min_offset + when * 1e6)
