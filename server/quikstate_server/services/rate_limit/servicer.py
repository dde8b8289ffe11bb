"""The methods of quikstate.v1.RateLimitService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

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
from quikstate_server import call_context
from quikstate_server.error_status import item_status
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.primitives.rate_limit.shadow import check_beside_shadow
from quikstate_server.services.common.concurrent_responses import ConcurrentResponses
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token
from quikstate_server.services.common.protobuf_time import datetime_to_timestamp
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.rate_limit.convert import (
    check_from_proto,
    check_result_to_proto,
    name_from_proto,
    policy_to_proto,
    rule_from_proto,
)
from quikstate_server.services.rate_limit.metrics import RateLimitMetrics


class RateLimitServicer:
    """Serves rate limits."""

    def __init__(self, limiter: RateLimiter, policies: Policies, context: ServiceContext) -> None:
        self._limiter = limiter
        self._policies = policies
        self._limits = context.limits
        self._drain = context.drain
        self._validate = context.validate
        self._keyspaces = context.keyspaces
        self._metrics = RateLimitMetrics(context.metrics)

    async def check_rate_limit(self, request: CheckRateLimitRequest) -> CheckRateLimitResponse:
        """Charge hits, or return when they would pass."""
        keyspace = self._keyspaces.of_caller(request.group)
        check = check_from_proto(request, keyspace, self._policies)
        if self._policies.has_shadow:
            result = await check_beside_shadow(self._limiter, check)
        else:
            result = await self._limiter.check(check)
        if not request.dry_run:
            self._metrics.count(result.outcomes)
        return check_result_to_proto(result, include_headers=request.include_headers)

    def stream_rate_limit(
        self, requests: AsyncIterator[StreamRateLimitRequest]
    ) -> AsyncGenerator[StreamRateLimitResponse, None]:
        """Check each request on the stream; responses may come in another order."""
        offer_encoded = call_context.current().offer

        def offer(response: StreamRateLimitResponse) -> bool:
            return offer_encoded is not None and offer_encoded(response.SerializeToString())

        max_concurrent = self._limits.max_items_in_flight
        return ConcurrentResponses(
            requests, self._check_item, max_concurrent, self._drain, offer if offer_encoded else None
        ).responses()

    async def _check_item(self, request: StreamRateLimitRequest) -> StreamRateLimitResponse:
        """Return the response to one request; an error is its status, and the stream goes on."""
        try:
            self._validate(request)
            response = await self.check_rate_limit(request.check)
        except QuikstateError as error:
            status = item_status(error)
            return StreamRateLimitResponse(correlation_id=request.correlation_id, status=status)
        return StreamRateLimitResponse(correlation_id=request.correlation_id, check=response)

    async def reset_rate_limit(self, request: ResetRateLimitRequest) -> ResetRateLimitResponse:
        """Forget what was charged to one key under one limit."""
        keyspace = self._keyspaces.of_caller(request.group)
        existed = await self._limiter.reset(
            keyspace, name_from_proto(request), rule_from_proto(request, self._policies)
        )
        return ResetRateLimitResponse(existed=existed)

    async def list_rate_limit_policies(
        self, request: ListRateLimitPoliciesRequest
    ) -> ListRateLimitPoliciesResponse:
        """List the policies in force, by name."""
        size = min(request.page_size or self._limits.max_page_size, self._limits.max_page_size)
        rules = self._policies.page(decode_page_token(request.page_token), size + 1)
        page, has_more = rules[:size], len(rules) > size
        return ListRateLimitPoliciesResponse(
            policies=map(policy_to_proto, page),
            next_page_token=encode_page_token(page[-1].policy) if has_more else "",
            load_time=datetime_to_timestamp(self._policies.loaded_at),
            load_error=self._policies.load_error,
        )
