"""What stands beside a value: when it is stale, and which versions its tags had."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.cache.tags import Versions

NEGATIVE = "-"
"""The etag of an entry that says that there is nothing."""


def etag_of(value: bytes) -> str:
    """A digest that Redis can reckon too, so that what a raw client wrote has one. It guards nothing."""
    return hashlib.sha1(value, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Meta:
    soft: int = 0
    """From when it is stale, by Redis's clock in microseconds; 0 for never."""
    tags: Mapping[str, str] | None = None
    """Their versions when it was stored."""

    def invalid(self, now: Versions) -> bool:
        """Whether a tag has another version now, or none; QuikstateError if that is not known of one."""
        for tag, version in (self.tags or {}).items():
            known = now[tag]
            if isinstance(known, QuikstateError):
                raise known
            if known.text != version:
                return True
        return False


PLAIN = Meta()
"""Of a value that nothing is known of."""


def read_meta(text: bytes, etag: str) -> Meta:
    """What `text` says of the value with this etag: nothing, if it was written for another one."""
    if not text:
        return PLAIN
    written_for, _, soft, tags = text.split(b" ", 3)
    if written_for.decode() != etag:
        return PLAIN
    return Meta(int(soft), dict(json.loads(tags)) if tags else None)


def tags_of(text: bytes) -> Mapping[str, str]:
    """The versions in `text`, whatever value it was written for."""
    return read_meta(text, text.partition(b" ")[0].decode()).tags or {}


def tags_text(tags: Mapping[str, str]) -> str:
    """As cache_set_entries.lua takes them."""
    return json.dumps(list(tags.items()), ensure_ascii=False, separators=(",", ":")) if tags else ""
