"""A GetEntriesRequest without violations has the shape that its proto demands."""

from __future__ import annotations

from google.protobuf.duration_pb2 import Duration
from hypothesis import given
from hypothesis import strategies as st
from protovalidate import Validator

from quikstate.v1.cache_pb2 import CacheKey, GetEntriesRequest
from quikstate_server.services.cache import validation
from quikstate_server.settings import Limits

LIMITS = Limits()
SHAPE = Validator()

texts = st.sampled_from(["", "a", "a:b", "é" * 129, "x" * 256, "x" * 257, "a\nb"])
kinds = st.sampled_from(["name", "user", "workspace", "channel_members"])
keys = st.just(CacheKey()) | st.builds(lambda kind, text: CacheKey(**{kind: text}), kinds, texts)
good = st.integers(0, 99).map(lambda number: CacheKey(name=str(number)))
durations = st.none() | st.builds(Duration, seconds=st.sampled_from([-1, 0, 1, 30, 31, 61]))


@given(
    st.builds(
        GetEntriesRequest,
        keys=st.lists(good | keys, max_size=4),
        accept_stale=st.booleans(),
        lease=st.booleans(),
        lease_ttl=durations,
        wait=durations,
    )
)
def test_get_entries_validation_guarantees_the_shape(request: GetEntriesRequest) -> None:
    if not dict(validation.get_entries(request, LIMITS)):
        assert not SHAPE.collect_violations(request)
