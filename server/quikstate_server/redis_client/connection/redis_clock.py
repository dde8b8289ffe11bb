"""Redis's clock, as far as this process can know it between two looks."""

from __future__ import annotations


class RedisClock:
    """What to add to the monotonic clock to have Redis TIME: bounds of it, narrowed by every look.

    Redis read its clock somewhere between question and answer. So a look that
    took long says little, and takes nothing from what a quick one said. A look
    that contradicts the bounds replaces them: one of the clocks was set.
    """

    def __init__(self) -> None:
        self._least = float("-inf")
        self._most = float("inf")

    def observe(self, redis_microseconds: int, asked: float, answered: float) -> None:
        """Redis said it was `redis_microseconds` between these two monotonic seconds."""
        least = redis_microseconds - answered * 1e6
        most = redis_microseconds + 1 - asked * 1e6  # Redis tells whole microseconds, rounded down
        if least > self._most or most < self._least:
            self._least, self._most = least, most
        else:
            self._least, self._most = max(least, self._least), min(most, self._most)

    def at(self, when: float) -> int:
        """Redis time, in microseconds, at a monotonic second: never later than it truly is then.

        So a write that must not run after its deadline does not, and one that
        runs within the last round trip before it may be refused as late.
        """
        return int(self._least + when * 1e6)
