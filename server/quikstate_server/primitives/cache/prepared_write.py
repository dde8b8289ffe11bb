"""One write as cache_set_entries.lua takes it, and the result that the script returns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from quikstate_server.errors import KeyTypeConflict, QuikstateError, ValueTooLarge
from quikstate_server.primitives.cache.entry_row import EntryState
from quikstate_server.primitives.cache.metadata import NEGATIVE_ETAG, etag_of, format_tag_versions
from quikstate_server.primitives.cache.model import CacheWrite, CacheWriteResult, WriteOutcome
from quikstate_server.primitives.cache.tag_store import TagVersions
from quikstate_server.redis_client.packing import Argument


@dataclass(frozen=True, slots=True)
class PreparedWrite:
    """A write with what the tags of its entry say."""

    write: CacheWrite
    tag_versions: str = ""
    """As metadata.format_tag_versions returns them."""
    invalidated_ago: int = -1
    """Microseconds since a tag of the entry was invalidated; -1 for never."""
    invalidated_metadata: bytes = b""
    """The metadata of a present entry that a tag invalidated; for a condition it does not exist."""

    @classmethod
    def with_tags(
        cls, write: CacheWrite, versions: TagVersions, invalidated_metadata: bytes
    ) -> PreparedWrite:
        """Add what the tags of the entry say; raise if the version of one of them is unknown."""
        version_texts: dict[str, str] = {}
        ages: list[int] = []
        for tag in write.tags:
            version = versions[tag]
            if isinstance(version, QuikstateError):
                raise version
            version_texts[tag] = version.text
            if version.invalidated_ago >= 0:
                ages.append(version.invalidated_ago)
        return cls(write, format_tag_versions(version_texts), min(ages, default=-1), invalidated_metadata)

    def script_args(self) -> Sequence[Argument]:
        """Return the arguments of cache_set_entries.lua."""
        write = self.write
        ttl_share = 1 - random.random() * write.jitter / write.ttl if write.jitter else 1.0  # noqa: S311 - no secret
        return (
            write.condition.value,
            write.expected,
            self.invalidated_metadata,
            self.invalidated_ago if self.invalidated_ago >= 0 else "",
            self._new_etag(),
            write.value or b"",
            max(1, round(write.ttl * ttl_share * 1_000)),
            max(1, round(write.soft_ttl * ttl_share * 1_000)) if write.soft_ttl else 0,
            self.tag_versions,
        )

    def parse_result(
        self, key: str, outcome: bytes, present_etag: bytes, ttl_ms: int
    ) -> CacheWriteResult | QuikstateError:
        """Return what the reply of the script says of this write."""
        if outcome == EntryState.WRONG_TYPE.value:
            return KeyTypeConflict(key)
        if outcome == EntryState.TOO_LARGE.value:
            return ValueTooLarge(key)
        write_outcome = WriteOutcome(outcome.decode())
        if write_outcome is not WriteOutcome.STORED:
            return CacheWriteResult(write_outcome, present_etag.decode())
        value = self.write.value
        return CacheWriteResult(write_outcome, "" if value is None else etag_of(value), ttl_ms / 1_000)

    def _new_etag(self) -> str:
        if self.write.abandon:
            return ""
        return NEGATIVE_ETAG if self.write.value is None else etag_of(self.write.value)
