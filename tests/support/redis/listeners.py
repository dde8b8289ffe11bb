"""A listener of Redis channels for tests."""

from __future__ import annotations


class RecordingListener:
    """Remembers the messages that it receives, and counts the gaps."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, bytes]] = []
        self.gaps = 0

    def on_message(self, channel: str, payload: bytes) -> None:
        self.messages.append((channel, payload))

    def on_gap(self) -> None:
        self.gaps += 1
