"""One line of the table: what is called, where, and how to know that it was really done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from benchmarks.laboratory import Running, Server, Transport
from benchmarks.loads.load import Load

Proof = Callable[[Running, int], None]
"""Told how many calls came since the last time; BenchmarkFailed unless all did what they should."""

During = Callable[[Running], AbstractContextManager[None]]
"""Makes what is to last while calls are sent, and be gone afterwards."""

Prepare = Callable[[Running], None]
"""Makes the state that the calls are to find."""


def key_on(transport: Transport | None, name: str) -> str:
    """Return the key of the row with this name on a transport."""
    return name if transport in (None, Transport.GRPC) else f"{name}-{transport.value}"


@dataclass(frozen=True)
class Row:
    name: str
    """In --rows, and on the first transport also to other rows and in JSON."""
    title: str
    server: Server
    load: Load
    against: str = "empty"
    """The key of the row that its CPU is compared with; "" for nothing."""
    unit: str = "call"
    units: int = 1
    """How many of these a call is."""
    proof: Proof | None = None
    prepare: Prepare | None = None
    during: During | None = None
    streams: int = 0
    """So many last `during` the calls, and their memory is measured."""
    calls: int = 0
    """So many in each round; 0 for as many as the server answers in a round's time."""
    rounds: int = 0
    """Only in so many rounds, for what takes long; 0 for all."""
    plotted: bool = True
    """False for what is so much that nothing else would be seen beside it."""
    transport: Transport | None = None
    """What carries the calls, where the server has a choice."""

    @property
    def key(self) -> str:
        """Return its name among all rows, of whatever transport."""
        return key_on(self.transport, self.name)

    def on_each(self, transports: Sequence[Transport]) -> Iterator[Row]:
        """Return the row for each transport, or itself where there is no choice."""
        if not self.server.is_ours:
            yield self
            return
        for transport in transports:
            yield replace(self, transport=transport)
