"""Slots that move between masters: nothing is lost, nothing runs twice, and callers need not know."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic
from typing import cast

import pytest

from quikstate_server import keys
from quikstate_server.errors import OutcomeUnknown, Overloaded, RedisUnavailable
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import FencingToken, Lease
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import Algorithm, Hit, Limit, RateLimitCheck, RateLimitRule
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.slots import slot_of
from quikstate_server.redis_client.packing import pack
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.harness.matrix import Cell
from support.lock.requests import KEY, held, lock_request
from support.redis.clients import COUNT, count_on_own_connection, make_script, within
from support.redis.cluster_process import ClusterProcess, JoinCluster, keys_in, move, moving
from support.redis.redis_process import RedisProcess

_BOTH = make_script("return redis.call('INCR', KEYS[1]) + redis.call('INCR', KEYS[2])")


@pytest.fixture(scope="module")
def cluster_process(cell: Cell) -> Iterator[ClusterProcess]:
    process = ClusterProcess(cell.server)
    yield process
    process.close()


@pytest.fixture
async def redis_client(cluster_process: ClusterProcess, join_cluster: JoinCluster) -> RedisClient:
    for node in cluster_process.masters:
        with node.client() as client:
            client.flushall()
    return await join_cluster(cluster_process.addresses)


@pytest.fixture
def way(cluster_process: ClusterProcess, redis_client: RedisClient) -> tuple[int, RedisProcess, RedisProcess]:
    """Return the slot of {t}, the node that has it, and one that does not."""
    slot = slot_of("{t}")
    has = redis_client.router.node_for("{t}").name
    source, target = sorted(cluster_process.masters, key=lambda node: str(node.tcp_address) != has)[:2]
    return slot, source, target


def _calls(node: RedisProcess, command: str) -> int:
    with node.client() as client:
        return int(client.info("commandstats").get(f"cmdstat_{command}", {}).get("calls", 0))


Way = tuple[int, RedisProcess, RedisProcess]


async def test_a_key_that_has_moved_before_its_slot_is_found_by_ask(
    redis_client: RedisClient, way: Way
) -> None:
    slot, source, target = way
    assert await redis_client.run(COUNT, ("{t}:stays",)) == 1
    with moving(slot, source, target):
        asked = _calls(target, "asking")
        assert await redis_client.run(COUNT, ("{t}:new",)) == 1
        assert await redis_client.run(COUNT, ("{t}:stays",)) == 2
        await count_on_own_connection(redis_client, "{t}:new")
        assert keys_in(slot, target) == ["{t}:new"]
        assert keys_in(slot, source) == ["{t}:stays"]
        assert _calls(target, "asking") >= asked + 2
        assert redis_client.router.node_for("{t}").name == str(source.tcp_address), "ASK is for once"
    assert await redis_client.run(COUNT, ("{t}:new",)) == 3


async def test_a_slot_that_has_moved_is_found_at_once_and_remembered(
    redis_client: RedisClient, way: Way
) -> None:
    slot, source, target = way
    assert await redis_client.run(COUNT, ("{t}:n",)) == 1
    with moving(slot, source, target):
        pass
    assert await redis_client.run(COUNT, ("{t}:n",)) == 2
    assert redis_client.router.node_for("{t}").name == str(target.tcp_address)
    assert redis_client.is_available


async def test_a_script_waits_while_its_keys_are_on_two_nodes(redis_client: RedisClient, way: Way) -> None:
    slot, source, target = way
    pair = "{t}:a", "{t}:b"
    assert await redis_client.run(_BOTH, pair) == 2
    with moving(slot, source, target):
        await asyncio.to_thread(move, pair[:1], source, target)
        with pytest.raises(RedisUnavailable) as refused:
            await redis_client.run(_BOTH, pair)
        assert refused.value.metadata == {"code": "TRYAGAIN"}
        waiting = asyncio.create_task(redis_client.run(_BOTH, pair))
        await asyncio.wait([waiting], timeout=0.1)
        assert not waiting.done()
    assert await waiting == 4


async def test_a_script_of_several_keys_does_not_start_while_its_slot_moves(
    redis_client: RedisClient, way: Way
) -> None:
    """It could be interrupted half-way, where it touches a key that it has deleted."""
    slot, source, target = way
    again = make_script(
        "redis.call('DEL', KEYS[1]); return redis.call('INCR', KEYS[1]) + redis.call('INCR', KEYS[2])"
    )
    pair = "{t}:a", "{t}:b"
    assert await redis_client.run(_BOTH, pair) == 2
    with moving(slot, source, target):
        with pytest.raises(RedisUnavailable):
            await within(0.3, redis_client.run(again, pair))
        assert sorted(keys_in(slot, source)) == sorted(pair)
    assert await redis_client.run(_BOTH, pair) == 4
    assert await redis_client.run(again, pair) == 4


async def test_an_interrupted_script_has_an_unknown_outcome(redis_client: RedisClient, way: Way) -> None:
    slot, source, target = way
    again = make_script("redis.call('DEL', KEYS[1]); return redis.call('INCR', KEYS[1])")
    await redis_client.run(COUNT, ("{t}:a",))
    await redis_client.run(COUNT, ("{t}:b",))
    with moving(slot, source, target):
        with pytest.raises(OutcomeUnknown):
            await redis_client.run(again, ("{t}:a",))
        assert await redis_client.run(again, ("{t}:b",), safe_to_repeat=True) == 1, (
            "sent again, to where the key is now"
        )


async def test_asking_does_not_apply_to_commands_of_other_callers(
    redis_client: RedisClient, way: Way
) -> None:
    """ASKING and its command stay together on a shared connection."""
    slot, source, target = way
    with moving(slot, source, target):
        names = [f"{{t}}:{n}" for n in range(50)] + [f"other:{n}" for n in range(50)]
        for round_ in range(1, 6):
            counts = await asyncio.gather(*(redis_client.run(COUNT, (name,)) for name in names))
            assert counts == [round_] * 100
        assert len(keys_in(slot, target)) == 50
        assert keys_in(slot, source) == []


async def test_asking_goes_out_with_its_command_or_not_at_all(redis_client: RedisClient) -> None:
    connection = redis_client.router.node_for("{t}").shared[0]
    assert connection
    connection._max_commands = connection.in_flight + 1
    with pytest.raises(Overloaded):
        connection.send_asking(pack(("GET", "{t}")), monotonic() + 5)
    connection._max_commands += 2
    assert await connection.send(pack(("ECHO", "own")), monotonic() + 5) == b"own"
    assert await connection.send_asking(pack(("ECHO", "asked")), monotonic() + 5) == b"asked"


class Load:
    """Callers that count, check limits and lock in moving slots, until they are stopped."""

    def __init__(self, redis_client: RedisClient, locks: Locks) -> None:
        self._redis_client = redis_client
        self._limiter = RateLimiter(redis_client)
        self._locks = locks
        self.ended = False
        self.counted: dict[str, list[int]] = {}
        self.admitted = 0
        self.tokens: list[FencingToken] = []

    async def count(self, name: str) -> None:
        counted = self.counted.setdefault(name, [])
        while not self.ended:
            with suppress(RedisUnavailable):  # known not to have run
                counted.append(cast("int", await self._redis_client.run(COUNT, (name,))))

    async def hit(self, rule: RateLimitRule) -> None:
        while not self.ended:
            with suppress(RedisUnavailable):
                verdict = await self._limiter.check(RateLimitCheck(Keyspace(), [Hit(keys.rate("hot"), rule)]))
                self.admitted += verdict.allowed

    async def lock(self) -> None:
        while not self.ended:
            with suppress(RedisUnavailable):
                lease = held(await self._locks.acquire(lock_request(), wait=10.0))
                self.tokens.append(lease.tokens[0])
                await self._release(lease)

    async def _release(self, lease: Lease) -> None:
        while True:
            with suppress(RedisUnavailable):
                assert await self._locks.release(lease.target, lease.lease_id), "nobody else can have it"
                return


async def test_a_reshard_under_load_loses_nothing_and_repeats_nothing(
    redis_client: RedisClient, cluster_process: ClusterProcess
) -> None:
    """Slots move through all masters while scripts, limits and locks use keys on them."""
    locks = Locks(redis_client, Limits())
    await locks.start()
    load = Load(redis_client, locks)
    rule = RateLimitRule(Limit(Algorithm.FIXED_WINDOW, 500, 3_600_000_000))
    names = [f"count:{n}" for n in range(5)]
    async with asyncio.timeout(60), asyncio.TaskGroup() as callers:
        for name in names:
            for _ in range(3):
                callers.create_task(load.count(name))
        for _ in range(3):
            callers.create_task(load.hit(rule))
            callers.create_task(load.lock())
        slots = {slot_of(name) for name in [*names, rule.key(Keyspace(), keys.rate("hot")), KEY]}
        await asyncio.to_thread(_round, cluster_process, slots)
        await eventually(lambda: load.admitted >= 500)
        load.ended = True
    await locks.close()
    for name, counts in load.counted.items():
        assert sorted(counts) == list(range(1, len(counts) + 1)), name
    assert load.admitted == 500
    assert len(load.tokens) > 10
    assert load.tokens == sorted(set(load.tokens))


def _round(cluster: ClusterProcess, slots: set[int]) -> None:
    """Move every slot to each master once."""
    for _ in cluster.masters:
        for slot in slots:
            has = next(node for node in cluster.masters if _owns(node, slot))
            target = cluster.masters[(cluster.masters.index(has) + 1) % len(cluster.masters)]
            with moving(slot, has, target):
                pass


def _owns(node: RedisProcess, slot: int) -> bool:
    with node.client() as client:
        mine = next(
            line for line in client.execute_command("CLUSTER NODES").values() if "myself" in line["flags"]
        )
    return any(int(first) <= slot <= int(last[0] if last else first) for first, *last in mine["slots"])
