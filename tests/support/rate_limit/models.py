"""Models of the rate limit algorithms: exact, obvious, and slow.

A model only knows how much is used at a time if no more hits come. All the rest follows: when a cost fits,
what remains, when the limit is full again.
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
    """The reply of rate_limit_check.lua to one hit."""

    wait: int
    remaining: int
    full_after: int


class LimitModel(ABC):
    """One key, under one limit or several with one window. Times are integer microseconds."""

    def __init__(self, limit: Limit) -> None:
        self.window = limit.window_ms * 1_000
        self.default_limit = limit
        self.use_limit(limit)

    def use_limit(self, limit: Limit) -> None:
        """Use this limit from now on."""
        self.limit = limit.limit
        self.capacity = limit.capacity

    @abstractmethod
    def used(self, now: int) -> Fraction:
        """Return how much is used at `now`; it only falls while no hits come."""

    @abstractmethod
    def charge(self, now: int, cost: int) -> None:
        """Charge, or give back the newest units if `cost` is negative."""

    @abstractmethod
    def correct_clock(self, now: int) -> bool:
        """Correct times after `now`, when the clock went back; return True if there were any."""

    @abstractmethod
    def expire(self, now: int) -> None:
        """Forget the state if Redis has deleted it: it does not come back if the clock does."""

    def begin_script(self, *, dry: bool) -> None:  # noqa: B027 - matters to buckets alone
        """Begin a run of the script."""

    def keep_until_full(self, now: int, lowest_limit: int) -> None:  # noqa: B027 - matters to buckets alone
        """Keep the state until the limit is full, by the lowest limit of the script."""

    def note_hit(self) -> None:  # noqa: B027 - matters to buckets alone
        """Note a hit whose cost is not 0."""

    def hit(self, now: int, cost: int, *, dry: bool = False) -> ScriptResult:
        (results,) = self.hits(now, [(self.default_limit, cost)], dry=dry)
        return results

    def hits(
        self, now: int, hits: Sequence[tuple[Limit, int]], *, all_or_nothing: bool = True, dry: bool = False
    ) -> list[ScriptResult]:
        """Return the reply of one script to hits on this key."""
        self.expire(now)
        after = copy.deepcopy(self)
        after.begin_script(dry=dry or not any(cost for _, cost in hits))
        went_back = after.correct_clock(now)
        waits = (
            [after.wait(now, hits[:number], *hit) for number, hit in enumerate(hits)]
            if all_or_nothing
            else []
        )
        passes, charged, results = all_or_nothing and not any(waits), False, list[ScriptResult]()
        for limit, cost in hits if passes else []:
            charged |= after.charge_hit(now, limit, cost)
        for number, (limit, cost) in enumerate(hits):
            wait = waits[number] if all_or_nothing else after.wait(now, [], limit, cost)
            if not all_or_nothing and wait == 0:
                charged |= after.charge_hit(now, limit, cost)
            if cost != 0:
                after.note_hit()
            results.append(after.report(now, wait, limit))
        charged_limits = [limit for limit, cost in hits if cost != 0]
        if charged_limits and not dry:
            self._save(now, after, charged_limits, charged=charged, went_back=went_back)
        return results

    def _save(
        self, now: int, after: LimitModel, charged_limits: Sequence[Limit], *, charged: bool, went_back: bool
    ) -> None:
        after.use_limit(charged_limits[-1])
        if went_back and not charged:
            after.charge(now, 0)
        after.keep_until_full(now, min(limit.limit for limit in charged_limits))
        self.__dict__ = after.__dict__

    def charge_hit(self, now: int, limit: Limit, cost: int) -> bool:
        self.use_limit(limit)
        if cost != 0:
            self.charge(now, cost)
        return cost != 0

    def report(self, now: int, wait: int, limit: Limit) -> ScriptResult:
        self.use_limit(limit)
        remaining = max(0, floor(self.capacity - self.used(now)))
        return ScriptResult(wait, remaining, _first(lambda later: self.used(now + later) == 0))

    def wait(self, now: int, before: Sequence[tuple[Limit, int]], limit: Limit, cost: int) -> int:
        """Return when a cost fits, if the hits before it in the request are charged at that time too."""
        if cost <= 0:
            return 0
        pending = 0
        for _, other in before:
            pending = max(0, pending + other)
        if pending + cost > limit.capacity:
            return NEVER

        def fits(later: int) -> bool:
            then = copy.deepcopy(self)
            then.note_hit()
            for other in before:
                then.charge_hit(now + later, *other)
            then.use_limit(limit)
            return then.used(now + later) + cost <= limit.capacity

        return _first(fits)


def _first(holds: Callable[[int], bool]) -> int:
    """Return the least natural number for which `holds`; it must hold for all greater ones too."""
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


class TokenBucket(LimitModel):
    """A number of missing tokens at `last`, which come back at L a window.

    The state is kept through the millisecond `ends_at`, which is `expires_at` in a read-only script.
    `is_charged` is True once this script has charged something.
    """

    debt, last, ends_at, expires_at, is_charged = Fraction(0), 0, -1.0, inf, False

    def used(self, now: int) -> Fraction:
        return self._remaining_debt(min(self.debt, Fraction(self.capacity)), now)

    def charge(self, now: int, cost: int) -> None:
        """Take a refund from the whole debt, even if this limit holds less."""
        debt = self._remaining_debt(self.debt, now) if cost < 0 or self.is_charged else self.used(now)
        self.debt, self.last, self.is_charged, self.ends_at = max(Fraction(0), debt + cost), now, True, -1.0

    def _remaining_debt(self, debt: Fraction, now: int) -> Fraction:
        if now // 1_000 > self.expires_at:
            return Fraction(0)
        went_back = Fraction(max(0, now - self.last) * self.limit, self.window)
        return max(Fraction(0), debt - went_back)

    def expire(self, now: int) -> None:
        if now // 1_000 > self.ends_at:
            self.debt = Fraction(0)

    def begin_script(self, *, dry: bool) -> None:
        self.is_charged, self.expires_at = False, self.ends_at if dry and self.debt else inf

    def note_hit(self) -> None:
        self.expires_at = inf

    def keep_until_full(self, now: int, lowest_limit: int) -> None:
        debt = self._remaining_debt(self.debt, now) if self.is_charged else self.used(now)
        full_at = now + ceil(debt * self.window / lowest_limit)
        self.ends_at = max(self.ends_at, ceil(Fraction(full_at, 1_000)))

    def correct_clock(self, now: int) -> bool:
        ahead = self.last > now
        self.last = min(self.last, now)
        return ahead


class FixedWindow(LimitModel):
    """A count, and the millisecond through which it is kept."""

    count, ends_at = 0, -1

    def __init__(self, limit: Limit, *, shared: bool) -> None:
        super().__init__(limit)
        self.shared = shared

    def used(self, now: int) -> Fraction:
        return Fraction(self.count if now // 1_000 <= self.ends_at else 0)

    def charge(self, now: int, cost: int) -> None:
        if now // 1_000 > self.ends_at:
            if cost < 0:
                return
            self.count, self.ends_at = 0, now // 1_000 + self.window // 1_000
        self.count = max(0, self.count + cost)
        if self.count == 0:
            self.ends_at = -1

    def expire(self, now: int) -> None:
        if now // 1_000 > self.ends_at:
            self.count, self.ends_at = 0, -1

    def correct_clock(self, now: int) -> bool:
        if self.shared:  # a longer window may have begun one that ends later
            return False
        latest = now // 1_000 + self.window // 1_000
        ahead = self.ends_at > latest
        self.ends_at = min(self.ends_at, latest)
        return ahead


class SlidingWindowLog(LimitModel):
    """The time of each unit."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.times: list[int] = []

    def used(self, now: int) -> Fraction:
        return Fraction(sum(time + self.window > now for time in self.times))

    def charge(self, now: int, cost: int) -> None:
        self.times = [time for time in self.times if time + self.window > now]
        self.times += [now] * cost
        del self.times[max(0, len(self.times) + min(0, cost)) :]

    def expire(self, now: int) -> None:
        if self.times and now // 1_000 > ceil(Fraction(self.times[-1] + self.window, 1_000)):
            self.times = []

    def correct_clock(self, now: int) -> bool:
        ahead = any(time > now for time in self.times)
        self.times = [min(time, now) for time in self.times]
        return ahead


class SlidingWindowCounter(LimitModel):
    """The counts of two windows, the older weighted by its overlap."""

    index, current, previous = 0, 0, 0

    def used(self, now: int) -> Fraction:
        current, previous = self._counts(now)
        return current + previous * (1 - Fraction(now % self.window, self.window))

    def charge(self, now: int, cost: int) -> None:
        current, previous = self._counts(now)
        self.index = now // self.window
        self.current, self.previous = max(0, current + cost), max(0, previous + min(0, current + cost))

    def expire(self, now: int) -> None:
        if now // 1_000 > (self.index + 2) * self.window // 1_000:
            self.current = self.previous = 0

    def correct_clock(self, now: int) -> bool:
        ahead = self.index > now // self.window
        self.index = min(self.index, now // self.window)
        return ahead

    def _counts(self, now: int) -> tuple[int, int]:
        age = now // self.window - self.index
        return {0: (self.current, self.previous), 1: (0, self.current)}.get(age, (0, 0))


def model_of(rule: RateLimitRule) -> LimitModel:
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
