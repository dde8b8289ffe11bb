"""Makes the Redis client that the settings describe, of the right topology.

It imports the code of that topology alone.
"""

from __future__ import annotations

from quikstate_server.background import FaultMonitor
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial
from quikstate_server.redis_client.router import OnChange
from quikstate_server.redis_client.topology import RedisMode
from quikstate_server.settings import Mode, RedisUrl, Settings


def create_redis_client(
    settings: Settings, on_change: OnChange = lambda: None, monitor: FaultMonitor | None = None
) -> RedisClient:
    """Return a client of the Redis in the settings, not yet started: an embedded one if there is no URL."""
    target = settings.redis_target
    if target is None:
        from quikstate_server.redis_client.embedded.supervisor import embedded_client

        return embedded_client(
            settings.data_dir,
            settings.redis,
            channel_prefix=settings.channel_prefix,
            on_change=on_change,
            monitor=monitor,
        )
    return _create(target, settings, on_change, monitor)


def create_cache_redis_client(
    settings: Settings, on_change: OnChange = lambda: None, monitor: FaultMonitor | None = None
) -> RedisClient | None:
    """Return a client of the cache's own Redis, not yet started; None if the cache shares the main one."""
    target = settings.cache_redis_target
    return _create(target, settings, on_change, monitor) if target else None


def join_redis_client(settings: Settings) -> RedisClient:
    """Return a client as `create_redis_client` does, but share the embedded Redis of a running server."""
    if settings.redis_target is None:
        from quikstate_server.redis_client.embedded.data_directory import DataDirectory, socket_path
        from quikstate_server.redis_client.standalone import standalone_client

        if DataDirectory(settings.data_dir).is_held:
            address = Address(path=str(socket_path(settings.data_dir)))
            return standalone_client(address, Credentials(), settings.redis)
    return create_redis_client(settings)


async def check_connection(settings: Settings, target: RedisUrl | None = None) -> None:
    """Open and close a connection to a Redis that is not embedded; an error's cause says what is wrong."""
    target = target or settings.redis_target
    if target and target.mode is Mode.STANDALONE:
        connection = await dial(_address(target), _credentials(target), settings.redis)
        await connection.disconnect(nowait=True)
    elif target and target.mode is Mode.SENTINEL:
        from quikstate_server.redis_client.sentinel.client import check_sentinel_connection

        await check_sentinel_connection(target, settings.redis)
    elif target:
        from quikstate_server.redis_client.cluster.router import fetch_cluster_view

        await fetch_cluster_view(_addresses(target), _credentials(target), settings.redis)


def _create(
    target: RedisUrl, settings: Settings, on_change: OnChange, monitor: FaultMonitor | None
) -> RedisClient:
    prefix, redis = settings.channel_prefix, settings.redis
    if target.mode is Mode.SENTINEL:
        from quikstate_server.redis_client.sentinel.client import sentinel_client

        return sentinel_client(target, redis, channel_prefix=prefix, on_change=on_change, monitor=monitor)
    if target.mode is Mode.CLUSTER:
        from quikstate_server.redis_client.cluster.router import cluster_client

        return cluster_client(
            _addresses(target),
            _credentials(target),
            redis,
            channel_prefix=prefix,
            on_change=on_change,
            monitor=monitor,
        )
    from quikstate_server.redis_client.standalone import standalone_client

    return standalone_client(
        _address(target),
        _credentials(target),
        redis,
        channel_prefix=prefix,
        on_change=on_change,
        monitor=monitor,
        mode=_mode(target, settings),
    )


def _mode(target: RedisUrl, settings: Settings) -> RedisMode:
    """Return EMBEDDED for a socket of our own: a supervisor started Redis, and this is one of its workers."""
    if target.path:
        from quikstate_server.redis_client.embedded.data_directory import socket_path

        if target.path == str(socket_path(settings.data_dir)):
            return RedisMode.EMBEDDED
    return RedisMode.STANDALONE


def _address(target: RedisUrl) -> Address:
    return Address(path=target.path) if target.path else _addresses(target)[0]


def _addresses(target: RedisUrl) -> list[Address]:
    return [Address(host, port, tls=target.tls) for host, port in target.hosts]


def _credentials(target: RedisUrl) -> Credentials:
    return Credentials(target.username, target.password, target.database)
