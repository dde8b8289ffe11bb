"""No two ids, names, groups or namespaces meet in one key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quikstate_server.keys import (
    QUEUE_INDEX,
    Keyspace,
    blacklisted_token,
    free_form,
    is_reserved_channel,
    queue,
    rate,
    rate_of_parts,
    segment,
    session,
    user_sessions,
)

HOSTILE = [":", "%", "{", "}", "*", "?", "[", "]", "\\", "a", "A", "ns.", "3", "é", "\U0001f512", " "]
ids = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6).map("".join) | st.text(
    min_size=1, max_size=8
)
optional_ids = st.just("") | ids
SUFFIXES = [
    "names",
    "confirmed",
    "token_bucket:60000",
    "token_bucket:60000:login",
    "request:a",
    "request:a:100",
    "holders",
]


@st.composite
def named(draw: st.DrawFn) -> tuple[object, str]:
    """What a key is made of, and the key."""
    namespace, group = draw(optional_ids), draw(optional_ids)
    kind, name = draw(
        ids.map(lambda key: ("rate", rate(key)))
        | ids.map(lambda key: ("lock", f"lock:{free_form(key)}"))
        | ids.map(lambda key: ("queue", queue(key)))
        | ids.map(lambda one: ("session", session(one)))
        | ids.map(lambda one: ("user", user_sessions(one)))
        | ids.map(lambda one: ("token", blacklisted_token(one)))
        | st.just(("queues", QUEUE_INDEX))
    )
    suffix = draw(st.sampled_from(["", *SUFFIXES]))
    keyspace = Keyspace("QuikApp:", namespace, group)
    built = keyspace.sidecar(name, suffix) if suffix else keyspace.key(name)
    return (namespace, group, kind, name, suffix), built


@given(st.lists(named(), min_size=2, max_size=40))
def test_keys_of_different_things_differ(built: Sequence[tuple[object, str]]) -> None:
    for (one, key_of_one), (other, key_of_other) in combinations(built, 2):
        assert (one == other) == (key_of_one == key_of_other)


def test_group_cannot_pass_for_a_namespace() -> None:
    ours, forged = Keyspace(namespace="a", group="g"), Keyspace(group="ns.a:g")
    assert ours.key(rate("k")) != forged.key(rate("k"))


@given(ids, ids)
def test_segments_of_different_ids_differ(one: str, other: str) -> None:
    assert (one == other) == (segment(one) == segment(other))
    assert (one == other) == (free_form(one) == free_form(other))


@example(["a:b"], ["a", "b"])
@example(["::1", "x"], ["", "", "1:x"])
@example(["%3A"], [":"])
@given(st.lists(ids, min_size=1, max_size=4), st.lists(ids, min_size=1, max_size=4))
def test_parts_cannot_reach_into_each_other(one: list[str], other: list[str]) -> None:
    assert (one == other) == (rate_of_parts(one) == rate_of_parts(other))


@given(ids)
def test_encoded_ids_hold_no_special_characters(text: str) -> None:
    assert not set(segment(text)) & set(":{}*?[]\\")
    assert not set(free_form(text)) & set("{}*?[]\\")


@given(optional_ids, optional_ids, ids)
def test_keys_stay_in_their_namespace_and_prefix(namespace: str, group: str, key: str) -> None:
    keyspace = Keyspace("QuikApp:", namespace, group)
    root = f"QuikApp:ns.{segment(namespace)}:" if namespace else "QuikApp:"
    for built in (keyspace.key(rate(key)), keyspace.sidecar(rate(key), SUFFIXES[0])):
        assert built.lstrip("{").startswith(root)


@given(optional_ids, optional_ids, ids)
def test_a_key_and_its_sidecars_share_a_slot(namespace: str, group: str, key: str) -> None:
    keyspace = Keyspace("QuikApp:", namespace, group)
    slots = {hashed(keyspace.key(rate(key)))} | {
        hashed(keyspace.sidecar(rate(key), suffix)) for suffix in SUFFIXES
    }
    assert len(slots) == 1
    if group:
        root = f"QuikApp:ns.{segment(namespace)}:" if namespace else "QuikApp:"
        assert slots == {f"{root}{segment(group)}"}


def hashed(key: str) -> str:
    """What Redis Cluster hashes of a key: what stands in the first braces, unless that is nothing."""
    _, brace, rest = key.partition("{")
    inside, end, _ = rest.partition("}")
    return inside if brace and end and inside else key


@given(optional_ids, optional_ids, ids)
def test_a_family_is_a_key_and_its_sidecars(namespace: str, group: str, key: str) -> None:
    keyspace = Keyspace("p:", namespace, group)
    sidecars = [keyspace.sidecar(rate(key), suffix) for suffix in SUFFIXES]
    assert keyspace.family(rate(key), SUFFIXES) == [keyspace.key(rate(key)), *sidecars]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("auth:203.0.113.9", "rate:auth:203.0.113.9"),
        ("192.168.1.1:/api/messages", "rate:192.168.1.1:/api/messages"),
        ("100%{a}*", "rate:100%25%7Ba%7D%2A"),
    ],
)
def test_rate_limit_keys_follow_the_legacy_layout(key: str, name: str) -> None:
    assert Keyspace().key(rate(key)) == name
    assert Keyspace("QuikApp:").sidecar(rate(key), "x") == f"{{QuikApp:{name}}}:x"


def test_queue_keys_follow_the_legacy_layout() -> None:
    assert Keyspace().key(queue("notifications:user-7")) == "queue:notifications:user-7"
    assert Keyspace("QuikApp:").sidecar(queue("a"), "dead") == "{QuikApp:queue:a}:dead"


def test_no_channel_of_a_caller_has_the_keys_of_the_index_of_queues() -> None:
    assert is_reserved_channel(QUEUE_INDEX)
    assert Keyspace("QuikApp:", "a").sidecar(QUEUE_INDEX, "names") == "{QuikApp:ns.a:quikstate:queues}:names"


def test_rate_limit_parts_are_encoded_each() -> None:
    assert rate_of_parts(["auth", "2001:db8::1"]) == "rate:auth:2001%3Adb8%3A%3A1"
