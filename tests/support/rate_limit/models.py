"""What each rate limit algorithm should answer: exact, obvious, and slow.

A model says only how much is used at an instant if nothing more comes. All the rest follows from
that: when a cost fits, what remains, when the limit is full again.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor, inf
from typing import NamedTuple

from quikstate_server.primitives.rate_limit.model import Algorithm, Limit, RateLimitRule

NEVER = -1


class ScriptResult(NamedTuple):
    """What rate_limit_check.lua answers to a hit."""

    wait: int
    remaining: int
    full_after: int


class Model(ABC):
    """One key, under one limit or under several of one window. Instants are integer microseconds."""

    def __init__(self, limit: Limit) -> None:
        self.window = limit.window_ms * 1_000
        self.only = limit
        self.under(limit)

    def under(self, limit: Limit) -> None:
        """Which limit is asked for next."""
        self.limit = limit.limit
        self.capacity = limit.capacity

    @abstractmethod
    def used(self, now: int) -> Fraction:
        """How much is charged at `now`; it only falls while nothing comes."""

    @abstractmethod
    def charge(self, now: int, cost: int) -> None:
        """Charge, or give back the newest if `cost` is negative."""

    @abstractmethod
    def come_back(self, now: int) -> bool:
        """Forget instants after `now`, when the clock went back; whether there were any."""

    def lapse(self, now: int) -> None:  # noqa: B027 - matters to buckets alone
        """Be forgotten if Redis has deleted it, where that changes answers."""

    def begin(self, *, dry: bool) -> None:  # noqa: B027 - matters to buckets alone
        """Be looked at by a script."""

    def keep(self, now: int, lowest: int) -> None:  # noqa: B027 - matters to buckets alone
        """Be kept as long as a hit that charged nothing needs, under the lowest limit of the script."""

    def ask(self) -> None:  # noqa: B027 - matters to buckets alone
        """Be asked for more than a look."""

    def hit(self, now: int, cost: int, *, dry: bool = False) -> ScriptResult:
        (told,) = self.hits(now, [(self.only, cost)], dry=dry)
        return told

    def hits(
        self, now: int, hits: Sequence[tuple[Limit, int]], *, all_or_nothing: bool = True, dry: bool = False
    ) -> list[ScriptResult]:
        """What one script answers to hits on this key."""
        self.lapse(now)
        after = copy.deepcopy(self)
        after.begin(dry=dry or not any(cost for _, cost in hits))
        came_back = after.come_back(now)
        waits = (
            [after.wait(now, hits[:number], *hit) for number, hit in enumerate(hits)]
            if all_or_nothing
            else []
        )
        passes, charged, told = all_or_nothing and not any(waits), False, list[ScriptResult]()
        for limit, cost in hits if passes else []:
            charged |= after.pay(now, limit, cost)
        for number, (limit, cost) in enumerate(hits):
            wait = waits[number] if all_or_nothing else after.wait(now, [], limit, cost)
            if not all_or_nothing and wait == 0:
                charged |= after.pay(now, limit, cost)
            if cost != 0:
                after.ask()
            told.append(after.tell(now, wait, limit))
        asked = [limit for limit, cost in hits if cost != 0]
        if asked and not dry:
            self._settle(now, after, asked, charged=charged, came_back=came_back)
        return told

    def _settle(
        self, now: int, after: Model, asked: Sequence[Limit], *, charged: bool, came_back: bool
    ) -> None:
        after.under(asked[-1])
        if came_back and not charged:
            after.charge(now, 0)
        after.keep(now, min(limit.limit for limit in asked))
        self.__dict__ = after.__dict__

    def pay(self, now: int, limit: Limit, cost: int) -> bool:
        self.under(limit)
        if cost != 0:
            self.charge(now, cost)
        return cost != 0

    def tell(self, now: int, wait: int, limit: Limit) -> ScriptResult:
        self.under(limit)
        remaining = max(0, floor(self.capacity - self.used(now)))
        return ScriptResult(wait, remaining, _first(lambda later: self.used(now + later) == 0))

    def wait(self, now: int, before: Sequence[tuple[Limit, int]], limit: Limit, cost: int) -> int:
        """When a cost fits, if all that is `before` it in the request is charged at that time too."""
        if cost <= 0:
            return 0
        pending = 0
        for _, other in before:
            pending = max(0, pending + other)
        if pending + cost > limit.capacity:
            return NEVER

        def fits(later: int) -> bool:
            then = copy.deepcopy(self)
            then.ask()
            for other in before:
                then.pay(now + later, *other)
            then.under(limit)
            return then.used(now + later) + cost <= limit.capacity

        return _first(fits)


def _first(holds: Callable[[int], bool]) -> int:
    """The least natural number for which `holds`, which then holds for all greater ones."""
    if holds(0):
        return 0
    high = 1
    while not holds(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


class TokenBucket(Model):
    """So many tokens were owed at `last`; they come back at L a window. It is kept through a millisecond.

    `lapses` is that one where a look sees it; `fresh` is what this script has charged.
    """

    owed, last, ends, lapses, fresh = Fraction(0), 0, -1.0, inf, False

    def used(self, now: int) -> Fraction:
        return self._left_of(min(self.owed, Fraction(self.capacity)), now)

    def charge(self, now: int, cost: int) -> None:
        """What is given back is taken from all that is owed, also where this limit holds less."""
        owed = self._left_of(self.owed, now) if cost < 0 or self.fresh else self.used(now)
        self.owed, self.last, self.fresh, self.ends = max(Fraction(0), owed + cost), now, True, -1.0

    def _left_of(self, owed: Fraction, now: int) -> Fraction:
        if now // 1_000 > self.lapses:
            return Fraction(0)
        came_back = Fraction(max(0, now - self.last) * self.limit, self.window)
        return max(Fraction(0), owed - came_back)

    def lapse(self, now: int) -> None:
        if now // 1_000 > self.ends:
            self.owed = Fraction(0)

    def begin(self, *, dry: bool) -> None:
        self.fresh, self.lapses = False, self.ends if dry and self.owed else inf

    def ask(self) -> None:
        self.lapses = inf

    def keep(self, now: int, lowest: int) -> None:
        full_at = now + ceil(self.used(now) * self.window / lowest)
        self.ends = max(self.ends, ceil(Fraction(full_at, 1_000)))

    def come_back(self, now: int) -> bool:
        ahead = self.last > now
        self.last = min(self.last, now)
        return ahead


class FixedWindow(Model):
    """A count, and the millisecond through which it lasts."""

    count, ends = 0, -1

    def __init__(self, limit: Limit, *, shared: bool) -> None:
        super().__init__(limit)
        self.shared = shared

    def used(self, now: int) -> Fraction:
        return Fraction(self.count if now // 1_000 <= self.ends else 0)

    def charge(self, now: int, cost: int) -> None:
        if now // 1_000 > self.ends:
            if cost < 0:
                return
            self.count, self.ends = 0, now // 1_000 + self.window // 1_000
        self.count = max(0, self.count + cost)
        if self.count == 0:
            self.ends = -1

    def come_back(self, now: int) -> bool:
        if self.shared:  # one that ends later may have been begun by a longer window
            return False
        latest = now // 1_000 + self.window // 1_000
        ahead = self.ends > latest
        self.ends = min(self.ends, latest)
        return ahead


class SlidingWindowLog(Model):
    """The instant of each unit."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.instants: list[int] = []

    def used(self, now: int) -> Fraction:
        return Fraction(sum(instant + self.window > now for instant in self.instants))

    def charge(self, now: int, cost: int) -> None:
        self.instants = [instant for instant in self.instants if instant + self.window > now]
        self.instants += [now] * cost
        del self.instants[max(0, len(self.instants) + min(0, cost)) :]

    def come_back(self, now: int) -> bool:
        ahead = any(instant > now for instant in self.instants)
        self.instants = [min(instant, now) for instant in self.instants]
        return ahead


