"""Calls that wait end when the server does, so that their callers go elsewhere at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown

Answer = TypeVar("Answer")


async def until_drain(
    drain: Drain, work: Coroutine[Any, Any, Answer], undo: Callable[[Answer], None] = lambda _: None
) -> Answer:
    """What `work` answers; ShuttingDown, once it was cancelled, if the server ends first.

    `undo` is given the answer of work that was done just as the call was cancelled.
    """
    working, draining = asyncio.ensure_future(work), asyncio.ensure_future(drain.wait())
    answered = False
    try:
        await asyncio.wait((working, draining), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ShuttingDown
        answered = True
        return working.result()
    finally:
        draining.cancel()
        working.cancel()
        await asyncio.wait((working,))
        if not answered and not working.cancelled() and not working.exception():
            undo(working.result())
