"""Opens a connection to one Redis address: here every setting reaches every topology."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast

from redis.asyncio.connection import AbstractConnection, Connection, SSLConnection, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from quikstate_server.errors import RedisUnavailable
from quikstate_server.settings import RedisSettings

AskServer = Callable[[str, int, Sequence[str]], Awaitable[object]]
"""Sends one command to the server at a host and port, over a connection that is closed afterwards, and
returns the reply; raises RedisUnavailable if there is none."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a Redis server: the path of a unix socket, or host and port."""

    host: str = ""
    port: int = 6379
    path: str = ""
    tls: bool = False

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.path or f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The user and database of this client at Redis."""

    username: str = ""
    password: str = field(default="", repr=False)
    database: int = 0


def unconnected(address: Address, credentials: Credentials, settings: RedisSettings) -> AbstractConnection:
    """Return an unconnected redis-py connection. It never retries by itself: its callers do."""
    common: dict[str, Any] = {
        "db": credentials.database,
        "username": credentials.username or None,
        "password": credentials.password or None,
        "socket_timeout": settings.command_seconds,
        "socket_connect_timeout": settings.connect_seconds,
        "retry": Retry(NoBackoff(), 0),
        "client_name": "quikstate",
        "driver_info": None,  # CLIENT SETINFO is newer than our floor, Redis 7.0
        "protocol": 2,
    }
    if address.path:
        return UnixDomainSocketConnection(path=address.path, **common)
    common |= {"host": address.host, "port": address.port, "socket_keepalive": True}
    if address.tls:
        return SSLConnection(**common, **_tls(settings))
    return Connection(**common)


def _tls(settings: RedisSettings) -> Mapping[str, Any]:
    return {
        "ssl_ca_certs": str(settings.tls_ca_file) if settings.tls_ca_file else None,
        "ssl_certfile": str(settings.tls_cert_file) if settings.tls_cert_file else None,
        "ssl_keyfile": str(settings.tls_key_file) if settings.tls_key_file else None,
        "ssl_cert_reqs": "required",
        "ssl_check_hostname": True,
        "ssl_min_version": ssl.TLSVersion.TLSv1_2,
    }


async def dial(address: Address, credentials: Credentials, settings: RedisSettings) -> AbstractConnection:
    """Open a connection and complete its handshake within `settings.connect_seconds`."""
    raw = unconnected(address, credentials, settings)
    try:
        async with asyncio.timeout(settings.connect_seconds):
            with _restoring_cancellation():
                await _shake_hands(raw)
    except Exception as error:  # the edge: any error of redis-py or uvloop means this
        await _discard(raw)
        raise RedisUnavailable(f"cannot reach Redis at {address}: {_kind(error)}") from error
    except BaseException:
        await _discard(raw)
        raise
    return raw


async def _shake_hands(raw: AbstractConnection) -> None:
    await raw.connect()  # type: ignore[no-untyped-call] # redis-py gives it no types
    if not raw.is_connected:
        raise ConnectionError("closed just after the handshake")


async def dial_master(
    address: Address, credentials: Credentials, settings: RedisSettings
) -> AbstractConnection:
    """Open a connection as `dial` does, to a server that says itself that it is a master."""
    raw = await dial(address, credentials, settings)
    try:
        async with asyncio.timeout(settings.connect_seconds):
            with _restoring_cancellation():
                await raw.send_command("ROLE")
                role = (await raw.read_response())[0].decode()
    except Exception as error:  # the edge, as in dial
        await _discard(raw)
        raise RedisUnavailable(f"Redis at {address} did not report its role: {_kind(error)}") from error
    except BaseException:
        await _discard(raw)
        raise
    if role != "master":
        await _discard(raw)
        raise RedisUnavailable(f"Redis at {address} is not a master: its role is {role!r}")
    return raw


def server_asker(credentials: Credentials, settings: RedisSettings, *, tls: bool) -> AskServer:
    """Return what asks servers to which no connection is kept, such as replicas."""

    async def ask(host: str, port: int, command: Sequence[str]) -> object:
        address = Address(host, port, tls=tls)
        raw = await dial(address, credentials, settings)
        try:
            async with asyncio.timeout(settings.connect_seconds):
                with _restoring_cancellation():
                    await raw.send_command(*command)
                    return await raw.read_response()
        except Exception as error:  # the edge, as in dial
            raise RedisUnavailable(f"Redis at {address} did not reply: {_kind(error)}") from error
        finally:
            await _discard(raw)

    return ask


async def _discard(raw: AbstractConnection) -> None:
    """Close a connection that is of no use, or already gone."""
    with suppress(Exception):
        await raw.disconnect(nowait=True)


def _kind(error: BaseException) -> str:
    """Return the type of the first fault, and nothing of its text, which may hold a secret."""
    first = error.__cause__ or error.__context__
    return _kind(first) if isinstance(first, Exception) else type(error).__name__


@contextmanager
def _restoring_cancellation() -> Iterator[None]:
    """Raise a cancellation that was swallowed: the wait_for of Python 3.11, which redis-py uses, loses some.

    Without it a cancelled task would go on for ever.
    """
    task = cast("asyncio.Task[object]", asyncio.current_task())
    before = task.cancelling()
    try:
        yield
    finally:
        if task.cancelling() > before:
            raise asyncio.CancelledError
