"""Which Redis the settings mean, and its topology."""

from __future__ import annotations

from quikstate_server.background import FaultMonitor
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.router import cluster, find_cluster
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial
from quikstate_server.redis_client.embedded.data_directory import DataDirectory, socket_of
from quikstate_server.redis_client.embedded.supervisor import embedded
from quikstate_server.redis_client.router import OnChange
from quikstate_server.redis_client.sentinel.router import greet_master, sentinel
from quikstate_server.redis_client.standalone import standalone
from quikstate_server.settings import Mode, RedisUrl, Settings


def connect(
    settings: Settings, on_change: OnChange = lambda: None, monitor: FaultMonitor | None = None
) -> RedisClient:
    """A Redis client, not yet started."""
    target = settings.redis_target
    if target is None:
        return embedded(
            settings.data_dir,
            settings.redis,
            channel_prefix=settings.channel_prefix,
            on_change=on_change,
            monitor=monitor,
        )
    return _connect(target, settings, on_change, monitor)


def connect_cache(
    settings: Settings, on_change: OnChange = lambda: None, monitor: FaultMonitor | None = None
) -> RedisClient | None:
    """That of the cache, if it has a Redis of its own, not yet started."""
    target = settings.cache_redis_target
    return _connect(target, settings, on_change, monitor) if target else None


def _connect(
    target: RedisUrl, settings: Settings, on_change: OnChange, monitor: FaultMonitor | None
) -> RedisClient:
    prefix = settings.channel_prefix
    if target.mode is Mode.CLUSTER:
        return cluster(
            addresses_of(target),
            credentials_of(target),
            settings.redis,
            channel_prefix=prefix,
            on_change=on_change,
            monitor=monitor,
        )
    if target.mode is Mode.SENTINEL:
        return sentinel(target, settings.redis, channel_prefix=prefix, on_change=on_change, monitor=monitor)
    return standalone(
        address_of(target),
        credentials_of(target),
        settings.redis,
        channel_prefix=prefix,
        on_change=on_change,
        monitor=monitor,
    )


def join(settings: Settings) -> RedisClient:
    """As `connect`, but shares the Redis of a server that is running on the data directory."""
    if settings.redis_target is None and DataDirectory(settings.data_dir).held:
        return standalone(Address(path=str(socket_of(settings.data_dir))), Credentials(), settings.redis)
    return connect(settings)


async def greet(settings: Settings, target: RedisUrl | None = None) -> None:
    """Open and close a connection to a Redis that is not our own; an error's cause says what is wrong."""
    target = target or settings.redis_target
    if target and target.mode is Mode.STANDALONE:
        connection = await dial(address_of(target), credentials_of(target), settings.redis)
        await connection.disconnect(nowait=True)
    elif target and target.mode is Mode.SENTINEL:
        await greet_master(target, settings.redis)
    elif target:
        await find_cluster(addresses_of(target), credentials_of(target), settings.redis)


def address_of(target: RedisUrl) -> Address:
    if target.path:
        return Address(path=target.path)
    host, port = target.hosts[0]
    return Address(host, port, tls=target.tls)


def addresses_of(target: RedisUrl) -> list[Address]:
    return [Address(host, port, tls=target.tls) for host, port in target.hosts]


def credentials_of(target: RedisUrl) -> Credentials:
    return Credentials(target.username, target.password, target.database)
