"""All that is wrong with a request is said at once, by field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.empty_pb2 import Empty

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    RateLimit,
    RateLimitHit,
    RateLimitKeyParts,
    StreamRateLimitRequest,
    StreamRateLimitResponse,
)
from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.method import Method
from quikstate_server.interceptors.validation import Validation
from quikstate_server.services.common.validation import covers_proto_rules
from quikstate_server.settings import Limits
from support.server.stub_service import valid

LIMITS = Limits()


def violations(validation: Validation, request: CheckRateLimitRequest) -> dict[str, str]:
    with pytest.raises(InvalidRequest) as raised:
        validation.validate(request)
    return raised.value.violations


def nothing(request: CheckRateLimitRequest, limits: Limits) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    yield from ()


def too_many(request: CheckRateLimitRequest, limits: Limits) -> Iterator[tuple[str, str]]:
    if len(request.hits) > limits.max_atomic_hits:
        yield "hits", f"must be at most {limits.max_atomic_hits}"


def test_the_shape_in_the_proto_is_held_and_every_field_named() -> None:
    parts = RateLimitKeyParts(parts=["a", ""])
    hits = [RateLimitHit(key="", limit=RateLimit(limit=-1)), RateLimitHit(parts=parts)]
    found = violations(Validation({}, LIMITS), CheckRateLimitRequest(hits=hits, mode=9))  # type: ignore[arg-type] # no such mode
    assert set(found) == {
        "hits[0].key",
        "hits[0].limit.limit",
        "hits[0].limit.window",
        "hits[1].parts.parts[1]",
        "hits[1].rule",
        "mode",
    }


def test_valid_requests_pass() -> None:
    Validation({}, LIMITS).validate(valid())


def test_rules_see_the_limits_in_force_and_add_to_the_shape() -> None:
    validation = Validation({CheckRateLimitRequest: too_many}, Limits(max_atomic_hits=1))
    limit = RateLimit(limit=1, window=Duration(seconds=1))
    hits = [RateLimitHit(key="a", limit=limit), RateLimitHit(limit=limit)]
    assert violations(validation, CheckRateLimitRequest(hits=hits)) == {
        "hits": "must be at most 1",
        "hits[1].name": "exactly one field is required in oneof",
    }


def test_a_field_that_breaks_several_rules_is_told_each_once() -> None:
    def broken(request: CheckRateLimitRequest, limits: Limits) -> Iterator[tuple[str, str]]:  # noqa: ARG001
        yield "hits", "must be few"
        yield "hits", "must be of one group"
        yield "hits", "must be few"

    found = violations(Validation({CheckRateLimitRequest: broken}, LIMITS), CheckRateLimitRequest())
    ours, _, shape = found["hits"].rpartition(" and ")
    assert ours == "must be few and must be of one group"
    assert shape, "and what the proto demands"


def test_what_is_wrong_with_no_field_alone_is_said_without_a_field() -> None:
    error = InvalidRequest({"": "these bytes are no message", "hits": "must be few"})
    assert error.message == "invalid request: these bytes are no message; hits: must be few"


def test_a_validator_that_guarantees_the_shape_spares_the_look_at_it() -> None:
    """Shown by a validator that guarantees it wrongly: a bad shape passes, unless they find something."""
    broken = CheckRateLimitRequest(hits=[RateLimitHit()])
    found = violations(Validation({CheckRateLimitRequest: nothing}, LIMITS), broken)
    Validation({CheckRateLimitRequest: covers_proto_rules(nothing)}, LIMITS).validate(broken)
    assert set(found) == {"hits[0].name", "hits[0].rule"}


def test_items_of_a_clients_stream_and_empty_requests_are_left_alone() -> None:
    async def answer(request: object, send: object) -> object:  # noqa: ARG001 - a handler's form
        return request

    streaming = Method("a.S", "Chat", StreamRateLimitRequest, StreamRateLimitResponse, client_streaming=True)
    for method in (streaming, Method("a.S", "Empty", Empty, Empty)):
        assert Validation({}, LIMITS).around(method, answer) is answer
