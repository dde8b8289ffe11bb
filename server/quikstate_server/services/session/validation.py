"""Validators of SessionService's requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quikstate.v1.session_pb2 import (
    CheckTokensRequest,
    CreateSessionRequest,
    GetSessionRequest,
    ListSessionsRequest,
    RevokeSessionsRequest,
    RevokeTokensRequest,
    RotateSessionRequest,
    UpdateSessionRequest,
    WatchSessionsRequest,
)
from quikstate_server.services.common.protobuf_time import seconds_or_nan
from quikstate_server.services.common.validation import (
    Violation,
    covers_proto_rules,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits


def create_session(request: CreateSessionRequest, limits: Limits) -> Iterator[Violation]:
    """Check all but the size of the session, which the primitive checks: it knows the other fields."""
    yield from text_violations("user_id", request.user_id, limits.max_id_bytes)
    for path in ("device_id", "request_id"):
        yield from optional_text_violations(path, getattr(request, path), limits.max_id_bytes)
    yield from _attribute_name_violations("attributes", request.attributes, limits)
    max_seconds = limits.max_session_lifetime_seconds
    if request.HasField("lifetime") and not 1 <= seconds_or_nan(request.lifetime) <= max_seconds:
        yield "lifetime", f"must be from 1 s to {max_seconds} s"
    if request.HasField("idle_timeout") and not 1 <= seconds_or_nan(request.idle_timeout) <= max_seconds:
        yield "idle_timeout", f"must be from 1 s to {max_seconds} s"
    if request.max_sessions > limits.max_user_sessions:
        yield "max_sessions", f"must be at most {limits.max_user_sessions}"


@covers_proto_rules
def get_session(request: GetSessionRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("session_id", request.session_id, limits.max_id_bytes)


def update_session(request: UpdateSessionRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("session_id", request.session_id, limits.max_id_bytes)
    yield from _attribute_name_violations("set", request.set, limits)
    yield from _attribute_name_violations("unset", request.unset, limits)
    if not request.set and not request.unset:
        yield "set", "set and unset must not both be empty"
    max_unset = limits.max_session_bytes // 32
    if len(request.unset) > max_unset:
        yield "unset", f"must have at most {max_unset} names"
    if any(name in request.set for name in request.unset):
        yield "unset", "must not contain a name that set contains"


def rotate_session(request: RotateSessionRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("session_id", request.session_id, limits.max_id_bytes)
    max_seconds = limits.max_rotation_grace_seconds
    if not 0 <= seconds_or_nan(request.grace) <= max_seconds:
        yield "grace", f"must be from 0 s to {max_seconds:g} s"


def revoke_sessions(request: RevokeSessionsRequest, limits: Limits) -> Iterator[Violation]:
    match request.WhichOneof("which"):
        case "sessions":
            yield from _batch_violations("sessions.session_ids", request.sessions.session_ids, limits)
        case "handles":
            yield from text_violations("handles.user_id", request.handles.user_id, limits.max_id_bytes)
            yield from _batch_violations("handles.handles", request.handles.handles, limits)
        case "user_id":
            yield from text_violations("user_id", request.user_id, limits.max_id_bytes)
        case "all_but_one":
            all_but_one = request.all_but_one
            yield from text_violations("all_but_one.user_id", all_but_one.user_id, limits.max_id_bytes)
            kept = all_but_one.keep_session_id or all_but_one.keep_handle
            path = f"all_but_one.{all_but_one.WhichOneof('keep') or 'keep'}"
            yield from text_violations(path, kept, limits.max_id_bytes)
        case "device":
            yield from text_violations("device.user_id", request.device.user_id, limits.max_id_bytes)
            yield from text_violations("device.device_id", request.device.device_id, limits.max_id_bytes)


def list_sessions(request: ListSessionsRequest, limits: Limits) -> Iterator[Violation]:
    """Accept any page_size: the servicer lowers one above the limit to the limit."""
    yield from text_violations("user_id", request.user_id, limits.max_id_bytes)
    yield from optional_text_violations("page_token", request.page_token, 2 * limits.max_id_bytes)


def watch_sessions(request: WatchSessionsRequest, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(request.user_ids) <= limits.max_watched_users:
        yield "user_ids", f"must have 1 to {limits.max_watched_users} users"
    for index, user_id in enumerate(request.user_ids):
        yield from text_violations(f"user_ids[{index}]", user_id, limits.max_id_bytes)


def revoke_tokens(request: RevokeTokensRequest, limits: Limits) -> Iterator[Violation]:
    if request.HasField("user"):
        yield from text_violations("user.user_id", request.user.user_id, limits.max_id_bytes)
    elif request.HasField("tokens"):
        tokens = request.tokens.tokens
        if not 1 <= len(tokens) <= limits.max_token_batch:
            yield "tokens.tokens", f"must have 1 to {limits.max_token_batch} tokens"
        for index, token in enumerate(tokens):
            yield from text_violations(f"tokens.tokens[{index}].jti", token.jti, limits.max_id_bytes)


def check_tokens(request: CheckTokensRequest, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(request.tokens) <= limits.max_token_batch:
        yield "tokens", f"must have 1 to {limits.max_token_batch} tokens"
    for index, token in enumerate(request.tokens):
        path = f"tokens[{index}]"
        for name in ("jti", "user_id", "device_id"):
            yield from optional_text_violations(f"{path}.{name}", getattr(token, name), limits.max_id_bytes)
        if not token.jti and not token.user_id:
            yield f"{path}.jti", "is required when user_id is empty"
        if token.user_id and not token.HasField("issued_at"):
            yield f"{path}.issued_at", "is required when user_id is set"


def _batch_violations(path: str, texts: Sequence[str], limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(texts) <= limits.max_session_batch:
        yield path, f"must have 1 to {limits.max_session_batch} items"
    for index, text in enumerate(texts):
        yield from text_violations(f"{path}[{index}]", text, limits.max_id_bytes)


def _attribute_name_violations(path: str, names: Iterable[str], limits: Limits) -> Iterator[Violation]:
    for name in names:
        for _, rule in text_violations(path, name, limits.max_id_bytes):
            yield path, f"each name {rule}"
