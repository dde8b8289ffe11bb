"""Whether something was heard, to whoever waits for nothing else."""

from __future__ import annotations

import asyncio


class Notification:
    """A listener that rings at every message and every gap."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - that it came is all
        self.rung.set()

    def on_gap(self) -> None:
        self.rung.set()
