"""Makes the Redis client of a master that sentinels name."""

from __future__ import annotations

from functools import partial

from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import FaultMonitor
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.connection import Dial
from quikstate_server.redis_client.connection.dial import (
    Address,
    Credentials,
    dial,
    dial_master,
    server_asker,
)
from quikstate_server.redis_client.router import OnChange
from quikstate_server.redis_client.sentinel.router import SentinelRouter
from quikstate_server.settings import RedisSettings, RedisUrl


def sentinel_client(
    target: RedisUrl,
    settings: RedisSettings,
    *,
    channel_prefix: str = "",
    on_change: OnChange = lambda: None,
    monitor: FaultMonitor | None = None,
) -> RedisClient:
    """Return a client of the master that the sentinels of `target` name, not yet started."""
    monitor = monitor or FaultMonitor()
    router = _router(target, settings, monitor, on_change)
    ask_server = server_asker(_credentials(target), settings, tls=target.tls)
    redis_client = RedisClient(
        router, router.dial, settings, monitor, ask_server=ask_server, channel_prefix=channel_prefix
    )
    router.on_switch = redis_client.subscriber.reconnect
    return redis_client


async def check_sentinel_connection(target: RedisUrl, settings: RedisSettings) -> None:
    """Open and close a connection to the master; an error says why there is none."""
    router = _router(target, settings, FaultMonitor())
    try:
        await router.start()
        connection = await router.dial()
        await connection.disconnect(nowait=True)
    finally:
        await router.close()


def _router(
    target: RedisUrl, settings: RedisSettings, monitor: FaultMonitor, on_change: OnChange = lambda: None
) -> SentinelRouter:
    credentials = _credentials(target)

    async def connect(host: str, port: int) -> AbstractConnection:
        return await dial_master(Address(host, port, tls=target.tls), credentials, settings)

    dials = {str(address): sentinel_dialer(address, settings) for address in _addresses(target, settings)}
    return SentinelRouter(target.master, dials, connect, settings, monitor, on_change)


def _credentials(target: RedisUrl) -> Credentials:
    return Credentials(target.username, target.password, target.database)


def _addresses(target: RedisUrl, settings: RedisSettings) -> list[Address]:
    """Return the addresses of the sentinels; each once, or it would have two votes."""
    tls = target.tls if settings.sentinel_tls == "as_redis" else settings.sentinel_tls == "tls"
    return [Address(host, port, tls=tls) for host, port in dict.fromkeys(target.hosts)]


def sentinel_dialer(address: Address, settings: RedisSettings) -> Dial:
    """Return what dials a sentinel, by the settings that are for sentinels."""
    password = settings.sentinel_password
    credentials = Credentials(settings.sentinel_username, password.get_secret_value() if password else "")
    sentinel_settings = settings.model_copy(
        update={
            "connect_seconds": settings.sentinel_seconds,
            "command_seconds": settings.sentinel_seconds,
            "tls_ca_file": settings.sentinel_tls_ca_file,
            "tls_cert_file": settings.sentinel_tls_cert_file,
            "tls_key_file": settings.sentinel_tls_key_file,
        }
    )
    return partial(dial, address, credentials, sentinel_settings)
