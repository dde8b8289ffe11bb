"""What each process of this server is doing: this one, and its peers, which are asked."""

from __future__ import annotations

import os
import time
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path

from quikstate.v1.admin_pb2 import WorkerInfo
from quikstate_server.services.admin.method_info import method_infos
from quikstate_server.services.common.protobuf_time import microseconds_to_timestamp, seconds_to_duration
from quikstate_server.services.common.wiring import ServiceContext

_QUESTION = "worker_info"
"""The question to peers; the answer is a WorkerInfo in base64."""
_MEMORY_PAGES = Path("/proc/self/statm")
_COMMANDS_IN_FLIGHT = "quikstate_redis_commands_in_flight", "quikstate_cache_redis_commands_in_flight"


class WorkerInfos:
    """Describes the processes of this server."""

    def __init__(self, context: ServiceContext) -> None:
        """Begin to answer peers."""
        self._metrics = context.metrics
        self._state = context.state
        self._peers = context.peers
        self._peers.answers[_QUESTION] = lambda _: b64encode(self._own().SerializeToString()).decode()
        self._started_at = microseconds_to_timestamp(time.time_ns() // 1_000)

    async def read(self) -> Sequence[WorkerInfo]:
        """Return those of all processes that reply in time, by their number."""
        answers = await self._peers.ask(_QUESTION, "")
        others = [WorkerInfo.FromString(b64decode(answer)) for answer in answers if answer]
        return sorted([self._own(), *others], key=lambda info: info.number)

    def _own(self) -> WorkerInfo:
        gauge, concurrency = self._metrics.read_gauge, self._state.concurrency
        return WorkerInfo(
            number=self._peers.number,
            process_id=os.getpid(),
            start_time=self._started_at,
            cpu_time=seconds_to_duration(time.process_time()),
            resident_bytes=_resident_bytes(),
            event_loop_lag=seconds_to_duration(self._state.loop_lag.recent_seconds),
            calls_in_flight=concurrency.calls.taken,
            streams_open=concurrency.streams.taken,
            lock_waiters=int(gauge("quikstate_lock_waiters")),
            redis_commands_in_flight=sum(int(gauge(name)) for name in _COMMANDS_IN_FLIGHT),
            methods=method_infos(self._metrics.durations(), concurrency.streams_by_method),
        )


def _resident_bytes() -> int:
    """Return the memory that the operating system has given this process; 0 where it does not say."""
    if not _MEMORY_PAGES.exists():
        return 0
    return int(_MEMORY_PAGES.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE")
