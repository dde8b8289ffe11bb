"""A connection in Redis's subscribe mode."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from redis.asyncio.connection import AbstractConnection

from quikstate_server.redis_client.connection.connection import Connection
from quikstate_server.redis_client.packing import pack

ChannelOrPattern = tuple[bytes, bool]
"""What a subscription names in Redis: a channel or a pattern, and True if it is a pattern."""
OnConfirmed = Callable[[ChannelOrPattern], None]
"""Called with what is subscribed to from now on."""
OnMessage = Callable[[ChannelOrPattern, bytes, bytes], None]
"""Called with what was subscribed to, the channel of the message, and its payload."""

_MAX_NAMES = 500
"""Most names in one command: Redis serves nobody else while it subscribes to them."""


class PubSubConnection(Connection):
    """Subscribes, in one write a turn of the event loop, and passes on confirmations and messages."""

    def __init__(
        self,
        raw: AbstractConnection,
        on_confirmed: OnConfirmed,
        on_message: OnMessage,
        on_lost: Callable[[], None],
    ) -> None:
        self._on_confirmed = on_confirmed
        self._on_message = on_message
        self._outbox: list[tuple[str, bytes]] = []
        super().__init__(raw, on_lost)

    def subscribe(self, target: ChannelOrPattern) -> None:
        """Subscribe to a channel or pattern."""
        name, is_pattern = target
        self._queue("PSUBSCRIBE" if is_pattern else "SUBSCRIBE", name)

    def unsubscribe(self, target: ChannelOrPattern) -> None:
        """End the subscription to a channel or pattern."""
        name, is_pattern = target
        self._queue("PUNSUBSCRIBE" if is_pattern else "UNSUBSCRIBE", name)

    def _queue(self, verb: str, name: bytes) -> None:
        if not self._outbox:
            self._loop.call_soon(self._flush)
        self._outbox.append((verb, name))

    def _flush(self) -> None:
        outbox, self._outbox = self._outbox, []
        if self._transport.is_closing():
            return  # the next connection subscribes to everything anew
        commands = []
        for verb, entries in groupby(outbox, key=itemgetter(0)):
            names = [name for _, name in entries]
            commands += [
                pack((verb, *names[start : start + _MAX_NAMES])) for start in range(0, len(names), _MAX_NAMES)
            ]
        self._write(b"".join(commands))

    def _on_reply(self, reply: object) -> None:
        match reply:
            case [b"message", bytes(channel), bytes(payload)]:
                self._on_message((channel, False), channel, payload)
            case [b"pmessage", bytes(pattern), bytes(channel), bytes(payload)]:
                self._on_message((pattern, True), channel, payload)
            case [b"subscribe" | b"psubscribe" as kind, bytes(name), int()]:
                self._on_confirmed((name, kind == b"psubscribe"))
