"""What lock_get.lua answers, in the words of the domain."""

from __future__ import annotations

import json
from typing import Any

from quikstate_server.primitives.lock.model import Holder, Mode, State, Token

_SHARED = b"shared:"


def read_state(resource: str, reply: list[Any]) -> State:
    value, lapses, waiters, fence, holders, abouts, now = reply
    ids, lapse_times = holders[::2], holders[1::2]
    ours = value.startswith(_SHARED) or value in ids
    mode, permits = _mode(value) if ours and ids else (None, 0)
    epoch, last, *_ = map(int, fence.split() or (0, 0))
    return State(
        resource=resource,
        held=bool(value),
        mode=mode,
        permits=permits,
        holders=tuple(map(_holder, abouts, lapse_times, [int(now)] * len(ids))) if ours else (),
        expires_in=lapses / 1_000 if lapses >= 0 else None,
        waiters=waiters,
        last_token=Token(epoch, last),
    )


def _mode(value: bytes) -> tuple[Mode, int]:
    if not value.startswith(_SHARED):
        return Mode.EXCLUSIVE, 0
    kind, _, permits = value.removeprefix(_SHARED).partition(b":")
    return (Mode.SEMAPHORE, int(permits)) if kind == b"permits" else (Mode.SHARED, 0)


def _holder(about: bytes, lapses: bytes, now: int) -> Holder:
    epoch, seq, since, rest = about.split(b" ", 3)
    owner, metadata = json.loads(rest)
    return Holder(owner, metadata, Token(int(epoch), int(seq)), int(since), (float(lapses) - now) / 1e6)
