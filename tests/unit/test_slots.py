"""What the nodes of a Redis Cluster say of it, read as they mean it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

import pytest
from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import FaultMonitor
from quikstate_server.errors import RedisUnavailable
from quikstate_server.keys import Keyspace, absent, lock, session
from quikstate_server.primitives.session.identifiers import new_session_id, new_successor_id
from quikstate_server.redis_client.cluster.slots import SLOTS, slot_of, suffix_for_slot_of
from quikstate_server.redis_client.cluster.view import ClusterView, Shard, parse_view
from quikstate_server.redis_client.cluster.view_poller import ClusterViewPoller
from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.node import Node
from quikstate_server.settings import RedisSettings

_OK = b"cluster_state:ok\r\ncluster_current_epoch:7\r\n"
_ASKED = Address("asked", 1, tls=True)


@pytest.mark.parametrize(
    ("told", "meant"),
    [(b"10.0.0.1", "10.0.0.1"), (b"redis-1.example", "redis-1.example"), (b"", "asked"), (None, "asked")],
)
def test_a_node_has_the_address_that_it_announces(told: bytes | None, meant: str) -> None:
    view = parse_view(_OK, [[0, 16383, [told, 7000, b"id", []], [b"replica", 7001, b"id", []]]], _ASKED)
    master, replica = Address(meant, 7000, tls=True), Address("replica", 7001, tls=True)
    assert view == ClusterView(
        is_serving=True, cluster_epoch=7, shards=(Shard(0, 16383, master, (replica,)),)
    )
    assert list(view.addresses) == [master, replica]


def test_a_master_that_has_not_announced_its_hostname_serves_nothing_yet() -> None:
    slots = [[0, 5, [b"?", 7000, b"id", []]], [6, 9, [b"known", 7000, b"id", []]]]
    assert [shard.first for shard in parse_view(_OK, slots, _ASKED).shards] == [6]


def test_a_suffix_puts_a_key_on_any_slot() -> None:
    other = {slot_of(str(number)): str(number) for number in range(20 * SLOTS)}
    assert len(other) == SLOTS
    for slot, name in other.items():
        assert slot_of("session:x" + suffix_for_slot_of(name, "session:x")) == slot


@pytest.mark.parametrize("prefix", ["", "QuikApp:"])
def test_a_successor_is_on_the_slot_of_what_it_succeeds(prefix: str) -> None:
    keyspace = Keyspace(prefix=prefix, namespace="n")
    for session_id in ("abc123", "o:{x}", new_session_id()):
        successor = new_successor_id(keyspace, session_id)
        assert re.fullmatch(r"[A-Za-z0-9_-]{46}", successor)
        names = [session(one) for one in (session_id, successor)]
        slots = {slot_of(key) for name in names for key in keyspace.family(name, ["rotated"])}
        assert len(slots) == 1


def test_what_belongs_together_is_on_one_slot() -> None:
    keyspace, grouped = Keyspace(prefix="P:", namespace="n"), Keyspace(prefix="P:", namespace="n", group="g")
    for one in (keyspace, grouped):
        names = [
            one.sidecar(lock("a"), "fence"),
            one.sidecar(lock("a"), "holders"),
            absent(one.key(lock("a"))),
        ]
        assert {slot_of(name) for name in names} == {slot_of(one.key(lock("a")))}
    assert slot_of(grouped.key(lock("a"))) == slot_of(grouped.key(lock("b")))


def _view(*, is_serving: bool = True, epoch: int = 0) -> ClusterView:
    return ClusterView(is_serving, epoch, ())


_STALE, _NOW, _NEWER, _CUT_OFF = (
    _view(epoch=4),
    _view(epoch=5),
    _view(epoch=6),
    _view(is_serving=False, epoch=9),
)


@pytest.mark.parametrize(
    ("told", "heeded"),
    [
        ([_STALE, _NOW], [_NOW]),
        ([_NOW, _STALE, _NEWER], [_NOW, _NEWER]),
        ([_CUT_OFF, _NOW], [_NOW]),
        ([_STALE], [_STALE]),  # nobody knows better: it was made anew
        ([_STALE, _CUT_OFF], [_STALE]),
        ([_CUT_OFF], [_CUT_OFF]),
        ([], []),
    ],
)
async def test_the_newest_view_counts_and_not_that_of_a_node_that_is_cut_off(
    told: list[ClusterView], heeded: list[ClusterView]
) -> None:
    async def dial(address: Address) -> AbstractConnection:
        raise RedisUnavailable(str(address))

    async def tell(place: int, view: ClusterView) -> ClusterView | None:
        for _ in range(place * 3):
            await asyncio.sleep(0)
        return view

    seen: list[ClusterView] = []
    nodes: Mapping[Address, Node] = {}
    cluster = ClusterViewPoller(
        [_ASKED],
        dial,
        RedisSettings(),
        nodes,
        FaultMonitor(),
        on_view=seen.append,
        is_healthy=lambda: True,
    )
    cluster._use(_NOW)
    seen.clear()
    await cluster._use_first({asyncio.ensure_future(tell(*one)) for one in enumerate(told)})
    assert seen == heeded
