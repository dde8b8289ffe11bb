"""RateLimitService and the parts it is built of."""

from __future__ import annotations

from quikstate.v1 import rate_limit_pb2
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.rate_limit import names, validation
from quikstate_server.services.rate_limit.servicer import RateLimitServicer


def _build(context: ServiceContext) -> BuiltService:
    limits = context.limits
    policies = context.policies
    context.metrics.gauge(
        "quikstate_policy_file_invalid",
        "1 while the newest version of the policy file is invalid and an older one in force.",
        lambda: bool(policies.load_error),
    )
    limiter = RateLimiter(context.redis_client, request_memory_seconds=limits.request_memory_seconds)
    return BuiltService(RateLimitServicer(limiter, policies, context), [policies])


RATE_LIMIT = ServiceSpec(
    rate_limit_pb2.DESCRIPTOR.services_by_name["RateLimitService"],
    validation,
    names,
    _build,
)
