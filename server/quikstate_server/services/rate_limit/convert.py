"""Conversion of rate limit messages into the model and back."""

from __future__ import annotations

from functools import lru_cache

from quikstate.v1.rate_limit_pb2 import (
    RATE_LIMIT_ALGORITHM_UNSPECIFIED,
    RATE_LIMIT_MODE_INDEPENDENT,
    RATE_LIMIT_ON_FAILURE_ALLOW,
    RATE_LIMIT_ON_FAILURE_DENY,
    RATE_LIMIT_ON_FAILURE_UNSPECIFIED,
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    RateLimit,
    RateLimitAlgorithm,
    RateLimitHit,
    RateLimitPolicy,
    RateLimitResult,
    ResetRateLimitRequest,
)
from quikstate_server import keys
from quikstate_server.error_status import item_status
from quikstate_server.errors import PolicyNotFound
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.rate_limit.model import (
    Algorithm,
    CheckResult,
    Hit,
    HitResult,
    Limit,
    OnFailure,
    RateLimitCheck,
    RateLimitRule,
)
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.services.common.protobuf_time import (
    fill_duration,
    microseconds_from_duration,
    microseconds_to_duration,
)
from quikstate_server.services.rate_limit.headers import rate_limit_headers

_ALGORITHM_VALUES = {
    algorithm: RateLimitAlgorithm.Value(f"RATE_LIMIT_ALGORITHM_{algorithm.name}") for algorithm in Algorithm
}
_ALGORITHMS = {value: algorithm for algorithm, value in _ALGORITHM_VALUES.items()} | {
    RATE_LIMIT_ALGORITHM_UNSPECIFIED: Algorithm.TOKEN_BUCKET
}
_ON_FAILURE_VALUES = {
    None: RATE_LIMIT_ON_FAILURE_UNSPECIFIED,
    OnFailure.ALLOW: RATE_LIMIT_ON_FAILURE_ALLOW,
    OnFailure.DENY: RATE_LIMIT_ON_FAILURE_DENY,
}


def limit_from_proto(message: RateLimit) -> Limit:
    """Return the limit of a message, which may be invalid."""
    burst = message.burst if message.HasField("burst") else None
    return Limit(
        _ALGORITHMS[message.algorithm],
        message.limit,
        microseconds_from_duration(message.window) // 1_000,
        burst,
    )


@lru_cache(maxsize=4_096)
def _inline_rule(serialized: bytes) -> RateLimitRule:
    """Return the rule of an inline limit; it is cached since callers send the same few limits."""
    return RateLimitRule(limit_from_proto(RateLimit.FromString(serialized)))


def rule_from_proto(message: RateLimitHit | ResetRateLimitRequest, policies: Policies) -> RateLimitRule:
    """Return the rule that a message names; raise PolicyNotFound if its policy does not exist."""
    policy = message.policy
    return policies.rule(policy) if policy else _inline_rule(message.limit.SerializeToString())


def name_from_proto(message: RateLimitHit | ResetRateLimitRequest) -> str:
    """Return whose limit a message names."""
    key = message.key
    return keys.rate(key) if key else keys.rate_of_parts(message.parts.parts)


def check_from_proto(
    request: CheckRateLimitRequest, keyspace: Keyspace, policies: Policies
) -> RateLimitCheck:
    """Return the check that a request asks for."""
    return RateLimitCheck(
        keyspace,
        [_hit_from_proto(hit, policies) for hit in request.hits],
        request.mode != RATE_LIMIT_MODE_INDEPENDENT,
        request.dry_run,
        request.request_id,
    )


def _hit_from_proto(hit: RateLimitHit, policies: Policies) -> Hit | PolicyNotFound:
    try:
        rule = rule_from_proto(hit, policies)
    except PolicyNotFound as error:
        return error
    return Hit(name_from_proto(hit), rule, hit.cost if hit.HasField("cost") else 1)


def check_result_to_proto(result: CheckResult, *, include_headers: bool) -> CheckRateLimitResponse:
    """Return the response to a check."""
    response = CheckRateLimitResponse(allowed=result.allowed)
    add = response.results.add
    for outcome in result.outcomes:
        if isinstance(outcome, HitResult):
            _fill_result(add(), outcome)
        else:
            add(status=item_status(outcome))
    if include_headers:
        for name, value in rate_limit_headers(result.outcomes):
            response.headers.add(name=name, value=value)
    return response


def _fill_result(message: RateLimitResult, result: HitResult) -> None:
    """Fill in a result; fields known to be at their default are left alone, since setting them takes time."""
    rule, allowed = result.rule, result.allowed
    message.limit = rule.limit.capacity
    message.allowed = allowed
    message.remaining = result.remaining
    fill_duration(message.reset_after, result.full_after)
    if rule.policy:
        message.policy = rule.policy
    if result.degraded:
        message.degraded = True
    if result.shadow_denied:
        message.shadow_denied = True
    if allowed and not result.shadow_denied:
        return
    if result.retry_after is not None:
        fill_duration(message.retry_after, result.retry_after)
    message.cost_exceeds_limit = result.cost_exceeds_limit


def policy_to_proto(rule: RateLimitRule) -> RateLimitPolicy:
    """Return a policy with its limit."""
    limit = rule.limit
    return RateLimitPolicy(
        name=rule.policy,
        limit=RateLimit(
            algorithm=_ALGORITHM_VALUES[limit.algorithm],
            limit=limit.limit,
            window=microseconds_to_duration(limit.window_ms * 1_000),
            burst=limit.burst,
        ),
        on_failure=_ON_FAILURE_VALUES[rule.on_failure],
        shadow=rule.is_shadow,
    )
