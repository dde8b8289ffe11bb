"""What benchmarks compare with: a call that does nothing, through all that every call goes through."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from google.protobuf.empty_pb2 import Empty

from quikstate_server.interceptors.method import Method


class Bench:
    """The servicer."""

    async def empty(self, request: Empty) -> Empty:
        return request


BENCH: Mapping[Method, object] = MappingProxyType(
    {Method("quikstate.bench.v1.BenchService", "Empty", Empty, Empty): Bench()}
)
