"""RateLimitService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import rate_limit_pb2
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.rate_limit import validation
from quikstate_server.services.rate_limit.servicer import RateLimitServicer


def _make(common: ServiceContext) -> BuiltService:
    settings, limits = common.settings, common.settings.limits
    policies = Policies(settings.policies, limits, common.redis_client.monitor)
    common.metrics.gauge(
        "quikstate_policies_refused",
        "1 while the newest version of the policy file is bad and an older one in force.",
        lambda: bool(policies.load_error),
    )
    servicer = RateLimitServicer(
        RateLimiter(common.redis_client, request_memory_seconds=limits.request_memory_seconds),
        policies,
        limits,
        common.drain,
        common.validate,
        item_status,
        key_prefix=settings.key_prefix,
    )
    return BuiltService(servicer, [policies])


RATE_LIMIT = ServiceSpec(
    rate_limit_pb2.DESCRIPTOR.services_by_name["RateLimitService"],
    {
        rate_limit_pb2.CheckRateLimitRequest: Rules(validation.check_rate_limit, vouches_for_shape=True),
        rate_limit_pb2.StreamRateLimitRequest: Rules(validation.stream_rate_limit, vouches_for_shape=True),
        rate_limit_pb2.ResetRateLimitRequest: Rules(validation.reset_rate_limit),
        rate_limit_pb2.ListRateLimitPoliciesRequest: Rules(validation.list_rate_limit_policies),
    },
    _make,
)
