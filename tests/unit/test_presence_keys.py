"""The keys of presence are the legacy key layout; no two are equal, nor equal to one of the cache."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quikstate_server import keys

HOSTILE = st.lists(
    st.sampled_from([":", "%", "{", "}", "*", "a", "status", "online", "typing", "3A"]),
    min_size=1,
    max_size=5,
)
ids = HOSTILE.map("".join) | st.text(min_size=1, max_size=8)
names = (
    ids.map(lambda a: (("online", a), keys.workspace_online(a)))
    | ids.map(lambda a: (("status", a), keys.user_status(a)))
    | ids.map(lambda a: (("types", a), keys.channel_typing(a)))
    | st.tuples(ids, ids).map(lambda both: (("typing", *both), keys.user_typing(*both)))
    | st.tuples(st.sampled_from(["user", "workspace", "channel_members"]), ids).map(
        lambda cached: (("cached", *cached), keys.cached(*cached))
    )
)


@given(names, names)
def test_presence_keys_of_different_things_differ(one: tuple[object, str], other: tuple[object, str]) -> None:
    assert (one[0] == other[0]) == (one[1] == other[1])


def test_presence_keys_are_the_legacy_key_layout() -> None:
    assert keys.workspace_online("ws-uuid") == "workspace:ws-uuid:online"
    assert keys.user_status("user-uuid") == "user:user-uuid:status"
    assert keys.user_typing("user-uuid", "channel-uuid") == "user:user-uuid:typing:channel-uuid"
    assert keys.PRESENCE_CHANNEL == "pubsub:presence:"
