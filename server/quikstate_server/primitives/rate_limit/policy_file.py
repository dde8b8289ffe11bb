"""Reads the YAML file of rate limit policies.

policies:
  login:
    algorithm: token_bucket    # the default; or fixed_window, sliding_window_log, sliding_window_counter
    limit: 5
    window: 60s                # a whole number of ms, s, m, h or d
    burst: 10                  # default: limit; for a token bucket alone
    on_failure: allow          # or deny; default: the call fails with UNAVAILABLE
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from quikstate_server.primitives.rate_limit.bounds import faults_of
from quikstate_server.primitives.rate_limit.model import Algorithm, Limit, OnFailure, Rule
from quikstate_server.settings import Limits, strict_yaml

_MILLISECONDS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_DURATION = re.compile(r"([0-9]+)(ms|s|m|h|d)")


class BadPolicyFile(Exception):
    """The file is not to be used; its text is one line that names the file and the key."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {' '.join(what.split())}")


def _milliseconds(value: object) -> int:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise ValueError("must be a duration such as 500ms, 60s, 15m, 24h")
    return int(match[1]) * _MILLISECONDS[match[2]]


class _Policy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    algorithm: Annotated[Algorithm, Field(strict=False)] = Algorithm.TOKEN_BUCKET
    limit: int
    window: Annotated[int, BeforeValidator(_milliseconds)]
    burst: int | None = None
    on_failure: Annotated[OnFailure, Field(strict=False)] | None = None

    def rule(self, name: str) -> Rule:
        return Rule(Limit(self.algorithm, self.limit, self.window, self.burst), name, self.on_failure)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    policies: dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}$")], _Policy]


def read(path: Path, limits: Limits) -> Mapping[str, Rule]:
    """The policies in the file, by name; BadPolicyFile if anything in it is wrong."""
    try:
        content = strict_yaml.load(path.read_text(encoding="utf-8"))
        file = _File.model_validate(content)
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicyFile(path, getattr(error, "strerror", None) or "is not UTF-8") from error
    except strict_yaml.YamlError as error:
        raise BadPolicyFile(path, str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "the whole file"
        raise BadPolicyFile(path, f"{key}: {first['msg']}") from error
    rules = {name: policy.rule(name) for name, policy in file.policies.items()}
    for name, rule in rules.items():
        for field, what in faults_of(rule.limit, limits):
            raise BadPolicyFile(path, f"policies.{name}.{field}: {what}")
    return rules
