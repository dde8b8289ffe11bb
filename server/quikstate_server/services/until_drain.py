"""Calls that wait end when the server does, so that their callers go elsewhere at once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown

Answer = TypeVar("Answer")


async def until_drain(drain: Drain, work: Coroutine[Any, Any, Answer]) -> Answer:
    """What `work` answers; ShuttingDown, once it was cancelled, if the server ends first."""
    working, draining = asyncio.ensure_future(work), asyncio.ensure_future(drain.wait())
    try:
        await asyncio.wait((working, draining), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ShuttingDown
    finally:
        draining.cancel()
        working.cancel()
        await asyncio.wait((working,))
