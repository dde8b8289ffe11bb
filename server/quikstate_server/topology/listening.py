"""A connection in Redis's subscribe mode."""

from __future__ import annotations

from collections.abc import Callable

import hiredis
from redis.asyncio.connection import AbstractConnection

from quikstate_server.topology.connection import Connection

OnConfirmed = Callable[[str, bool], None]
"""Told the pattern or channel that is now subscribed, and whether it is a pattern."""
OnMessage = Callable[[str, bool, str, bytes], None]
"""Told the pattern or channel subscribed to, whether it is a pattern, the message's channel, its payload."""


class ListeningConnection(Connection):
    def __init__(self, raw: AbstractConnection, on_confirmed: OnConfirmed, on_message: OnMessage) -> None:
        self._confirmed = on_confirmed
        self._message = on_message
        super().__init__(raw)

    def subscribe(self, pattern: str, *, prefix: bool) -> None:
        self._writer.write(hiredis.pack_command(("PSUBSCRIBE" if prefix else "SUBSCRIBE", pattern)))

    def unsubscribe(self, pattern: str, *, prefix: bool) -> None:
        if not self.lost:
            self._writer.write(hiredis.pack_command(("PUNSUBSCRIBE" if prefix else "UNSUBSCRIBE", pattern)))

    def _on_reply(self, reply: object) -> None:
        match reply:
            case [b"message", bytes(channel), bytes(payload)]:
                self._message(channel.decode(), False, channel.decode(), payload)
            case [b"pmessage", bytes(pattern), bytes(channel), bytes(payload)]:
                self._message(pattern.decode(), True, channel.decode(errors="surrogateescape"), payload)
            case [b"subscribe" | b"psubscribe" as kind, bytes(pattern), int()]:
                self._confirmed(pattern.decode(), kind == b"psubscribe")

    def _on_lost(self) -> None:
        pass  # the subscriber waits for the end of the reader
