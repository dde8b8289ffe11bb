"""An empty call through the whole chain, which benchmarks compare others with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from google.protobuf.empty_pb2 import Empty

from quikstate_server.caller import Access
from quikstate_server.interceptors.method import Method


class BenchServicer:
    """Serves the empty call."""

    async def empty(self, request: Empty) -> Empty:
        return request


BENCH: Mapping[Method, object] = MappingProxyType(
    {Method("quikstate.bench.v1.BenchService", "Empty", Empty, Empty, access=Access.READ): BenchServicer()}
)
