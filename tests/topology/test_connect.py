"""The settings choose the topology, and every one of them reaches every topology's connections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from redis.asyncio.connection import AbstractConnection, SSLConnection

from quikstate_server.errors import RedisUnavailable
from quikstate_server.settings import RedisSettings, Settings, StartRefused, read
from quikstate_server.topology.connect import connect, greet, join
from quikstate_server.topology.data_directory import socket_of
from quikstate_server.topology.embedded import EmbeddedRouter
from quikstate_server.topology.standalone import StandaloneRouter
from quikstate_server.topology.subscriber import Topic
from quikstate_server.topology.topology import Topology
from support.eventually import eventually
from support.listeners import Ears
from support.topologies import COUNT, started

TLS = {"tls_ca_file", "tls_cert_file", "tls_key_file"}
READ: set[str] = set()


class Watched(RedisSettings):
    """Notes which settings anybody has asked for."""

    def __getattribute__(self, name: str) -> object:
        if name in RedisSettings.model_fields:
            READ.add(name)
        return super().__getattribute__(name)


@pytest.fixture
def redis_settings(tmp_path: Path) -> Watched:
    """No setting has its default."""
    pem = tmp_path / "any.pem"
    pem.touch()
    defaults = {name: field.get_default() for name, field in RedisSettings.model_fields.items()}
    unusual = {name: pem if name in TLS else default + 1 for name, default in defaults.items()}
    return Watched.model_validate(unusual)


@pytest.fixture(params=["embedded", "standalone", "standalone-tls"])
async def settings(
    request: pytest.FixtureRequest, tmp_path: Path, redis_settings: Watched
) -> AsyncIterator[Settings]:
    """Settings for each constructor."""
    ours = Settings(data_dir=tmp_path / "data", redis=redis_settings, channel_prefix="P:")
    if request.param == "embedded":
        yield ours
    elif request.param == "standalone-tls":
        yield ours.model_copy(update=_url("rediss://ada:pw@127.0.0.1:1/2"))
    else:
        server = connect(Settings(data_dir=tmp_path / "data"))
        await server.start()
        yield ours.model_copy(update=_url(f"unix://{socket_of(tmp_path / 'data')}"))
        await server.close()


def _url(url: str) -> dict[str, object]:
    return {"redis_url": read({"redis_url": url}).settings.redis_url}


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[AbstractConnection]:
    """Every redis-py connection that was made."""
    made: list[AbstractConnection] = []
    connect_really: Callable[..., object] = AbstractConnection.connect

    def note(self: AbstractConnection) -> object:
        made.append(self)
        return connect_really(self)

    monkeypatch.setattr(AbstractConnection, "connect", note)
    return made


async def test_connect_passes_every_setting_to_the_connections(
    settings: Settings, dialled: list[AbstractConnection]
) -> None:
    topology = connect(settings)
    await topology.start()
    await eventually(lambda: len(dialled) > settings.redis.shared_connections)
    await topology.close()
    for raw in dialled:
        assert raw.socket_timeout == settings.redis.command_seconds
        assert raw.socket_connect_timeout == settings.redis.connect_seconds
        assert raw.retry.get_retries() == 0
        if isinstance(raw, SSLConnection):
            context = raw.ssl_context
            pem = str(settings.redis.tls_ca_file)
            assert (context.ca_certs, context.certfile, context.keyfile) == (pem, pem, pem)
            assert (raw.username, raw.password, raw.db) == ("ada", "pw", 2)


async def test_connect_passes_every_setting_to_what_uses_connections(settings: Settings) -> None:
    topology, ours = connect(settings), settings.redis
    router = topology._router
    assert isinstance(router, StandaloneRouter)
    node, pool, subscriber = router._node, router._node.dedicated, topology.subscriber
    assert [topology._settings, node._settings, pool._settings] == [ours] * 3
    assert len(node._shared) == ours.shared_connections
    assert pool._free._value == ours.dedicated_connections
    assert (subscriber._interval, subscriber._settings) == (ours.probe_seconds, ours)
    assert subscriber._probe.name.startswith("P:")


@pytest.mark.parametrize("settings", ["embedded", "standalone"], indirect=True)  # the TLS server is not there
async def test_connect_leaves_no_setting_unheeded(settings: Settings) -> None:
    READ.clear()
    topology = await started(connect(settings))
    await topology.run(COUNT, ("k",))
    await topology.run_acknowledged(COUNT, ("k",), min_replicas=0)
    await topology.subscriber.subscribe(Topic("c"), Ears())
    await topology.close()
    assert RedisSettings.model_fields.keys() == READ | TLS


@pytest.mark.parametrize("settings", ["embedded", "standalone"], indirect=True)
async def test_connect_tells_when_redis_answers(settings: Settings) -> None:
    told: list[bool] = []
    topology: Topology
    topology = connect(settings, lambda: told.append(topology.answers))
    await started(topology)
    await topology.close()
    assert told == [True, False]


@pytest.mark.parametrize("url", ["redis+sentinel://a,b,c/mymaster", "redis+cluster://a,b"])
def test_connect_refuses_what_is_not_available_yet(url: str) -> None:
    with pytest.raises(StartRefused) as refused:
        connect(read({"redis_url": url}).settings)
    (line,) = refused.value.lines
    assert line.startswith("redis_url: ")
    assert "not available yet" in line


async def test_join_shares_a_running_servers_redis(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert isinstance(join(settings)._router, EmbeddedRouter)
    running = connect(settings)
    await running.start()
    await running.command("SET", "k", "v", key="k")
    joined = join(settings)
    await joined.start()
    assert await joined.command("GET", "k", key="k") == b"v"
    await joined.close()
    assert await running.command("GET", "k", key="k") == b"v"
    await running.close()


async def test_greet_says_why_there_is_no_connection() -> None:
    with pytest.raises(RedisUnavailable, match=r"cannot reach Redis at 127\.0\.0\.1:1") as failed:
        await greet(read({"redis_url": "redis://:hunter2@127.0.0.1:1"}).settings)
    assert "refused" in str(failed.value.__cause__) or "111" in str(failed.value.__cause__)
    assert "hunter2" not in f"{failed.value}{failed.value.__cause__}"
