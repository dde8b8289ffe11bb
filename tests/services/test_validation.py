"""What is refused is refused with every field named, and nothing is written."""

from __future__ import annotations

from typing import Any

import grpc
import pytest

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, RateLimit, RateLimitHit
from services.conftest import OpenChannel, StartApp
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of
from support.server.stub_service import check, valid


def hit(**changes: Any) -> RateLimitHit:
    one = RateLimitHit()
    one.CopyFrom(valid().hits[0])
    one.MergeFrom(RateLimitHit(**changes))
    return one


@pytest.mark.parametrize(
    ("request_", "fields"),
    [
        (CheckRateLimitRequest(), {"hits"}),
        (CheckRateLimitRequest(hits=[hit(), RateLimitHit()]), {"hits[1].key", "hits[1].policy"}),
        (CheckRateLimitRequest(hits=[hit(limit=RateLimit(limit=2_000_000_000))]), {"hits[0].limit.limit"}),
        (CheckRateLimitRequest(hits=[hit(key="a\nb", cost=-(2**60))]), {"hits[0].key", "hits[0].cost"}),
        (CheckRateLimitRequest(hits=[hit()], group="g" * 300), {"group"}),
    ],
)
async def test_bad_values_are_refused_by_field_and_write_nothing(
    rate_limits: Any, own_redis: RedisProcess, request_: CheckRateLimitRequest, fields: set[str]
) -> None:
    with own_redis.client() as client:
        client.flushall()
        failed = await failure_of(rate_limits.CheckRateLimit(request_))
        assert client.dbsize() == 0
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert failed.reason == "ERROR_REASON_INVALID_REQUEST"
    assert fields <= set(failed.fields)


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    """The server's, to look for what was written."""
    return own_redis


async def test_the_limits_are_those_of_the_settings(start_app: StartApp, open_channel: OpenChannel) -> None:
    two = CheckRateLimitRequest(hits=[hit(key="a"), hit(key="b")])
    assert (await check(open_channel(await start_app()))(two)).allowed
    strict = open_channel(await start_app(limits={"max_atomic_hits": 1}))
    assert set((await failure_of(check(strict)(two))).fields) == {"hits"}
