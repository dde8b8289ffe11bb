"""Redis's clock, as far as this process can know it between two looks."""

from __future__ import annotations

import time


class RedisClock:
    """The last Redis TIME seen plus the monotonic time since.

    It reads at most one round trip late or early, so a write is refused as late
    no earlier than its deadline less that.
    """

    def __init__(self) -> None:
        self._offset: float | None = None

    def observe(self, redis_microseconds: int, sent: float) -> None:
        """Redis said it was `redis_microseconds`; the question was sent at `sent`, monotonic seconds."""
        self._offset = redis_microseconds - sent * 1e6

    def not_after(self, seconds: float) -> int:
        """Redis time, in microseconds, that is `seconds` from now."""
        if self._offset is None:
            raise RuntimeError("Redis's clock was never read")
        return int(self._offset + (time.monotonic() + seconds) * 1e6)
