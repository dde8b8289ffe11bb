"""Cache keys: the legacy keys, a different one for each entry, and never a key of another service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quikstate_server.keys import Keyspace, cache_tag, cached, cached_from, cached_prefix

HOSTILE = [":", "%", "{", "}", "*", "status", "members", ":members", "online", "tag:", "a", "é", " "]
ids = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5).map("".join) | st.text(
    min_size=1, max_size=8
)
kinds = st.sampled_from(["name", "user", "workspace", "channel_members"])
entries = st.tuples(kinds, ids)

OTHERS = re.compile(
    r"(session|token|rate|lock|queue|pubsub|quikstate|ns\.[^:]*):.*|user:.*:.*|workspace:.*:.*"
    r"|channel:.*:(?!members$).*|\{.*",
    re.DOTALL,
)
"""Keys of other services: by their first word, or by one segment more than cache keys have."""


@pytest.mark.parametrize(
    ("kind", "id_", "key"),
    [
        ("name", "search:9f86d0", "cache:search:9f86d0"),
        ("user", "user-uuid", "user:user-uuid"),
        ("workspace", "ws-uuid", "workspace:ws-uuid"),
        ("channel_members", "channel-uuid", "channel:channel-uuid:members"),
        ("user", "42:status", "user:42%3Astatus"),
        ("channel_members", "1:messages", "channel:1%3Amessages:members"),
    ],
)
def test_cache_keys_are_the_legacy_keys(kind: str, id_: str, key: str) -> None:
    assert Keyspace().key(cached(kind, id_)) == key


@given(st.lists(entries, min_size=2, max_size=30))
def test_cache_keys_of_different_entries_differ(built: Sequence[tuple[str, str]]) -> None:
    for one, other in combinations(built, 2):
        assert (one == other) == (cached(*one) == cached(*other))


@example(("user", "1:status"))
@example(("workspace", "w:online"))
@example(("channel_members", "c:messages"))
@given(entries)
def test_cache_keys_are_no_key_of_another_service(entry: tuple[str, str]) -> None:
    assert not OTHERS.fullmatch(cached(*entry))


@given(entries)
def test_cache_keys_can_be_read_back(entry: tuple[str, str]) -> None:
    assert cached_from(cached(*entry)) == entry


@pytest.mark.parametrize(
    "name",
    ["user:1:status", "workspace:w:online", "channel:1:messages", "session:a", "user:", "cache:", "lock:a"],
)
def test_names_of_others_are_no_cache_entries(name: str) -> None:
    assert cached_from(name) is None


@given(kinds, ids, ids)
def test_a_prefix_of_an_id_is_a_prefix_of_its_key(kind: str, id_prefix: str, rest: str) -> None:
    assert cached(kind, id_prefix + rest).startswith(cached_prefix(kind, id_prefix))
    assert cached(kind, rest).startswith(cached_prefix(kind, ""))


@given(st.lists(ids, min_size=2, max_size=20), entries)
def test_tags_are_no_entries_and_no_other_tags(tags: Sequence[str], entry: tuple[str, str]) -> None:
    keyspace = Keyspace()
    built = [keyspace.sidecar(cache_tag(tag), "version") for tag in tags]
    assert len(set(built)) == len(set(tags))
    assert keyspace.key(cached(*entry)) not in built
    for suffix in ("meta", "lease", "changed"):
        assert keyspace.sidecar(cached(*entry), suffix) not in built
