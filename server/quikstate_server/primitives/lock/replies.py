"""What lock_get.lua answers, in the words of the domain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from quikstate_server.primitives.lock.model import Holder, Mode, State, Token

_SHARED = b"shared:"
_NO_KEY = -2
"""What PTTL says; a raw client may hold a lock with an empty value."""
_PERMITS = re.compile(rb"shared:permits:(\d{1,9})")
_ABOUT = re.compile(rb"(\d{1,4}) (\d{1,16}) (\d{1,16}) \S+ (.*)", re.DOTALL)
"""A token, since when, the stream that renews it, and the owner with the metadata."""


def read_state(resource: str, reply: list[Any]) -> State:
    value, lapses, waiters, token, holders, abouts, now = reply
    ids, lapse_times = holders[::2], holders[1::2]
    ours = value.startswith(_SHARED) or value in ids
    mode, permits = _mode(value) if ours and ids else (None, 0)
    epoch, last = map(int, token.split())
    return State(
        resource=resource,
        held=lapses != _NO_KEY,
        mode=mode,
        permits=permits,
        holders=tuple(_holders(abouts, lapse_times, int(now))) if ours else (),
        expires_in=lapses / 1_000 if lapses >= 0 else None,
        waiters=waiters,
        last_token=Token(epoch, last),
    )


def _mode(value: bytes) -> tuple[Mode, int]:
    if not value.startswith(_SHARED):
        return Mode.EXCLUSIVE, 0
    permits = _PERMITS.fullmatch(value)
    return (Mode.SEMAPHORE, int(permits[1])) if permits else (Mode.SHARED, 0)


def _holders(abouts: Sequence[bytes], lapse_times: Sequence[bytes], now: int) -> Iterator[Holder]:
    """Those that can be read: a raw client may have written into the sidecar."""
    for about, lapses in zip(abouts, lapse_times, strict=True):
        if told := _ABOUT.fullmatch(about):
            epoch, seq, since, owner_and_metadata = told.groups()
            with suppress(ValueError, TypeError):
                owner, metadata = json.loads(owner_and_metadata)
                token, expires_in = Token(int(epoch), int(seq)), (float(lapses) - now) / 1e6
                yield Holder(str(owner), dict(metadata), token, int(since), expires_in)
