"""The YAML file of rate limit policies.

policies:
  login:
    algorithm: token_bucket    # the default; or fixed_window, sliding_window_log, sliding_window_counter
    limit: 5
    window: 60s                # a whole number of ms, s, m, h or d
    burst: 10                  # default: limit; only for a token bucket
    on_failure: allow          # or deny; default: the call fails with UNAVAILABLE
    mode: shadow               # count, report and never deny; default: enforce
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from quikstate_server.primitives.rate_limit.limit_validation import limit_violations
from quikstate_server.primitives.rate_limit.model import Algorithm, Limit, OnFailure, RateLimitRule
from quikstate_server.settings import Limits
from quikstate_server.settings.yaml_model import STRICT, InvalidFile, read_yaml

_MILLISECONDS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_DURATION = re.compile(r"([0-9]+)(ms|s|m|h|d)")


def _milliseconds(value: object) -> int:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise ValueError("must be a duration such as 500ms, 60s, 15m, 24h")
    return int(match[1]) * _MILLISECONDS[match[2]]


_DESCRIPTIONS = {
    "dict_type": "must be a mapping of names to policies",
    "literal_error": "must be one of {expected}",
    "string_pattern_mismatch": "a policy's name must be 1 to 64 of the characters A-Z a-z 0-9 _ . -",
}


class _Policy(BaseModel):
    model_config = STRICT

    algorithm: Annotated[Algorithm, Field(strict=False)] = Algorithm.TOKEN_BUCKET
    limit: int
    window: Annotated[int, BeforeValidator(_milliseconds)]
    burst: int | None = None
    on_failure: Annotated[OnFailure, Field(strict=False)] | None = None
    mode: Literal["enforce", "shadow"] = "enforce"

    def rule(self, name: str) -> RateLimitRule:
        """Return the rule of this policy."""
        return RateLimitRule(
            Limit(self.algorithm, self.limit, self.window, self.burst),
            name,
            self.on_failure,
            self.mode == "shadow",
        )


class _File(BaseModel):
    model_config = STRICT

    policies: dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}$")], _Policy]


def read_policy_file(path: Path, limits: Limits) -> Mapping[str, RateLimitRule]:
    """Return the rules of the policies in the file, by name; raise InvalidFile on any error."""
    file = read_yaml(path, _File, _DESCRIPTIONS)
    rules = {name: policy.rule(name) for name, policy in file.policies.items()}
    for name, rule in rules.items():
        for field, violation in limit_violations(rule.limit, limits):
            raise InvalidFile(path, f"policies.{name}.{field}: {violation}")
    return rules
