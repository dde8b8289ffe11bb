"""Connections use the password, user, database and TLS of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
import redis

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial, unconnected
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually
from support.redis.clients import ECHO, Connect, make_script
from support.redis.redis_process import RedisProcess, StartRedis, free_port
from support.server.certificates import Certificates

_PASSWORD = "correct horse"  # noqa: S105 - of a server of this test


async def test_unix_socket_and_tcp_reach_the_same_redis(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis(tcp=True)
    by_socket, by_tcp = await connect(server.address), await connect(server.tcp_address)
    await by_socket.command("SET", "k", "v", key="k")
    assert await by_tcp.command("GET", "k", key="k") == b"v"


async def test_a_password_opens_redis(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis(requirepass=_PASSWORD)
    redis_client = await connect(server.address, Credentials(password=_PASSWORD))
    assert await redis_client.run(ECHO, ("k",), "in") == b"in"


async def test_a_wrong_password_is_told_without_the_password(
    start_redis: StartRedis, connect: Connect, capsys: pytest.CaptureFixture[str]
) -> None:
    server = start_redis(requirepass=_PASSWORD)
    wrong = Credentials(password="wrong horse")  # noqa: S106 - the same
    redis_client = await connect(server.address, wrong, down=True, connect_seconds=0.2)
    with pytest.raises(RedisUnavailable) as refused:
        await redis_client.run(ECHO, ("k",), "out")
    told = f"{refused.value} {refused.value.__context__} {capsys.readouterr().out} {wrong}"
    assert "AuthenticationError" in told
    assert "horse" not in told


async def test_a_user_has_the_rights_of_its_acl(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    with server.client() as raw:
        rules = [
            "+@scripting",
            "+get",
            "+time",
            "+ping",
            "+subscribe",
            "+publish",
            "+echo",
            "+client|setname",
        ]
        raw.execute_command("ACL", "SETUSER", "quik", "on", f">{_PASSWORD}", "~q:*", "&*", *rules)
    redis_client = await connect(server.address, Credentials(username="quik", password=_PASSWORD))
    get = make_script("return redis.call('GET', KEYS[1])", read_only=True)
    assert await redis_client.run(get, ("q:1",)) is None
    with pytest.raises(Exception, match="NOPERM"):
        await redis_client.run(get, ("other",))


async def test_a_database_is_chosen(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    redis_client = await connect(server.address, Credentials(database=3))
    await redis_client.command("SET", "k", "v", key="k")
    with server.client(db=3) as third, server.client() as first:
        assert (third.get("k"), first.get("k")) == ("v", None)


async def test_connections_tell_redis_whose_they_are(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    await connect(server.address)
    with server.client() as raw:
        ours = [client for client in raw.client_list() if client["name"] == "quikstate"]
        assert len(ours) == 2, "one for commands, one to listen"
        assert {client.get("lib-name", "") for client in ours} == {""}, "CLIENT SETINFO is newer than 7.0"


@pytest.fixture
def tls_server(start_redis: StartRedis, certificates: Certificates) -> tuple[RedisProcess, Address]:
    """Start a server that requires a client certificate."""
    return _start_tls(start_redis, certificates, certificates.server.cert, certificates.server.key)


def _start_tls(
    start_redis: StartRedis, certificates: Certificates, cert: Path, key: Path
) -> tuple[RedisProcess, Address]:
    port = free_port()
    server = start_redis(
        tls_port=str(port),
        tls_cert_file=str(cert),
        tls_key_file=str(key),
        tls_ca_cert_file=str(certificates.ca.cert),
        tls_auth_clients="yes",
    )
    return server, Address(host="127.0.0.1", port=port, tls=True)


async def test_mutual_tls(
    tls_server: tuple[RedisProcess, Address], certificates: Certificates, connect: Connect
) -> None:
    redis_client = await connect(
        tls_server[1],
        tls_ca_file=certificates.ca.cert,
        tls_cert_file=certificates.client.cert,
        tls_key_file=certificates.client.key,
    )
    large = b"x" * 300_000
    assert await redis_client.run(ECHO, ("k",), large) == large
    connection = redis_client.router.node_for("").shared[0]
    assert connection
    connection._transport.abort()
    await eventually(lambda: redis_client.router.node_for("").shared[0] is not connection)
    assert await redis_client.run(ECHO, ("k",), "again") == b"again"


@pytest.mark.parametrize("missing", ["authority", "client certificate", "the server's name"])
async def test_tls_without_trust_is_no_connection(
    missing: str, start_redis: StartRedis, certificates: Certificates
) -> None:
    shown = certificates.elsewhere if missing == "the server's name" else certificates.server
    _, address = _start_tls(start_redis, certificates, shown.cert, shown.key)
    ours = None if missing == "client certificate" else certificates.client
    authority = certificates.stranger if missing == "authority" else certificates.ca
    settings = RedisSettings(
        tls_ca_file=authority.cert,
        tls_cert_file=ours and ours.cert,
        tls_key_file=ours and ours.key,
    )
    with pytest.raises(RedisUnavailable, match="cannot reach Redis at 127"):
        await dial(address, Credentials(), settings)


async def test_the_reason_why_redis_cannot_be_reached_is_reported(tmp_path: Path) -> None:
    with pytest.raises(RedisUnavailable, match="FileNotFoundError"):
        await dial(Address(path=str(tmp_path / "none")), Credentials(), RedisSettings())
    with pytest.raises(RedisUnavailable, match=f"127.0.0.1:{(port := free_port())}: ConnectionRefusedError"):
        await dial(Address(host="127.0.0.1", port=port), Credentials(), RedisSettings())


async def test_a_paused_redis_takes_no_longer_than_connect_seconds(start_redis: StartRedis) -> None:
    server = start_redis()
    server.pause()
    with pytest.raises(RedisUnavailable, match="TimeoutError"):
        await dial(server.address, Credentials(), RedisSettings(connect_seconds=0.1))


def test_addresses_are_shown_as_urls_have_them() -> None:
    assert str(Address(host="::1", port=1)) == "[::1]:1"
    assert str(Address(host="redis", port=2)) == "redis:2"
    assert str(Address(path="/run/redis.sock")) == "/run/redis.sock"


@pytest.mark.parametrize(
    "address",
    [Address(path="/none"), Address(host="localhost"), Address(host="localhost", tls=True)],
    ids=["unix", "tcp", "tls"],
)
def test_every_setting_reaches_every_kind_of_connection(address: Address) -> None:
    settings = RedisSettings(connect_seconds=7, command_seconds=9)
    built = unconnected(address, Credentials("user", "word", 5), settings)
    assert (built.username, built.password, built.db) == ("user", "word", 5)
    assert (built.socket_connect_timeout, built.socket_timeout) == (7, 9)
    assert built.retry.get_retries() == 0
    assert isinstance(built, redis.asyncio.connection.AbstractConnection)
