"""RateLimitService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import rate_limit_pb2
from quikstate_server.assembly.assembly import Assembly, Common, Made
from quikstate_server.interceptors import rules_rate_limit
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.services.rate_limit import RateLimitServicer


def _make(common: Common) -> Made:
    settings, limits = common.settings, common.settings.limits
    policies = Policies(settings.policies, limits, common.topology.monitor)
    common.metrics.gauge(
        "quikstate_policies_refused",
        "1 while the newest version of the policy file is bad and an older one in force.",
        lambda: bool(policies.load_error),
    )
    servicer = RateLimitServicer(
        RateLimiter(common.topology, request_memory_seconds=limits.request_memory_seconds),
        policies,
        limits,
        common.drain,
        common.validate,
        item_status,
        key_prefix=settings.key_prefix,
    )
    return Made(servicer, [policies])


RATE_LIMIT = Assembly(
    rate_limit_pb2.DESCRIPTOR.services_by_name["RateLimitService"],
    {
        rate_limit_pb2.CheckRateLimitRequest: Rules(
            rules_rate_limit.check_rate_limit, vouches_for_shape=True
        ),
        rate_limit_pb2.StreamRateLimitRequest: Rules(
            rules_rate_limit.stream_rate_limit, vouches_for_shape=True
        ),
        rate_limit_pb2.ResetRateLimitRequest: Rules(rules_rate_limit.reset_rate_limit),
        rate_limit_pb2.ListRateLimitPoliciesRequest: Rules(rules_rate_limit.list_rate_limit_policies),
    },
    _make,
)
