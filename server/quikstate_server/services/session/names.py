"""The names in SessionService's requests that a policy can restrict: users.

A session id and the id of a token name no user: whoever has such a secret may use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quikstate.v1.session_pb2 import (
    CheckTokensRequest,
    CreateSessionRequest,
    ListSessionsRequest,
    RevokeSessionsRequest,
    RevokeTokensRequest,
    WatchSessionsRequest,
)
from quikstate_server.interceptors.name_authorization import no_names

get_session = update_session = rotate_session = no_names


def create_session(request: CreateSessionRequest) -> Sequence[str]:
    return [request.user_id]


def revoke_sessions(request: RevokeSessionsRequest) -> Sequence[str]:
    match request.WhichOneof("which"):
        case "handles":
            return [request.handles.user_id]
        case "user_id":
            return [request.user_id]
        case "all_but_one":
            return [request.all_but_one.user_id]
        case "device":
            return [request.device.user_id]
        case _:
            return ()


def list_sessions(request: ListSessionsRequest) -> Sequence[str]:
    return [request.user_id]


def watch_sessions(request: WatchSessionsRequest) -> Iterable[str]:
    return request.user_ids


def revoke_tokens(request: RevokeTokensRequest) -> Sequence[str]:
    return [request.user.user_id] if request.HasField("user") else ()


def check_tokens(request: CheckTokensRequest) -> Iterator[str]:
    return (token.user_id for token in request.tokens if token.user_id)
