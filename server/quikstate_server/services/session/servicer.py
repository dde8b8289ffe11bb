"""quikstate.v1.SessionService."""

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
    claims_of,
    created,
    event_of,
    got,
    is_session_row,
    new_of,
    revoked,
    rotated,
    session_row,
    summary_of,
    token_of,
    updated,
    verdict_of,
)

_GRACE = Duration(seconds=30)


class SessionServicer:
    """Serves sessions and tokens."""

    def __init__(self, sessions: Sessions, tokens: Tokens, context: ServiceContext) -> None:
        self._sessions = sessions
        self._tokens = tokens
        self._limits = context.limits
        self._streams = context.streams
        self._keyspaces = context.keyspaces

    async def create_session(self, request: CreateSessionRequest) -> CreateSessionResponse:
        return created(await self._sessions.create(new_of(request, self._keyspaces.of_caller())))

    async def get_session(self, request: GetSessionRequest) -> GetSessionResponse:
        return got(
            await self._sessions.get(
                self._keyspaces.of_caller(),
                request.session_id,
                touch=request.touch,
                revoke_on_replay=request.revoke_on_replay,
            )
        )

    async def update_session(self, request: UpdateSessionRequest) -> UpdateSessionResponse:
        expected = request.expected_version if request.HasField("expected_version") else None
        return updated(
            await self._sessions.update(
                self._keyspaces.of_caller(),
                request.session_id,
                request.set,
                request.unset,
                expected,
                request.min_replicas,
            )
        )

    async def rotate_session(self, request: RotateSessionRequest) -> RotateSessionResponse:
        grace = seconds_from_duration(request.grace if request.HasField("grace") else _GRACE)
        return rotated(
            await self._sessions.rotate(
                self._keyspaces.of_caller(),
                request.session_id,
                grace,
                revoke_on_replay=request.revoke_on_replay,
                min_replicas=request.min_replicas,
            )
        )

    async def revoke_sessions(self, request: RevokeSessionsRequest) -> RevokeSessionsResponse:
        return revoked(await self._revoke(request, self._keyspaces.of_caller()))

    async def _revoke(self, request: RevokeSessionsRequest, keyspace: Keyspace) -> RevocationResult:
        sessions, acks = self._sessions, request.min_replicas
        match request.WhichOneof("which"):
            case "sessions":
                return await sessions.revoke_ids(keyspace, request.sessions.session_ids, acks)
            case "handles":
                which = request.handles
                return await sessions.revoke_handles(keyspace, which.user_id, which.handles, acks)
            case "device":
                device = request.device
                return await sessions.revoke_device(keyspace, device.user_id, device.device_id, acks)
            case "all_but_one":
                but = request.all_but_one
                return await sessions.revoke_user(
                    keyspace,
                    but.user_id,
                    keep_handle=but.keep_handle,
                    keep_id=but.keep_session_id,
                    min_replicas=acks,
                )
        return await sessions.revoke_user(keyspace, request.user_id, min_replicas=acks)

    async def list_sessions(self, request: ListSessionsRequest) -> ListSessionsResponse:
        after, ended = session_row(decode_page_token(request.page_token, is_session_row))
        size = page_size(request.page_size, self._limits.max_page_size)
        page, last = await self._sessions.list(
            self._keyspaces.of_caller(), request.user_id, after, ended, size
        )
        return ListSessionsResponse(sessions=map(summary_of, page), next_page_token=encode_page_token(last))

    async def watch_sessions(
        self, request: WatchSessionsRequest
    ) -> AsyncGenerator[WatchSessionsResponse, None]:
        keyspace = self._keyspaces.of_caller()
        mailbox: SessionMailbox = self._streams.mailbox(Overflow.CONFLATE)
        async with AsyncExitStack() as watching:
            for user_id in request.user_ids:
                snapshot = self._sessions.watch(keyspace, user_id, mailbox)
                yield event_of(await watching.enter_async_context(snapshot))
            del request
            events = watch_responses(self._streams.follow(mailbox), WatchSessionsResponse, event_of)
            async with aclosing(events):
                async for event in events:
                    yield event
                    del event

    async def revoke_tokens(self, request: RevokeTokensRequest) -> RevokeTokensResponse:
        keyspace, acks = self._keyspaces.of_caller(), request.min_replicas
        if request.HasField("tokens"):
            tokens = [token_of(token) for token in request.tokens.tokens]
            errors, replicas = await self._tokens.revoke(keyspace, tokens, acks)
            statuses = [item_status(error) if error else ItemStatus() for error in errors]
            return RevokeTokensResponse(statuses=statuses, replicas_acked=replicas)
        user = request.user
        before = microseconds_from_timestamp(user.issued_before) if user.HasField("issued_before") else None
        outcome = await self._tokens.revoke_user(keyspace, user.user_id, before, acks)
        return RevokeTokensResponse(
            tokens_valid_from=seconds_to_timestamp(outcome.tokens_valid_from), replicas_acked=outcome.replicas
        )

    async def check_tokens(self, request: CheckTokensRequest) -> CheckTokensResponse:
        claims = [claims_of(token) for token in request.tokens]
        verdicts = await self._tokens.check(self._keyspaces.of_caller(), claims)
        return CheckTokensResponse(verdicts=[verdict_of(verdict) for verdict in verdicts])
