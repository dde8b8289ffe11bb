"""Runs rate_limit_check.lua in Redis by a clock of the test's own, since Redis's cannot be set."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import redis

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.rate_limit.hit_batch import CHECK, LOOK, Act
from quikstate_server.primitives.rate_limit.model import Algorithm, Hit, Rule
from support.rate_limit.models import Told

_PRELUDE = files("quikstate_server.redis_client").joinpath("prelude.lua").read_text(encoding="utf-8")
_DAY = 86_400_000_000
_names = itertools.count()


def _by_argument(source: str) -> str:
    assert _PRELUDE in source
    return source.replace(_PRELUDE, "local now = tonumber(table.remove(ARGV))")


class Timed:
    """A Redis whose time is `now`, in microseconds. It begins a day ahead, so that no key expires by the
    server's own clock: expiry changes no answer."""

    def __init__(self, raw: redis.Redis) -> None:
        self.now = time.time_ns() // 1_000 + _DAY
        self._raw = raw
        self._check: Any = raw.register_script(_by_argument(CHECK.source))
        self._look: Any = raw.register_script(_by_argument(LOOK.source))

    def name(self) -> str:
        """One that nobody has used."""
        return f"rate:{next(_names)}"

    def expires_at(self, name: str, rule: Rule) -> int:
        """When Redis would delete the state, in milliseconds; -1 for never, -2 if there is none."""
        return self._raw.pexpiretime(rule.key(Keyspace(), name))

    def expire(self, name: str, rule: Rule) -> None:
        """Delete a bucket if Redis would have by now: of the others that changes no answer."""
        is_bucket = rule.limit.algorithm is Algorithm.TOKEN_BUCKET
        if is_bucket and 0 <= self.expires_at(name, rule) < self.now // 1_000:
            self._raw.delete(rule.key(Keyspace(), name))

    def hit(self, name: str, rule: Rule, cost: int = 1, *, dry: bool = False) -> Told:
        (told,) = self.check([Hit(name, rule, cost)], dry=dry)
        return told

    def check(self, hits: Sequence[Hit], *, together: bool = True, dry: bool = False) -> list[Told]:
        keys = [hit.rule.key(Keyspace(), hit.name) for hit in hits]
        words = Act(keys, hits, [])._words()
        dry = dry or not any(hit.cost for hit in hits)
        script = self._look if dry else self._check
        numbers = script(keys=keys, args=[int(together), int(dry), 0, 0, *words, self.now])
        return [Told(*numbers[at : at + 3]) for at in range(0, len(numbers), 3)]
