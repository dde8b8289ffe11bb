"""Connections to sentinels, and to the servers that they name, have settings of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr
from redis.asyncio.connection import AbstractConnection, Connection, SSLConnection

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.acl import redis_user, sentinel_user
from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.factory import check_connection, create_redis_client
from quikstate_server.redis_client.sentinel.client import sentinel_client, sentinel_dialer
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.settings import Mode, RedisSettings, RedisUrl, Settings, read
from support.harness.eventually import eventually
from support.harness.matrix import Cell
from support.redis.clients import COUNT, ECHO, closed, count_on_own_connection, started
from support.redis.fake_sentinel import NAME, FakeSentinel, run_fake_sentinels
from support.redis.listeners import RecordingListener
from support.redis.redis_process import RedisProcess, StartRedis, free_port
from support.redis.sentinel_group import Place, SentinelProcess, StartGroup
from support.server.certificates import Certificates

_PASSWORD = "correct horse"  # noqa: S105 - of servers of these tests
_FILES = {name for name in RedisSettings.model_fields if name.endswith("_file")}
_OF_THE_MONITOR = {"min_replicas"}
"""What RedisMonitor reads."""
READ: set[str] = set()

StartSentinel = Callable[..., SentinelProcess]


class Watched(RedisSettings):
    """Settings that note which of them are read."""

    def __getattribute__(self, name: str) -> object:
        if name in RedisSettings.model_fields:
            READ.add(name)
        return super().__getattribute__(name)


@pytest.fixture
def unusual(tmp_path: Path) -> dict[str, object]:
    """Return settings of which none has its default."""
    pem = tmp_path / "any.pem"
    pem.touch()
    defaults = {name: field.get_default() for name, field in RedisSettings.model_fields.items()}
    return {
        **{name: default + 1 for name, default in defaults.items() if isinstance(default, int | float)},
        **dict.fromkeys(_FILES, pem),
        "sentinel_username": "watcher",
        "sentinel_password": _PASSWORD,
        "sentinel_tls": "plain",
    }


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[AbstractConnection]:
    """Return every redis-py connection that was made."""
    built: list[AbstractConnection] = []
    connect_really: Callable[..., object] = AbstractConnection.connect

    def note(self: AbstractConnection) -> object:
        built.append(self)
        return connect_really(self)

    monkeypatch.setattr(AbstractConnection, "connect", note)
    return built


@pytest.fixture
async def fakes(start_redis: StartRedis) -> AsyncIterator[RedisUrl]:
    server = start_redis(tcp=True)
    async with run_fake_sentinels(*(FakeSentinel(server) for _ in range(3))) as where:
        yield where


def settings_for(where: RedisUrl, redis: RedisSettings, scheme: str, user: str = "") -> Settings:
    hosts = ",".join(f"{host}:{port}" for host, port in where.hosts)
    url = read({"redis_url": f"{scheme}://{user}{hosts}/{NAME}/2"}).settings.redis_url
    return Settings(redis_url=url, redis=redis, channel_prefix="P:")


async def test_sentinel_client_reads_every_setting(
    fakes: RedisUrl, unusual: dict[str, object], dialled: list[AbstractConnection]
) -> None:
    settings = settings_for(fakes, Watched.model_validate(unusual), "redis+sentinel")
    READ.clear()
    redis_client = await started(create_redis_client(settings))
    await redis_client.run(COUNT, ("k",))
    await count_on_own_connection(redis_client, "k")
    await redis_client.subscriber.subscribe(ChannelFilter("c"), RecordingListener())
    of_redis_tls = {name for name in _FILES if not name.startswith("sentinel_")}
    await eventually(lambda: RedisSettings.model_fields.keys() == READ | of_redis_tls | _OF_THE_MONITOR)
    await closed(redis_client)
    assert redis_client.subscriber._probe.name.startswith("P:")
    redis, ports = settings.redis, {port for _, port in fakes.hosts}
    told = {
        (
            _port(raw) in ports,
            raw.username,
            raw.password,
            raw.db,
            raw.socket_timeout,
            raw.socket_connect_timeout,
        )
        for raw in dialled
    }
    assert told == {
        (True, "watcher", _PASSWORD, 0, redis.sentinel_seconds, redis.sentinel_seconds),
        (False, None, None, 2, redis.command_seconds, redis.connect_seconds),
    }
    assert {raw.retry.get_retries() for raw in dialled} == {0}


def _port(raw: AbstractConnection) -> int:
    assert isinstance(raw, Connection)
    return raw.port


@pytest.mark.parametrize(
    ("scheme", "how", "with_tls"),
    [
        ("rediss+sentinel", "as_redis", True),
        ("rediss+sentinel", "plain", False),
        ("redis+sentinel", "as_redis", False),
        ("redis+sentinel", "tls", True),
    ],
)
async def test_sentinel_tls_is_chosen_apart(
    scheme: str,
    how: str,
    with_tls: bool,
    fakes: RedisUrl,
    tmp_path: Path,
    dialled: list[AbstractConnection],
) -> None:
    ours, theirs = tmp_path / "redis.pem", tmp_path / "sentinel.pem"
    ours.touch()
    theirs.touch()
    redis = RedisSettings.model_validate(
        {"sentinel_tls": how, "sentinel_tls_ca_file": theirs, "tls_ca_file": ours, "connect_seconds": 0.1}
    )
    redis_client = create_redis_client(
        settings_for(fakes, redis, scheme, user=f":{_PASSWORD.replace(' ', '%20')}@")
    )
    await redis_client.start()
    await closed(redis_client)
    ports = {port for _, port in fakes.hosts}
    to_sentinels = [raw for raw in dialled if _port(raw) in ports]
    assert {isinstance(raw, SSLConnection) for raw in to_sentinels} == {with_tls}
    assert {raw.password for raw in to_sentinels} == {None}, "what opens Redis is not shown to sentinels"
    for raw in dialled:
        if isinstance(raw, SSLConnection):
            assert raw.ssl_context.ca_certs == str(theirs if raw in to_sentinels else ours)


async def test_sentinel_and_redis_have_their_own_users(start_group: StartGroup) -> None:
    group = start_group()
    of_redis = redis_user("quik", Mode.SENTINEL, ())
    of_sentinels = sentinel_user("watcher")
    for processes, user, password in (
        (group.nodes, of_redis, "secret"),
        (group.sentinels, of_sentinels, _PASSWORD),
    ):
        for process in processes:
            with process.client() as client:
                client.execute_command("ACL", "SETUSER", user.name, *user.rules, f">{password}")
    hosts = ",".join(f"{host}:{port}" for host, port in group.target.hosts)
    url = read({"redis_url": f"redis+sentinel://quik:secret@{hosts}/{NAME}"}).settings.redis_url
    redis = RedisSettings.model_validate({"sentinel_username": "watcher", "sentinel_password": _PASSWORD})
    redis_client = await started(create_redis_client(Settings(redis_url=url, redis=redis)))
    assert await redis_client.run(ECHO, ("k",), "in") == b"in"
    for process, name in ((group.master, "quik"), (group.sentinels[0], "watcher")):
        with process.client() as client:
            ours = [one["user"] for one in client.client_list() if one["name"] == "quikstate"]
        assert set(ours) == {name}
        assert len(ours) == 2, "one to ask, one to listen"
    await closed(redis_client)
    wrong = redis.model_copy(update={"sentinel_password": SecretStr("wrong")})
    with pytest.raises(RedisUnavailable) as refused:
        await check_connection(Settings(redis_url=url, redis=wrong))
    assert "AuthenticationError" in str(refused.value)
    assert "secret" not in f"{refused.value} {refused.value.__cause__}"


@pytest.fixture
def start_sentinel(cell: Cell) -> Iterator[StartSentinel]:
    """Start single sentinels: `start_sentinel(*lines)`."""
    with ExitStack() as running:

        def start(*lines: str) -> SentinelProcess:
            process = SentinelProcess(cell.server, Place(), free_port(), lines)
            running.callback(process.close)
            return process

        yield start


async def test_sentinel_and_redis_over_tls(
    start_redis: StartRedis, start_sentinel: StartSentinel, certificates: Certificates
) -> None:
    """Each by its own authority; a sentinel that is not trusted has no vote."""
    redis_port, sentinel_port = free_port(), free_port()
    files = {
        "tls-cert-file": str(certificates.server.cert),
        "tls-key-file": str(certificates.server.key),
        "tls-ca-cert-file": str(certificates.ca.cert),
        "tls-auth-clients": "no",
        "tls-replication": "yes",
    }
    server: RedisProcess = start_redis(tls_port=str(redis_port), **files)
    lines = [f"{name} {value}" for name, value in files.items()]
    start_sentinel(f"tls-port {sentinel_port}", *lines, f"sentinel monitor {NAME} 127.0.0.1 {redis_port} 1")
    where = RedisUrl(Mode.SENTINEL, (("127.0.0.1", sentinel_port),), tls=True, master=NAME)
    trusted = certificates.ca.cert
    redis_client = sentinel_client(where, RedisSettings(tls_ca_file=trusted, sentinel_tls_ca_file=trusted))
    await started(redis_client)
    assert await redis_client.run(COUNT, ("n",)) == 1
    await closed(redis_client)
    with server.client() as client:
        assert client.get("n") == "1"
    stranger = RedisSettings(sentinel_tls_ca_file=certificates.stranger.cert, sentinel_seconds=2)
    with pytest.raises(RedisUnavailable, match="cannot reach"):
        await sentinel_dialer(Address("127.0.0.1", sentinel_port, tls=True), stranger)()


async def test_sentinels_that_cannot_be_reached_are_named() -> None:
    """`quikstate doctor` shows it."""
    url = read({"redis_url": f"redis+sentinel://:hunter2@127.0.0.1:1,127.0.0.1:2/{NAME}"}).settings.redis_url
    with pytest.raises(RedisUnavailable) as refused:
        await check_connection(Settings(redis_url=url, redis=RedisSettings(connect_seconds=0.2)))
    told = str(refused.value)
    assert told.startswith(f"fewer than 2 of 2 sentinels agree on the master '{NAME}' (127.0.0.1:1: cannot")
    assert "127.0.0.1:2: cannot reach" in told
    assert "hunter2" not in told
