"""Slots for what may be held at once. Nobody waits for one, so a counter suffices."""

from __future__ import annotations

from collections.abc import Callable

from quikstate_server.errors import QuikstateError


def _no_limit() -> QuikstateError:
    raise AssertionError("without a limit there is always room")


class Slots:
    """A number of slots, None for any; `taken` is changed by whoever holds some."""

    __slots__ = ("limit", "refusal", "taken")

    def __init__(self, limit: int | None = None, refusal: Callable[[], QuikstateError] = _no_limit) -> None:
        """Take what returns the error of whoever asks for more."""
        self.limit = limit
        self.refusal = refusal
        self.taken = 0

    def require(self, count: int = 1) -> None:
        """Raise the refusal unless so many are free."""
        if self.limit is not None and self.taken + count > self.limit:
            raise self.refusal()


NO_LIMIT = Slots()
"""The slots of whoever has no limit."""
