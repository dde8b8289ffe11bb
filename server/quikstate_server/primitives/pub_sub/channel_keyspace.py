"""The names of a channel in Redis, and the way back from a name in Redis to the channel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from quikstate_server import keys
from quikstate_server.keys import Keyspace


@dataclass(frozen=True, slots=True)
class ChannelKeyspace:
    """The names in Redis of the channels of one namespace."""

    raw: Keyspace
    """The Redis channels that raw clients use."""
    stored: Keyspace
    """The keys of histories and the live channels, which only servers use."""

    def raw_channel(self, name: str) -> str:
        """Return the Redis channel of raw payloads: the name byte for byte, as raw clients call it."""
        return self.raw.key(name)

    def live_channel(self, name: str) -> str:
        """Return the Redis channel of durable messages with their positions."""
        return self.stored.sidecar(keys.channel(name), "live")

    def live_affixes(self, prefix: str) -> tuple[str, str]:
        """Return how the live channels of names with `prefix` begin and end."""
        return self.stored.sidecar(keys.channel(prefix), "").removesuffix("}:"), "}:live"

    def history(self, name: str) -> str:
        """Return the key of the stream that holds the channel's messages."""
        return self.stored.sidecar(keys.channel(name), "history")

    def stored_reply(self, name: str, idempotency_key: str) -> str:
        """Return the key of the stored reply to a message that was published with `idempotency_key`."""
        return self.stored.sidecar(keys.channel(name), f"published:{keys.segment(idempotency_key)}")

    def name_of_raw(self, redis_channel: str) -> str | None:
        """Return the name of the channel whose raw channel this is; None if it is not of this namespace."""
        root = self.raw.key("")
        name = redis_channel[len(root) :] if redis_channel.startswith(root) else ""
        return None if not name or keys.is_reserved_channel(name) else name

    def name_of_live(self, redis_channel: str) -> str | None:
        """Return the name of the channel whose live channel this is; None if it is not of this namespace."""
        before, _, after = self.stored.sidecar("\0", "live").partition("\0")
        if not (redis_channel.startswith(before) and redis_channel.endswith(after)):
            return None
        name = keys.plain(redis_channel[len(before) : -len(after)])
        if not name or keys.is_reserved_channel(name) or self.live_channel(name) != redis_channel:
            return None
        return name


def display_name(name: str) -> str:
    """Return a channel's name as text for callers; bytes that are not UTF-8 become replacement characters."""
    return name if name.isascii() else name.encode(errors="surrogateescape").decode(errors="replace")


class ChannelKeyspaces:
    """The keyspace of each namespace, made once; the last thousand in use are kept."""

    def __init__(self, key_prefix: str, channel_prefix: str) -> None:
        self._prefixes = channel_prefix, key_prefix
        self.of = lru_cache(maxsize=1_024)(self._of)

    def _of(self, namespace: str) -> ChannelKeyspace:
        raw, stored = (Keyspace(prefix, namespace) for prefix in self._prefixes)
        return ChannelKeyspace(raw, stored)
