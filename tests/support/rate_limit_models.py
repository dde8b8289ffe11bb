"""What each rate limit algorithm should answer: exact, obvious, and slow.

A model says only how much is used at an instant if nothing more comes. All the rest follows from
that: when a cost fits, what remains, when the limit is full again.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import NamedTuple

from quikstate_server.primitives.rate_limit.model import Algorithm, Limit

NEVER = -1


class Told(NamedTuple):
    """What rate_limit_check.lua answers to a hit."""

    wait: int
    remaining: int
    full_after: int


class Model(ABC):
    """One key under one limit. Instants are integer microseconds."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit.limit
        self.capacity = limit.capacity
        self.window = limit.window_ms * 1_000

    @abstractmethod
    def used(self, now: int) -> Fraction:
        """How much is charged at `now`; it only falls while nothing comes."""

    @abstractmethod
    def charge(self, now: int, cost: int) -> None:
        """Charge, or give back the newest if `cost` is negative."""

    @abstractmethod
    def come_back(self, now: int) -> bool:
        """Forget instants after `now`, when the clock went back; whether there were any."""

    def hit(self, now: int, cost: int, *, dry: bool = False) -> Told:
        after = copy.deepcopy(self)
        came_back = after.come_back(now)
        wait = after.wait(now, cost)
        if wait == 0:
            after.charge(now, cost)
        remaining = max(0, floor(self.capacity - after.used(now)))
        told = Told(wait, remaining, _first(lambda later: after.used(now + later) == 0))
        if not dry and cost != 0 and (wait == 0 or came_back):
            self.__dict__ = after.__dict__
        return told

    def wait(self, now: int, cost: int) -> int:
        if cost <= 0:
            return 0
        if cost > self.capacity:
            return NEVER
        return _first(lambda later: self.used(now + later) + cost <= self.capacity)


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
    """So many tokens were owed at `last`; they come back at L a window."""

    owed, last = Fraction(0), 0

    def used(self, now: int) -> Fraction:
        came_back = Fraction(max(0, now - self.last) * self.limit, self.window)
        return max(Fraction(0), min(self.owed, Fraction(self.capacity)) - came_back)

    def charge(self, now: int, cost: int) -> None:
        self.owed, self.last = max(Fraction(0), self.used(now) + cost), now

    def come_back(self, now: int) -> bool:
        ahead = self.last > now
        self.last = min(self.last, now)
        return ahead


class FixedWindow(Model):
    """A count, and the millisecond through which it lasts."""

    count, ends = 0, -1

    def used(self, now: int) -> Fraction:
        return Fraction(self.count if now // 1_000 <= self.ends else 0)

    def charge(self, now: int, cost: int) -> None:
        if now // 1_000 > self.ends:
            if cost < 0:
                return
            self.count, self.ends = 0, now // 1_000 + self.window // 1_000
        self.count = max(0, self.count + cost)

    def come_back(self, now: int) -> bool:
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


MODELS: dict[Algorithm, Callable[[Limit], Model]] = {
    Algorithm.TOKEN_BUCKET: TokenBucket,
    Algorithm.FIXED_WINDOW: FixedWindow,
    Algorithm.SLIDING_WINDOW_LOG: SlidingWindowLog,
    Algorithm.SLIDING_WINDOW_COUNTER: SlidingWindowCounter,
}
