"""Converts the messages of SessionService to models of sessions and tokens, and back."""

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


def new_session_from_proto(request: CreateSessionRequest, keyspace: Keyspace) -> model.NewSession:
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


def create_result_to_proto(
    result: model.SessionCreated | model.SessionLimitReached | model.SessionEnded,
) -> CreateSessionResponse:
    if not isinstance(result, model.SessionCreated):
        return CreateSessionResponse(ended=isinstance(result, model.SessionEnded))
    return CreateSessionResponse(
        created=True,
        session_id=result.session.session_id,
        session=session_to_proto(result.session),
        evicted_handles=result.evicted,
        tokens_valid_from=seconds_to_timestamp(result.tokens_valid_from),
        replicas_acked=result.replicas,
    )


def get_result_to_proto(
    result: model.SessionFound | model.SessionNotFound | model.SessionReplayed,
) -> GetSessionResponse:
    if isinstance(result, model.SessionFound):
        session = session_to_proto(result.session)
        return GetSessionResponse(outcome=SESSION_OUTCOME_OK, session=session, rotated=result.rotated)
    if isinstance(result, model.SessionReplayed):
        return GetSessionResponse(outcome=SESSION_OUTCOME_REPLAYED, replay=_replay_to_proto(result))
    return GetSessionResponse(outcome=SESSION_OUTCOME_NOT_FOUND)


def update_result_to_proto(
    result: model.SessionFound | model.SessionNotFound | model.SessionReplayed | model.SessionVersionMismatch,
) -> UpdateSessionResponse:
    match result:
        case model.SessionFound(session, _, replicas):
            return UpdateSessionResponse(
                outcome=SESSION_OUTCOME_OK, session=session_to_proto(session), replicas_acked=replicas
            )
        case model.SessionVersionMismatch(session):
            return UpdateSessionResponse(
                outcome=SESSION_OUTCOME_VERSION_MISMATCH, session=session_to_proto(session)
            )
        case model.SessionReplayed():
            return UpdateSessionResponse(outcome=SESSION_OUTCOME_REPLAYED)
    return UpdateSessionResponse(outcome=SESSION_OUTCOME_NOT_FOUND)


def rotate_result_to_proto(
    result: model.SessionFound | model.SessionNotFound | model.SessionReplayed,
) -> RotateSessionResponse:
    if isinstance(result, model.SessionFound):
        return RotateSessionResponse(
            outcome=SESSION_OUTCOME_OK,
            session_id=result.session.session_id,
            session=session_to_proto(result.session),
            replicas_acked=result.replicas,
        )
    if isinstance(result, model.SessionReplayed):
        return RotateSessionResponse(outcome=SESSION_OUTCOME_REPLAYED, replay=_replay_to_proto(result))
    return RotateSessionResponse(outcome=SESSION_OUTCOME_NOT_FOUND)


def revocation_to_proto(result: model.RevocationResult) -> RevokeSessionsResponse:
    return RevokeSessionsResponse(
        revoked_handles=result.handles,
        tokens_valid_from=seconds_to_timestamp(result.tokens_valid_from),
        replicas_acked=result.replicas,
    )


def session_to_proto(session: model.Session) -> Session:
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


def session_summary_to_proto(session: model.Session) -> Session:
    """Return a session without its attributes, so that a page of sessions fits into a message."""
    summary = session_to_proto(session)
    summary.ClearField("attributes")
    return summary


def session_event_to_proto(event: model.SessionEvent) -> WatchSessionsResponse:
    match event:
        case model.SessionChange(user_id, handle, kind):
            return WatchSessionsResponse(
                changed=SessionChange(user_id=user_id, handle=handle, kind=_KINDS[kind])
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
            snapshot = SessionSnapshot(
                user_id=user_id, sessions=map(session_summary_to_proto, sessions), more=more
            )
            return WatchSessionsResponse(snapshot=snapshot)
    raise TypeError(event)


def token_id_from_proto(token: TokenId) -> model.TokenId:
    if not token.HasField("expire_time"):
        return model.TokenId(token.jti)
    milliseconds_rounded_up = -(-microseconds_from_timestamp(token.expire_time) // 1_000)
    return model.TokenId(token.jti, milliseconds_rounded_up)


def token_claims_from_proto(token: TokenClaims) -> model.TokenClaims:
    return model.TokenClaims(token.jti, token.user_id, token.device_id, token.issued_at.seconds)


def token_verdict_to_proto(verdict: model.TokenCheckResult) -> TokenVerdict:
    return TokenVerdict(
        valid=verdict.valid,
        refusal=_REFUSALS[verdict.refusal],
        tokens_valid_from=seconds_to_timestamp(verdict.tokens_valid_from),
        status=item_status(verdict.error) if verdict.error else None,
    )


def _replay_to_proto(replayed: model.SessionReplayed) -> SessionReplay:
    return SessionReplay(handle=replayed.handle, user_id=replayed.user_id, revoked=replayed.revoked)


def is_page_row(row: str) -> bool:
    """Return True if `row` can come from a page token of ListSessions."""
    expires_at, _, handle = row.partition(":")
    return expires_at.isascii() and expires_at.isdecimal() and bool(handle)


def parse_page_row(row: str) -> tuple[str, int]:
    """Return the handle of the row after which a page begins, and when its session ends."""
    expires_at, _, handle = row.partition(":")
    return handle, int(expires_at or 0)