class SlidingWindowCounter(Model):
    """Counts of two windows, of which the older fades."""

    index, current, previous = 0, 0, 0

    def used(self, now: int) -> Fraction:
        current, previous = self._counts(now)
        return current + previous * (1 - Fraction(now % self.window, self.window))

    def charge(self, now: int, cost: int) -> None:
        current, previous = self._counts(now)
        self.index = now // self.window
        self.current, self.previous = max(0, current + cost), max(0, previous + min(0, current + cost))

    def come_back(self, now: int) -> bool:
        ahead = self.index > now // self.window
        self.index = min(self.index, now // self.window)
        return ahead

    def _counts(self, now: int) -> tuple[int, int]:
        age = now // self.window - self.index
        return {0: (self.current, self.previous), 1: (0, self.current)}.get(age, (0, 0))


def model_of(rule: RateLimitRule) -> Model:
    limit = rule.limit
    match limit.algorithm:
        case Algorithm.TOKEN_BUCKET:
            return TokenBucket(limit)
        case Algorithm.FIXED_WINDOW:
            return FixedWindow(limit, shared=not rule.policy)
        case Algorithm.SLIDING_WINDOW_LOG:
            return SlidingWindowLog(limit)
        case Algorithm.SLIDING_WINDOW_COUNTER:
            return SlidingWindowCounter(limit)
