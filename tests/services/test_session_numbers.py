"""An extreme number, duration or instant is accepted, or refused by its field."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToJson
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from quikstate.v1 import session_pb2 as pb
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server.services.common.page_tokens import encode_page_token
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure

USER = "alice"
INT32 = [0, -1, 2**31 - 1, -(2**31)]
INT64 = [*INT32, 2**53, 2**53 + 1, 2**63 - 1, -(2**63)]
REPLICAS = [0, -1, 17, 2**31 - 1, -(2**31)]
"""An allowed number other than 0 waits for replicas, and there are none."""
SPANS = [(seconds, nanos) for seconds in INT64 for nanos in (0, 1, 999_999_999, 2**31 - 1, -1, -(2**31))]
DURATIONS = [Duration(seconds=seconds, nanos=nanos) for seconds, nanos in SPANS]
INSTANTS = [Timestamp(seconds=seconds, nanos=nanos) for seconds, nanos in SPANS]
ROWS = ["0:h", f"{2**63}:h", f"{'9' * 300}:h", f"0:{'h' * 300}"]

Make = Callable[[Any], Message]


def create(**fields: Any) -> pb.CreateSessionRequest:
    return pb.CreateSessionRequest(**({"user_id": USER} | fields))


def update(**fields: Any) -> pb.UpdateSessionRequest:
    return pb.UpdateSessionRequest(session_id="s", set={"a": "1"}, **fields)


def rotate(**fields: Any) -> pb.RotateSessionRequest:
    return pb.RotateSessionRequest(session_id="s", **fields)


def token(expires: Timestamp) -> pb.RevokeTokensRequest:
    return pb.RevokeTokensRequest(tokens=pb.TokenIds(tokens=[pb.TokenId(jti="j", expire_time=expires)]))


def user_tokens(**fields: Any) -> pb.UserTokens:
    return pb.UserTokens(user_id=USER, **fields)


def claims(issued: Timestamp) -> pb.CheckTokensRequest:
    return pb.CheckTokensRequest(tokens=[pb.TokenClaims(jti="j", user_id=USER, issued_at=issued)])


@pytest.mark.parametrize(
    ("method", "field", "ends", "make"),
    [
        ("CreateSession", "lifetime", DURATIONS, lambda end: create(lifetime=end)),
        ("CreateSession", "idle_timeout", DURATIONS, lambda end: create(idle_timeout=end)),
        ("CreateSession", "max_sessions", INT32, lambda end: create(max_sessions=end)),
        ("CreateSession", "on_limit", INT32, lambda end: create(on_limit=end)),
        ("CreateSession", "min_replicas", REPLICAS, lambda end: create(min_replicas=end)),
        ("UpdateSession", "expected_version", INT64, lambda end: update(expected_version=end)),
        ("UpdateSession", "min_replicas", REPLICAS, lambda end: update(min_replicas=end)),
        ("RotateSession", "grace", DURATIONS, lambda end: rotate(grace=end)),
        ("RotateSession", "min_replicas", REPLICAS, lambda end: rotate(min_replicas=end)),
        (
            "RevokeSessions",
            "min_replicas",
            REPLICAS,
            lambda end: pb.RevokeSessionsRequest(user_id="bob", min_replicas=end),
        ),
        (
            "ListSessions",
            "page_size",
            INT32,
            lambda end: pb.ListSessionsRequest(user_id=USER, page_size=end),
        ),
        (
            "ListSessions",
            "page_token",
            ROWS,
            lambda end: pb.ListSessionsRequest(user_id=USER, page_token=encode_page_token(end)),
        ),
        ("RevokeTokens", "tokens.tokens[0].expire_time", INSTANTS, token),
        (
            "RevokeTokens",
            "user.issued_before",
            INSTANTS,
            lambda end: pb.RevokeTokensRequest(user=user_tokens(issued_before=end)),
        ),
        (
            "RevokeTokens",
            "min_replicas",
            REPLICAS,
            lambda end: pb.RevokeTokensRequest(user=user_tokens(), min_replicas=end),
        ),
        ("CheckTokens", "tokens[0].issued_at", INSTANTS, claims),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_an_extreme_number_is_accepted_or_refused_by_its_field(
    channel: grpc.aio.Channel, redis_process: RedisProcess, method: str, field: str, ends: Any, make: Make
) -> None:
    call: Any = getattr(SessionServiceStub(channel), method)
    with redis_process.client() as client:
        client.hset("session:s", mapping={"userId": USER, "version": 2**53 - 1})
    for end in ends:
        request = make(end)
        outcome: Any = (await asyncio.gather(call(request), return_exceptions=True))[0]
        if isinstance(outcome, grpc.aio.AioRpcError):
            failed = failure(outcome)
            assert failed.code is grpc.StatusCode.INVALID_ARGUMENT, (end, failed)
            assert field in failed.fields, end
        else:
            MessageToJson(outcome)  # every instant and duration in it must be valid JSON
