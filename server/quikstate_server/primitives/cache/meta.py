"""What stands beside a value: when it is stale, and which versions its tags had."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.cache.tags import Versions

NEGATIVE = "-"
"""The etag of an entry that says that there is nothing."""

_TEXT = re.compile(rb"(\S+) \d{1,20} (\d{1,20}) (\d{1,20}) (.*)", re.DOTALL)
"""As cache_metadata.lua says; whatever else a raw client wrote there says nothing."""


def etag_of(value: bytes) -> str:
    """A digest that Redis can reckon too, so that what a raw client wrote has one. It guards nothing."""
    return hashlib.sha1(value, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Meta:
    soft: int = 0
    """From when it is stale, by Redis's clock in microseconds; 0 for never."""
    tags: Mapping[str, str] | None = None
    """Their versions when it was stored."""
    kept: int = 0
    """Until when all of this is kept, by Redis's clock in milliseconds; 0 where there is nothing to keep."""

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
    read = _TEXT.fullmatch(text)
    if not read or read[1] != etag.encode():
        return PLAIN
    return Meta(int(read[3]), _tags_in(read[4]), int(read[2]))


def tags_of(text: bytes) -> Mapping[str, str]:
    """The versions in `text`, whatever value it was written for."""
    return read_meta(text, text.partition(b" ")[0].decode(errors="replace")).tags or {}


def tags_text(tags: Mapping[str, str]) -> str:
    """As cache_set_entries.lua takes them."""
    return "\n".join(f"{version} {tag}" for tag, version in tags.items())


def _tags_in(text: bytes) -> Mapping[str, str] | None:
    if not text:
        return None
    lines = (line.partition(" ") for line in text.decode(errors="replace").split("\n"))
    return {tag: version for version, _, tag in lines}
