"""Decides on hits, by Redis or, where it cannot answer, by what their policies say."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
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
from quikstate_server.primitives.rate_limit.hit_batch import Act, each_of, sum_of
from quikstate_server.primitives.rate_limit.model import (
    Algorithm,
    Answer,
    Check,
    Hit,
    OnFailure,
    Result,
    Rule,
    Verdict,
)
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.script import load_script

RESET = load_script(__package__, "rate_limit_reset.lua", flags="allow-oom")
_FOREIGN = -2
_SHAPES = {
    Algorithm.TOKEN_BUCKET: ("string", "^%d+ %d+$"),
    Algorithm.FIXED_WINDOW: ("string", "^-?%d+$"),
    Algorithm.SLIDING_WINDOW_LOG: ("list", "^%d+$"),
    Algorithm.SLIDING_WINDOW_COUNTER: ("string", "^%d+ %d+ %d+$"),
}
"""The type of a state in Redis, and what it looks like to Lua: all else was put there by somebody else."""

_MOST_GROUPS_AT_ONCE = 100
_SHARE_OF_DEADLINE = 0.8
_PATIENCE_WHILE_AWAY = 0.1
_ON_FAILURE = attrgetter("rule.on_failure")
_REDIS_CANNOT_ANSWER = (RedisUnavailable, OutcomeUnknown, Overloaded, DeadlineExceeded, RedisOutOfMemory)


class RateLimiter:
    """Limits that all servers share, since all state is in Redis."""

    def __init__(
        self, redis_client: RedisClient, *, request_memory_seconds: int = 600, patience_seconds: float = 1.0
    ) -> None:
        """`patience_seconds`: how long Redis may take where every policy has an on_failure."""
        self._redis_client = redis_client
        self._memory_ms = request_memory_seconds * 1_000
        self._patience_seconds = patience_seconds

    def check(self, check: Check) -> Coroutine[Any, Any, Verdict]:
        """Decide on all hits, and charge what passes.

        What goes wrong with one hit of several that pass together is raised: PolicyNotFound, GroupRequired,
        KeyTypeConflict, or why Redis cannot answer. Where each is by itself it is the answer to that hit, and
        raised only if no hit was decided.
        """
        return self._together(check) if check.together else self._each(check)

    async def reset(self, keyspace: Keyspace, name: str, rule: Rule) -> bool:
        """Forget what was charged; whether there was anything."""
        key = rule.key(keyspace, name)
        existed = await self._redis_client.run(
            RESET, (key,), *_SHAPES[rule.limit.algorithm], safe_to_repeat=True
        )
        if existed == _FOREIGN:
            raise KeyTypeConflict(key)
        return existed == 1

    async def _together(self, check: Check) -> Verdict:
        act, numbers = sum_of(check)
        if len(act.keys) > 1 and len(self._redis_client.split_by_slot(act.keys)) > 1:
            raise GroupRequired
        try:
            answers = await self._ask(check, act)
        except _REDIS_CANNOT_ANSWER as fault:
            answers = [_without_redis(hit, fault) for hit in act.hits]
        for answer in answers:
            if isinstance(answer, QuikstateError):
                raise answer
        return Verdict(answers if len(answers) == len(numbers) else [answers[number] for number in numbers])

    async def _each(self, check: Check) -> Verdict:
        answers: dict[int, Answer] = {
            place: hit for place, hit in enumerate(check.hits) if isinstance(hit, PolicyNotFound)
        }
        groups = each_of(check, self._redis_client)
        for start in range(0, len(groups), _MOST_GROUPS_AT_ONCE):
            wave = groups[start : start + _MOST_GROUPS_AT_ONCE]
            for decided in await asyncio.gather(*(self._in_order(check, acts) for acts in wave)):
                answers |= decided
        errors = [answer for answer in answers.values() if isinstance(answer, QuikstateError)]
        if len(errors) == len(check.hits):
            raise errors[0]
        return Verdict([answers[place] for place in range(len(check.hits))])

    async def _in_order(self, check: Check, acts: Sequence[Act]) -> Mapping[int, Answer]:
        """Run acts one after the other. After one that Redis could not answer it is not asked again."""
        answers: dict[int, Answer] = {}
        fault: QuikstateError | None = None
        for act in acts:
            try:
                if fault:
                    raise RedisUnavailable("Redis was not asked: it did not answer for hits before this one")
                told = await self._ask(check, act)
            except _REDIS_CANNOT_ANSWER as error:
                fault = error
                told = [_without_redis(hit, error) for hit in act.hits]
            answers.update(zip(act.places, told, strict=True))
        return answers

    def _ask(self, check: Check, act: Act) -> Coroutine[Any, Any, list[Answer]]:
        answers = act.run(self._redis_client, check, self._memory_ms)
        return self._soon(answers) if all(map(_ON_FAILURE, act.hits)) else answers

    async def _soon(self, answers: Coroutine[Any, Any, list[Answer]]) -> list[Answer]:
        try:
            async with asyncio.timeout(self._patience()):
                return await answers
        except TimeoutError:
            raise OutcomeUnknown from None

    def _patience(self) -> float:
        """Seconds to wait where there is something to answer without Redis: few while it is known not to
        answer, and never so many that the answer comes too late for the caller."""
        patience = self._patience_seconds if self._redis_client.is_available else _PATIENCE_WHILE_AWAY
        remaining = call_context.current().remaining()
        return patience if remaining is None else min(patience, remaining * _SHARE_OF_DEADLINE)


def _without_redis(hit: Hit, fault: QuikstateError) -> Answer:
    """What the policy says; a cost that never fits does not pass without Redis either."""
    rule = hit.rule
    if not rule.on_failure:
        return fault
    exceeds = hit.cost > rule.limit.capacity
    allowed = rule.on_failure is OnFailure.ALLOW and not exceeds
    return Result(rule, allowed, cost_exceeds_limit=exceeds, degraded=True)
