"""What one read of entries brings along: the leases that it asks for, its room, and what Redis told."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass
from typing import NamedTuple

from quikstate_server.settings import Limits

_ENTRY_BYTES = 2_048
"""Most that an entry of an answer takes beside its value, or for an error that names its key."""


class Row(NamedTuple):
    """One entry as Redis has it."""

    now: int
    state: str
    value: bytes
    etag: str
    """Of the value; of a negative entry -."""
    meta: bytes
    expires: int
    """Milliseconds; negative for never."""
    holder: str
    """The token of the lease to fill it, if there is one."""
    lapses: int


@dataclass(slots=True)
class Room:
    """The bytes of values that an answer has still room for."""

    left: int

    @classmethod
    def of_answer(cls, entries: int, limits: Limits) -> Room:
        return cls(limits.max_message_bytes - entries * _ENTRY_BYTES)

    def takes(self, size: int) -> bool:
        """Whether there is room, which is then taken."""
        if size > max(0, self.left):
            return False
        self.left -= size
        return True

    def gives_back(self, value: bytes) -> None:
        """It is not part of the answer after all."""
        self.left += len(value)


@dataclass(frozen=True, slots=True)
class Leases:
    """The leases that one read asks for: tokens are made by us, so that a repeat finds its own."""

    lifetime: str
    """In milliseconds; "" to take none."""
    _secret: str

    @classmethod
    def of(cls, seconds: float | None) -> Leases:
        if seconds is None:
            return cls("", "")
        return cls(str(math.ceil(seconds * 1_000)), secrets.token_urlsafe(16))

    def token(self, place: int) -> str:
        return f"{self._secret}.{place}" if self._secret else ""
