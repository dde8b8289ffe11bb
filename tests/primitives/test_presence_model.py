"""Presence under all that may happen at random: every server and every watcher ends with the truth.

`make endurance` runs a thousand examples a cell; `--hypothesis-seed=N` repeats the steps of a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quikstate_server.primitives.presence.model import PresenceStatus
from support.presence.world import CONNECTIONS, SERVERS, USERS, WORKSPACES, HeartbeatStep, World
from support.redis.deployments import Deployment

_EXAMPLES = 4
SERVER = st.integers(0, SERVERS - 1)
USER, CONNECTION = st.sampled_from(USERS), st.sampled_from(CONNECTIONS)
SEEN = st.sampled_from([PresenceStatus.AWAY, PresenceStatus.ONLINE, PresenceStatus.DO_NOT_DISTURB])
PLACES = st.lists(st.sampled_from(WORKSPACES), unique=True).map(tuple)
HEARTBEATS = st.builds(HeartbeatStep, USER, CONNECTION, PLACES, SEEN, st.sampled_from([False, False, True]))
STEPS: Any = st.one_of(
    st.tuples(st.just("heartbeat"), SERVER, st.lists(HEARTBEATS, min_size=1, max_size=6)),
    st.tuples(st.just("heartbeat"), SERVER, st.lists(HEARTBEATS, min_size=1, max_size=6)),
    st.tuples(st.just("leave"), SERVER, USER, CONNECTION | st.just(""), st.sampled_from([0.0, 0.2])),
    st.tuples(st.just("flap"), SERVER, HEARTBEATS),
    st.tuples(st.just("set_status"), SERVER, USER, st.none() | st.sampled_from(PresenceStatus)),
    st.tuples(st.just("move"), st.integers(0, 9), SERVER),
    st.tuples(st.just("kill"), SERVER),
    st.tuples(st.sampled_from(["flush", "cut"])),
)


@pytest.fixture
def world(deployment: Deployment) -> Iterator[World]:
    opened = World(deployment)
    yield opened
    opened.close()


def test_presence_converges_to_the_truth_on_every_server_and_watcher(world: World) -> None:
    endures = settings.get_current_profile_name() == "endurance"
    chosen = settings(
        settings.get_profile(settings.get_current_profile_name()),
        max_examples=1_000 if endures else _EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @chosen
    @given(st.lists(STEPS, min_size=5, max_size=40))
    def holds(steps: list[tuple[Any, ...]]) -> None:
        world.begin()
        for name, *args in steps:
            work = getattr(world, name)(*args)
            if work:
                world.run(work)
        world.end()

    holds()
