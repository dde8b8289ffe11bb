"""One entry as cache_get_entries.lua returns it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class EntryState(Enum):
    """The state of a key in Redis; the values are those of cache_get_entries.lua."""

    VALUE = b"value"
    NEGATIVE = b"negative"
    ABSENT = b"absent"
    LATER = b"later"
    """The reply has no room for it: another script reads it."""
    TOO_LARGE = b"too_large"
    WRONG_TYPE = b"wrong_type"


class EntryRow(NamedTuple):
    """One entry as Redis has it."""

    now: int
    state: EntryState
    value: bytes
    etag: str
    """Of the value; NEGATIVE_ETAG of a negative entry."""
    metadata: bytes
    expires_in: int
    """Milliseconds; negative for never."""
    lease_holder: str
    """The token of the fill lease that is granted; "" for none."""
    lease_expires_in: int
    """Milliseconds."""
