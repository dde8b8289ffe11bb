"""The settings choose the topology, and each setting reaches the connections of every topology."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from redis.asyncio.connection import AbstractConnection, SSLConnection

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.router import ClusterRouter
from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.embedded.data_directory import socket_path
from quikstate_server.redis_client.embedded.supervisor import EmbeddedRouter
from quikstate_server.redis_client.factory import check_connection, create_redis_client, join_redis_client
from quikstate_server.redis_client.standalone import StandaloneRouter
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.settings import Mode, RedisSettings, Settings, read
from support.harness.eventually import eventually
from support.redis.binaries import servers
from support.redis.clients import COUNT, count_on_own_connection, started
from support.redis.cluster_process import ClusterProcess
from support.redis.listeners import RecordingListener

TLS = {"tls_ca_file", "tls_cert_file", "tls_key_file"}
THERE = ["embedded", "standalone", "cluster"]
"""The TLS servers are not there."""
READ: set[str] = set()


class Watched(RedisSettings):
    """Settings that note which of them are read."""

    def __getattribute__(self, name: str) -> object:
        if name in RedisSettings.model_fields:
            READ.add(name)
        return super().__getattribute__(name)


@pytest.fixture
def redis_settings(tmp_path: Path) -> Watched:
    """Return settings of which none has its default."""
    pem = tmp_path / "any.pem"
    pem.touch()
    defaults = {name: field.get_default() for name, field in RedisSettings.model_fields.items()}
    unusual = {name: default + 1 for name, default in defaults.items() if isinstance(default, int | float)}
    return Watched.model_validate(unusual | dict.fromkeys(TLS, pem))


@pytest.fixture(scope="module")
def cluster_process() -> Iterator[ClusterProcess]:
    """Start a cluster of one master: no setting names the number of masters."""
    process = ClusterProcess(next(server for server in servers() if server.binary), masters=1)
    yield process
    process.close()


@pytest.fixture(params=["embedded", "standalone", "standalone-tls", "cluster", "cluster-tls"])
async def settings(
    request: pytest.FixtureRequest, tmp_path: Path, redis_settings: Watched, cluster_process: ClusterProcess
) -> AsyncIterator[Settings]:
    """Return settings for each constructor."""
    ours = Settings(data_dir=tmp_path / "data", redis=redis_settings, channel_prefix="P:")
    if request.param == "embedded":
        yield ours
    elif request.param == "standalone-tls":
        yield ours.model_copy(update=_url("rediss://ada:pw@127.0.0.1:1/2"))
    elif request.param == "cluster-tls":
        yield ours.model_copy(update=_url("rediss+cluster://ada:pw@127.0.0.1:1,127.0.0.1:2"))
    elif request.param == "cluster":
        yield ours.model_copy(update=_url(f"redis+cluster://{cluster_process.addresses[0]}"))
    else:
        server = create_redis_client(Settings(data_dir=tmp_path / "data"))
        await server.start()
        yield ours.model_copy(update=_url(f"unix://{socket_path(tmp_path / 'data')}"))
        await server.close()


def _url(url: str) -> dict[str, object]:
    return {"redis_url": read({"redis_url": url}).settings.redis_url}


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


async def test_connect_passes_every_setting_to_the_connections(
    settings: Settings, dialled: list[AbstractConnection]
) -> None:
    redis_client = create_redis_client(settings)
    await redis_client.start()
    await eventually(lambda: len(dialled) > settings.redis.shared_connections)
    await redis_client.close()
    for raw in dialled:
        assert raw.socket_timeout == settings.redis.command_seconds
        assert raw.socket_connect_timeout == settings.redis.connect_seconds
        assert raw.retry.get_retries() == 0
        if isinstance(raw, SSLConnection):
            context = raw.ssl_context
            pem = str(settings.redis.tls_ca_file)
            assert (context.ca_certs, context.certfile, context.keyfile) == (pem, pem, pem)
            assert (raw.username, raw.password) == ("ada", "pw")
            assert raw.db == (0 if settings.redis_target.mode is Mode.CLUSTER else 2)  # type: ignore[union-attr]


async def test_connect_passes_every_setting_to_what_uses_connections(settings: Settings) -> None:
    redis_client, ours = create_redis_client(settings), settings.redis
    router, subscriber = redis_client.router, redis_client.subscriber
    if isinstance(router, ClusterRouter):
        assert [router._settings, router._poller._settings] == [ours] * 2
        node = router._node_at(Address(host="127.0.0.1", port=1))
        await node.close()
    else:
        assert isinstance(router, StandaloneRouter)
        node = router._node
    pool = node.dedicated
    assert [redis_client._settings, node._settings, pool._settings] == [ours] * 3
    assert len(node.shared) == ours.shared_connections
    assert pool._free._value == ours.dedicated_connections
    assert (subscriber._interval, subscriber._settings) == (ours.probe_seconds, ours)
    assert subscriber._probe.name.startswith("P:")


@pytest.mark.parametrize("settings", THERE, indirect=True)
async def test_create_redis_client_reads_every_setting(settings: Settings) -> None:
    READ.clear()
    redis_client = await started(create_redis_client(settings))
    await redis_client.run(COUNT, ("k",))
    await count_on_own_connection(redis_client, "k")
    await redis_client.subscriber.subscribe(ChannelFilter("c"), RecordingListener())
    await redis_client.close()
    of_one_server = {name for name in RedisSettings.model_fields if not name.startswith("sentinel_")}
    assert of_one_server == READ | TLS | {"min_replicas"}, "which the monitor of Redis reads"


@pytest.mark.parametrize("settings", THERE, indirect=True)
async def test_create_redis_client_reports_when_redis_answers(settings: Settings) -> None:
    told: list[bool] = []
    redis_client: RedisClient
    redis_client = create_redis_client(settings, lambda: told.append(redis_client.is_available))
    await started(redis_client)
    await redis_client.close()
    assert told == [True, False]


async def test_join_redis_client_shares_the_redis_of_a_running_server(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert isinstance(join_redis_client(settings).router, EmbeddedRouter)
    running = create_redis_client(settings)
    await running.start()
    await running.command("SET", "k", "v", key="k")
    joined = join_redis_client(settings)
    await joined.start()
    assert await joined.command("GET", "k", key="k") == b"v"
    await joined.close()
    assert await running.command("GET", "k", key="k") == b"v"
    await running.close()


async def test_check_connection_reports_why_there_is_none() -> None:
    with pytest.raises(RedisUnavailable, match=r"cannot reach Redis at 127\.0\.0\.1:1") as failed:
        await check_connection(read({"redis_url": "redis://:hunter2@127.0.0.1:1"}).settings)
    assert "refused" in str(failed.value.__cause__) or "111" in str(failed.value.__cause__)
    assert "hunter2" not in f"{failed.value}{failed.value.__cause__}"
