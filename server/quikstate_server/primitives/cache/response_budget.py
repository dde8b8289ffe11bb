"""The budget of bytes of values that still fit the response to a read."""

from __future__ import annotations

from dataclasses import dataclass

from quikstate_server.settings import Limits

_MAX_ENTRY_BYTES = 2_048
"""The maximum that an entry takes in a response beside its value, or with an error that names its key."""


@dataclass(slots=True)
class ResponseBudget:
    """The bytes of values for which a response still has room."""

    bytes_left: int

    @classmethod
    def for_entries(cls, count: int, limits: Limits) -> ResponseBudget:
        """Return the budget of a response with `count` entries."""
        return cls(limits.max_message_bytes - count * _MAX_ENTRY_BYTES)

    def reserve(self, size: int) -> bool:
        """Reserve `size` bytes; return False if there is no room."""
        if size > max(0, self.bytes_left):
            return False
        self.bytes_left -= size
        return True

    def release(self, value: bytes) -> None:
        """Give back the bytes of a value that is not part of the response after all."""
        self.bytes_left += len(value)
