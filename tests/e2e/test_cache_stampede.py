"""200 callers miss one entry at once, on two server processes: one of them fills it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import cache_pb2 as pb
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from support.harness.eventually import eventually, throughout
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.command import StartServing

CALLERS = 200
KEY = pb.CacheKey(name="search:popular")
VALUE = b"a result that takes long"
QUERY_SECONDS = 0.3


@pytest.fixture
def redis() -> Iterator[RedisProcess]:
    process = RedisProcess(next(server for server in servers() if server.binary))
    yield process
    process.close()


@pytest.fixture
def addresses(redis: RedisProcess, serve: StartServing) -> Iterator[Sequence[str]]:
    flags = "--redis-url", f"unix://{redis.path}"
    with serve(*flags) as one, serve(*flags) as other:
        yield one.address, other.address


@dataclass
class Callers:
    """Callers of the cache, and a count of what they do."""

    lease: Duration
    done: Counter[str] = field(default_factory=Counter)
    dies: bool = False
    """The first caller that fills dies before it stores."""

    async def call(self, cache: Any) -> bytes:
        """Return the value from the cache, or query it and store it for all others."""
        request = pb.GetEntriesRequest(
            keys=[KEY], lease=True, lease_ttl=self.lease, wait=Duration(seconds=20)
        )
        while True:
            (entry,) = (await cache.GetEntries(request, timeout=60)).entries
            self.done[pb.CacheOutcome.Name(entry.outcome)] += 1
            if entry.outcome == pb.CACHE_OUTCOME_HIT:
                return bytes(entry.value)
            if entry.lease:
                return await self._fill(cache, entry.lease)

    async def _fill(self, cache: Any, lease: str) -> bytes:
        self.done["queries"] += 1
        if self.dies:
            self.dies = False
            return VALUE
        await throughout(lambda: True, seconds=QUERY_SECONDS)
        item = pb.CacheItem(key=KEY, value=VALUE, ttl=Duration(seconds=60), lease=lease)
        (result,) = (await cache.SetEntries(pb.SetEntriesRequest(items=[item]), timeout=60)).results
        self.done[pb.CacheSetOutcome.Name(result.outcome)] += 1
        return VALUE


async def stampede(addresses: Sequence[str], callers: Callers) -> None:
    """Make all calls at once, each through one of the servers."""
    channels = [grpc.aio.insecure_channel(address) for address in addresses]
    caches = [CacheServiceStub(channel) for channel in channels]
    values = await asyncio.gather(*(callers.call(caches[number % len(caches)]) for number in range(CALLERS)))
    assert values == [VALUE] * CALLERS
    await asyncio.gather(*(channel.close(None) for channel in channels))


async def test_one_of_200_callers_on_two_servers_fills(addresses: Sequence[str], redis: RedisProcess) -> None:
    callers = Callers(lease=Duration(seconds=10))
    await stampede(addresses, callers)
    assert callers.done == {
        "CACHE_OUTCOME_MISS": 1,
        "queries": 1,
        "CACHE_SET_OUTCOME_STORED": 1,
        "CACHE_OUTCOME_HIT": CALLERS - 1,
    }
    with redis.client() as client:
        await eventually(lambda: client.pubsub_channels("*:changed") == [])


async def test_another_caller_fills_when_the_first_dies(addresses: Sequence[str]) -> None:
    callers = Callers(lease=Duration(seconds=3), dies=True)
    await stampede(addresses, callers)
    assert callers.done == {
        "CACHE_OUTCOME_MISS": 2,
        "queries": 2,
        "CACHE_SET_OUTCOME_STORED": 1,
        "CACHE_OUTCOME_HIT": CALLERS - 2,
    }


async def test_others_fill_when_the_server_of_the_filler_is_killed(
    redis: RedisProcess, serve: StartServing
) -> None:
    flags = "--redis-url", f"unix://{redis.path}"
    with serve(*flags) as kept:
        with serve(*flags) as killed:
            async with grpc.aio.insecure_channel(killed.address) as channel:
                request = pb.GetEntriesRequest(keys=[KEY], lease=True, lease_ttl=Duration(seconds=1))
                (entry,) = (await CacheServiceStub(channel).GetEntries(request, timeout=60)).entries
                assert entry.lease
        callers = Callers(lease=Duration(seconds=10))
        await stampede([kept.address], callers)
    assert callers.done["queries"] == 1
