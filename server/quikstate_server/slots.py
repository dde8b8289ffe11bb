"""Slots for what one caller may hold at once. Nobody waits for one, so a counter suffices."""

from __future__ import annotations

from quikstate_server.errors import QuotaExceeded


class Slots:
    """A number of slots, which a quota of a caller limits; None is any number."""

    __slots__ = ("_caller", "_quota", "limit", "taken")

    def __init__(self, caller: str = "", quota: str = "", limit: int | None = None) -> None:
        self.limit = limit
        self.taken = 0
        self._caller = caller
        self._quota = quota

    def require(self, count: int = 1) -> None:
        """Raise QuotaExceeded unless so many are free."""
        if self.limit is not None and self.taken + count > self.limit:
            raise QuotaExceeded(self._caller, self._quota)


NO_LIMIT = Slots()
"""The slots of whoever has no limit."""
