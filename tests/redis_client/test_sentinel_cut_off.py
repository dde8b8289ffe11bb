"""A server that is cut off together with the old master grants nothing that would be lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import grpc.aio
import pytest

from quikstate.v1.lock_pb2 import AcquireLockRequest
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from support.harness.eventually import eventually, throughout
from support.redis.namespaces import Networks
from support.redis.namespaces import networks as built
from support.redis.sentinel_group import StartGroup
from support.server.server_process import ServerProcess

_FENCED_SECONDS = 2.5


@pytest.fixture
def networks() -> Iterator[Networks]:
    """Make the networks before the group, so that they outlive it."""
    with built() as both:
        yield both


class Caller:
    """Acquire one lock after another."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self.granted: list[float] = []
        """When each was asked for."""
        self.refused: list[grpc.StatusCode] = []
        self._locks = LockServiceStub(channel)

    async def ask(self) -> bool:
        """Whether it was granted."""
        asked = time.monotonic()
        try:
            await self._locks.AcquireLock(AcquireLockRequest(resources=[f"r{asked}"]), timeout=1)
        except grpc.aio.AioRpcError as error:
            self.refused.append(error.code())
            return False
        self.granted.append(asked)
        return True

    async def ask_on(self) -> None:
        await self.ask()


async def test_sentinel_cut_off_server_fences_itself(
    networks: Networks, start_group: StartGroup, tmp_path: Path
) -> None:
    group = start_group(beside=networks.one, elsewhere=networks.other)
    await asyncio.to_thread(group.wait_complete)
    hosts = ",".join(f"{host}:{port}" for host, port in group.target.hosts)
    settings = {"redis_url": f"redis+sentinel://{hosts}/mymaster", "listen": f"unix:{tmp_path}/grpc.sock"}
    with ServerProcess(inside=networks.one.inside, metrics_listen="", **settings) as server:
        async with grpc.aio.insecure_channel(server.address) as channel:
            caller = Caller(channel)
            await eventually(caller.ask)
            networks.cut()
            cut = time.monotonic()
            await throughout(caller.ask_on, seconds=2 * _FENCED_SECONDS)
            assert caller.granted[-1] - cut <= _FENCED_SECONDS
            assert caller.refused[-1] is grpc.StatusCode.UNAVAILABLE
            await eventually(lambda: group.named_by(group.sentinels[1]) is not group.nodes[0])
            networks.heal()
            await eventually(caller.ask)
    with group.nodes[0].client() as client:
        assert client.ping(), "the old master itself was there all the time"
