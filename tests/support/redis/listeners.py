"""Who listens in tests."""

from __future__ import annotations


class Ears:
    """Remembers what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.gaps = 0

    def on_message(self, channel: str, payload: bytes) -> None:
        self.heard.append((channel, payload))

    def on_gap(self) -> None:
        self.gaps += 1
