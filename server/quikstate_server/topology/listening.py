"""A connection in Redis's subscribe mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from redis.asyncio.connection import AbstractConnection

from quikstate_server.topology.connection import Connection
from quikstate_server.topology.packing import pack

OnConfirmed = Callable[[bytes, bool], None]
"""Told the channel or pattern that is now subscribed to, and whether it is a pattern."""
OnMessage = Callable[[bytes, bool, bytes, bytes], None]
"""Told the channel or pattern subscribed to, whether it is a pattern, the message's channel, its payload."""

_MOST_WORDS = 500
"""A command: Redis serves nobody else while it subscribes to them."""


class ListeningConnection(Connection):
    """Says what Redis confirms and what arrives, as it stands on the wire."""

    def __init__(
        self,
        raw: AbstractConnection,
        on_confirmed: OnConfirmed,
        on_message: OnMessage,
        on_lost: Callable[[], None],
    ) -> None:
        self._confirmed = on_confirmed
        self._message = on_message
        super().__init__(raw, on_lost)

    def subscribe(self, names: Sequence[bytes], *, patterns: bool) -> None:
        self._write("PSUBSCRIBE" if patterns else "SUBSCRIBE", names)

    def unsubscribe(self, names: Sequence[bytes], *, patterns: bool) -> None:
        self._write("PUNSUBSCRIBE" if patterns else "UNSUBSCRIBE", names)

    def _write(self, verb: str, names: Sequence[bytes]) -> None:
        if self._transport.is_closing():
            return  # the next connection asks for everything anew
        for start in range(0, len(names), _MOST_WORDS):
            self._transport.write(pack((verb, *names[start : start + _MOST_WORDS])))

    def _on_reply(self, reply: object) -> None:
        match reply:
            case [b"message", bytes(channel), bytes(payload)]:
                self._message(channel, False, channel, payload)
            case [b"pmessage", bytes(pattern), bytes(channel), bytes(payload)]:
                self._message(pattern, True, channel, payload)
            case [b"subscribe" | b"psubscribe" as kind, bytes(name), int()]:
                self._confirmed(name, kind == b"psubscribe")
