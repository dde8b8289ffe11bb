"""`quikstate session create`: logs a user in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quikstate.v1.session_pb2 import (
    SESSION_LIMIT_ACTION_EVICT_OLDEST,
    SESSION_LIMIT_ACTION_REJECT,
    CreateSessionRequest,
    CreateSessionResponse,
)
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import complain, say, say_json, say_table
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_from_duration, seconds_to_duration


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFlags:
    """What the flags say of a session; times are in seconds, and an `idle_timeout` of 0 is none."""

    user_id: str
    device_id: str
    email: str
    ip_address: str
    user_agent: str
    attributes: Mapping[str, str]
    lifetime: float
    idle_timeout: float
    max_sessions: int
    reject: bool
    min_replicas: int
    request_id: str

    def request(self) -> CreateSessionRequest:
        return CreateSessionRequest(
            user_id=self.user_id,
            device_id=self.device_id,
            email=self.email,
            ip_address=self.ip_address,
            user_agent=self.user_agent,
            attributes=self.attributes,
            lifetime=seconds_to_duration(self.lifetime),
            idle_timeout=seconds_to_duration(self.idle_timeout) if self.idle_timeout else None,
            max_sessions=self.max_sessions,
            on_limit=SESSION_LIMIT_ACTION_REJECT if self.reject else SESSION_LIMIT_ACTION_EVICT_OLDEST,
            min_replicas=self.min_replicas,
            request_id=self.request_id,
        )


def run(server: ServerTarget, new: SessionFlags, *, json: bool) -> bool:
    """Create a session, and print its id and expiry; return True if it exists."""
    with connected(server) as channel:
        response = SessionServiceStub(channel).CreateSession(new.request(), timeout=CALL_SECONDS)
    if json:
        say_json(as_json(response))
    elif response.created:
        _say(response)
    elif response.ended:
        complain(f"the session of request {new.request_id} has ended; give another --request-id")
    else:
        complain(f"{new.user_id}: has {new.max_sessions} sessions already")
    return response.created


def _say(response: CreateSessionResponse) -> None:
    session = response.session
    expires_in = f"{seconds_from_duration(session.expires_in):.0f}s"
    row = [response.session_id, session.handle, expires_in, session.expire_time.ToJsonString()]
    say_table(("id", "handle", "expires in", "at the latest"), [row])
    for handle in response.evicted_handles:
        say(f"evicted {handle}")
