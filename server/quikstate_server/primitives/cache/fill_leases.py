"""The leases to fill entries that one read asks for."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FillLeases:
    """Leases whose tokens the server makes, so that a repeated read finds the leases that it already has."""

    lifetime: str
    """In milliseconds; "" to take none."""
    _secret: str

    @classmethod
    def of_seconds(cls, seconds: float | None) -> FillLeases:
        """Return leases of that lifetime; None takes none."""
        if seconds is None:
            return cls("", "")
        return cls(str(math.ceil(seconds * 1_000)), secrets.token_urlsafe(16))

    def token(self, index: int) -> str:
        """Return the token for the entry at `index` of the request; "" if no lease is taken."""
        return f"{self._secret}.{index}" if self._secret else ""
