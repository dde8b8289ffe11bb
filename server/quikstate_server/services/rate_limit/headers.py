"""HTTP response headers that tell clients of rate limits.

RateLimit-Policy and RateLimit follow draft-ietf-httpapi-ratelimit-headers-11. X-RateLimit-* has no standard;
its times are seconds from now, as Envoy sends them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quikstate_server.primitives.rate_limit.model import Algorithm, HitOutcome, HitResult

_SECOND = 1_000_000
_MILLISECOND = 1_000
_MAX_INTEGER = 10**15 - 1
"""The largest integer of a structured field (RFC 9651)."""


def rate_limit_headers(outcomes: Sequence[HitOutcome]) -> Iterator[tuple[str, str]]:
    """Yield names and values; none if Redis decided on no hit."""
    decided = [outcome for outcome in outcomes if isinstance(outcome, HitResult) and _is_told(outcome)]
    if not decided:
        return
    tightest = min(decided, key=_slack)
    yield "RateLimit-Policy", ", ".join(dict.fromkeys(map(_policy, decided)))
    yield "RateLimit", ", ".join(_state(result) for result in _tightest_by_name(decided))
    yield "X-RateLimit-Limit", str(tightest.rule.limit.capacity)
    yield "X-RateLimit-Remaining", str(tightest.remaining)
    yield "X-RateLimit-Reset", str(_reset(tightest))
    denied = [result for result in decided if not result.allowed]
    if denied and not any(result.cost_exceeds_limit for result in denied):  # which pass at no time
        yield "Retry-After", str(max(map(_reset, denied)))


def _is_told(result: HitResult) -> bool:
    """Return False if Redis did not decide, or the decision does not count."""
    return not (result.degraded or result.rule.is_shadow)


def _slack(result: HitResult) -> tuple[bool, int, int]:
    """Return what orders results from the tightest limit to the loosest."""
    return result.allowed, result.remaining, -_reset(result)


def _tightest_by_name(results: Sequence[HitResult]) -> Iterator[HitResult]:
    for name in dict.fromkeys(map(_name, results)):
        yield min((result for result in results if _name(result) == name), key=_slack)


def _name(result: HitResult) -> str:
    """Return the policy, or a description of an inline limit; its slash is in no policy's name."""
    limit = result.rule.limit
    seconds, milliseconds = divmod(limit.window_ms, 1_000)
    window = f"{limit.window_ms}ms" if milliseconds else f"{seconds}s"
    burst = "" if limit.burst in {None, limit.limit} else f" burst {limit.burst}"
    kind = "" if limit.algorithm is Algorithm.TOKEN_BUCKET else f" {limit.algorithm.value}"
    return result.rule.policy or f"{limit.limit}/{window}{burst}{kind}"


def _policy(result: HitResult) -> str:
    """Return the quota, which remains when the limit is full, and the window in which that comes back."""
    limit = result.rule.limit
    window = -(-limit.window_ms * limit.capacity // limit.limit)
    return (
        f'"{_name(result)}";q={limit.capacity};w={min(_whole_seconds(window * _MILLISECOND), _MAX_INTEGER)}'
    )


def _state(result: HitResult) -> str:
    """Return what remains, and the seconds until there is more."""
    return f'"{_name(result)}";r={result.remaining};t={_reset(result)}'


def _reset(result: HitResult) -> int:
    """Return the seconds until the limit is full; for a denied hit until it passes, as Retry-After says."""
    wait = result.full_after if result.retry_after is None else result.retry_after
    limit = result.rule.limit
    window = limit.window_ms * 1_000
    if limit.algorithm is Algorithm.FIXED_WINDOW and window < wait <= window + _MILLISECOND:
        wait = window  # Redis ends it up to a millisecond late, which must not become a second
    return _whole_seconds(wait)


def _whole_seconds(microseconds: int) -> int:
    """Round up, so that no client retries too early."""
    return -(-microseconds // _SECOND)
