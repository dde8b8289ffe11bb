"""The command `quikstate limit policies`."""

from __future__ import annotations

from collections.abc import Iterator

import grpc

from quikstate.v1.rate_limit_pb2 import (
    ListRateLimitPoliciesRequest,
    RateLimitAlgorithm,
    RateLimitOnFailure,
    RateLimitPolicy,
)
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate_server.cli.common.channel import as_json, connected
from quikstate_server.cli.common.output import complain, say_json, say_table
from quikstate_server.cli.common.pages import read_pages
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_from_duration


def list_all(server: ServerTarget, *, json: bool) -> None:
    """Print all policies; say if the newest version of their file is not in force."""
    with connected(server) as channel:
        policies = list(_pages(channel))
    if json:
        say_json([as_json(policy) for policy in policies])
    else:
        say_table(("policy", "limit", "burst", "algorithm", "without redis", "mode"), map(_row, policies))


def _pages(channel: grpc.Channel) -> Iterator[RateLimitPolicy]:
    pages = read_pages(RateLimitServiceStub(channel).ListRateLimitPolicies, ListRateLimitPoliciesRequest())
    for number, page in enumerate(pages):
        if page.load_error and not number:
            complain(f"the policy file is invalid, an older version is in force: {page.load_error}")
        yield from page.policies


def _row(policy: RateLimitPolicy) -> tuple[str, ...]:
    limit = policy.limit
    algorithm = RateLimitAlgorithm.Name(limit.algorithm).removeprefix("RATE_LIMIT_ALGORITHM_").lower()
    on_failure = RateLimitOnFailure.Name(policy.on_failure).removeprefix("RATE_LIMIT_ON_FAILURE_").lower()
    return (
        policy.name,
        f"{limit.limit}/{seconds_from_duration(limit.window):g}s",
        str(limit.burst) if limit.HasField("burst") else "-",
        algorithm,
        "fails" if on_failure == "unspecified" else on_failure,
        "shadow" if policy.shadow else "enforce",
    )
