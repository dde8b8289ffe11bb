"""A server that is killed with -9 under load: what was answered is kept, and what was not is no guess."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from typing import TYPE_CHECKING

import grpc
import grpc.aio
from google.protobuf.duration_pb2 import Duration

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, RateLimit, RateLimitAlgorithm, RateLimitHit
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from support.harness.eventually import PATIENCE_SECONDS, eventually
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.server_process import ServerProcess

if TYPE_CHECKING:  # the generated module has it for type checkers alone
    from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceAsyncStub

_CALLERS = 32
_LIMIT = RateLimit(
    algorithm=RateLimitAlgorithm.RATE_LIMIT_ALGORITHM_FIXED_WINDOW,
    limit=1_000_000,
    window=Duration(seconds=3_600),
)


async def test_what_a_killed_server_answered_is_charged_once_and_the_rest_at_most_once(
    transport: str,
) -> None:
    server = next(server for server in servers() if server.binary)
    redis_process = RedisProcess(server)
    try:
        outcomes = await _calls_until_killed(f"unix://{redis_process.path}", transport)
        with redis_process.client() as client:
            charged = int(client.get("rate:hello") or 0)
    finally:
        redis_process.close()
    answered, lost = outcomes["answered"], outcomes[grpc.StatusCode.UNAVAILABLE]
    assert set(outcomes) <= {"answered", grpc.StatusCode.UNAVAILABLE}
    assert lost == _CALLERS, "each caller had one call in flight"
    assert answered <= charged <= answered + lost


async def _calls_until_killed(url: str, transport: str) -> Counter[object]:
    """How calls ended until each caller had lost one; then the next server answers."""
    request = CheckRateLimitRequest(hits=[RateLimitHit(key="hello", limit=_LIMIT)])
    outcomes: Counter[object] = Counter()

    async def caller(limits: RateLimitServiceAsyncStub) -> None:
        try:
            while True:
                await limits.CheckRateLimit(request, timeout=PATIENCE_SECONDS)
                outcomes["answered"] += 1
        except grpc.aio.AioRpcError as error:
            outcomes[error.code()] += 1

    with ServerProcess(redis_url=url, transport=transport) as first:
        async with grpc.aio.insecure_channel(first.address) as channel:
            callers = [asyncio.ensure_future(caller(RateLimitServiceStub(channel))) for _ in range(_CALLERS)]
            await eventually(lambda: outcomes["answered"] > 500)
            first.send(signal.SIGKILL)
            await asyncio.gather(*callers)
    with ServerProcess(redis_url=url, transport=transport) as second:
        async with grpc.aio.insecure_channel(second.address) as channel:
            next_server: RateLimitServiceAsyncStub = RateLimitServiceStub(channel)
            peek = CheckRateLimitRequest(hits=[RateLimitHit(key="hello", limit=_LIMIT, cost=0)])
            answer = await next_server.CheckRateLimit(peek, timeout=PATIENCE_SECONDS)
            assert answer.results[0].remaining <= _LIMIT.limit - outcomes["answered"]
    return outcomes
