"""What the scripts say of items, as the domain has it. A raw client's item may hold anything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quikstate_server.primitives.queue.model import (
    DEFAULT_ATTEMPTS,
    Inspection,
    Item,
    ItemState,
    Stats,
    is_item_id,
)

_LAST_MS = 253_402_300_799_999
"""The end of the year 9999, as far as a Timestamp goes."""
_MOST_INT32 = 2**31 - 1
_MOST_DIGITS = 16


def read_item(queue: str, row: Sequence[Any]) -> Item:
    """Of {id, attempts, {field, value, …}[, state]}."""
    item_id, attempt, flat, *state = row
    fields = dict(zip(flat[::2], flat[1::2], strict=True))
    text = item_id.decode(errors="replace")
    return Item(
        queue,
        text,
        fields.get(b"payload", b""),
        _attributes(fields.get(b"attributes", b"")),
        attempt,
        _whole(fields.get(b"max_attempts", b""), DEFAULT_ATTEMPTS),
        min(int(text.partition("-")[0]), _LAST_MS) if is_item_id(text) else 0,
        fields.get(b"ordering_key", b"").decode(errors="replace"),
        ItemState(state[0].decode()) if state else ItemState.LEASED,
    )


def read_inspection(queue: str, reply: Sequence[Any]) -> Inspection:
    (ready, delayed, leased, dead, oldest), next_page, *rows = reply
    stats = Stats(ready, delayed, leased, dead, oldest / 1e6 if oldest >= 0 else None)
    return Inspection(stats, [read_item(queue, row) for row in rows], next_page.decode())


def _attributes(text: bytes) -> Mapping[str, str]:
    if not text:
        return {}
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {_text(name): _text(value) for name, value in told.items()} if isinstance(told, dict) else {}


def _text(value: object) -> str:
    """A text without half a character, which JSON can say and UTF-8 cannot; anything else as JSON."""
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode(errors="replace").decode()


def _whole(text: bytes, otherwise: int) -> int:
    return min(int(text), _MOST_INT32) if text.isdigit() and len(text) <= _MOST_DIGITS else otherwise
