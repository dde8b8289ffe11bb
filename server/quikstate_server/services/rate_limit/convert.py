"""Rate limits, from messages into the domain and back."""

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
    Check,
    Hit,
    Limit,
    OnFailure,
    Result,
    Rule,
    Verdict,
)
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.services.common.protobuf_time import (
    fill_duration,
    microseconds_from_duration,
    microseconds_to_duration,
)
from quikstate_server.services.rate_limit.headers import headers

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


def limit_of(message: RateLimit) -> Limit:
    """A limit as the request gives it, which need not be one that is allowed."""
    burst = message.burst if message.HasField("burst") else None
    return Limit(
        _ALGORITHMS[message.algorithm],
        message.limit,
        microseconds_from_duration(message.window) // 1_000,
        burst,
    )


@lru_cache(maxsize=4_096)
def _inline_rule(serialized: bytes) -> Rule:
    """Callers give the same few limits again and again."""
    return Rule(limit_of(RateLimit.FromString(serialized)))


def rule_of(message: RateLimitHit | ResetRateLimitRequest, policies: Policies) -> Rule:
    """Under which limit; PolicyNotFound if it names one that is not loaded."""
    policy = message.policy
    return policies.rule(policy) if policy else _inline_rule(message.limit.SerializeToString())


def name_of(message: RateLimitHit | ResetRateLimitRequest) -> str:
    """Whose limit."""
    key = message.key
    return keys.rate(key) if key else keys.rate_of_parts(message.parts.parts)


def check_of(request: CheckRateLimitRequest, keyspace: Keyspace, policies: Policies) -> Check:
    return Check(
        keyspace,
        [_hit_of(hit, policies) for hit in request.hits],
        request.mode != RATE_LIMIT_MODE_INDEPENDENT,
        request.dry_run,
        request.request_id,
    )


def _hit_of(hit: RateLimitHit, policies: Policies) -> Hit | PolicyNotFound:
    try:
        rule = rule_of(hit, policies)
    except PolicyNotFound as error:
        return error
    return Hit(name_of(hit), rule, hit.cost if hit.HasField("cost") else 1)


def response_of(verdict: Verdict, *, include_headers: bool) -> CheckRateLimitResponse:
    response = CheckRateLimitResponse(allowed=verdict.allowed)
    add = response.results.add
    for answer in verdict.answers:
        if isinstance(answer, Result):
            _fill(add(), answer)
        else:
            add(status=item_status(answer))
    if include_headers:
        for name, value in headers(verdict.answers):
            response.headers.add(name=name, value=value)
    return response


def _fill(message: RateLimitResult, result: Result) -> None:
    """A field at its default is left alone where that is known, since setting it costs as much as another."""
    rule, allowed = result.rule, result.allowed
    message.limit = rule.limit.capacity
    message.allowed = allowed
    message.remaining = result.remaining
    fill_duration(message.reset_after, result.full_after)
    if rule.policy:
        message.policy = rule.policy
    if result.degraded:
        message.degraded = True
    if allowed:
        return
    if result.retry_after is not None:
        fill_duration(message.retry_after, result.retry_after)
    message.cost_exceeds_limit = result.cost_exceeds_limit


def policy_of(rule: Rule) -> RateLimitPolicy:
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
    )
