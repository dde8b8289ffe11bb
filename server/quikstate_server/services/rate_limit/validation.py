"""Validation of RateLimitService's requests.

A CheckRateLimitRequest without violations also has the shape that its proto demands, so that protovalidate,
which takes 5 µs a hit, need not check it (tests/unit/test_rate_limit_validation.py).
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
from quikstate_server.primitives.rate_limit.limit_validation import limit_violations
from quikstate_server.primitives.rate_limit.model import Algorithm, Limit
from quikstate_server.services.common.validation import (
    Violation,
    covers_proto_rules,
    is_plain,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits

_MAX_PARTS = 16
_MODES = frozenset(RateLimitMode.values())
_ALGORITHMS = {
    RateLimitAlgorithm.Value(f"RATE_LIMIT_ALGORITHM_{algorithm.name}"): algorithm for algorithm in Algorithm
} | {RATE_LIMIT_ALGORITHM_UNSPECIFIED: Algorithm.TOKEN_BUCKET}


@covers_proto_rules
def check_rate_limit(request: CheckRateLimitRequest, limits: Limits) -> Iterable[Violation]:
    """Return the violations of a CheckRateLimitRequest."""
    return _check(request, limits, "")


@covers_proto_rules
def stream_rate_limit(request: StreamRateLimitRequest, limits: Limits) -> Iterable[Violation]:
    """Return the violations of a StreamRateLimitRequest."""
    if not request.HasField("check"):
        return [("check", "is required")]
    return _check(request.check, limits, "check.")


def reset_rate_limit(request: ResetRateLimitRequest, limits: Limits) -> Iterator[Violation]:
    """Yield the violations of a ResetRateLimitRequest."""
    yield from optional_text_violations("group", request.group, limits.max_id_bytes)
    yield from _name(request, limits, "")
    yield from _rule(request, limits, "")


def list_rate_limit_policies(request: ListRateLimitPoliciesRequest, limits: Limits) -> Iterator[Violation]:
    """Yield the violations of a ListRateLimitPoliciesRequest; a larger page_size counts as the largest."""
    if request.page_size < 0:
        yield "page_size", "must not be negative"
    yield from optional_text_violations("page_token", request.page_token, 4 * limits.max_id_bytes)


def _check(request: CheckRateLimitRequest, limits: Limits, path: str) -> Iterable[Violation]:
    violations: list[Violation] = []
    mode, hits, max_bytes = request.mode, request.hits, limits.max_id_bytes
    if mode not in _MODES:
        violations.append((f"{path}mode", "must be a RateLimitMode"))
    if group := request.group:
        violations += optional_text_violations(f"{path}group", group, max_bytes)
    if request_id := request.request_id:
        violations += optional_text_violations(f"{path}request_id", request_id, max_bytes)
    is_independent = mode == RATE_LIMIT_MODE_INDEPENDENT
    max_hits = limits.max_hits if is_independent else limits.max_atomic_hits
    if 1 <= len(hits) <= max_hits:
        return violations + _hits(hits, limits, f"{path}hits")
    condition = "" if is_independent else " unless mode is INDEPENDENT"
    return [*violations, (f"{path}hits", f"must have 1 to {max_hits} hits{condition}")]


def _hits(hits: Iterable[RateLimitHit], limits: Limits, path: str) -> list[Violation]:
    """Return the violations of up to a thousand hits: most pass quick checks, the others are examined."""
    violations: list[Violation] = []
    max_bytes, max_cost = limits.max_id_bytes, limits.max_limit
    bounds = limits.max_limit, limits.max_log_limit, limits.max_ttl_seconds
    shared_windows: set[int] = set()
    for index, hit in enumerate(hits):
        if not is_plain(hit.key, max_bytes):
            violations += _name(hit, limits, f"{path}[{index}].")
        policy = hit.policy
        if policy:
            window = _NOT_SHARED if is_plain(policy, max_bytes) else _INVALID
        else:
            window = _shared_window_ms(hit.limit.SerializeToString(), bounds)
        if window > 0:
            shared_windows.add(window)
        elif window == _INVALID:
            violations += _rule(hit, limits, f"{path}[{index}].")
        if not -max_cost <= hit.cost <= max_cost:
            violations.append((f"{path}[{index}].cost", f"must be -{max_cost} to {max_cost}"))
    return violations if len(shared_windows) <= 1 else [*violations, *_window_conflicts(hits, path)]


_NOT_SHARED, _INVALID = -1, 0


@lru_cache(maxsize=4_096)
def _shared_window_ms(serialized: bytes, bounds: tuple[int, int, int]) -> int:
    """Return the window of a limit that counts in a shared counter, or _NOT_SHARED, or _INVALID.

    It is cached since callers send the same few limits.
    """
    max_limit, max_log_limit, max_ttl_seconds = bounds
    limits = Limits(max_limit=max_limit, max_log_limit=max_log_limit, max_ttl_seconds=max_ttl_seconds)
    limit = RateLimit.FromString(serialized)
    if any(_limit(limit, limits, "")):
        return _INVALID
    return _window_ms(limit) if limit.algorithm == RATE_LIMIT_ALGORITHM_FIXED_WINDOW else _NOT_SHARED


def _window_conflicts(hits: Iterable[RateLimitHit], path: str) -> Iterator[Violation]:
    """Yield windows of two lengths that would share one raw counter, which has one end."""
    first_by_name: dict[str, tuple[int, int]] = {}
    for index, hit in enumerate(hits):
        if hit.limit.algorithm == RATE_LIMIT_ALGORITHM_FIXED_WINDOW:
            name = keys.rate(hit.key) if hit.key else keys.rate_of_parts(hit.parts.parts)
            first_index, window = first_by_name.setdefault(name, (index, _window_ms(hit.limit)))
            if window != _window_ms(hit.limit):
                text = f"must equal the window of {path}[{first_index}], which uses the same counter"
                yield f"{path}[{index}].limit.window", text


def _name(named: RateLimitHit | ResetRateLimitRequest, limits: Limits, path: str) -> Iterator[Violation]:
    if not named.HasField("parts"):
        yield from text_violations(f"{path}key", named.key, limits.max_id_bytes)
        return
    parts = named.parts.parts
    if not 1 <= len(parts) <= _MAX_PARTS:
        yield f"{path}parts.parts", f"must have 1 to {_MAX_PARTS} parts"
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
        yield f"{path}algorithm", "must be a RateLimitAlgorithm"
        return
    if not _is_whole_milliseconds(message.window):
        yield f"{path}window", "must be whole milliseconds"
        return
    burst = message.burst if message.HasField("burst") else None
    limit = Limit(algorithm, message.limit, _window_ms(message), burst)
    for field, violation in limit_violations(limit, limits):
        yield f"{path}{field}", violation


def _window_ms(message: RateLimit) -> int:
    return message.window.seconds * 1_000 + message.window.nanos // 1_000_000


def _is_whole_milliseconds(duration: Duration) -> bool:
    return 0 <= duration.nanos < 1_000_000_000 and duration.nanos % 1_000_000 == 0
