"""The rules of RateLimitService's requests.

A CheckRateLimitRequest that breaks none of these has the shape that its proto demands too, so that
protovalidate, which takes 5 µs a hit, need not look at it (tests/unit/test_rate_limit_rules.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from google.protobuf.duration_pb2 import Duration

from quikstate.v1.rate_limit_pb2 import (
    RATE_LIMIT_ALGORITHM_FIXED_WINDOW,
    RATE_LIMIT_ALGORITHM_UNSPECIFIED,
    RATE_LIMIT_MODE_INDEPENDENT,
    CheckRateLimitRequest,
    ListRateLimitPoliciesRequest,
    RateLimit,
    RateLimitAlgorithm,
    RateLimitHit,
    RateLimitMode,
    ResetRateLimitRequest,
    StreamRateLimitRequest,
)
from quikstate_server import keys
from quikstate_server.primitives.rate_limit.bounds import faults_of
from quikstate_server.primitives.rate_limit.model import Algorithm, Limit
from quikstate_server.services.common.validation import (
    Violation,
    guarantees_shape,
    is_plain,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits

_MOST_PARTS = 16
_MODES = frozenset(RateLimitMode.values())
_ALGORITHMS = {
    RateLimitAlgorithm.Value(f"RATE_LIMIT_ALGORITHM_{algorithm.name}"): algorithm for algorithm in Algorithm
} | {RATE_LIMIT_ALGORITHM_UNSPECIFIED: Algorithm.TOKEN_BUCKET}


@guarantees_shape
def check_rate_limit(request: CheckRateLimitRequest, limits: Limits) -> Iterable[Violation]:
    return _check(request, limits, "")


@guarantees_shape
def stream_rate_limit(request: StreamRateLimitRequest, limits: Limits) -> Iterable[Violation]:
    if not request.HasField("check"):
        return [("check", "is required")]
    return _check(request.check, limits, "check.")


def reset_rate_limit(request: ResetRateLimitRequest, limits: Limits) -> Iterator[Violation]:
    yield from optional_text_violations("group", request.group, limits.max_id_bytes)
    yield from _name(request, limits, "")
    yield from _rule(request, limits, "")


def list_rate_limit_policies(request: ListRateLimitPoliciesRequest, limits: Limits) -> Iterator[Violation]:
    """A page_size above the most is taken for the most."""
    if request.page_size < 0:
        yield "page_size", "must not be negative"
    yield from optional_text_violations("page_token", request.page_token, 4 * limits.max_id_bytes)


def _check(request: CheckRateLimitRequest, limits: Limits, path: str) -> Iterable[Violation]:
    faults: list[Violation] = []
    mode, hits, longest = request.mode, request.hits, limits.max_id_bytes
    if mode not in _MODES:
        faults.append((f"{path}mode", "is not one of the modes"))
    if group := request.group:
        faults += optional_text_violations(f"{path}group", group, longest)
    if request_id := request.request_id:
        faults += optional_text_violations(f"{path}request_id", request_id, longest)
    independent = mode == RATE_LIMIT_MODE_INDEPENDENT
    most = limits.max_hits if independent else limits.max_atomic_hits
    if 1 <= len(hits) <= most:
        return faults + _hits(hits, limits, f"{path}hits")
    return [*faults, (f"{path}hits", f"must be 1 to {most}" + ("" if independent else " unless INDEPENDENT"))]


def _hits(hits: Iterable[RateLimitHit], limits: Limits, path: str) -> list[Violation]:
    """Up to a thousand: each is looked at closely only where a quick look leaves a doubt."""
    faults: list[Violation] = []
    longest, largest = limits.max_id_bytes, limits.max_limit
    bounds = limits.max_limit, limits.max_log_limit, limits.max_ttl_seconds
    lengths: set[int] = set()
    for index, hit in enumerate(hits):
        if not is_plain(hit.key, longest):
            faults += _name(hit, limits, f"{path}[{index}].")
        policy = hit.policy
        if policy:
            length = _NO_COUNTER if is_plain(policy, longest) else 0
        else:
            length = _length(hit.limit.SerializeToString(), bounds)
        if length > 0:
            lengths.add(length)
        elif length == 0:
            faults += _rule(hit, limits, f"{path}[{index}].")
        if not -largest <= hit.cost <= largest:
            faults.append((f"{path}[{index}].cost", f"must be -{largest} to {largest}"))
    return faults if len(lengths) <= 1 else [*faults, *_lengths(hits, path)]


_NO_COUNTER = -1


@lru_cache(maxsize=4_096)
def _length(serialized: bytes, bounds: tuple[int, int, int]) -> int:
    """The milliseconds of a fixed window, _NO_COUNTER of another limit, or 0 if anything is wrong with it.

    Callers give the same few again and again.
    """
    max_limit, max_log_limit, max_ttl_seconds = bounds
    limits = Limits(max_limit=max_limit, max_log_limit=max_log_limit, max_ttl_seconds=max_ttl_seconds)
    limit = RateLimit.FromString(serialized)
    if any(_limit(limit, limits, "")):
        return 0
    return _milliseconds(limit) if limit.algorithm == RATE_LIMIT_ALGORITHM_FIXED_WINDOW else _NO_COUNTER


def _lengths(hits: Iterable[RateLimitHit], path: str) -> Iterator[Violation]:
    """Windows of two lengths that would count in one raw counter, which has one end."""
    first: dict[str, tuple[int, int]] = {}
    for index, hit in enumerate(hits):
        if hit.limit.algorithm == RATE_LIMIT_ALGORITHM_FIXED_WINDOW:
            name = keys.rate(hit.key) if hit.key else keys.rate_of_parts(hit.parts.parts)
            other, length = first.setdefault(name, (index, _milliseconds(hit.limit)))
            if length != _milliseconds(hit.limit):
                what = f"must be that of {path}[{other}], which counts in the same counter"
                yield f"{path}[{index}].limit.window", what


def _name(named: RateLimitHit | ResetRateLimitRequest, limits: Limits, path: str) -> Iterator[Violation]:
    if not named.HasField("parts"):
        yield from text_violations(f"{path}key", named.key, limits.max_id_bytes)
        return
    parts = named.parts.parts
    if not 1 <= len(parts) <= _MOST_PARTS:
        yield f"{path}parts.parts", f"must be 1 to {_MOST_PARTS}"
        return
    for index, part in enumerate(parts):
        yield from text_violations(f"{path}parts.parts[{index}]", part, limits.max_id_bytes)
    if sum(len(part.encode()) for part in parts) > limits.max_id_bytes:
        yield f"{path}parts.parts", f"must be at most {limits.max_id_bytes} bytes together"


def _rule(named: RateLimitHit | ResetRateLimitRequest, limits: Limits, path: str) -> Iterator[Violation]:
    if named.HasField("limit"):
        yield from _limit(named.limit, limits, f"{path}limit.")
    else:
        yield from text_violations(f"{path}policy", named.policy, limits.max_id_bytes)


def _limit(message: RateLimit, limits: Limits, path: str) -> Iterator[Violation]:
    algorithm = _ALGORITHMS.get(message.algorithm)
    if algorithm is None:
        yield f"{path}algorithm", "is not one of the algorithms"
        return
    if not _is_whole_milliseconds(message.window):
        yield f"{path}window", "must be whole milliseconds"
        return
    burst = message.burst if message.HasField("burst") else None
    for field, what in faults_of(Limit(algorithm, message.limit, _milliseconds(message), burst), limits):
        yield f"{path}{field}", what


def _milliseconds(message: RateLimit) -> int:
    return message.window.seconds * 1_000 + message.window.nanos // 1_000_000


def _is_whole_milliseconds(duration: Duration) -> bool:
    return 0 <= duration.nanos < 1_000_000_000 and duration.nanos % 1_000_000 == 0
