"""A listener for a caller who needs to know only that something happened."""

from __future__ import annotations

from quikstate_server.signals import Signal


class Notification:
    """Sets its signal at every message and every gap."""

    def __init__(self) -> None:
        self.signal = Signal()

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - only the arrival matters
        self.signal.set()

    def on_gap(self) -> None:
        self.signal.set()
