"""Sessions and tokens, from messages into the domain and back."""

from __future__ import annotations

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
from quikstate_server.error_status import item_status
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session import model
from quikstate_server.services.common.protobuf_time import (
    microseconds_from_timestamp,
    microseconds_to_duration,
    microseconds_to_timestamp,
    seconds_from_duration,
    seconds_to_timestamp,
)

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
        seconds_from_duration(request.lifetime)
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
        idle_timeout=seconds_from_duration(request.idle_timeout),
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
        tokens_valid_from=seconds_to_timestamp(outcome.tokens_valid_from),
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
        tokens_valid_from=seconds_to_timestamp(outcome.tokens_valid_from),
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
        create_time=microseconds_to_timestamp(session.created_at),
        expire_time=microseconds_to_timestamp(session.expires_at),
        last_seen_time=microseconds_to_timestamp(session.last_seen_at),
        expires_in=None if session.expires_in is None else microseconds_to_duration(session.expires_in),
        idle_timeout=None if session.idle_timeout is None else microseconds_to_duration(session.idle_timeout),
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
                    tokens_valid_from=seconds_to_timestamp(event.tokens_valid_from),
                    tokens_only=event.tokens_only,
                )
            )
        case model.SessionSnapshot(user_id, sessions, more):
            snapshot = SessionSnapshot(user_id=user_id, sessions=map(summary_of, sessions), more=more)
            return WatchSessionsResponse(snapshot=snapshot)
    raise TypeError(event)


def token_of(token: TokenId) -> model.TokenId:
    if not token.HasField("expire_time"):
        return model.TokenId(token.jti, None)
    return model.TokenId(token.jti, -(-microseconds_from_timestamp(token.expire_time) // 1_000))


def claims_of(token: TokenClaims) -> model.TokenClaims:
    return model.TokenClaims(token.jti, token.user_id, token.device_id, token.issued_at.seconds)


def verdict_of(verdict: model.TokenVerdict) -> TokenVerdict:
    return TokenVerdict(
        valid=verdict.valid,
        refusal=_REFUSALS[verdict.refusal],
        tokens_valid_from=seconds_to_timestamp(verdict.tokens_valid_from),
        status=item_status(verdict.error) if verdict.error else None,
    )


def _replay_of(replayed: model.SessionReplayed) -> SessionReplay:
    return SessionReplay(handle=replayed.handle, user_id=replayed.user_id, revoked=replayed.revoked)


def is_session_row(row: str) -> bool:
    """Return whether `row` is a row of ListSessions."""
    ended, _, handle = row.partition(":")
    return ended.isascii() and ended.isdecimal() and bool(handle)


def session_row(row: str) -> tuple[str, int]:
    """Return the handle of the row after which a page begins, and when its session ends."""
    ended, _, handle = row.partition(":")
    return handle, int(ended or 0)
