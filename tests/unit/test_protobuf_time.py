"""Durations as rules read them."""

from __future__ import annotations

from math import isnan

import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate_server.services.common.protobuf_time import seconds_or_nan


@pytest.mark.parametrize(
    ("seconds", "nanos", "read"),
    [(0, 0, 0.0), (1, 500_000_000, 1.5), (0, 999, 0.0), (0, 1_000, 1e-6), (-1, -500_000_000, -1.5)],
)
def test_a_duration_is_read_in_whole_microseconds(seconds: int, nanos: int, read: float) -> None:
    assert seconds_or_nan(Duration(seconds=seconds, nanos=nanos)) == read


@pytest.mark.parametrize(("seconds", "nanos"), [(0, 10**9), (0, 2**31 - 1), (0, -(2**31)), (1, -1), (-1, 1)])
def test_a_duration_that_protobuf_does_not_allow_is_in_no_range(seconds: int, nanos: int) -> None:
    assert isnan(seconds_or_nan(Duration(seconds=seconds, nanos=nanos)))
