"""The history of some locks, and a checker: could locks that keep their promises have done this?

The checker knows only what callers were told and what a reader saw, and it has
one clock, the test process's monotonic one. A caller believes in a lease from
the answer that gave it until its `valid_for` has passed or the caller gives it
up. What takes a lock from its holder on purpose (a forced release, a raw DEL, a
FLUSHALL) is a break: after it two callers may believe at once, and the token
alone tells them apart.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from quikstate_server.primitives.lock.model import Lease, LockMode, LockRequest, LockState
from support.lock.records import (
    CLAIM_SECONDS,
    REGISTRATION_SECONDS,
    Break,
    Caller,
    Holding,
    Raw,
    Resource,
    believe,
    compatible,
    in_queue,
    may_be_sent_back,
    may_keep_free,
)

MARGIN_SECONDS = 0.5
"""Added to each time limit, for a machine with other work."""
_FREE_SECONDS = 1.0
"""How long a free lock may leave a waiter asleep."""
_RAW_SECONDS = 0.002
"""Redis keeps a raw client's TTL in whole milliseconds of a clock that it does not read each time."""


class History:
    """Records every event as it happens; `violations` stays empty unless a lock breaks a promise."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.callers: list[Caller] = []
        self.holdings: dict[str, Holding] = {}
        self._ended: set[str] = set()
        """Owners whose request was released, by its id."""
        self.slack = 0.0
        """Seconds by which the test slowed servers down, or the machine everything."""
        self._resources: dict[str, Resource] = {}
        self._lines: list[str] = []
        self._began = time.monotonic()

    def report(self) -> str:
        """Return the broken promises and all events; "" if no promise was broken."""
        return "\n".join([*self.violations, "History:", *self._lines]) if self.violations else ""

    def note(self, event: str, **facts: object) -> float:
        now = time.monotonic()
        self._lines.append(json.dumps({"at": round(now - self._began, 4), "event": event} | facts))
        return now

    # What callers do and are told

    def asks(self, owner: str, lock_request: LockRequest, wait: float) -> Caller:
        target, number = lock_request.target, len(self.callers)
        facts = {
            "mode": f"{lock_request.mode.value}{lock_request.permits or ''}",
            "ttl": lock_request.ttl,
            "wait": wait,
        }
        resources = list(target.resources)
        now = self.note("asks", caller=number, owner=owner, of=resources, **facts)
        first = next((caller.asked for caller in self.callers if caller.owner == owner), now)
        caller = Caller(number, owner, lock_request, wait, now, first)
        self.callers.append(caller)
        return caller

    def queued(self, caller: Caller, position: int) -> None:
        caller.queued = self.note("queued", caller=caller.number, position=position)

    def granted(self, caller: Caller, lease: Lease) -> Holding:
        tokens = list(map(int, lease.tokens))
        now = self.note("granted", caller=caller.number, lease=lease.lease_id[:6], tokens=tokens)
        caller.received = now
        known = self.holdings.get(lease.lease_id)
        if known:
            self._repeated(known, caller, lease)
            return known
        holding = self.holdings[lease.lease_id] = Holding(
            [caller], lease, now, now, now - caller.lock_request.ttl
        )
        holding.given_up = caller.owner in self._ended
        believe(holding, lease, now, caller.lock_request.ttl)
        for resource in lease.target.resources:
            self._judge_grant(resource, holding)
            self._of(resource).holdings.append(holding)
        return holding

    def _repeated(self, known: Holding, caller: Caller, lease: Lease) -> None:
        """Check that the same request got the same lease."""
        known.callers.append(caller)
        if known.lease.tokens != lease.tokens:
            self._accuse("one lease has two tokens", lease.lease_id)
        if known.released is not None and known.released < caller.asked:
            self._accuse("a released lease was given again", lease.lease_id)
        believe(known, lease, time.monotonic(), caller.lock_request.ttl)

    def refused(self, caller: Caller, why: object) -> None:
        """Note that the caller got no lease."""
        caller.gone = self.note("refused", caller=caller.number, why=repr(why))

    def cancelled(self, caller: Caller, *, killed: bool = False) -> None:
        caller.gone = self.note("killed" if killed else "cancelled", caller=caller.number)
        caller.killed = killed

    def renews(self, holding: Holding, ttl: float) -> float:
        """Let the holder count on no more than the TTL it asks for, whatever becomes of the response."""
        now = self.note("renews", lease=holding.lease.lease_id[:6], ttl=ttl)
        holding.until = min(holding.until, now + ttl)
        return now

    def renewed(self, holding: Holding, lease: Lease | None, ttl: float, asked: float) -> None:
        now = self.note("renewed", lease=holding.lease.lease_id[:6], held=lease is not None)
        if lease is None:
            holding.until = min(holding.until, now)
            return
        believe(holding, lease, now, ttl)
        for resource in lease.target.resources:
            if now < holding.until:
                self._judge_company(resource, holding, now)
        if lease.tokens != holding.lease.tokens:
            self._accuse("a renewed lease has another token", lease.lease_id)
        if holding.released is not None and holding.released < asked:
            self._accuse("a released lease was renewed", lease.lease_id)

    def releases(self, holding: Holding) -> float:
        holding.given_up = True
        now = self.note("releases", lease=holding.lease.lease_id[:6])
        holding.until = min(holding.until, now)
        return now

    def has_released(self, holding: Holding, *, was_held: bool, asked: float) -> None:
        now = self.note("released", lease=holding.lease.lease_id[:6], was_held=was_held)
        if was_held and (holding.found_held or (holding.released is not None and holding.released < asked)):
            self._accuse("a lease was released twice", holding.lease.lease_id)
        holding.found_held |= was_held
        holding.released = holding.released or now

    def releases_request(self, owner: str) -> None:
        """Give up the lease of a request, which no caller may know yet."""
        self._ended.add(owner)
        for holding in self.holdings.values():
            if holding.callers[0].owner == owner:
                self.releases(holding)

    # What others do to the lock

    def raw_set(self, resource: str, value: str, asked: float, ttl: float) -> None:
        raw = Raw(value, self.note("raw set", resource=resource, ttl=ttl), asked + ttl - _RAW_SECONDS)
        for holding in self._of(resource).holdings:
            if raw.received < holding.until and not self._broken(resource, holding, raw.received):
                self._accuse(f"a raw client took {resource} from", holding.lease.lease_id)
        self._of(resource).raws.append(raw)

    def raw_deletes(self, resource: str, value: str) -> None:
        now = self.note("raw deletes", resource=resource, value=value)
        for raw in self._of(resource).raws:
            if raw.value == value:
                raw.until = min(raw.until, now)

    @contextmanager
    def breaking(self, resource: str, how: str, token: int | None = None) -> Iterator[None]:
        """Note the beginning and the end of what takes the resource from its holders."""
        broke = Break(self.note("breaks", resource=resource, how=how, token=token), math.inf, token)
        self._of(resource).breaks.append(broke)
        self._disturb(resource)
        try:
            yield
        finally:
            self._disturb(resource)
            broke.ended = self.note("broke", resource=resource)

    def _disturb(self, resource: str) -> None:
        for caller in self.callers:
            caller.disturbed |= caller.pending and resource in caller.lock_request.target.resources

    # What a reader sees

    def saw(self, state: LockState, began: float, seconds: float) -> None:
        """Check a state that was read, `seconds` after the one before."""
        resource = state.resource
        here = [caller for caller in self.callers if resource in caller.lock_request.target.resources]
        for holder in state.holders:
            self._judge_holder(resource, holder.owner, holder.expires_in, began, here)
        using = (state.is_held, state.last_token)
        idle = not state.is_held and using == self._of(resource).last
        self._of(resource).last = using
        kept_free = any(may_keep_free(caller, began) for caller in here)
        for caller in here:
            single = len(caller.lock_request.target.resources) == 1
            if not (idle and caller.pending and single and caller.queued) or kept_free:
                caller.asleep = 0.0
                continue
            caller.asleep += seconds
            if caller.asleep > _FREE_SECONDS + MARGIN_SECONDS + self.slack:
                self._accuse(f"{resource} is free and a caller waits for it", caller.number)

    def stood_still(self, seconds: float) -> None:
        """Allow for `seconds` in which nothing ran here."""
        self.slack = max(self.slack, seconds)

    def longest_left(self, resource: str) -> float:
        """Return how long a lock may still be held when all its callers have ended."""
        here = [caller for caller in self.callers if resource in caller.lock_request.target.resources]
        ttls = [caller.lock_request.ttl for caller in here]
        return max([CLAIM_SECONDS, *ttls])

    # Judgement

    def _judge_grant(self, resource: str, holding: Holding) -> None:
        token, now = holding.token(resource), holding.received
        for other in self._of(resource).holdings:
            self._judge_tokens(resource, other, holding)
        beside = self._judge_company(resource, holding, now)
        if holding.lock_request.mode is LockMode.SEMAPHORE and beside >= holding.lock_request.permits:
            self._accuse(f"{resource} has more holders than permits", beside + 1)
        for raw in self._of(resource).raws:
            broken = any(
                broke.ended >= raw.received and broke.began <= now and broke.token is None
                for broke in self._breaks(resource)
            )
            if now < raw.until and not broken:
                self._accuse(f"{resource} is held beside a raw client, by token", token)

    def _judge_company(self, resource: str, holding: Holding, now: float) -> int:
        """Count the other leases that are counted on now; each must be compatible with this one."""
        beside = 0
        for other in self._of(resource).holdings:
            broken = self._broken(resource, other, now) or self._broken(resource, holding, now)
            if other is not holding and now < other.until and not broken:
                beside += 1
                if not compatible(other.lock_request, holding.lock_request):
                    tokens = (other.token(resource), holding.token(resource))
                    self._accuse(f"{resource} is held twice, by tokens", tokens)
        return beside

    def _judge_tokens(self, resource: str, other: Holding, holding: Holding) -> None:
        """Check that a caller has the lower token if it was granted, or queued, before the other asked."""
        first, second = other.callers[0], holding.callers[0]
        tokens = (other.token(resource), holding.token(resource))
        if tokens[0] == tokens[1]:
            self._accuse(f"{resource} gave a token twice", tokens)
        if other.received < second.first_asked and tokens[0] > tokens[1]:
            self._accuse(f"{resource}'s tokens fell", tokens)
        for before, after, order in ((first, second, tokens), (second, first, tokens[::-1])):
            came_first = before.queued is not None and before.queued < after.first_asked
            sent_back = may_be_sent_back(before, self.callers)
            if came_first and in_queue(before) and not sent_back and order[0] > order[1]:
                self._accuse(f"{resource} was given out of turn", (before.number, after.number))

    def _judge_holder(
        self, resource: str, owner: str, expires_in: float, began: float, here: list[Caller]
    ) -> None:
        callers = [caller for caller in here if caller.owner == owner]
        if not callers:
            return self._accuse(f"{resource} is held by nobody who asked", owner)
        longest = max(CLAIM_SECONDS, callers[0].lock_request.ttl)
        if expires_in > longest + MARGIN_SECONDS:
            self._accuse(f"{resource} is held for too long, seconds", expires_in)
        ends = [self._may_hold_until(caller, longest) for caller in callers]
        if began > max(ends):
            self._accuse(f"{resource} is held for a caller who has gone", owner)
        return None

    def _may_hold_until(self, caller: Caller, longest: float) -> float:
        """Return when a reader may see it as a holder for the last time."""
        if caller.pending:
            return math.inf
        if caller.gone is None:
            (holding,) = [one for one in self.holdings.values() if caller in one.callers]
            return math.inf if holding.released is None else holding.released
        if caller.killed:
            return caller.gone + max(longest, REGISTRATION_SECONDS + CLAIM_SECONDS) + MARGIN_SECONDS
        if caller.lock_request.request_id:  # the lease stays for the repeat to find
            return caller.gone + longest + MARGIN_SECONDS
        return caller.gone + _FREE_SECONDS + MARGIN_SECONDS + self.slack

    def _broken(self, resource: str, holding: Holding, now: float) -> bool:
        """Return True if the lock was taken from it on purpose by then."""
        tokens = (None, holding.token(resource))
        return any(
            broke.ended >= holding.confirmed and broke.began <= now and broke.token in tokens
            for broke in self._breaks(resource)
        )

    def _breaks(self, resource: str) -> list[Break]:
        return self._of(resource).breaks

    def _of(self, resource: str) -> Resource:
        return self._resources.setdefault(resource, Resource())

    def _accuse(self, what: str, whom: object) -> None:
        self.violations.append(f"{what}: {whom}")
        self.note("VIOLATION", what=what, whom=str(whom))
