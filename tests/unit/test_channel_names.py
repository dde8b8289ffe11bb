"""A channel has its own name in Redis, and that is never the name of a server's or of Redis's own channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import quikstate_server
from quikstate.v1.pub_sub_pb2 import DeleteHistoryRequest
from quikstate_server import keys
from quikstate_server.keys import Keyspace, is_reserved_channel
from quikstate_server.primitives.cache.entry_store import changes_channel
from quikstate_server.primitives.cache.tag_store import invalidations_channel
from quikstate_server.primitives.lock.store import events_channel as lock_channel
from quikstate_server.primitives.pub_sub.channel_keyspace import (
    ChannelKeyspace,
    ChannelKeyspaces,
    display_name,
)
from quikstate_server.primitives.queue.model import QueueName
from quikstate_server.primitives.queue.store import wakeup_channel
from quikstate_server.primitives.session.user_session_store import events_channel as session_channel
from quikstate_server.services.pub_sub import validation
from quikstate_server.settings import Limits

PARTS = [":", "%", "{", "}", "*", "?", "[", "]", "\\", "^", "-", "%7B", "a", "ns.", "é", "\U0001f512", " "]
PARTS += ["{a}:live", "{a}:events", "quikstate:", "locks", "}:wakeups", "lock:", "__", "0"]
names = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=8
)
allowed = names.filter(lambda name: not is_reserved_channel(name))
namespaces = st.just("") | names
prefixes = st.sampled_from(["", "QuikApp:", "q", "quikstate:", "n", "_a"])
SERVER = "x4Yz-_9"


def keyspace(namespace: str, channel_prefix: str = "", key_prefix: str = "") -> ChannelKeyspace:
    return ChannelKeyspaces(key_prefix, channel_prefix).of(namespace)


def channels_between_servers(prefix: str, namespace: str, name: str) -> list[str]:
    """Return the channels between servers that concern something with this name."""
    kept = Keyspace(prefix, namespace)
    return [
        keyspace(namespace, key_prefix=prefix).live_channel(name),
        lock_channel(kept, name),
        lock_channel(Keyspace(prefix, namespace, group=name), name),
        session_channel(kept, name),
        changes_channel(kept, keys.cached("name", name)),
        invalidations_channel(kept, name),
        wakeup_channel(QueueName(kept, name)),
        f"{{{prefix}{keys.LOCK_NOTIFICATIONS}}}:{SERVER}",
    ]


@given(prefixes, st.lists(st.tuples(namespaces, allowed), min_size=2, max_size=20))
def test_channels_of_different_names_differ(prefix: str, built: Sequence[tuple[str, str]]) -> None:
    for one, other in combinations(built, 2):
        on_the_wire = [keyspace(namespace, prefix).raw_channel(name) for namespace, name in (one, other)]
        assert (one == other) == (on_the_wire[0] == on_the_wire[1])
        lives = [keyspace(namespace).live_channel(name) for namespace, name in (one, other)]
        assert (one == other) == (lives[0] == lives[1])


@example("", "", "", "{lock:a}:events", "", "a")
@given(prefixes, prefixes, namespaces, names, namespaces, names)
def test_no_channel_has_the_name_of_a_servers_channel(
    channel_prefix: str, key_prefix: str, namespace: str, name: str, other: str, thing: str
) -> None:
    theirs = channels_between_servers(key_prefix, other, thing)
    assert all(is_reserved_channel(one) for one in theirs)
    assume(not is_reserved_channel(name))
    channel = keyspace(namespace, channel_prefix).raw_channel(name)
    assert channel not in theirs
    assert not channel.startswith(("__", f"{channel_prefix}quikstate:"))  # probes, streams of presence


def test_every_channel_that_scripts_publish_on_is_known() -> None:
    """A new channel between servers must be reserved too. Scripts get some from the functions above."""
    root = Path(quikstate_server.__file__).parent
    scripts = "\n".join(path.read_text() for path in root.rglob("*.lua"))
    suffixes = re.findall(r"'PUBLISH', [^\n]*?\.\. '(\w+)',", scripts)
    from_arguments = re.findall(
        r"'PUBLISH', ((?:\w+\.)?\w*channel|channel_prefix \.\. [^\n]+?|ARGV\[\d+\]),", scripts
    )
    assert len(suffixes) + len(from_arguments) == scripts.count("'PUBLISH'")
    assert {*suffixes, "live"} == set(keys.SERVER_CHANNELS)


@given(prefixes, namespaces, allowed)
def test_the_name_of_a_redis_channel_is_the_channels_name(prefix: str, namespace: str, name: str) -> None:
    ours, other = keyspace(namespace, prefix), keyspace(f"{namespace}x", prefix)
    assert ours.name_of_raw(ours.raw_channel(name)) == name
    assert ours.name_of_live(ours.live_channel(name)) == name
    assert other.name_of_raw(ours.raw_channel(name)) is None
    assert other.name_of_live(ours.live_channel(name)) is None


@pytest.mark.parametrize(
    "wire", ["", "{d:1}:live", "__sentinel__:hello", "ns.a:c", "quikstate:probe:1", "{quikstate:locks}:a"]
)
def test_a_reserved_redis_channel_has_no_name(wire: str) -> None:
    assert keyspace("").name_of_raw(wire) is None
    assert keyspace("", "P:").name_of_raw(f"P:{wire}") is None


@pytest.mark.parametrize(
    "wire", ["{}:live", "{a", "a}:live", "{a{b}:live", "{ns.x:a}:live", "{__a}:live", "d"]
)
def test_a_redis_channel_that_is_no_live_channel_has_no_name(wire: str) -> None:
    assert keyspace("").name_of_live(wire) is None


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("orders[eu]", True),
        ("orders{eu}", True),
        ("{orders}:eu", True),
        ("%5B", True),
        ("*?[]{}\\%", True),
        ("{orders}:live", False),
        ("{P:quikstate:locks}:a", False),
        ("quikstate:a", False),
        ("__keyspace@0__:a", False),
        ("ns.a:b", False),
    ],
)
def test_a_channel_name_is_refused_only_if_it_is_reserved(name: str, fine: bool) -> None:
    faults = dict(validation.delete_history(DeleteHistoryRequest(channel=name), Limits()))
    assert (faults == {}) == fine


def test_bytes_that_are_not_utf8_become_replacement_characters() -> None:
    assert display_name(b"a\xffb".decode(errors="surrogateescape")) == "a�b"
    assert display_name("é") == "é"
