"""When to look again, since hints can be lost and a TTL ends without a word."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

LOOK_SECONDS = 1.0
"""How often what is waited for is looked at, whatever was heard."""
_AFTER_LAPSE_SECONDS = 0.002
"""Redis's keys lapse in whole milliseconds."""


def next_look(lapses_in: float | None, longest: float = LOOK_SECONDS) -> float:
    """Seconds until the next look at what lapses so soon, or never."""
    return longest if lapses_in is None else min(longest, lapses_in + _AFTER_LAPSE_SECONDS)


async def within(event: asyncio.Event, until: float) -> bool:
    """Wait for `event`; False if it is not set by `until`, in monotonic seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(max(0.0, until - time.monotonic())):
            await event.wait()
    return event.is_set()
