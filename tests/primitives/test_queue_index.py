"""The index of queues has every queue that a caller uses, whatever happens to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial

import pytest
import redis

from quikstate_server.drain import Drain
from quikstate_server.errors import KeyTypeConflict, RedisUnavailable
from quikstate_server.primitives.queue import known_queues
from quikstate_server.primitives.queue.model import QueueView
from quikstate_server.primitives.queue.name_index import CONFIRM_NAMES, NameIndex
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.lock.servers import Wire
from support.queue.listing import CONFIRMED, NAMES, forget_when_it_was_used, is_listed, listed, named
from support.queue.requests import SPACE, ack, get, nack, send
from support.redis.clients import within
from support.redis.command_counts import commands_of


@pytest.fixture
async def other_queues(redis_client: RedisClient) -> AsyncIterator[Queues]:
    """Another server's, which has confirmed nothing yet."""
    started = Queues(redis_client, Limits(), Drain())
    yield started
    await started.close()


async def test_queue_list_has_a_raw_clients_queue_once_a_caller_received_from_it(
    queues: Queues, raw: redis.Redis
) -> None:
    for name in ("received", "inspected", "unseen"):
        raw.xadd(f"queue:{name}", {"payload": "x"})
    await get(queues, name=named("received"))
    await queues.inspect(named("inspected"), QueueView.NONE, "", 1)
    await eventually(partial(is_listed, queues, "inspected", "received"))


async def test_queue_list_has_a_queue_of_dead_letters_that_only_idle_consumers_look_at(
    queues: Queues, other_queues: Queues, raw: redis.Redis
) -> None:
    await send(queues, "x", max_attempts=1)
    await nack(queues, *await get(queues))
    raw.delete(NAMES, CONFIRMED)
    assert await get(other_queues) == ()
    await eventually(partial(is_listed, queues, "mail"))


async def test_queue_index_gets_no_names_of_queues_without_items(queues: Queues, raw: redis.Redis) -> None:
    await get(queues, name=named("nothing"))
    await queues.inspect(named("nothing"), QueueView.NONE, "", 1)
    assert await listed(queues) == []
    assert raw.dbsize() == 0


@pytest.mark.parametrize("key", [NAMES, CONFIRMED])
@pytest.mark.parametrize("damage", ["deleted", "other type"])
async def test_queue_index_is_complete_again_when_its_queues_are_used(
    queues: Queues, other_queues: Queues, raw: redis.Redis, key: str, damage: str
) -> None:
    for name in ("a", "b"):
        await send(queues, "x", name=named(name))
    raw.delete(key)
    if damage == "other type":
        raw.set(key, "no index")
        with pytest.raises(KeyTypeConflict):
            await listed(queues)
    await send(other_queues, "x", name=named("a"))
    await get(other_queues, name=named("b"))
    await eventually(partial(is_listed, queues, "a", "b"))
    assert sorted(raw.zrange(CONFIRMED, 0, -1)) == ["a", "b"]


async def test_queue_is_confirmed_again_after_a_while_by_the_server_that_remembers_it(
    queues: Queues, raw: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_queues, "CONFIRM_SECONDS", 0.01)
    await send(queues, "x")
    raw.flushall()

    async def is_listed_again() -> None:
        await send(queues, "x")
        await is_listed(queues, "mail")

    await eventually(is_listed_again)


async def test_queue_index_survives_what_a_raw_client_puts_into_it(queues: Queues, raw: redis.Redis) -> None:
    odd: list[bytes] = [b"\xff", b"", b"a\xc3", b"\0", b"x" * 5_000, *(b"\x80%d" % n for n in range(50))]
    raw.zadd(NAMES, dict.fromkeys(odd, 0))
    raw.zadd(CONFIRMED, {b"\xfe": 1, b"\x80": "inf", b"mail": "-inf"})
    await send(queues, "x")
    for size in (1, 3, 100):
        assert await listed(queues, page_size=size) == ["mail"]


async def test_queue_enqueue_confirms_a_queue_once_in_a_while(queues: Queues, raw: redis.Redis) -> None:
    await send(queues, "x")
    with commands_of(raw) as commands:
        for _ in range(5):
            await send(queues, "x")
        await ack(queues, *await get(queues))
    assert commands["evalsha"] == 7


