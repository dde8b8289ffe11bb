"""A client that was closed leaves nothing behind: no task, no socket, no connection."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import redis

from quikstate_server.redis_client.subscriber import ChannelFilter
from support.harness.eventually import PATIENCE_SECONDS, eventually, turns
from support.redis.clients import COUNT, ECHO, patient, started, within
from support.redis.deployments import Deployment
from support.redis.listeners import RecordingListener


def _sockets() -> set[str]:
    """Return the sockets of this process by inode: during a test some may go, but none may be added."""
    found = {str(entry.readlink()) for entry in Path("/proc/self/fd").glob("*") if entry.exists()}
    return {target for target in found if target.startswith("socket:")}


def _clients(raw: redis.Redis) -> int:
    """Return the number of connections of quikstate: those of replicas and sentinels come and go."""
    return sum(client["name"] == "quikstate" for client in raw.client_list())


async def _use(deployment: Deployment) -> None:
    """Start a client, load it with every kind of work, and close it meanwhile."""
    redis_client = await started(deployment.redis_client(patient(shared_connections=2)))
    work = [asyncio.create_task(redis_client.run(ECHO, ("k",), n)) for n in range(200)]
    work += [
        asyncio.create_task(within(0.5, redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1)))
        for _ in range(5)
    ]
    await redis_client.subscriber.subscribe(ChannelFilter("c"), RecordingListener())
    work.append(
        asyncio.create_task(redis_client.subscriber.subscribe(ChannelFilter("d"), RecordingListener()))
    )
    await turns(5)
    await redis_client.close()
    for task in work:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)


async def test_closing_leaves_nothing_behind(deployment: Deployment, raw: redis.Redis) -> None:
    tasks, sockets, clients = asyncio.all_tasks(), _sockets(), _clients(raw)
    for _ in range(5):
        await _use(deployment)
    assert asyncio.all_tasks() == tasks
    await eventually(lambda: _sockets() <= sockets)
    await eventually(lambda: _clients(raw) == clients)


async def test_closing_while_it_starts_leaves_nothing_behind(
    deployment: Deployment, raw: redis.Redis
) -> None:
    """Python 3.11 loses some cancellations during the handshake of redis-py."""
    tasks, sockets, clients = asyncio.all_tasks(), _sockets(), _clients(raw)
    chance = random.Random(1)  # noqa: S311 - reproducible moments
    for _ in range(100):
        redis_client = deployment.redis_client(patient())
        await redis_client.start()
        await turns(chance.randrange(40))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await redis_client.close()
    assert asyncio.all_tasks() == tasks
    await eventually(lambda: _sockets() <= sockets)
    await eventually(lambda: _clients(raw) == clients)
