"""Which Redis the settings mean, and its topology."""

from __future__ import annotations

from quikstate_server.background import FaultMonitor
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.router import cluster_client, find_cluster
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial
from quikstate_server.redis_client.embedded.data_directory import DataDirectory, socket_path
from quikstate_server.redis_client.embedded.supervisor import embedded_client
from quikstate_server.redis_client.router import OnChange
from quikstate_server.redis_client.sentinel.router import check_sentinel_connection, sentinel_client
from quikstate_server.redis_client.standalone import standalone_client
from quikstate_server.settings import Mode, RedisUrl, Settings


def create_redis_client(
    settings: Settings, on_change: OnChange = lambda: None, monitor: FaultMonitor | None = None
) -> RedisClient:
    """A Redis client, not yet started."""
    target = settings.redis_target
    if target is None:
        return embedded_client(
            settings.data_dir,
            settings.redis,
            channel_prefix=settings.channel_prefix,
            on_change=on_change,
            monitor=monitor,
        )
    return _connect(target, settings, on_change, monitor)


def create_cache_redis_client(
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
        return cluster_client(
            addresses_of(target),
            credentials_of(target),
            settings.redis,
            channel_prefix=prefix,
            on_change=on_change,
            monitor=monitor,
        )
    if target.mode is Mode.SENTINEL:
        return sentinel_client(
            target, settings.redis, channel_prefix=prefix, on_change=on_change, monitor=monitor
        )
    return standalone_client(
        address_of(target),
        credentials_of(target),
        settings.redis,
        channel_prefix=prefix,
        on_change=on_change,
        monitor=monitor,
    )


def join_redis_client(settings: Settings) -> RedisClient:
    """As `create_redis_client`, but shares the Redis of a server that is running on the data directory."""
    if settings.redis_target is None and DataDirectory(settings.data_dir).held:
        return standalone_client(
            Address(path=str(socket_path(settings.data_dir))), Credentials(), settings.redis
        )
    return create_redis_client(settings)


async def check_connection(settings: Settings, target: RedisUrl | None = None) -> None:
    """Open and close a connection to a Redis that is not our own; an error's cause says what is wrong."""
    target = target or settings.redis_target
    if target and target.mode is Mode.STANDALONE:
        connection = await dial(address_of(target), credentials_of(target), settings.redis)
        await connection.disconnect(nowait=True)
    elif target and target.mode is Mode.SENTINEL:
        await check_sentinel_connection(target, settings.redis)
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
