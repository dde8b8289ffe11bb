"""The commands `quikstate limit check`, `peek` and `reset`."""

from __future__ import annotations

import re
from dataclasses import dataclass

import typer

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    RateLimit,
    RateLimitAlgorithm,
    RateLimitHit,
    RateLimitResult,
    ResetRateLimitRequest,
)
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.options import seconds
from quikstate_server.cli.common.output import say, say_json
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_from_duration, seconds_to_duration

_LIMIT = re.compile(r"(\d+)/(.+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """What the flags say: a limit of the caller's, or a policy."""

    limit: str
    policy: str
    algorithm: str

    def hit(self, key: str, cost: int) -> RateLimitHit:
        """Return a hit under the rule; raise BadParameter if the flags make none."""
        if self.policy:
            return RateLimitHit(key=key, policy=self.policy, cost=cost)
        return RateLimitHit(key=key, limit=self._inline(), cost=cost)

    def reset_request(self, key: str) -> ResetRateLimitRequest:
        """Return the request to reset a key under the rule."""
        hit = self.hit(key, 0)
        if self.policy:
            return ResetRateLimitRequest(key=key, policy=self.policy)
        return ResetRateLimitRequest(key=key, limit=hit.limit)

    def _inline(self) -> RateLimit:
        match = _LIMIT.fullmatch(self.limit)
        if not match:
            raise typer.BadParameter("give --policy NAME, or --limit such as 5/15m: a number, and a time")
        try:
            algorithm = RateLimitAlgorithm.Value(f"RATE_LIMIT_ALGORITHM_{self.algorithm.upper()}")
        except ValueError:
            raise typer.BadParameter(f"{self.algorithm!r} is no algorithm; see --help") from None
        return RateLimit(
            algorithm=algorithm,
            limit=int(match[1]),
            window=seconds_to_duration(seconds(match[2])),
        )


def check(server: ServerTarget, key: str, rule: Rule, cost: int, *, json: bool) -> bool:
    """Charge `cost`, 0 to look only; print the result, and return True if it is allowed."""
    request = CheckRateLimitRequest(hits=[rule.hit(key, cost)])
    with connected(server) as channel:
        (result,) = RateLimitServiceStub(channel).CheckRateLimit(request, timeout=CALL_SECONDS).results
    if json:
        say_json(as_json(result))
    else:
        say(f"{key}: {_words(result, cost)}")
    return result.allowed


def reset(server: ServerTarget, key: str, rule: Rule, *, json: bool) -> bool:
    """Forget what was charged; return True if there was anything."""
    with connected(server) as channel:
        response = RateLimitServiceStub(channel).ResetRateLimit(rule.reset_request(key), timeout=CALL_SECONDS)
    if json:
        say_json(as_json(response))
    else:
        say(f"{key}: {'reset' if response.existed else 'nothing was charged'}")
    return response.existed


def _words(result: RateLimitResult, cost: int) -> str:
    left = f"{result.remaining} of {result.limit} left, all in {_time(result.reset_after)}"
    if not cost:
        return left
    if result.allowed:
        return f"allowed, {left}{', though its policy in shadow mode denies it' * result.shadow_denied}"
    if result.cost_exceeds_limit:
        return f"denied: no cost above {result.limit} can ever pass"
    return f"denied, {left}; try again in {_time(result.retry_after)}"


def _time(duration: object) -> str:
    return f"{seconds_from_duration(duration):.1f}s"  # type: ignore[arg-type] # a Duration
