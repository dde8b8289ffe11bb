"""quikstate.v1.RateLimitService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable

from google.protobuf.message import Message

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    ListRateLimitPoliciesRequest,
    ListRateLimitPoliciesResponse,
    ResetRateLimitRequest,
    ResetRateLimitResponse,
    StreamRateLimitRequest,
    StreamRateLimitResponse,
)
from quikstate_server.drain import Drain
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.services.common.concurrently import Concurrently
from quikstate_server.services.common.convert import page_token, row_before_page, timestamp
from quikstate_server.services.common.keyspaces import Keyspaces
from quikstate_server.services.rate_limit.convert import (
    ToStatus,
    check_of,
    name_of,
    policy_of,
    response_of,
    rule_of,
)
from quikstate_server.settings import Limits


class RateLimitServicer:
    """`validate` raises InvalidRequest for an item of a stream, which the interceptors leave to us, and
    `to_status` words an error of one item."""

    def __init__(
        self,
        limiter: RateLimiter,
        policies: Policies,
        limits: Limits,
        drain: Drain,
        validate: Callable[[Message], None],
        to_status: ToStatus,
        *,
        key_prefix: str = "",
    ) -> None:
        self._limiter = limiter
        self._policies = policies
        self._limits = limits
        self._drain = drain
        self._validate = validate
        self._to_status = to_status
        self._keyspaces = Keyspaces(key_prefix)

    async def check_rate_limit(self, request: CheckRateLimitRequest) -> CheckRateLimitResponse:
        keyspace = self._keyspaces.of(request.group)
        verdict = await self._limiter.check(check_of(request, keyspace, self._policies))
        return response_of(verdict, self._to_status, include_headers=request.include_headers)

    def stream_rate_limit(
        self, requests: AsyncIterator[StreamRateLimitRequest]
    ) -> AsyncGenerator[StreamRateLimitResponse, None]:
        most = self._limits.max_items_in_flight
        return Concurrently(requests, self._answer, most, self._drain).answers()

    async def _answer(self, request: StreamRateLimitRequest) -> StreamRateLimitResponse:
        """One item: what is wrong with it is its answer, and the stream goes on."""
        try:
            self._validate(request)
            outcome = await self.check_rate_limit(request.check)
        except QuikstateError as error:
            status = self._to_status(error)
            return StreamRateLimitResponse(correlation_id=request.correlation_id, status=status)
        return StreamRateLimitResponse(correlation_id=request.correlation_id, check=outcome)

    async def reset_rate_limit(self, request: ResetRateLimitRequest) -> ResetRateLimitResponse:
        keyspace = self._keyspaces.of(request.group)
        existed = await self._limiter.reset(keyspace, name_of(request), rule_of(request, self._policies))
        return ResetRateLimitResponse(existed=existed)

    async def list_rate_limit_policies(
        self, request: ListRateLimitPoliciesRequest
    ) -> ListRateLimitPoliciesResponse:
        size = min(request.page_size or self._limits.max_page_size, self._limits.max_page_size)
        rules = self._policies.page(row_before_page(request.page_token), size + 1)
        page, more = rules[:size], len(rules) > size
        loaded_at = self._policies.loaded_at
        return ListRateLimitPoliciesResponse(
            policies=map(policy_of, page),
            next_page_token=page_token(page[-1].policy) if more else "",
            load_time=timestamp(loaded_at) if loaded_at else None,
            load_error=self._policies.load_error,
        )
