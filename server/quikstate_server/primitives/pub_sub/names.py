"""A channel's names in Redis, and which of the names heard are channels at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from quikstate_server import keys
from quikstate_server.keys import Keyspace


@dataclass(frozen=True, slots=True)
class ChannelSpace:
    """The channels of one namespace. `wire` names what raw clients hear, `kept` what we keep of it."""

    wire: Keyspace
    kept: Keyspace

    def channel(self, name: str) -> str:
        """Where raw payloads are published: C, byte for byte, or no raw client would meet it there."""
        return self.wire.key(name)

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
        name = channel[len(root) :] if channel.startswith(root) else ""
        return None if not name or keys.is_reserved_channel(name) else name

    def heard_live(self, channel: str) -> str | None:
        """The same, of a live channel."""
        before, _, after = self.kept.sidecar("\0", "live").partition("\0")
        if not (channel.startswith(before) and channel.endswith(after)):
            return None
        name = keys.plain(channel[len(before) : -len(after)])
        return name if name and not keys.is_reserved_channel(name) and self.live(name) == channel else None


def shown(name: str) -> str:
    """The name of a channel for callers, to whom names are text: bytes that are none are shown as such."""
    return name if name.isascii() else name.encode(errors="surrogateescape").decode(errors="replace")


class ChannelSpaces:
    """Made once each, and kept as long as it is one of the last thousand asked for."""

    def __init__(self, key_prefix: str, channel_prefix: str) -> None:
        self._prefixes = channel_prefix, key_prefix
        self.of = lru_cache(maxsize=1_024)(self._of)

    def _of(self, namespace: str) -> ChannelSpace:
        wire, kept = (Keyspace(prefix, namespace) for prefix in self._prefixes)
        return ChannelSpace(wire, kept)
