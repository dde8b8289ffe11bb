"""The metadata of a value: when it becomes stale, and which versions its tags had when it was stored."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.cache.tag_store import TagVersions

NEGATIVE_ETAG = "-"
"""The etag of a negative entry."""

_FORMAT = re.compile(rb"(\S+) \d{1,20} (\d{1,20}) (\d{1,20}) (.*)", re.DOTALL)
"""The format that cache_metadata.lua describes; anything else that a raw Redis client wrote is ignored."""


def etag_of(value: bytes) -> str:
    """Return a digest that Redis can compute too, so that values of raw Redis clients have one.

    It protects against nothing.
    """
    return hashlib.sha1(value, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class EntryMetadata:
    """The metadata of one value."""

    stale_at: int = 0
    """By Redis's clock in microseconds; 0 for never."""
    tag_versions: Mapping[str, str] | None = None
    """The versions of its tags when it was stored."""
    kept_until: int = 0
    """When the metadata expires, by Redis's clock in milliseconds; 0 if there is none."""

    def is_invalidated(self, current: TagVersions) -> bool:
        """Return True if a tag has another version now, or none; raise if the version of one is unknown."""
        for tag, version in (self.tag_versions or {}).items():
            current_version = current[tag]
            if isinstance(current_version, QuikstateError):
                raise current_version
            if current_version.text != version:
                return True
        return False


NO_METADATA = EntryMetadata()
"""The metadata of a value of which nothing is known."""


def parse_metadata(text: bytes, etag: str) -> EntryMetadata:
    """Return what `text` says of the value with this etag: nothing, if it was written for another value."""
    if not text:
        return NO_METADATA
    match = _FORMAT.fullmatch(text)
    if not match or match[1] != etag.encode():
        return NO_METADATA
    return EntryMetadata(int(match[3]), _parse_tag_versions(match[4]), int(match[2]))


def parse_tag_versions(text: bytes) -> Mapping[str, str]:
    """Return the tag versions in the metadata `text`, whatever value it was written for."""
    etag = text.partition(b" ")[0].decode(errors="replace")
    return parse_metadata(text, etag).tag_versions or {}


def format_tag_versions(versions: Mapping[str, str]) -> str:
    """Return tag versions as cache_set_entries.lua takes them."""
    return "\n".join(f"{version} {tag}" for tag, version in versions.items())


def _parse_tag_versions(text: bytes) -> Mapping[str, str] | None:
    if not text:
        return None
    lines = (line.partition(" ") for line in text.decode(errors="replace").split("\n"))
    return {tag: version for version, _, tag in lines}
