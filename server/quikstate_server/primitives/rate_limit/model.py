"""What a rate limit is, what is asked of it, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from quikstate_server.errors import PolicyNotFound, QuikstateError
from quikstate_server.keys import Keyspace


class Algorithm(Enum):
    """How a limit counts; protos/quikstate/v1/rate_limit.proto says what each promises."""

    TOKEN_BUCKET = "token_bucket"  # noqa: S105 - the bucket's tokens are no secrets
    FIXED_WINDOW = "fixed_window"
    SLIDING_WINDOW_LOG = "sliding_window_log"
    SLIDING_WINDOW_COUNTER = "sliding_window_counter"


class OnFailure(Enum):
    """What a hit gets while Redis cannot answer."""

    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Limit:
    """So much in a window; `burst` is for TOKEN_BUCKET alone."""

    algorithm: Algorithm
    limit: int
    window_ms: int
    burst: int | None = None

    @property
    def capacity(self) -> int:
        """The most it ever admits at once."""
        return self.limit if self.burst is None else self.burst


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit, and the policy it comes from where it comes from one."""

    limit: Limit
    policy: str = ""
    on_failure: OnFailure | None = None
    arguments: tuple[bytes, ...] = field(init=False, repr=False, compare=False)
    """What rate_limit_check.lua is told of it."""
    _suffix: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Spell out once what every hit under this rule needs."""
        limit = self.limit
        algorithm = limit.algorithm.value
        suffix = f"{algorithm}:{limit.window_ms}" + (f":{self.policy}" if self.policy else "")
        is_seeds_counter = limit.algorithm is Algorithm.FIXED_WINDOW and not self.policy
        name = f"shared_{algorithm}" if is_seeds_counter else algorithm
        words = (name, limit.limit, limit.window_ms * 1_000, limit.capacity)
        object.__setattr__(self, "arguments", tuple(str(word).encode() for word in words))
        object.__setattr__(self, "_suffix", "" if is_seeds_counter else suffix)

    def key(self, keyspace: Keyspace, name: str) -> str:
        """Where the state of `name` is kept: beside the seed's key, unless it is the seed's counter."""
        return keyspace.sidecar(name, self._suffix) if self._suffix else keyspace.key(name)


# What follows is made for every call or hit, and a NamedTuple costs a third of a frozen dataclass to make.
class Hit(NamedTuple):
    """One thing that may or may not happen."""

    name: str
    """Whose limit is charged, from `keys.rate` or `keys.rate_of_parts`."""

    rule: Rule
    cost: int = 1
    """0 only looks; a negative cost gives back."""


class Result(NamedTuple):
    """The decision on one hit; instants are µs from now."""

    rule: Rule
    allowed: bool
    remaining: int = 0
    full_after: int = 0
    retry_after: int | None = None
    """When it could pass; None where it did, or never can, or nobody knows."""

    cost_exceeds_limit: bool = False
    degraded: bool = False
    """Redis could not answer, and the policy decided."""


Answer = Result | QuikstateError
"""A decision, or why there is none."""


class Check(NamedTuple):
    """One request."""

    keyspace: Keyspace
    hits: Sequence[Hit | PolicyNotFound]
    """What may happen, or why a hit names no rule."""

    together: bool = True
    """No hit is charged unless all pass."""
    dry_run: bool = False
    request_id: str = ""


class Verdict(NamedTuple):
    """The answer to a Check: one to each hit, in their order."""

    answers: Sequence[Answer]

    @property
    def allowed(self) -> bool:
        return all(isinstance(answer, Result) and answer.allowed for answer in self.answers)