@pytest.mark.parametrize("fault", ["refuses", "hangs"])
async def test_queue_enqueue_is_acknowledged_when_the_index_cannot_be_written(
    redis_client: RedisClient, raw: redis.Redis, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(known_queues, "_MAX_WAIT_SECONDS", 0.05 if fault == "hangs" else 60.0)
    wire = _WithoutIndex(redis_client, fault)
    queues = Queues(wire, Limits(), Drain())
    for payload in ("a", "b"):
        await send(queues, payload)
    assert raw.xlen("queue:mail") == 2
    assert await listed(queues) == []
    monkeypatch.undo()
    wire.fault = ""

    async def is_listed_when_used() -> None:
        await send(queues, "again")
        await is_listed(queues, "mail")

    await eventually(is_listed_when_used)
    await queues.close()


async def test_queue_enqueue_is_answered_before_its_deadline_when_the_index_hangs(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    queues = Queues(_WithoutIndex(redis_client, "hangs"), Limits(), Drain())
    begun_at = time.monotonic()
    await within(1.5, send(queues, "x"))
    assert time.monotonic() - begun_at < 1.5
    assert raw.xlen("queue:mail") == 1
    await queues.close()


class _WithoutIndex(Wire):
    """A client for which the server of the index has a fault."""

    def __init__(self, inner: RedisClient, fault: str) -> None:
        super().__init__(inner)
        self.fault = fault

    async def run(self, script: object, *arguments: object, **options: object) -> object:
        if script is CONFIRM_NAMES and self.fault == "refuses":
            raise RedisUnavailable("the node of the index is down")
        if script is CONFIRM_NAMES and self.fault == "hangs":
            await asyncio.Event().wait()
        return await super().run(script, *arguments, **options)  # type: ignore[arg-type] # as it came


async def test_queue_names_that_nobody_lists_leave_the_index_as_others_come(
    queues: Queues, raw: redis.Redis
) -> None:
    for number in range(12):
        await send(queues, "x", name=named(f"old{number}"))
        if number % 2:
            await ack(queues, *await get(queues, name=named(f"old{number}")))
    forget_when_it_was_used(raw, *(f"old{number}" for number in range(12)))
    raw.zadd(CONFIRMED, {b"\xff": 1})
    raw.zadd(NAMES, {b"\xff": 0})
    for number in range(4):
        await send(queues, "x", name=named(f"new{number}"))
    live = sorted([*(f"old{number}" for number in range(0, 12, 2)), *(f"new{number}" for number in range(4))])

    def is_small() -> None:
        assert raw.zrange(NAMES, 0, -1) == live
        assert sorted(raw.zrange(CONFIRMED, 0, -1)) == live

    await eventually(is_small)


async def test_queue_forget_spares_a_queue_that_was_confirmed_since_it_was_read(
    queues: Queues, other_queues: Queues, redis_client: RedisClient, raw: redis.Redis
) -> None:
    """A server found the queue empty; before it removes the name, another adds an item."""
    await send(queues, "x")
    await ack(queues, *await get(queues))
    forget_when_it_was_used(raw, "mail")
    index = NameIndex(redis_client)
    read = await index.read(SPACE, "", "", 10)
    assert [name.is_stale for name in read] == [True]
    await send(other_queues, "y")
    assert await index.forget(SPACE, read) == 0
    assert await listed(queues) == ["mail"]


async def test_queue_acknowledged_enqueue_is_listed_while_others_remove_its_name(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    """Servers empty and list a queue whose name is always stale; new servers add to it."""
    name, rounds = named("race"), 60
    lister = Queues(redis_client, Limits(), Drain())
    stop = asyncio.Event()

    async def keep_listing() -> None:
        while not stop.is_set():
            await listed(lister)

    async def add_and_look() -> None:
        for _ in range(rounds):
            server = Queues(redis_client, Limits(), Drain())  # remembers nothing, as after CONFIRM_SECONDS
            await send(server, "x", name=name)
            assert await listed(server, "race") == ["race"]
            await ack(server, *await get(server, name=name))
            forget_when_it_was_used(raw, "race")
            await server.close()

    async with asyncio.TaskGroup() as group:
        listing = [group.create_task(keep_listing()) for _ in range(2)]
        await add_and_look()
        stop.set()
    assert all(task.done() for task in listing)
    await lister.close()
