"""What an HTTP response may say of rate limits.

RateLimit-Policy and RateLimit are those of draft-ietf-httpapi-ratelimit-headers-11; X-RateLimit-* has no
standard, and is in seconds from now here, as Envoy sends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quikstate_server.primitives.rate_limit.model import Algorithm, Answer, Result

_SECOND = 1_000_000
_MILLISECOND = 1_000
_LARGEST = 10**15 - 1
"""As many digits as an integer of a structured field has (RFC 9651)."""


def headers(answers: Sequence[Answer]) -> Iterator[tuple[str, str]]:
    """Names and values; none where nothing was decided by Redis."""
    decided = [answer for answer in answers if isinstance(answer, Result) and not answer.degraded]
    if not decided:
        return
    tightest = min(decided, key=_room)
    yield "RateLimit-Policy", ", ".join(dict.fromkeys(map(_policy, decided)))
    yield "RateLimit", ", ".join(_state(result) for result in _tightest_by_name(decided))
    yield "X-RateLimit-Limit", str(tightest.rule.limit.capacity)
    yield "X-RateLimit-Remaining", str(tightest.remaining)
    yield "X-RateLimit-Reset", str(_reset(tightest))
    denied = [result for result in decided if not result.allowed]
    if denied and not any(result.cost_exceeds_limit for result in denied):  # for those no time is late enough
        yield "Retry-After", str(max(map(_reset, denied)))


def _room(result: Result) -> tuple[bool, int, int]:
    """The less, the tighter."""
    return result.allowed, result.remaining, -_reset(result)


def _tightest_by_name(results: Sequence[Result]) -> Iterator[Result]:
    for name in dict.fromkeys(map(_name, results)):
        yield min((result for result in results if _name(result) == name), key=_room)


def _name(result: Result) -> str:
    """A limit without a name is called by what it is; the slash is in no policy's name."""
    limit = result.rule.limit
    seconds, milliseconds = divmod(limit.window_ms, 1_000)
    window = f"{limit.window_ms}ms" if milliseconds else f"{seconds}s"
    burst = "" if limit.burst in {None, limit.limit} else f" burst {limit.burst}"
    kind = "" if limit.algorithm is Algorithm.TOKEN_BUCKET else f" {limit.algorithm.value}"
    return result.rule.policy or f"{limit.limit}/{window}{burst}{kind}"


def _policy(result: Result) -> str:
    """The quota is what remains when the limit is full, and its window how long that takes to come back."""
    limit = result.rule.limit
    window = -(-limit.window_ms * limit.capacity // limit.limit)
    return f'"{_name(result)}";q={limit.capacity};w={min(_whole_seconds(window * _MILLISECOND), _LARGEST)}'


def _state(result: Result) -> str:
    return f'"{_name(result)}";r={result.remaining};t={_reset(result)}'


def _reset(result: Result) -> int:
    """Seconds until there is more; for a denied hit until it passes, since Retry-After is to be no sooner."""
    wait = result.full_after if result.retry_after is None else result.retry_after
    limit = result.rule.limit
    window = limit.window_ms * 1_000
    if limit.algorithm is Algorithm.FIXED_WINDOW and window < wait <= window + _MILLISECOND:
        wait = window  # it lasts up to a millisecond more: not to be a second here
    return _whole_seconds(wait)


def _whole_seconds(microseconds: int) -> int:
    """Rounded up, so that nobody comes too early."""
    return -(-microseconds // _SECOND)
