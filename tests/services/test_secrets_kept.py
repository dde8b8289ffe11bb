"""Secrets come out nowhere: logs, spans, metrics, errors, the process table. Acts leave audit lines."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import pytest
import redis
from google.protobuf.message import Message

from quikstate.v1.queue_pb2 import PURGE_SCOPE_ITEMS, PurgeQueueRequest
from quikstate.v1.session_pb2 import RevokeSessionsRequest
from quikstate_server.caller import Access
from services.test_tracing import Collector
from services.test_tracing import collector as collector
from support.harness.api_methods import METHODS, call_of
from support.harness.eventually import eventually
from support.harness.valid_requests import World
from support.identity.answers import Caller
from support.identity.attempts import Table, attempts
from support.identity.loot import NAME, Loot, fill
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.callers import AUDIENCE, EVERYTHING, ISSUER, AuthFile, Issuer, bearer, caller, token_entry
from support.server.command import Started, quikstate

TOKEN, WRONG = "planted-token-0", "planted-wrong-token-0"
PASSWORD = "planted-password-0"  # noqa: S105 - of the tests
TRACED = ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
REASON = ("quikstate-reason", "ticket 42")
ACTS = [rpc for rpc, method in METHODS.items() if method.access is Access.ADMIN] + [
    "SessionService/RevokeSessions",
    "SessionService/RevokeTokens",
]


@dataclass(frozen=True)
class Watched:
    """A server as a process, and all that it lets out."""

    process: Started
    address: str
    metrics_url: str
    collector: Collector
    secrets: list[str]
    jwt: str

    def lines(self, event: str) -> list[dict[str, Any]]:
        said = [json.loads(line) for line in self.process.said.splitlines() if line.startswith("{")]
        return [line for line in said if line["event"] == event]

    def outputs(self) -> dict[str, str]:
        with urllib.request.urlopen(self.metrics_url) as response:  # noqa: S310 - of the test's own
            metrics = response.read().decode()
        proc = Path(f"/proc/{self.process.pid}")
        return {
            "log": self.process.said,
            "spans": str(self.collector.received),
            "metrics": metrics,
            "command line": proc.joinpath("cmdline").read_text(),
        }


@pytest.fixture
def guarded_redis() -> Iterator[RedisProcess]:
    server = next(server for server in servers() if server.binary)
    process = RedisProcess(server, requirepass=PASSWORD)
    yield process
    process.close()


@pytest.fixture
def watched(
    tmp_path: Path, transport: str, collector: Collector, guarded_redis: RedisProcess
) -> Iterator[Watched]:
    issuer = Issuer()
    keys = tmp_path / "jwks.json"
    keys.write_text(issuer.jwks())
    web = {"tokens": [token_entry(TOKEN)], "services": EVERYTHING}
    web |= {"jwts": [{"issuer": ISSUER, "claims": {"sub": "checkout"}}]}
    issuers = {ISSUER: {"audience": AUDIENCE, "algorithms": ["RS256"], "jwks_file": str(keys)}}
    callers = {"web": web, "poor": caller("planted-poor-token-0", services={})}
    auth = AuthFile(tmp_path / "auth.yaml").write(callers=callers, issuers=issuers)
    settings = {
        "LISTEN": "127.0.0.1:0",
        "METRICS_LISTEN": "127.0.0.1:0",
        "TRANSPORT": transport,
        "AUTH": str(auth),
        "REDIS_URL": f"unix://{guarded_redis.path}",
        "REDIS_PASSWORD": PASSWORD,
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "json",
        "OTLP_ENDPOINT": collector.endpoint,
        "TRACE_RATIO": "1",
        "HEARTBEAT_SECONDS": "0.05",
        "LIMITS__MAX_CACHE_LEASE_SECONDS": "300",
        "LIMITS__MAX_TYPING_SECONDS": "300",
    }
    variables = {f"QUIKSTATE_{name}": value for name, value in settings.items()}
    assert PASSWORD not in quikstate("config", "print", **variables).stdout
    with Started("serve", **variables) as process:
        ready = json.loads(process.says(r'(\{.*"event": "server.ready".*\})'))
        metrics = f"http://127.0.0.1:{ready['metrics_port']}/metrics"
        jwt = issuer.sign()
        secrets = [TOKEN, WRONG, PASSWORD, "planted-poor-token-0", jwt, *jwt.split(".")]
        yield Watched(process, ready["address"], metrics, collector, secrets, jwt)


async def test_no_output_has_a_secret(watched: Watched, guarded_redis: RedisProcess) -> None:
    async with grpc.aio.insecure_channel(watched.address) as channel:
        loot = await fill(World(channel, bearer(TOKEN)))
        table = attempts(loot)
        told = await everything_told(channel, table, watched.jwt)
        await make_faults(guarded_redis, channel)
    assert watched.lines("call.ended")
    await eventually(lambda: "lock.acquire" in str(watched.collector.received))
    session_ids = [loot.session_id, loot.lease.lease_id, loot.receipt, loot.fill_lease]
    for kind, text in (watched.outputs() | {"what failed calls say": told}).items():
        assert [secret for secret in (*watched.secrets, *session_ids) if secret in text] == [], kind


async def everything_told(channel: grpc.aio.Channel, table: Table, jwt: str) -> str:
    """Call everything, with good and bad credentials, and return what failed calls say."""
    told: list[str] = []
    for token in (TOKEN, WRONG, f"{jwt}x", jwt, "planted-poor-token-0"):
        calling = Caller(channel, (*bearer(token), TRACED))
        for rpc, rows in table.items():
            for requests in rows if token in {TOKEN, jwt} else rows[:1]:
                if not METHODS[rpc].client_streaming:
                    answer, texts = await calling.answer(METHODS[rpc], requests)
                    told += texts if isinstance(answer[0], str) else []
    assert told
    return "\n".join(told)


async def make_faults(guarded_redis: RedisProcess, channel: grpc.aio.Channel) -> None:
    """Let Redis refuse what the server needs, so that calls fail in a way that nobody foresaw."""
    with redis.Redis(unix_socket_path=guarded_redis.path, password=PASSWORD) as client:
        client.execute_command("ACL", "SETUSER", "default", "-time")
        calls = World(channel, (*bearer(TOKEN), TRACED))
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await calls("SessionService/RevokeSessions", RevokeSessionsRequest(user_id=NAME))
        client.execute_command("ACL", "SETUSER", "default", "+@all")
    assert raised.value.code() is grpc.StatusCode.INTERNAL
    assert PASSWORD not in str(raised.value)
    assert TOKEN not in str(raised.value)


async def act(channel: grpc.aio.Channel, rpc: str, request: Message) -> str:
    call: Any = call_of(channel, METHODS[rpc])
    try:
        await call(request, metadata=(*bearer(TOKEN), REASON))
    except grpc.aio.AioRpcError as error:
        return error.code().name
    return "OK"


async def test_each_act_of_consequence_has_its_audit_line(
    watched: Watched, guarded_redis: RedisProcess
) -> None:
    async with grpc.aio.insecure_channel(watched.address) as channel:
        loot: Loot = await fill(World(channel, bearer(TOKEN)))
        table = attempts(loot)
        before = len(watched.lines("audit.act"))
        for rpc in ACTS:
            assert await act(channel, rpc, table[rpc][0][0]) == "OK"
        await eventually(lambda: len(watched.lines("audit.act")) == before + len(ACTS))
        for rpc, line in zip(ACTS, watched.lines("audit.act")[before:], strict=True):
            assert line["method"] == f"quikstate.v1.{rpc}"
            assert (line["caller"], line["namespace"], line["outcome"]) == ("web", "", "OK")
            assert line["reason"] == "ticket 42"
            assert len(line["names_digest"]) == 8
            assert NAME not in str(line)
        with redis.Redis(unix_socket_path=guarded_redis.path, password=PASSWORD) as client:
            client.set("queue:raw", "not a queue")
        purge = PurgeQueueRequest(queue="raw", scope=PURGE_SCOPE_ITEMS)
        assert await act(channel, "QueueService/PurgeQueue", purge) == "FAILED_PRECONDITION"
        await eventually(lambda: len(watched.lines("audit.act")) > before + len(ACTS))
        assert watched.lines("audit.act")[-1]["outcome"] == "KEY_TYPE_CONFLICT"


async def test_denied_calls_are_counted_and_logged_once_of_each_kind(watched: Watched) -> None:
    async with grpc.aio.insecure_channel(watched.address) as channel:
        rpc = "LockService/GetLock"
        requests = attempts(await fill(World(channel, bearer(TOKEN))))[rpc][0]
        for token in (WRONG, "planted-poor-token-0"):
            for _ in range(20):
                await Caller(channel, bearer(token)).answer(METHODS[rpc], requests)
    denied = watched.lines("audit.denied")
    assert [(line["caller"], line["reason"]) for line in denied] == [
        ("", "UNAUTHENTICATED"),
        ("poor", "PERMISSION_DENIED"),
    ]
    metrics = watched.outputs()["metrics"]
    for outcome in ("UNAUTHENTICATED", "PERMISSION_DENIED"):
        labels = f'outcome="{outcome}",rpc_method="quikstate.v1.LockService/GetLock"'
        assert f"quikstate_audit_events_total{{{labels}}} 20.0" in metrics
