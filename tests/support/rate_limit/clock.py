"""Runs rate_limit_check.lua in Redis by a clock of the test's own, since Redis's clock cannot be set."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import redis

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.rate_limit.hit_batch import CHECK, CHECK_READ_ONLY, HitBatch
from quikstate_server.primitives.rate_limit.model import Hit, RateLimitRule
from support.rate_limit.models import ScriptResult

_PRELUDE = files("quikstate_server.redis_client").joinpath("prelude.lua").read_text(encoding="utf-8")
_DAY = 86_400_000_000
_names = itertools.count()


def _with_now_as_argument(source: str) -> str:
    assert _PRELUDE in source
    return source.replace(_PRELUDE, "local now = tonumber(table.remove(ARGV))")


class ClockedRedis:
    """A Redis whose time is `now`, in microseconds.

    It begins a day ahead, so that keys expire only in expire(). A test that does not call it finds keys past
    their end, as Redis does if they end while a script runs.
    """

    def __init__(self, raw: redis.Redis) -> None:
        self.now = time.time_ns() // 1_000 + _DAY
        self._raw = raw
        self._check: Any = raw.register_script(_with_now_as_argument(CHECK.source))
        self._check_read_only: Any = raw.register_script(_with_now_as_argument(CHECK_READ_ONLY.source))

    def new_name(self) -> str:
        """Return a name that no test has used."""
        return f"rate:{next(_names)}"

    def expires_at(self, name: str, rule: RateLimitRule) -> int:
        """Return when Redis deletes the state, in milliseconds; -1 for never, -2 if there is none."""
        return self._raw.pexpiretime(rule.key(Keyspace(), name))

    def expire(self, name: str, rule: RateLimitRule) -> None:
        """Delete the state if Redis would have by now; it keeps a key through its last millisecond."""
        if 0 <= self.expires_at(name, rule) < self.now // 1_000:
            self._raw.delete(rule.key(Keyspace(), name))

    def hit(self, name: str, rule: RateLimitRule, cost: int = 1, *, dry: bool = False) -> ScriptResult:
        """Check one hit."""
        (result,) = self.check([Hit(name, rule, cost)], dry=dry)
        return result

    def check(
        self, hits: Sequence[Hit], *, all_or_nothing: bool = True, dry: bool = False
    ) -> list[ScriptResult]:
        """Check hits in one run of the script."""
        keys = [hit.rule.key(Keyspace(), hit.name) for hit in hits]
        args = HitBatch(keys, hits).rule_and_hit_args()
        dry = dry or not any(hit.cost for hit in hits)
        script = self._check_read_only if dry else self._check
        numbers = script(keys=keys, args=[int(all_or_nothing), int(dry), 0, 0, *args, self.now])
        return [ScriptResult(*numbers[start : start + 3]) for start in range(0, len(numbers), 3)]
