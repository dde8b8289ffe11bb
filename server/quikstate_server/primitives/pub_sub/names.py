"""A channel's names in Redis, and which of the names heard are channels at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from quikstate_server import keys
from quikstate_server.keys import RESERVED_CHANNELS, Keyspace


@dataclass(frozen=True, slots=True)
class ChannelSpace:
    """The channels of one namespace. `wire` names what raw clients hear, `kept` what we keep of it."""

    wire: Keyspace
    kept: Keyspace

    def channel(self, name: str) -> str:
        """Where raw payloads are published: C."""
        return self.wire.key(keys.channel(name))

    def live(self, name: str) -> str:
        """Where messages of a durable channel are published with their positions."""
        return self.kept.sidecar(keys.channel(name), "live")

    def history(self, name: str) -> str:
        return self.kept.sidecar(keys.channel(name), "history")

    def memory(self, name: str, idempotency_key: str) -> str:
        return self.kept.sidecar(keys.channel(name), f"published:{keys.segment(idempotency_key)}")

    def heard(self, channel: str) -> str | None:
        """The name of the channel that is `channel` in Redis; None if it is none of this namespace."""
        root = self.wire.key("")
        return _plain(channel[len(root) :]) if channel.startswith(root) else None

    def heard_live(self, channel: str) -> str | None:
        """The same, of a live channel."""
        before, _, after = self.kept.sidecar("\0", "live").partition("\0")
        if not (channel.startswith(before) and channel.endswith(after)):
            return None
        return _plain(channel[len(before) : -len(after)])


def _plain(encoded: str) -> str | None:
    """No brace begins a channel, as it does our own; bytes that are no text are shown as such."""
    if not encoded or encoded.startswith((*RESERVED_CHANNELS, "{")):
        return None
    return keys.plain(encoded).encode(errors="replace").decode()


class ChannelSpaces:
    """Made once each, and kept as long as it is one of the last thousand asked for."""

    def __init__(self, key_prefix: str, channel_prefix: str) -> None:
        self._prefixes = channel_prefix, key_prefix
        self.of = lru_cache(maxsize=1_024)(self._of)

    def _of(self, namespace: str) -> ChannelSpace:
        wire, kept = (Keyspace(prefix, namespace) for prefix in self._prefixes)
        return ChannelSpace(wire, kept)
