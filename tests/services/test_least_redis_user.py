"""A whole server with prefixes and a namespace serves every method as its least Redis user."""

from __future__ import annotations

from pathlib import Path

from quikstate_server.cli.server.redis_acl import users
from quikstate_server.settings import Settings
from services.conftest import OpenChannel, StartApp
from services.test_topologies import HEARTBEAT_SECONDS, answer
from support.harness.api_methods import METHODS
from support.harness.valid_requests import VALID, World
from support.redis.redis_process import RedisProcess
from support.server.callers import EVERYTHING, AuthFile, bearer, caller

OF_ALL_NAMESPACES = {
    f"quikstate.v1.AdminService/{name}" for name in ("GetTopology", "GetRedisInfo", "GetServerInfo")
}
"""Refused to a caller with a namespace."""
_PREFIXES = {"key_prefix": "Quik App[1]:", "channel_prefix": "quik app*:"}


async def test_every_method_is_answered_and_nothing_is_refused(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess, tmp_path: Path
) -> None:
    url = f"unix://least:secret@{own_redis.path}"
    (placed,) = users(Settings.model_validate({"redis_url": url, **_PREFIXES}))
    with own_redis.client() as client:
        client.execute_command("ACL", "SETUSER", placed.user.name, *placed.user.rules, ">secret")
    callers = {"guest": {"namespace": "team", "services": EVERYTHING}, "operator": caller("o")}
    auth = AuthFile(tmp_path / "callers.yaml").write(anonymous="guest", callers=callers)
    app = await start_app(
        redis_url=url, auth=auth, heartbeat_seconds=HEARTBEAT_SECONDS, durable_channels="d:", **_PREFIXES
    )
    channel = open_channel(app)
    world = World(channel)
    for method in METHODS.values():
        valid = VALID[method.service.rpartition(".")[2]]
        async for requests in valid(world, method.name, f"d:{method.name}"):
            credential = bearer("o") if method.full_name in OF_ALL_NAMESPACES else ()
            answered = await answer(channel, method, requests, credential)
            assert isinstance(answered, method.response_type)
    with own_redis.client() as client:
        assert client.acl_log() == []
        prefix = _PREFIXES["key_prefix"]
        names = [key.removeprefix("{").removeprefix(prefix) for key in client.scan_iter()]
    assert names
    assert [name for name in names if not name.startswith(("ns.team:", "quikstate:"))] == []
