"""Streams, leases, and unary calls with many bodies, by a small Go program that leaves messages as bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.go_program import delimited, go_command
from benchmarks.laboratory import Running
from benchmarks.loads.load import Sent, run


@dataclass(frozen=True)
class GoCaller:
    """Sends `bodies` in turn: as `lanes` calls at once, or on `lanes` streams, `window` at once on each.

    Leases are taken by `method` and given back by `release`: each lane's own by
    "leases", the one of all by "hand-over". Items are enqueued by `method` and
    settled by `release`: one by one by "work", on streams by "consume". By
    "visit" a call opens a stream, has its first item, and cancels it.
    """

    mode: Literal["unary", "stream", "leases", "hand-over", "work", "consume", "visit"]
    method: str
    bodies: Sequence[bytes]
    lanes: int = 64
    window: int = 1
    connections: int = 4
    release: str = ""
    credential: str = ""
    """Kind of credential that callers show: token, jwt, tls (nothing, but speaks TLS) or certificate."""

    def send(self, running: Running, calls: int) -> Sent:
        with tempfile.NamedTemporaryFile() as bodies:
            bodies.write(delimited(self.bodies))
            bodies.flush()
            shown = running.identities.caller_flags(self.credential) if running.identities else {}
            printed, cpu = run(self._command(running.address, calls, bodies.name, shown))
        told = json.loads(printed)
        return Sent(told["calls"], told["seconds"], told["p50_us"], told["p99_us"], cpu)

    def _command(self, address: str, calls: int, bodies: str, shown: Mapping[str, str]) -> list[str]:
        return go_command(
            {
                "target": address,
                "mode": self.mode,
                "method": self.method,
                "release": self.release,
                "bodies": bodies,
                "calls": calls,
                "lanes": self.lanes,
                "window": self.window,
                "connections": self.connections,
                **shown,
            }
        )
