"""Locks under everything that may happen to them at random, judged by what callers and a reader saw.

The steps are hypothesis's, the time is Redis's: what a step meets differs from
run to run, so a failure prints the whole history, and is not shrunk. `make
endurance` runs a thousand examples a cell (`--hypothesis-profile=endurance`);
`--hypothesis-seed=N` repeats the steps of a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from quikstate_server.primitives.lock.model import LockMode
from support.harness.eventually import turns
from support.lock.world import NAMES, World
from support.redis.deployments import Deployment

_T = TypeVar("_T")
_EXAMPLES = 10
_STEPS = 40

TTLS = st.sampled_from([0.15, 0.4, 1.2])
ANY = st.integers(0, 99)
"""Which of those there are."""
SERVER = st.integers(0, 1)
NAME = st.sampled_from(NAMES)
GOALS = st.sampled_from([("a",), ("a",), ("a",), ("b",), ("a", "b")])
KINDS = st.sampled_from(
    [
        (LockMode.EXCLUSIVE, 0),
        (LockMode.EXCLUSIVE, 0),
        (LockMode.SHARED, 0),
        (LockMode.SEMAPHORE, 2),
        (LockMode.SEMAPHORE, 3),
    ]
)
Kind = tuple[LockMode, int]
CROWDS = st.lists(KINDS, min_size=2, max_size=6)
WAITS = st.sampled_from([0.3, 30.0])


def one_of(things: Sequence[_T], which: int) -> _T | None:
    """Steps have no preconditions: what there is depends on the time."""
    return things[which % len(things)] if things else None


class LockMachine(RuleBasedStateMachine):
    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.drain = False
        world.begin()

    @initialize(drain=st.booleans())
    def decide_the_end(self, drain: bool) -> None:
        self.drain = drain

    @rule(at=SERVER, names=GOALS, kind=KINDS, ttl=TTLS, request=st.booleans())
    def acquire_at_once(self, at: int, names: Sequence[str], kind: Kind, ttl: float, request: bool) -> None:
        self.world.acquire(at, self.world.lock_request(names, kind, ttl, request=request), 0.0)

    @rule(at=SERVER, names=GOALS, kind=KINDS, ttl=TTLS, request=st.booleans(), wait=WAITS)
    def acquire_in_turn(
        self, at: int, names: Sequence[str], kind: Kind, ttl: float, request: bool, wait: float
    ) -> None:
        self.world.acquire(at, self.world.lock_request(names, kind, ttl, request=request), wait)

    @rule(name=NAME, kinds=CROWDS, ttl=TTLS, works=st.sampled_from([0.0, 0.02]))
    def a_crowd_comes(self, name: str, kinds: Sequence[Kind], ttl: float, works: float) -> None:
        for number, kind in enumerate(kinds):
            self.world.acquire(number % 2, self.world.lock_request((name,), kind, ttl), 30.0, works)

    @rule(which=ANY, at=SERVER, wait=st.sampled_from([0.0, 30.0]))
    def repeat_a_request(self, which: int, at: int, wait: float) -> None:
        requests = [caller for caller in self.world.history.callers if caller.lock_request.request_id]
        if caller := one_of(requests, which):
            self.world.acquire(at, caller.lock_request, wait)

    @rule(which=ANY)
    def cancel(self, which: int) -> None:
        if caller := one_of(self.world.pending(), which):
            self.world.cancel(caller)

    @rule(at=SERVER, name=NAME, kind=KINDS, ttl=TTLS, count=st.integers(0, 8))
    def cancel_in_flight(self, at: int, name: str, kind: Kind, ttl: float, count: int) -> None:
        caller = self.world.acquire(at, self.world.lock_request((name,), kind, ttl), 30.0)
        self.world.run(turns(count))
        self.world.cancel(caller)

    @rule(which=ANY, at=SERVER, ttl=TTLS)
    def renew(self, which: int, at: int, ttl: float) -> None:
        if holding := one_of(self.world.holdings(), which):
            self.world.run(self.world.renew(holding, at, ttl))

    @rule(which=ANY, at=SERVER)
    def release(self, which: int, at: int) -> None:
        if holding := one_of(self.world.held(), which):
            self.world.run(self.world.release(holding, at))

    @rule(which=ANY, at=SERVER, name=NAME)
    def release_what_is_not_held(self, which: int, at: int, name: str) -> None:
        self.world.run(self.world.release_by_stranger(name, at))
        if holding := one_of([one for one in self.world.holdings() if one.given_up], which):
            self.world.run(self.world.release(holding, at))

    @rule(name=NAME, at=SERVER, which=st.none() | ANY)
    def force_release(self, name: str, at: int, which: int | None) -> None:
        holding = None if which is None else one_of(self.world.holdings(), which)
        if which is None or holding:
            self.world.run(self.world.force_release(name, at, holding))

    @rule(name=NAME, ttl=TTLS, deletes=st.sampled_from(["", "", "its own", "whatever"]), which=ANY)
    def a_raw_client_comes(self, name: str, ttl: float, deletes: str, which: int) -> None:
        self.world.raw_set(name, ttl)
        if deletes == "whatever":
            self.world.raw_delete(name)
        elif deletes:
            self.world.raw_compare_and_delete(name, one_of(self.world.raw_values, which) or "")

    @rule(at=SERVER, fault=st.sampled_from(["slow", "fast", "kill", "flush", "cut"]))
    def something_breaks(self, at: int, fault: str) -> None:
        match fault:
            case "slow":
                self.world.slow_down(at, 0.1)
            case "fast":
                self.world.slow_down(at, 0.0)
            case "kill":
                self.world.run(self.world.kill(at))
            case "flush":
                self.world.flush_all()
            case _:
                self.world.cut_connections()

    @rule(seconds=st.sampled_from([0.02, 0.1, 0.5, 1.2]))
    def pause(self, seconds: float) -> None:
        self.world.run(self.world.pause(seconds))

    @invariant()
    def the_world_goes_on(self) -> None:
        self.world.run(self.world.pause(0.01))

    def teardown(self) -> None:
        self.world.end(drain=self.drain)


@pytest.fixture
def world(deployment: Deployment) -> Iterator[World]:
    opened = World(deployment)
    yield opened
    opened.close()


def test_lock_promises_hold_whatever_happens(world: World) -> None:
    profile = settings.get_profile(settings.get_current_profile_name())
    chosen = settings(
        profile,
        max_examples=profile.max_examples
        if settings.get_current_profile_name() == "endurance"
        else _EXAMPLES,
        stateful_step_count=_STEPS,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    def machine() -> LockMachine:
        return LockMachine(world)

    run_state_machine_as_test(cast("type[LockMachine]", machine), settings=chosen)
    if world.report:
        pytest.fail(world.report, pytrace=False)
