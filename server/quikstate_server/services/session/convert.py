"""Sessions and tokens, from messages into the domain and back."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from quikstate.v1.session_pb2 import (
    SESSION_CHANGE_KIND_CREATED,
    SESSION_CHANGE_KIND_EXPIRED,
    SESSION_CHANGE_KIND_REVOKED,
    SESSION_CHANGE_KIND_ROTATED,
    SESSION_LIMIT_ACTION_REJECT,
    SESSION_OUTCOME_NOT_FOUND,
    SESSION_OUTCOME_OK,
    SESSION_OUTCOME_REPLAYED,
    SESSION_OUTCOME_VERSION_MISMATCH,
    TOKEN_REFUSAL_ISSUED_AHEAD,
    TOKEN_REFUSAL_ISSUED_BEFORE,
    TOKEN_REFUSAL_REVOKED,
    TOKEN_REFUSAL_UNSPECIFIED,
    CreateSessionRequest,
    CreateSessionResponse,
    GetSessionResponse,
    RevokeSessionsResponse,
    RotateSessionResponse,
    Session,
    SessionChange,
    SessionChangeKind,
    SessionReplay,
    SessionSnapshot,
    SessionsRevoked,
    TokenClaims,
    TokenId,
    TokenRefusal,
    TokenVerdict,
    UpdateSessionResponse,
    WatchSessionsResponse,
)
from quikstate_server.errors import InvalidRequest
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session import model
from quikstate_server.services.common.convert import duration, microseconds
from quikstate_server.services.rate_limit.convert import ToStatus

_KINDS: dict[model.SessionChangeKind, SessionChangeKind.ValueType] = {
    model.SessionChangeKind.CREATED: SESSION_CHANGE_KIND_CREATED,
    model.SessionChangeKind.ROTATED: SESSION_CHANGE_KIND_ROTATED,
    model.SessionChangeKind.REVOKED: SESSION_CHANGE_KIND_REVOKED,
    model.SessionChangeKind.EXPIRED: SESSION_CHANGE_KIND_EXPIRED,
}
_REFUSALS: dict[model.TokenRefusal | None, TokenRefusal.ValueType] = {
    None: TOKEN_REFUSAL_UNSPECIFIED,
    model.TokenRefusal.REVOKED: TOKEN_REFUSAL_REVOKED,
    model.TokenRefusal.ISSUED_BEFORE: TOKEN_REFUSAL_ISSUED_BEFORE,
    model.TokenRefusal.ISSUED_AHEAD: TOKEN_REFUSAL_ISSUED_AHEAD,
}


def new_of(request: CreateSessionRequest, keyspace: Keyspace) -> model.NewSession:
    lifetime = (
        microseconds(request.lifetime) / 1e6
        if request.HasField("lifetime")
        else model.DEFAULT_LIFETIME_SECONDS
    )
    return model.NewSession(
        keyspace,
        user_id=request.user_id,
        device_id=request.device_id,
        email=request.email,
        ip_address=request.ip_address,
        user_agent=request.user_agent,
        attributes=dict(request.attributes),
        lifetime=lifetime,
        idle_timeout=microseconds(request.idle_timeout) / 1e6,
        max_sessions=request.max_sessions,
        reject=request.on_limit == SESSION_LIMIT_ACTION_REJECT,
        min_replicas=request.min_replicas,
        request_id=request.request_id,
    )


def created(
    outcome: model.SessionCreated | model.SessionLimitReached | model.SessionEnded,
) -> CreateSessionResponse:
    if not isinstance(outcome, model.SessionCreated):
        return CreateSessionResponse(ended=isinstance(outcome, model.SessionEnded))
    return CreateSessionResponse(
        created=True,
        session_id=outcome.session.session_id,
        session=session_of(outcome.session),
        evicted_handles=outcome.evicted,
        tokens_valid_from=whole_seconds(outcome.tokens_valid_from),
        replicas_acked=outcome.replicas,
    )


def got(found: model.SessionFound | model.SessionNotFound | model.SessionReplayed) -> GetSessionResponse:
    if isinstance(found, model.SessionFound):
        session = session_of(found.session)
        return GetSessionResponse(outcome=SESSION_OUTCOME_OK, session=session, rotated=found.rotated)
    if isinstance(found, model.SessionReplayed):
        return GetSessionResponse(outcome=SESSION_OUTCOME_REPLAYED, replay=_replay_of(found))
    return GetSessionResponse(outcome=SESSION_OUTCOME_NOT_FOUND)


def updated(
    found: model.SessionFound | model.SessionNotFound | model.SessionReplayed | model.SessionVersionMismatch,
) -> UpdateSessionResponse:
    match found:
        case model.SessionFound(session, _, replicas):
            return UpdateSessionResponse(
                outcome=SESSION_OUTCOME_OK, session=session_of(session), replicas_acked=replicas
            )
        case model.SessionVersionMismatch(session):
            return UpdateSessionResponse(
                outcome=SESSION_OUTCOME_VERSION_MISMATCH, session=session_of(session)
            )
        case model.SessionReplayed():
            return UpdateSessionResponse(outcome=SESSION_OUTCOME_REPLAYED)
    return UpdateSessionResponse(outcome=SESSION_OUTCOME_NOT_FOUND)


def rotated(
    found: model.SessionFound | model.SessionNotFound | model.SessionReplayed,
) -> RotateSessionResponse:
    if isinstance(found, model.SessionFound):
        return RotateSessionResponse(
            outcome=SESSION_OUTCOME_OK,
            session_id=found.session.session_id,
            session=session_of(found.session),
            replicas_acked=found.replicas,
        )
    if isinstance(found, model.SessionReplayed):
        return RotateSessionResponse(outcome=SESSION_OUTCOME_REPLAYED, replay=_replay_of(found))
    return RotateSessionResponse(outcome=SESSION_OUTCOME_NOT_FOUND)


def revoked(outcome: model.RevocationResult) -> RevokeSessionsResponse:
    return RevokeSessionsResponse(
        revoked_handles=outcome.handles,
        tokens_valid_from=whole_seconds(outcome.tokens_valid_from),
        replicas_acked=outcome.replicas,
    )


def session_of(session: model.Session) -> Session:
    return Session(
        handle=session.handle,
        user_id=session.user_id,
        device_id=session.device_id,
        email=session.email,
        ip_address=session.ip_address,
        user_agent=session.user_agent,
        attributes=session.attributes,
        version=session.version,
        create_time=_instant(session.created_at),
        expire_time=_instant(session.expires_at),
        last_seen_time=_instant(session.last_seen_at),
        expires_in=None if session.expires_in is None else duration(session.expires_in),
        idle_timeout=None if session.idle_timeout is None else duration(session.idle_timeout),
        raw=session.raw,
    )


def summary_of(session: model.Session) -> Session:
    """A row of a list: a page of them is to fit a message."""
    row = session_of(session)
    row.ClearField("attributes")
    return row


def event_of(event: model.SessionEvent) -> WatchSessionsResponse:
    match event:
        case model.SessionChange(user_id, handle, change):
            return WatchSessionsResponse(
                changed=SessionChange(user_id=user_id, handle=handle, kind=_KINDS[change])
            )
        case model.SessionsRevoked():
            return WatchSessionsResponse(
                revoked=SessionsRevoked(
                    user_id=event.user_id,
                    except_handle=event.except_handle,
                    device_id=event.device_id,
                    tokens_valid_from=whole_seconds(event.tokens_valid_from),
                    tokens_only=event.tokens_only,
                )
            )
        case model.SessionSnapshot(user_id, sessions, more):
            snapshot = SessionSnapshot(user_id=user_id, sessions=map(summary_of, sessions), more=more)
            return WatchSessionsResponse(snapshot=snapshot)
    raise TypeError(event)


def token_of(token: TokenId) -> model.TokenId:
    known = token.HasField("expire_time")
    return model.TokenId(token.jti, -(-instant_of(token.expire_time) // 1_000) if known else None)


def claims_of(token: TokenClaims) -> model.TokenClaims:
    return model.TokenClaims(token.jti, token.user_id, token.device_id, token.issued_at.seconds)


def verdict_of(verdict: model.TokenVerdict, to_status: ToStatus) -> TokenVerdict:
    return TokenVerdict(
        valid=verdict.valid,
        refusal=_REFUSALS[verdict.refusal],
        tokens_valid_from=whole_seconds(verdict.tokens_valid_from),
        status=to_status(verdict.error) if verdict.error else None,
    )


def instant_of(instant: Timestamp) -> int:
    """Unix microseconds."""
    return instant.seconds * 1_000_000 + instant.nanos // 1_000


def _replay_of(replayed: model.SessionReplayed) -> SessionReplay:
    return SessionReplay(handle=replayed.handle, user_id=replayed.user_id, revoked=replayed.revoked)


def _instant(microseconds: int | None) -> Timestamp | None:
    if microseconds is None:
        return None
    return Timestamp(seconds=microseconds // 1_000_000, nanos=microseconds % 1_000_000 * 1_000)


def whole_seconds(seconds: int) -> Timestamp | None:
    return Timestamp(seconds=seconds) if seconds else None


def session_row(row: str) -> tuple[str, int]:
    """The handle of the row after which a page begins, and when its session ends; of a page's token."""
    ended, _, handle = row.partition(":")
    if row and not (ended.isascii() and ended.isdecimal() and handle):
        raise InvalidRequest({"page_token": "must be the next_page_token of a page before"})
    return handle, int(ended or 0)
