"""A connection in Redis's subscribe mode."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from redis.asyncio.connection import AbstractConnection

from quikstate_server.redis_client.connection.connection import Connection
from quikstate_server.redis_client.packing import pack

Wire = tuple[bytes, bool]
"""A topic as it stands on the wire: the channel or pattern, and whether it is a pattern."""
OnConfirmed = Callable[[Wire], None]
"""Told what is now subscribed to."""
OnMessage = Callable[[Wire, bytes, bytes], None]
"""Told what was subscribed to, the message's channel, its payload."""

_MOST_WORDS = 500
"""A command: Redis serves nobody else while it subscribes to them."""


class ListeningConnection(Connection):
    """Asks, in one write a turn of the event loop, and says what Redis confirms and what arrives."""

    def __init__(
        self,
        raw: AbstractConnection,
        on_confirmed: OnConfirmed,
        on_message: OnMessage,
        on_lost: Callable[[], None],
    ) -> None:
        self._confirmed = on_confirmed
        self._message = on_message
        self._outbox: list[tuple[str, bytes]] = []
        super().__init__(raw, on_lost)

    def subscribe(self, wire: Wire) -> None:
        name, is_pattern = wire
        self._ask("PSUBSCRIBE" if is_pattern else "SUBSCRIBE", name)

    def unsubscribe(self, wire: Wire) -> None:
        name, is_pattern = wire
        self._ask("PUNSUBSCRIBE" if is_pattern else "UNSUBSCRIBE", name)

    def _ask(self, verb: str, name: bytes) -> None:
        if not self._outbox:
            self._loop.call_soon(self._flush)
        self._outbox.append((verb, name))

    def _flush(self) -> None:
        outbox, self._outbox = self._outbox, []
        if self._transport.is_closing():
            return  # the next connection asks for everything anew
        commands = []
        for verb, asked in groupby(outbox, key=itemgetter(0)):
            names = [name for _, name in asked]
            commands += [
                pack((verb, *names[start : start + _MOST_WORDS]))
                for start in range(0, len(names), _MOST_WORDS)
            ]
        self._write(b"".join(commands))

    def _on_reply(self, reply: object) -> None:
        match reply:
            case [b"message", bytes(channel), bytes(payload)]:
                self._message((channel, False), channel, payload)
            case [b"pmessage", bytes(pattern), bytes(channel), bytes(payload)]:
                self._message((pattern, True), channel, payload)
            case [b"subscribe" | b"psubscribe" as kind, bytes(name), int()]:
                self._confirmed((name, kind == b"psubscribe"))
