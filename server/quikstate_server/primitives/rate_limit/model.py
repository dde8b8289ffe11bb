"""Rate limits, the hits that are checked against them, and the results of a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from quikstate_server.errors import PolicyNotFound, QuikstateError
from quikstate_server.keys import Keyspace


class Algorithm(Enum):
    """The way a limit counts; protos/quikstate/v1/rate_limit.proto says what each promises."""

    TOKEN_BUCKET = "token_bucket"  # noqa: S105 - the bucket's tokens are no secrets
    FIXED_WINDOW = "fixed_window"
    SLIDING_WINDOW_LOG = "sliding_window_log"
    SLIDING_WINDOW_COUNTER = "sliding_window_counter"


class OnFailure(Enum):
    """The result of a hit while Redis is unavailable."""

    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of units in a window; `burst` may be set only for TOKEN_BUCKET."""

    algorithm: Algorithm
    limit: int
    window_ms: int
    burst: int | None = None

    @property
    def capacity(self) -> int:
        """Return the largest cost that it ever admits at once."""
        return self.limit if self.burst is None else self.burst


@dataclass(frozen=True, slots=True)
class RateLimitRule:
    """A limit, and its policy unless the limit is inline."""

    limit: Limit
    policy: str = ""
    on_failure: OnFailure | None = None
    is_shadow: bool = False
    """Count, but never deny."""
    script_args: tuple[bytes, ...] = field(init=False, repr=False, compare=False)
    """The rule as rate_limit_check.lua takes it."""
    _key_suffix: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Format once what every hit under this rule needs."""
        limit = self.limit
        algorithm = limit.algorithm.value
        suffix = f"{algorithm}:{limit.window_ms}" + (f":{self.policy}" if self.policy else "")
        is_legacy_counter = limit.algorithm is Algorithm.FIXED_WINDOW and not self.policy
        name = f"shared_{algorithm}" if is_legacy_counter else algorithm
        args = (name, limit.limit, limit.window_ms * 1_000, limit.capacity)
        object.__setattr__(self, "script_args", tuple(str(arg).encode() for arg in args))
        object.__setattr__(self, "_key_suffix", "" if is_legacy_counter else suffix)

    def key(self, keyspace: Keyspace, name: str) -> str:
        """Return the key of the state of `name`.

        An inline fixed window is the counter of the legacy key layout; all else is a sidecar of that key.
        """
        return keyspace.sidecar(name, self._key_suffix) if self._key_suffix else keyspace.key(name)


# The following are made for every call or hit; a NamedTuple takes a third of a frozen dataclass's time.
class Hit(NamedTuple):
    """One thing that a limit admits or denies."""

    name: str
    """Whose limit is charged, from `keys.rate` or `keys.rate_of_parts`."""

    rule: RateLimitRule
    cost: int = 1
    """0 only reads; a negative cost is a refund."""


class HitResult(NamedTuple):
    """The decision on one hit; times are µs from now."""

    rule: RateLimitRule
    allowed: bool
    remaining: int = 0
    full_after: int = 0
    retry_after: int | None = None
    """When it could pass; None if it did, never can, or if that is unknown."""

    cost_exceeds_limit: bool = False
    degraded: bool = False
    """Redis was unavailable, and the policy decided."""
    shadow_denied: bool = False
    """It would have been denied, but for its policy's shadow mode."""


HitOutcome = HitResult | QuikstateError
"""A decision, or the error that prevented it."""


class RateLimitCheck(NamedTuple):
    """One request."""

    keyspace: Keyspace
    hits: Sequence[Hit | PolicyNotFound]
    """The hits; an error in place of one whose policy does not exist."""

    all_or_nothing: bool = True
    """No hit is charged unless all pass."""
    dry_run: bool = False
    request_id: str = ""


class CheckResult(NamedTuple):
    """The outcome of each hit of a check, in their order."""

    outcomes: Sequence[HitOutcome]

    @property
    def allowed(self) -> bool:
        """Return True if every hit is allowed."""
        return all(isinstance(outcome, HitResult) and outcome.allowed for outcome in self.outcomes)
