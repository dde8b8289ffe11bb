"""One line of the table: what is called, where, and how to know that it was really done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from benchmarks.laboratory import Running, Server
from benchmarks.loads.load import Load

Proof = Callable[[Running, int], None]
"""Told how many calls came since the last time; BenchmarkFailed unless all did what they should."""

During = Callable[[Running], AbstractContextManager[None]]
"""Makes what is to last while calls are sent, and be gone afterwards."""

Prepare = Callable[[Running], None]
"""Makes the state that the calls are to find."""


@dataclass(frozen=True)
class Row:
    key: str
    """Its name in JSON, in --rows and to other rows."""
    title: str
    server: Server
    load: Load
    against: str = "empty"
    """The row that its CPU is compared with."""
    unit: str = "call"
    units: int = 1
    """How many of these a call is."""
    proof: Proof | None = None
    prepare: Prepare | None = None
    during: During | None = None
    """Its memory is measured, as that of `streams`."""
    streams: int = 1
    once: int = 0
    """So many calls, in the first round alone: for what takes long."""
