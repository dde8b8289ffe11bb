"""The servicer of quikstate.v1.SessionService."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing

from google.protobuf.duration_pb2 import Duration

from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate.v1.session_pb2 import (
    CheckTokensRequest,
    CheckTokensResponse,
    CreateSessionRequest,
    CreateSessionResponse,
    GetSessionRequest,
    GetSessionResponse,
    ListSessionsRequest,
    ListSessionsResponse,
    RevokeSessionsRequest,
    RevokeSessionsResponse,
    RevokeTokensRequest,
    RevokeTokensResponse,
    RotateSessionRequest,
    RotateSessionResponse,
    UpdateSessionRequest,
    UpdateSessionResponse,
    WatchSessionsRequest,
    WatchSessionsResponse,
)
from quikstate_server.error_status import item_status
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import RevocationResult
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.primitives.session.watch import SessionMailbox
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token, page_size
from quikstate_server.services.common.protobuf_time import (
    microseconds_from_timestamp,
    seconds_from_duration,
    seconds_to_timestamp,
)
from quikstate_server.services.common.watch_responses import watch_responses
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.session.convert import (
    create_result_to_proto,
    get_result_to_proto,
    is_page_row,
    new_session_from_proto,
    parse_page_row,
    revocation_to_proto,
    rotate_result_to_proto,
    session_event_to_proto,
    session_summary_to_proto,
    token_claims_from_proto,
    token_id_from_proto,
    token_verdict_to_proto,
    update_result_to_proto,
)
from quikstate_server.services.session.metrics import SessionMetrics

_DEFAULT_GRACE = Duration(seconds=30)


class SessionServicer:
    """Serves sessions and tokens."""

    def __init__(self, sessions: Sessions, tokens: Tokens, context: ServiceContext) -> None:
        self._sessions = sessions
        self._tokens = tokens
        self._limits = context.limits
        self._streams = context.streams
        self._keyspaces = context.keyspaces
        self._metrics = SessionMetrics(context.metrics)

    async def create_session(self, request: CreateSessionRequest) -> CreateSessionResponse:
        new = new_session_from_proto(request, self._keyspaces.of_caller())
        result = await self._sessions.create(new)
        self._metrics.count("create", result)
        return create_result_to_proto(result)

    async def get_session(self, request: GetSessionRequest) -> GetSessionResponse:
        result = await self._sessions.get(
            self._keyspaces.of_caller(),
            request.session_id,
            touch=request.touch,
            revoke_on_replay=request.revoke_on_replay,
        )
        self._metrics.count("get", result)
        return get_result_to_proto(result)

    async def update_session(self, request: UpdateSessionRequest) -> UpdateSessionResponse:
        expected = request.expected_version if request.HasField("expected_version") else None
        result = await self._sessions.update(
            self._keyspaces.of_caller(),
            request.session_id,
            request.set,
            request.unset,
            expected,
            request.min_replicas,
        )
        self._metrics.count("update", result)
        return update_result_to_proto(result)

    async def rotate_session(self, request: RotateSessionRequest) -> RotateSessionResponse:
        grace = seconds_from_duration(request.grace if request.HasField("grace") else _DEFAULT_GRACE)
        result = await self._sessions.rotate(
            self._keyspaces.of_caller(),
            request.session_id,
            grace,
            revoke_on_replay=request.revoke_on_replay,
            min_replicas=request.min_replicas,
        )
        self._metrics.count("rotate", result)
        return rotate_result_to_proto(result)

    async def revoke_sessions(self, request: RevokeSessionsRequest) -> RevokeSessionsResponse:
        result = await self._revoke(request, self._keyspaces.of_caller())
        self._metrics.count_revoked(len(result.handles))
        return revocation_to_proto(result)

    async def _revoke(self, request: RevokeSessionsRequest, keyspace: Keyspace) -> RevocationResult:
        sessions, min_replicas = self._sessions, request.min_replicas
        match request.WhichOneof("which"):
            case "sessions":
                return await sessions.revoke_ids(keyspace, request.sessions.session_ids, min_replicas)
            case "handles":
                handles = request.handles
                return await sessions.revoke_handles(keyspace, handles.user_id, handles.handles, min_replicas)
            case "device":
                device = request.device
                return await sessions.revoke_device(keyspace, device.user_id, device.device_id, min_replicas)
            case "all_but_one":
                all_but_one = request.all_but_one
                return await sessions.revoke_user(
                    keyspace,
                    all_but_one.user_id,
                    keep_handle=all_but_one.keep_handle,
                    keep_id=all_but_one.keep_session_id,
                    min_replicas=min_replicas,
                )
        return await sessions.revoke_user(keyspace, request.user_id, min_replicas=min_replicas)

    async def list_sessions(self, request: ListSessionsRequest) -> ListSessionsResponse:
        after, after_expires_at = parse_page_row(decode_page_token(request.page_token, is_page_row))
        size = page_size(request.page_size, self._limits.max_page_size)
        sessions, last = await self._sessions.list(
            self._keyspaces.of_caller(), request.user_id, after, after_expires_at, size
        )
        return ListSessionsResponse(
            sessions=map(session_summary_to_proto, sessions), next_page_token=encode_page_token(last)
        )

    async def watch_sessions(
        self, request: WatchSessionsRequest
    ) -> AsyncGenerator[WatchSessionsResponse, None]:
        keyspace = self._keyspaces.of_caller()
        mailbox: SessionMailbox = self._streams.mailbox(Overflow.CONFLATE)
        async with AsyncExitStack() as watching:
            for user_id in request.user_ids:
                snapshot = self._sessions.watch(keyspace, user_id, mailbox)
                yield session_event_to_proto(await watching.enter_async_context(snapshot))
            del request
            events = watch_responses(
                self._streams.follow(mailbox), WatchSessionsResponse, session_event_to_proto
            )
            async with aclosing(events):
                async for event in events:
                    yield event
                    del event

    async def revoke_tokens(self, request: RevokeTokensRequest) -> RevokeTokensResponse:
        keyspace, min_replicas = self._keyspaces.of_caller(), request.min_replicas
        if request.HasField("tokens"):
            tokens = [token_id_from_proto(token) for token in request.tokens.tokens]
            errors, replicas = await self._tokens.revoke(keyspace, tokens, min_replicas)
            statuses = [item_status(error) if error else ItemStatus() for error in errors]
            return RevokeTokensResponse(statuses=statuses, replicas_acked=replicas)
        user, issued_before = request.user, None
        if user.HasField("issued_before"):
            issued_before = microseconds_from_timestamp(user.issued_before)
        result = await self._tokens.revoke_user(keyspace, user.user_id, issued_before, min_replicas)
        return RevokeTokensResponse(
            tokens_valid_from=seconds_to_timestamp(result.tokens_valid_from), replicas_acked=result.replicas
        )

    async def check_tokens(self, request: CheckTokensRequest) -> CheckTokensResponse:
        claims = [token_claims_from_proto(token) for token in request.tokens]
        verdicts = await self._tokens.check(self._keyspaces.of_caller(), claims)
        return CheckTokensResponse(verdicts=[token_verdict_to_proto(verdict) for verdict in verdicts])
