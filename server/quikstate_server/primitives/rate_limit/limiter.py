"""The rate limiter: Redis decides on hits or, while it is unavailable, their policies do."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from operator import attrgetter
from typing import Any

from quikstate_server import call_context
from quikstate_server.errors import (
    DeadlineExceeded,
    GroupRequired,
    KeyTypeConflict,
    OutcomeUnknown,
    Overloaded,
    PolicyNotFound,
    QuikstateError,
    RedisOutOfMemory,
    RedisUnavailable,
)
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.rate_limit.hit_batch import HitBatch, independent_hits, summed_batch
from quikstate_server.primitives.rate_limit.model import (
    Algorithm,
    CheckResult,
    Hit,
    HitOutcome,
    HitResult,
    OnFailure,
    RateLimitCheck,
    RateLimitRule,
)
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.script import load_script
from quikstate_server.redis_client.slot_batches import (
    raise_first_error,
    raise_if_all_failed,
    run_slot_batches,
)

RESET = load_script(__package__, "rate_limit_reset.lua", flags="allow-oom")
_WRONG_TYPE = -2
_STATE_FORMATS = {
    Algorithm.TOKEN_BUCKET: ("string", "^%d+ %d+$"),
    Algorithm.FIXED_WINDOW: ("string", "^-?%d+$"),
    Algorithm.SLIDING_WINDOW_LOG: ("list", "^%d+$"),
    Algorithm.SLIDING_WINDOW_COUNTER: ("string", "^%d+ %d+ %d+$"),
}
"""The Redis type of a state, and its Lua pattern: anything else was written by a raw Redis client."""

_MAX_CONCURRENT_BATCHES = 100
_MAX_SHARE_OF_DEADLINE = 0.8
_TIMEOUT_WHILE_DOWN_SECONDS = 0.1
_ON_FAILURE = attrgetter("rule.on_failure")
_REDIS_UNAVAILABLE = (RedisUnavailable, OutcomeUnknown, Overloaded, DeadlineExceeded, RedisOutOfMemory)


class RateLimiter:
    """Limits that all servers share, since all state is in Redis."""

    def __init__(
        self,
        redis_client: RedisClient,
        *,
        request_memory_seconds: int = 600,
        on_failure_timeout_seconds: float = 1.0,
    ) -> None:
        """Create a limiter.

        `on_failure_timeout_seconds` is how long Redis may take where the policy of every hit has an
        on_failure.
        """
        self._redis_client = redis_client
        self._reply_ms = request_memory_seconds * 1_000
        self._on_failure_timeout_seconds = on_failure_timeout_seconds

    def check(self, check: RateLimitCheck) -> Coroutine[Any, Any, CheckResult]:
        """Decide on all hits, and charge those that pass.

        With all_or_nothing the error of one hit is raised: PolicyNotFound, GroupRequired, KeyTypeConflict, or
        why Redis is unavailable. Otherwise it is the outcome of that hit, and raised only if no hit was
        decided.
        """
        return self._check_together(check) if check.all_or_nothing else self._check_each(check)

    async def reset(self, keyspace: Keyspace, name: str, rule: RateLimitRule) -> bool:
        """Forget what was charged; return True if there was anything."""
        key = rule.key(keyspace, name)
        reply = await self._redis_client.run(
            RESET, (key,), *_STATE_FORMATS[rule.limit.algorithm], safe_to_repeat=True
        )
        if reply == _WRONG_TYPE:
            raise KeyTypeConflict(key)
        return reply == 1

    async def _check_together(self, check: RateLimitCheck) -> CheckResult:
        batch, indexes = summed_batch(check)
        if len(batch.keys) > 1 and len(self._redis_client.split_by_slot(batch.keys)) > 1:
            raise GroupRequired
        outcomes: Sequence[HitOutcome]
        try:
            outcomes = await self._run(check, batch)
        except _REDIS_UNAVAILABLE as error:
            outcomes = [_outcome_on_failure(hit, error) for hit in batch.hits]
        results = raise_first_error(outcomes)
        return CheckResult(results if len(results) == len(indexes) else [results[index] for index in indexes])

    async def _check_each(self, check: RateLimitCheck) -> CheckResult:
        """Run the hits of each slot in order; after one that fails, do not ask for that slot again."""
        hits = independent_hits(check)
        request_errors: list[QuikstateError] = []

        async def run_chunk(positions: Sequence[int]) -> Sequence[HitOutcome]:
            try:
                return await self._run(check, hits.batch(positions))
            except _REDIS_UNAVAILABLE:
                raise
            except QuikstateError as error:  # its id was used before, or its stored reply is none
                request_errors.append(error)
                raise

        decided = await run_slot_batches(
            self._redis_client.split_by_slot(hits.keys),
            run_chunk,
            max_concurrent=_MAX_CONCURRENT_BATCHES,
            in_order=True,
            skipped=RedisUnavailable("Redis was not asked: it did not answer for hits before this one"),
        )
        for error in request_errors:
            raise error
        outcomes: dict[int, HitOutcome] = {
            index: hit for index, hit in enumerate(check.hits) if isinstance(hit, PolicyNotFound)
        }
        for index, hit, outcome in zip(hits.indexes, hits.hits, decided, strict=True):
            outcomes[index] = (
                _outcome_on_failure(hit, outcome) if isinstance(outcome, _REDIS_UNAVAILABLE) else outcome
            )
        raise_if_all_failed(list(outcomes.values()))
        return CheckResult([outcomes[index] for index in range(len(check.hits))])

    def _run(self, check: RateLimitCheck, batch: HitBatch) -> Coroutine[Any, Any, list[HitOutcome]]:
        outcomes = batch.run(self._redis_client, check, self._reply_ms)
        has_on_failure = all(map(_ON_FAILURE, batch.hits))
        return self._run_with_timeout(outcomes) if has_on_failure else outcomes

    async def _run_with_timeout(self, outcomes: Coroutine[Any, Any, list[HitOutcome]]) -> list[HitOutcome]:
        try:
            async with asyncio.timeout(self._timeout()):
                return await outcomes
        except TimeoutError:
            raise OutcomeUnknown from None

    def _timeout(self) -> float:
        """Return the seconds to wait for Redis where the policies can decide without it.

        They are few while Redis is known to be down, and leave enough of the caller's deadline.
        """
        is_up = self._redis_client.is_available
        timeout = self._on_failure_timeout_seconds if is_up else _TIMEOUT_WHILE_DOWN_SECONDS
        remaining = call_context.current().remaining()
        return timeout if remaining is None else min(timeout, remaining * _MAX_SHARE_OF_DEADLINE)


def _outcome_on_failure(hit: Hit, error: QuikstateError) -> HitOutcome:
    """Return what the policy says; a cost that never fits is denied without Redis too."""
    rule = hit.rule
    if not rule.on_failure:
        return error
    exceeds = hit.cost > rule.limit.capacity
    allowed = rule.on_failure is OnFailure.ALLOW and not exceeds
    return HitResult(rule, allowed, cost_exceeds_limit=exceeds, degraded=True)
