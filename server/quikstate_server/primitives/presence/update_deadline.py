"""The deadline of an update of presence that takes several scripts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from quikstate_server import call_context
from quikstate_server.primitives.presence.scripts import UPDATE_SECONDS


@contextmanager
def update_deadline() -> Iterator[None]:
    """Bound the calls within to UPDATE_SECONDS together: a later script does nothing."""
    caller, deadline = call_context.current(), time.monotonic() + UPDATE_SECONDS
    if caller.deadline is not None:
        deadline = min(deadline, caller.deadline)
    call_context.enter(replace(caller, deadline=deadline))
    try:
        yield
    finally:
        call_context.enter(caller)
