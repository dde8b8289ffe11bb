"""The requests of the commands `quikstate session …`, and the output of their responses."""

from __future__ import annotations

import json as json_text
import sys
from collections.abc import Iterable, Iterator, Sequence

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from quikstate.v1.session_pb2 import (
    SESSION_OUTCOME_OK,
    SESSION_OUTCOME_REPLAYED,
    TOKEN_REFUSAL_ISSUED_AHEAD,
    TOKEN_REFUSAL_REVOKED,
    CheckTokensRequest,
    GetSessionRequest,
    ListSessionsRequest,
    RevokeSessionsRequest,
    Session,
    SessionDevice,
    SessionHandles,
    SessionsButOne,
    TokenClaims,
    WatchSessionsRequest,
)
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.options import confirm
from quikstate_server.cli.common.output import say, say_json, say_table
from quikstate_server.cli.common.pages import read_pages
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.common.watch_stream import watch_events
from quikstate_server.services.common.protobuf_time import seconds_from_duration

_PAGE_SIZE = 1_000
_TITLES = "handle", "device", "address", "created", "expires in", "user agent"


def list_(server: ServerTarget, user: str, *, json: bool) -> None:
    """Print all sessions of a user."""
    with connected(server) as channel:
        sessions = list(_list_all(channel, user))
    if json:
        say_json([as_json(session) for session in sessions])
    else:
        say_table(_TITLES, map(_row, sessions))


def show(server: ServerTarget, session_id: str, *, json: bool) -> bool:
    """Print a session; return True if it exists."""
    request = GetSessionRequest(session_id=sys.stdin.readline().strip() if session_id == "-" else session_id)
    with connected(server) as channel:
        response = SessionServiceStub(channel).GetSession(request, timeout=CALL_SECONDS)
    exists = response.outcome == SESSION_OUTCOME_OK
    if json:
        say_json(as_json(response))
    elif exists:
        say_table(("user", *_TITLES), [[response.session.user_id or "-", *_row(response.session)]])
    elif response.outcome == SESSION_OUTCOME_REPLAYED:
        replay = response.replay
        say(f"replayed: session {replay.handle} of {replay.user_id} was rotated and has another id")
    else:
        say("there is no such session")
    return exists


def revoke(
    server: ServerTarget, user: str, handles: Sequence[str], keep: str, device: str, *, ask: bool, json: bool
) -> None:
    """Revoke sessions, and print those that ended."""
    if handles:
        request = RevokeSessionsRequest(handles=SessionHandles(user_id=user, handles=handles))
    elif keep:
        request = RevokeSessionsRequest(all_but_one=SessionsButOne(user_id=user, keep_handle=keep))
    elif device:
        request = RevokeSessionsRequest(device=SessionDevice(user_id=user, device_id=device))
    else:
        request = RevokeSessionsRequest(user_id=user)
    with connected(server) as channel:
        if ask:
            confirm(_question(_list_all(channel, user), user, keep, device))
        response = SessionServiceStub(channel).RevokeSessions(request, timeout=CALL_SECONDS)
    if json:
        say_json(as_json(response))
        return
    for handle in response.revoked_handles:
        say(f"revoked {handle}")
    if response.HasField("tokens_valid_from"):
        say(f"tokens are valid from iat {response.tokens_valid_from.seconds}")


def _question(sessions: Iterable[Session], user: str, keep: str, device: str) -> str:
    """Name what would be revoked."""
    hit = [each for each in sessions if each.handle != keep and (not device or each.device_id == device)]
    count = f"{len(hit)} session{'s' if len(hit) != 1 else ''} of {user}"
    where = f" on {device}" if device else f", all but {keep}," if keep else ""
    return f"Revoke {count}{where} and the tokens issued so far?"


def watch(server: ServerTarget, users: Sequence[str]) -> None:
    """Print events until interrupted. Fail if no server can be reached at the start."""
    request = WatchSessionsRequest(user_ids=users)
    with connected(server) as channel:
        stub = SessionServiceStub(channel)
        for event in watch_events(lambda: stub.WatchSessions(request)):
            say(json_text.dumps(as_json(event), ensure_ascii=False))


def check_token(server: ServerTarget, jti: str, user: str, device: str, iat: int, *, json: bool) -> bool:
    """Print the verdict on a token; return True if it is valid."""
    claims = TokenClaims(jti=jti, user_id=user, device_id=device)
    if iat:
        claims.issued_at.CopyFrom(Timestamp(seconds=iat))
    with connected(server) as channel:
        request = CheckTokensRequest(tokens=[claims])
        (verdict,) = SessionServiceStub(channel).CheckTokens(request, timeout=CALL_SECONDS).verdicts
    if json:
        say_json(as_json(verdict))
    elif verdict.valid:
        say("valid")
    elif verdict.refusal == TOKEN_REFUSAL_REVOKED:
        say("revoked by its jti")
    elif verdict.refusal == TOKEN_REFUSAL_ISSUED_AHEAD:
        say("refused: its iat is ahead of Redis's clock")
    elif verdict.HasField("tokens_valid_from"):
        say(f"revoked: the user's tokens are valid from iat {verdict.tokens_valid_from.seconds}")
    else:
        say(f"not valid, because Redis could not be asked: {verdict.status.message}")
    return verdict.valid


def _list_all(channel: grpc.Channel, user: str) -> Iterator[Session]:
    request = ListSessionsRequest(user_id=user, page_size=_PAGE_SIZE)
    for page in read_pages(SessionServiceStub(channel).ListSessions, request):
        yield from page.sessions


def _row(session: Session) -> list[str]:
    created = session.create_time.ToJsonString() if session.HasField("create_time") else "-"
    expires = (
        f"{seconds_from_duration(session.expires_in):.0f}s" if session.HasField("expires_in") else "never"
    )
    device_id, ip_address = session.device_id or "-", session.ip_address or "-"
    return [session.handle, device_id, ip_address, created, expires, session.user_agent]
