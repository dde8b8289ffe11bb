"""The names in RateLimitService's requests that a policy can restrict: keys.

The parts of a key are joined by colons.
"""

from __future__ import annotations

from collections.abc import Sequence

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    RateLimitHit,
    ResetRateLimitRequest,
    StreamRateLimitRequest,
)
from quikstate_server.interceptors.name_authorization import no_names

list_rate_limit_policies = no_names
"""The policies are those of the whole server."""


def check_rate_limit(request: CheckRateLimitRequest) -> Sequence[str]:
    return [_key(hit) for hit in request.hits]


def stream_rate_limit(request: StreamRateLimitRequest) -> Sequence[str]:
    return check_rate_limit(request.check)


def reset_rate_limit(request: ResetRateLimitRequest) -> Sequence[str]:
    return [_key(request)]


def _key(named: RateLimitHit | ResetRateLimitRequest) -> str:
    return ":".join(named.parts.parts) if named.HasField("parts") else named.key
