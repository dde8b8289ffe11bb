"""SessionService through a whole server, from login to logout."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
import pytest
import structlog.testing
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from quikstate.v1 import session_pb2 as pb
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server.app import App
from services.conftest import OpenChannel, StartApp, end
from support.harness.eventually import PATIENCE_SECONDS, eventually, timely
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

USER = "alice"


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    return own_redis


@pytest.fixture
def sessions(channel: grpc.aio.Channel) -> Any:
    return SessionServiceStub(channel)


def create(**fields: Any) -> pb.CreateSessionRequest:
    return pb.CreateSessionRequest(**({"user_id": USER, "device_id": "phone"} | fields))


def get(session_id: str, **fields: Any) -> pb.GetSessionRequest:
    return pb.GetSessionRequest(session_id=session_id, **fields)


async def read(stream: Any, kind: str) -> Any:
    """Return the next item, which must be a `kind`."""
    item = await asyncio.wait_for(stream.read(), PATIENCE_SECONDS)
    assert item.WhichOneof("event") == kind, item
    return getattr(item, kind)


async def test_a_session_is_created_listed_rotated_and_revoked(sessions: Any) -> None:
    built = await sessions.CreateSession(create(attributes={"role": "admin"}, ip_address="10.0.0.1"))
    assert built.created
    assert 86_390 <= built.session.expires_in.seconds <= 86_400
    listed = (await sessions.ListSessions(pb.ListSessionsRequest(user_id=USER))).sessions
    assert [(one.handle, one.device_id, one.ip_address) for one in listed] == [
        (built.session.handle, "phone", "10.0.0.1")
    ]
    assert built.session_id not in str(listed)
    changed = await sessions.UpdateSession(
        pb.UpdateSessionRequest(session_id=built.session_id, set={"theme": "dark"}, expected_version=1)
    )
    assert changed.session.attributes == {"role": "admin", "theme": "dark"}
    stale = await sessions.UpdateSession(
        pb.UpdateSessionRequest(session_id=built.session_id, set={"theme": "light"}, expected_version=1)
    )
    assert (stale.outcome, stale.session.version) == (pb.SESSION_OUTCOME_VERSION_MISMATCH, 2)
    request = pb.RotateSessionRequest(session_id=built.session_id, grace=Duration(nanos=200_000_000))
    rotated = await sessions.RotateSession(request)
    assert (await sessions.GetSession(get(built.session_id))).rotated

    async def replayed() -> None:
        answer = await sessions.GetSession(get(built.session_id))
        assert answer.outcome == pb.SESSION_OUTCOME_REPLAYED
        assert (answer.replay.handle, answer.replay.user_id) == (built.session.handle, USER)

    await eventually(replayed)
    other = await sessions.CreateSession(create(device_id="laptop"))
    keep = pb.SessionsButOne(user_id=USER, keep_session_id=rotated.session_id)
    revoked = await sessions.RevokeSessions(pb.RevokeSessionsRequest(all_but_one=keep))
    assert list(revoked.revoked_handles) == [other.session.handle]
    outcomes = [
        (await sessions.GetSession(get(session_id))).outcome
        for session_id in (rotated.session_id, other.session_id)
    ]
    assert outcomes == [pb.SESSION_OUTCOME_OK, pb.SESSION_OUTCOME_NOT_FOUND]
    first = revoked.tokens_valid_from.seconds
    claims = [pb.TokenClaims(user_id=USER, issued_at=Timestamp(seconds=iat)) for iat in (first - 1, first)]
    verdicts = (await sessions.CheckTokens(pb.CheckTokensRequest(tokens=claims))).verdicts
    assert [verdict.valid for verdict in verdicts] == [False, True]
    assert verdicts[0].tokens_valid_from.seconds == first


async def test_tokens_are_revoked_one_by_one_and_all(sessions: Any) -> None:
    tokens = pb.TokenIds(
        tokens=[pb.TokenId(jti="a"), pb.TokenId(jti="b", expire_time=Timestamp(seconds=1 << 33))]
    )
    answer = await sessions.RevokeTokens(pb.RevokeTokensRequest(tokens=tokens))
    assert [status.code for status in answer.statuses] == [0, grpc.StatusCode.INVALID_ARGUMENT.value[0]]
    checked = await sessions.CheckTokens(pb.CheckTokensRequest(tokens=[pb.TokenClaims(jti=j) for j in "ac"]))
    assert [verdict.refusal for verdict in checked.verdicts] == [pb.TOKEN_REFUSAL_REVOKED, 0]
    user = await sessions.RevokeTokens(pb.RevokeTokensRequest(user=pb.UserTokens(user_id=USER)))
    assert user.tokens_valid_from.seconds > 0


async def test_a_reached_session_limit_is_not_an_error(sessions: Any) -> None:
    first = await sessions.CreateSession(create(max_sessions=1))
    rejected = await sessions.CreateSession(create(max_sessions=1, on_limit=pb.SESSION_LIMIT_ACTION_REJECT))
    assert (rejected.created, rejected.session_id) == (False, "")
    second = await sessions.CreateSession(create(max_sessions=1))
    assert list(second.evicted_handles) == [first.session.handle]


async def test_a_watch_on_another_server_reports_a_revocation_within_a_second(
    sessions: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    other: Any = SessionServiceStub(open_channel(await start_app()))
    stream = other.WatchSessions(pb.WatchSessionsRequest(user_ids=[USER, "bob"]))
    assert (await read(stream, "snapshot")).user_id == USER
    assert (await read(stream, "snapshot")).user_id == "bob"
    built = await sessions.CreateSession(create(user_id="bob"))
    assert (await read(stream, "changed")).kind == pb.SESSION_CHANGE_KIND_CREATED
    ids = pb.SessionIds(session_ids=[built.session_id])
    await sessions.RevokeSessions(pb.RevokeSessionsRequest(sessions=ids))
    async with timely(1):
        changed = await read(stream, "changed")
    assert (changed.user_id, changed.handle) == ("bob", built.session.handle)
    assert changed.kind == pb.SESSION_CHANGE_KIND_REVOKED
    revoked = await sessions.RevokeSessions(pb.RevokeSessionsRequest(user_id=USER))
    event = await read(stream, "revoked")
    assert (event.user_id, event.tokens_valid_from) == (USER, revoked.tokens_valid_from)


async def test_an_idle_watch_of_sessions_sends_heartbeats_and_ends_with_the_server(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(heartbeat_seconds=0.05)
    stream: Any = SessionServiceStub(open_channel(app)).WatchSessions(
        pb.WatchSessionsRequest(user_ids=[USER])
    )
    await read(stream, "snapshot")
    await read(stream, "heartbeat")
    ending = asyncio.create_task(end(app))
    while (item := await stream.read()).WhichOneof("event") == "heartbeat":
        pass
    assert item.WhichOneof("event") == "end"
    await ending


async def test_no_session_id_is_logged(sessions: Any, app: App) -> None:
    del app
    with structlog.testing.capture_logs() as lines:
        built = await sessions.CreateSession(create())
        request = pb.RotateSessionRequest(session_id=built.session_id, grace=Duration())
        await sessions.RotateSession(request)
        await sessions.GetSession(get(built.session_id, revoke_on_replay=True))
    by_event = {line["event"]: line for line in lines}
    assert by_event["session.replayed"]["revoked"] is True
    assert len(by_event["session.replayed"]["session"]) == 8
    assert built.session_id not in str(lines)


BIG = "x" * 257


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("CreateSession", pb.CreateSessionRequest(), "user_id"),
        ("CreateSession", create(user_id="a\n"), "user_id"),
        ("CreateSession", create(device_id=BIG), "device_id"),
        ("CreateSession", create(attributes={"": "v"}), "attributes"),
        ("CreateSession", create(attributes={"a": "v" * 33_000}), "attributes"),
        ("CreateSession", create(lifetime=Duration(nanos=1)), "lifetime"),
        ("CreateSession", create(lifetime=Duration(seconds=401 * 86_400)), "lifetime"),
        ("CreateSession", create(idle_timeout=Duration()), "idle_timeout"),
        ("CreateSession", create(max_sessions=-1), "max_sessions"),
        ("CreateSession", create(max_sessions=1_001), "max_sessions"),
        ("CreateSession", create(on_limit=9), "on_limit"),
        ("CreateSession", create(min_replicas=17), "min_replicas"),
        ("CreateSession", create(request_id=BIG), "request_id"),
        ("GetSession", get(""), "session_id"),
        ("GetSession", get(BIG), "session_id"),
        ("UpdateSession", pb.UpdateSessionRequest(session_id="s"), "set"),
        ("UpdateSession", pb.UpdateSessionRequest(set={"a": "b"}), "session_id"),
        ("UpdateSession", pb.UpdateSessionRequest(session_id="s", set={BIG: ""}), "set"),
        ("UpdateSession", pb.UpdateSessionRequest(session_id="s", unset=["\n"]), "unset"),
        ("UpdateSession", pb.UpdateSessionRequest(session_id="s", set={"a": ""}, unset=["a"]), "unset"),
        ("UpdateSession", pb.UpdateSessionRequest(session_id="s", expected_version=-1), "expected_version"),
        ("RotateSession", pb.RotateSessionRequest(), "session_id"),
        ("RotateSession", pb.RotateSessionRequest(session_id="s", grace=Duration(seconds=301)), "grace"),
        ("RevokeSessions", pb.RevokeSessionsRequest(), "which"),
        ("RevokeSessions", pb.RevokeSessionsRequest(user_id=BIG), "user_id"),
        ("RevokeSessions", pb.RevokeSessionsRequest(sessions=pb.SessionIds()), "sessions.session_ids"),
        (
            "RevokeSessions",
            pb.RevokeSessionsRequest(
                handles=pb.SessionHandles(user_id="u", handles=list(map(str, range(101))))
            ),
            "handles.handles",
        ),
        (
            "RevokeSessions",
            pb.RevokeSessionsRequest(all_but_one=pb.SessionsButOne(user_id="u")),
            "all_but_one.keep",
        ),
        (
            "RevokeSessions",
            pb.RevokeSessionsRequest(device=pb.SessionDevice(user_id="u")),
            "device.device_id",
        ),
        ("ListSessions", pb.ListSessionsRequest(), "user_id"),
        ("ListSessions", pb.ListSessionsRequest(user_id="u", page_size=-1), "page_size"),
        ("ListSessions", pb.ListSessionsRequest(user_id="u", page_token="bm93aGVyZQ=="), "page_token"),  # noqa: S106 - no password
        ("RevokeTokens", pb.RevokeTokensRequest(), "which"),
        ("RevokeTokens", pb.RevokeTokensRequest(tokens=pb.TokenIds()), "tokens.tokens"),
        (
            "RevokeTokens",
            pb.RevokeTokensRequest(tokens=pb.TokenIds(tokens=[pb.TokenId(jti=BIG)])),
            "tokens.tokens[0].jti",
        ),
        ("RevokeTokens", pb.RevokeTokensRequest(user=pb.UserTokens()), "user.user_id"),
        ("CheckTokens", pb.CheckTokensRequest(), "tokens"),
        ("CheckTokens", pb.CheckTokensRequest(tokens=[pb.TokenClaims()]), "tokens[0].jti"),
        ("CheckTokens", pb.CheckTokensRequest(tokens=[pb.TokenClaims(user_id="u")]), "tokens[0].issued_at"),
        ("CheckTokens", pb.CheckTokensRequest(tokens=[pb.TokenClaims(jti="j")] * 101), "tokens"),
    ],
)
async def test_an_invalid_value_is_refused_by_its_field_and_writes_nothing(
    sessions: Any, redis_process: RedisProcess, method: str, request_: Any, field: str
) -> None:
    failed = await failure_of(getattr(sessions, method)(request_))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    with redis_process.client() as client:
        assert client.dbsize() == 0
    assert field in failed.fields


@pytest.mark.parametrize(
    ("users", "field"),
    [([], "user_ids"), (["a", ""], "user_ids[1]"), (list(map(str, range(1_001))), "user_ids")],
)
async def test_a_watch_of_sessions_with_an_invalid_value_is_refused_by_its_field(
    sessions: Any, users: list[str], field: str
) -> None:
    failed = await failure_of(sessions.WatchSessions(pb.WatchSessionsRequest(user_ids=users)).read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields
