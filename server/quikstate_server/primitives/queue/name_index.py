"""The index of a namespace's queues in Redis: their names, and when a server last confirmed each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.reply_types import read_bytes_list, read_int, read_list
from quikstate_server.redis_client.script import load_script

STALE_SECONDS = 300.0
"""How long ago a name was last confirmed that may be removed if its queue has no items. Much longer than any
process goes without confirming a queue that it uses, even if Redis's clock leaps in a failover."""
_MAX_STALE = 4
"""How many stale names a confirmation returns: more than one, so that the index shrinks to what is in use."""
_STALE_US = round(STALE_SECONDS * 1e6)

_INDEX = "queue_index.lua"
CONFIRM_NAMES = load_script(__package__, "queue_confirm_names.lua", _INDEX)
LIST_QUEUES = load_script(__package__, "queue_list_queues.lua", _INDEX, read_only=True)
FORGET_NAMES = load_script(__package__, "queue_forget_names.lua", _INDEX, flags="allow-oom")


@dataclass(frozen=True, slots=True)
class IndexedName:
    """A name as the index has it: a raw Redis client may have written any bytes there."""

    name: bytes
    confirmed_at: bytes
    """In Redis's time, as the script wrote it."""
    is_stale: bool

    @property
    def queue(self) -> str:
        """Return the queue of this name; "" for a name that no queue has."""
        text = self.name.decode(errors="replace")
        return text if text.encode() == self.name else ""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The indexes of all namespaces on one Redis. Each method is one script."""

    redis_client: RedisClient

    async def confirm(self, keyspace: Keyspace, queues: Sequence[str]) -> Sequence[IndexedName]:
        """Confirm that queues are in use; return a few stale names, which nobody else is told of now."""
        reply = await self.redis_client.run(
            CONFIRM_NAMES, _keys(keyspace), _STALE_US, _MAX_STALE, *queues, safe_to_repeat=True
        )
        now, *stale = read_bytes_list(reply)
        return [IndexedName(name, now, is_stale=True) for name in stale]

    async def read(
        self, keyspace: Keyspace, prefix: str, after: str, max_names: int
    ) -> Sequence[IndexedName]:
        """Return names that begin with `prefix` and come after `after`, in their order."""
        begin, last_name = prefix.encode(), after.encode()
        first = b"(" + last_name if last_name >= begin and last_name else b"[" + begin
        last = b"(" + begin + b"\xff"  # UTF-8 has no such byte
        reply = await self.redis_client.run(LIST_QUEUES, _keys(keyspace), first, last, max_names, _STALE_US)
        row = iter(read_list(reply))
        return [
            IndexedName(name, at, bool(is_stale)) for name, at, is_stale in zip(row, row, row, strict=True)
        ]

    async def forget(self, keyspace: Keyspace, names: Iterable[IndexedName]) -> int:
        """Remove those names that were not confirmed since they were read; return how many."""
        arguments: list[Argument] = [text for name in names for text in (name.name, name.confirmed_at)]
        reply = await self.redis_client.run(FORGET_NAMES, _keys(keyspace), *arguments, safe_to_repeat=True)
        return read_int(reply)


def _keys(keyspace: Keyspace) -> Sequence[str]:
    return [keyspace.sidecar(keys.QUEUE_INDEX, suffix) for suffix in ("names", "confirmed")]
