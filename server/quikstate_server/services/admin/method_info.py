"""The calls of each RPC in this process, from what its metrics record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client.samples import Sample

from quikstate.v1.admin_pb2 import DurationBucket, MethodInfo
from quikstate_server.services.common.protobuf_time import seconds_to_duration
from quikstate_server.slots import Slots

_FAULTS = frozenset(
    {
        "UNKNOWN",
        "DEADLINE_EXCEEDED",
        "RESOURCE_EXHAUSTED",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
    }
)
"""Status codes of calls that failed by the server's or Redis's fault."""
_NO_STREAMS = Slots()


@dataclass(slots=True)
class _Calls:
    """The calls of one method; `within` has by bound how many took at most so long."""

    ended: int = 0
    failed: int = 0
    within: Counter[float] = field(default_factory=Counter)

    def add(self, sample: Sample) -> None:
        """Take in one sample of the histogram of durations, which is of one status code."""
        count = int(sample.value)
        if sample.name.endswith("_bucket"):
            self.within[float(sample.labels["le"])] += count
        elif sample.name.endswith("_count"):
            self.ended += count
            if sample.labels["rpc_response_status_code"] in _FAULTS:
                self.failed += count


def method_infos(durations: Iterable[Sample], streams: Mapping[str, Slots]) -> Iterator[MethodInfo]:
    """Yield the methods that were called, by name; `streams` has what is open of each that streams."""
    calls: defaultdict[str, _Calls] = defaultdict(_Calls)
    for sample in durations:
        calls[sample.labels["rpc_method"]].add(sample)
    for method in sorted(calls):
        streams_open = streams.get(method, _NO_STREAMS).taken
        if calls[method].ended or streams_open:
            info = _method_info(method, calls[method], streams_open)
            info.streaming = method in streams
            yield info


def _method_info(method: str, calls: _Calls, streams_open: int) -> MethodInfo:
    info = MethodInfo(method=method, ended=calls.ended, failed=calls.failed, streams_open=streams_open)
    before = 0
    for bound, count in sorted(calls.within.items()):
        up_to = None if bound == float("inf") else seconds_to_duration(bound)
        info.durations.append(DurationBucket(up_to=up_to, count=count - before))
        before = count
    return info
