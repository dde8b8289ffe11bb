"""SessionService: reading a session, also among a million, and tokens."""

from __future__ import annotations

from collections.abc import Sequence

import grpc

from benchmarks.laboratory import Running, Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.rows.row import Row
from quikstate.v1.session_pb2 import CheckTokensRequest, CreateSessionRequest, GetSessionRequest, TokenClaims
from quikstate.v1.session_pb2_grpc import SessionServiceStub

_GET = "/quikstate.v1.SessionService/GetSession"
_CHECK = "/quikstate.v1.SessionService/CheckTokens"
_ASKED = 64
_STORED = 1_000_000
_PATIENCE_SECONDS = 10


class _Logins:
    """The sessions that are read: there once `prepare` was called, since servers make their ids."""

    def __init__(self, method: str, user: str) -> None:
        self.bodies: list[bytes] = []
        self.load = GoCaller("unary", method, self.bodies)
        self._user = user

    def log_in(self, running: Running) -> None:
        with grpc.insecure_channel(running.address) as channel:
            stub = SessionServiceStub(channel)
            for number in range(_ASKED):
                request = CreateSessionRequest(user_id=f"{self._user}:{number}", device_id="bench")
                made = stub.CreateSession(request, timeout=_PATIENCE_SECONDS)
                self.bodies.append(GetSessionRequest(session_id=made.session_id).SerializeToString())

    def log_in_among_a_million(self, running: Running) -> None:
        """Each of the others as the server left the first: its hash, without what lists it."""
        session_id = "-"
        with grpc.insecure_channel(running.address) as channel:
            request = CreateSessionRequest(user_id="bench-first", device_id="bench")
            while "-" in session_id:  # which would mean something where it is looked for
                made = SessionServiceStub(channel).CreateSession(request, timeout=_PATIENCE_SECONDS)
                session_id = made.session_id
        # Not the key beside it, which only remembers for some seconds that the session was created.
        running.redis.multiply(f"session:{session_id}", session_id, "stored-", _STORED)
        self.log_in(running)


def rows() -> Sequence[Row]:
    one, many = _Logins(_GET, "bench"), _Logins(_GET, "bench-stored")
    tokens = CheckTokensRequest(tokens=[TokenClaims(jti=f"bench-{number}") for number in range(100)])
    return (
        Row(
            "session",
            "GetSession, Go caller",
            Server.OURS,
            one.load,
            against="empty-go",
            prepare=one.log_in,
        ),
        Row(
            "session-stored-1m",
            "GetSession, 1,000,000 stored sessions",
            Server.OURS_FULL_OF_SESSIONS,
            many.load,
            against="empty-go",
            prepare=many.log_in_among_a_million,
        ),
        Row(
            "check-tokens-100",
            "CheckTokens of 100 tokens",
            Server.OURS,
            GoCaller("unary", _CHECK, [tokens.SerializeToString()]),
            against="empty-go",
        ),
    )
