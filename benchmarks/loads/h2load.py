"""Unary calls by h2load, nghttp2's load generator: a few microseconds a call, always the same body."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.laboratory import Running
from benchmarks.loads.load import Sent, quantile, run
from benchmarks.processes import BenchmarkFailed

_FRAME_HEADER = 5
_SUCCEEDED = re.compile(r"requests: .* (\d+) succeeded")
_DATA = re.compile(r"^traffic: .*\((\d+)\) data$", re.MULTILINE)
_SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6}
_FINISHED = re.compile(r"finished in ([\d.]+)(s|ms|us)")


@dataclass(frozen=True)
class H2load:
    """Calls `method` with `body`; the answer has at least `least_answer` bytes, which no error has."""

    method: str
    body: bytes
    connections: int = 4
    in_flight: int = 64
    least_answer: int = 0

    def send(self, running: Running, calls: int) -> Sent:
        with tempfile.TemporaryDirectory() as folder:
            body, log = Path(folder, "body"), Path(folder, "log")
            body.write_bytes(b"\0" + len(self.body).to_bytes(4, "big") + self.body)
            printed, cpu = run(self._command(running.address, calls, body, log))
            latencies = sorted(float(line.split("\t")[2]) for line in log.read_text().splitlines())
        self._check(printed, calls)
        return Sent(calls, _seconds(printed), quantile(latencies, 0.50), quantile(latencies, 0.99), cpu)

    def _command(self, address: str, calls: int, body: Path, log: Path) -> list[str]:
        return [
            "h2load",
            f"--requests={calls}",
            f"--clients={self.connections}",
            f"--max-concurrent-streams={self.in_flight // self.connections}",
            f"--data={body}",
            f"--log-file={log}",
            "--header=te: trailers",
            "--header=content-type: application/grpc",
            f"http://{address}{self.method}",
        ]

    def _check(self, printed: str, calls: int) -> None:
        """gRPC's errors are 200 to h2load, but an error comes without a message."""
        succeeded, data = _SUCCEEDED.search(printed), _DATA.search(printed)
        if not succeeded or not data:
            raise BenchmarkFailed(f"h2load printed something else than expected: {printed}")
        answered = int(data[1]) // (_FRAME_HEADER + self.least_answer)
        if int(succeeded[1]) != calls or answered < calls:
            raise BenchmarkFailed(f"{self.method}: not all of {calls} calls were answered: {printed}")


def _seconds(printed: str) -> float:
    finished = _FINISHED.search(printed)
    if not finished:
        raise BenchmarkFailed(f"h2load did not finish: {printed}")
    return float(finished[1]) * _SECONDS[finished[2]]
