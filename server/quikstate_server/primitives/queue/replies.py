"""Readers of what the queue scripts reply about items. A raw client's item may hold anything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quikstate_server.primitives.queue.model import (
    DEFAULT_ATTEMPTS,
    ItemState,
    QueueInspection,
    QueueStats,
    StoredItem,
    is_item_id,
)

_LAST_MS = 253_402_300_799_999
"""The end of the year 9999, the latest time that a protobuf Timestamp can hold."""
_MAX_INT32 = 2**31 - 1
_MAX_DIGITS = 16


def read_item(queue: str, row: Sequence[Any]) -> StoredItem:
    """Read {id, attempts, {field, value, …}}, and the item's state if the script replies with one."""
    item_id, attempt, flat, *state = row
    fields = dict(zip(flat[::2], flat[1::2], strict=True))
    text = item_id.decode(errors="replace")
    return StoredItem(
        queue,
        text,
        fields.get(b"payload", b""),
        _read_attributes(fields.get(b"attributes", b"")),
        attempt,
        _read_whole(fields.get(b"max_attempts", b""), DEFAULT_ATTEMPTS),
        min(int(text.partition("-")[0]), _LAST_MS) if is_item_id(text) else 0,
        fields.get(b"ordering_key", b"").decode(errors="replace"),
        ItemState(state[0].decode()) if state else ItemState.LEASED,
    )


def read_inspection(queue: str, reply: Sequence[Any]) -> QueueInspection:
    """Read {{ready, delayed, leased, dead, us of the oldest or -1}, next page, item, …}."""
    (ready, delayed, leased, dead, oldest), next_page, *rows = reply
    stats = QueueStats(ready, delayed, leased, dead, oldest / 1e6 if oldest >= 0 else None)
    return QueueInspection(stats, [read_item(queue, row) for row in rows], next_page.decode())


def _read_attributes(text: bytes) -> Mapping[str, str]:
    if not text:
        return {}
    try:
        attributes = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(attributes, dict):
        return {}
    return {_valid_text(name): _valid_text(value) for name, value in attributes.items()}


def _valid_text(value: object) -> str:
    """Return `value` as text, anything but a string as JSON.

    JSON can hold half of a surrogate pair, which UTF-8 cannot: it becomes a question mark.
    """
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode(errors="replace").decode()


def _read_whole(text: bytes, default: int) -> int:
    return min(int(text), _MAX_INT32) if text.isdigit() and len(text) <= _MAX_DIGITS else default
