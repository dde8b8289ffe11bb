"""Every Redis key and channel name, and how ids become part of them.

The main key K of a thing follows the legacy key layout: the names that services gave these keys before
quikstate, readable with redis-cli. Raw Redis clients, which are programs that use these keys without
quikstate, go on finding them. Keys that quikstate adds are sidecars of K.

Redis Cluster hashes what stands between the first braces of a key, or all of it. So a sidecar of K is called
`{K}:suffix` and lives on K's slot, while K keeps its plain name. A `group` G, which callers give to act on
several keys at once, stands before K in braces: `{G}:K`, its sidecars `{G}:{K}:suffix`.

With a key prefix P and a namespace N the name begins `P` `ns.N:`, inside the braces wherever there are
braces. An id cannot hold a brace, and an id that is one segment cannot hold a colon: both are
percent-encoded. So the names of different things, groups and namespaces differ (tests/unit/test_keys.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

_SEGMENT = re.compile(r"[:%{}*?\[\]\\]")
_FREE_FORM = re.compile(r"[%{}*?\[\]\\]")


def segment(text: str) -> str:
    """Encode an id that stands between two colons."""
    return _SEGMENT.sub(_percent, text)


def free_form(text: str) -> str:
    """Encode a name that may have several segments: `:` stays."""
    if not _FREE_FORM.search(text):  # most need no encoding, and take half the time so
        return text
    return _FREE_FORM.sub(_percent, text)


def plain(encoded: str) -> str:
    """Decode an id or name."""
    return unquote(encoded)


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


@dataclass(frozen=True, slots=True)
class Keyspace:
    """The names of one namespace under one key prefix, in one group or in none."""

    prefix: str = ""
    namespace: str = ""
    group: str = ""
    _before_key: str = field(init=False, repr=False, compare=False)
    _before_sidecar: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compute once what stands before every name: a request may have a thousand of them."""
        root = f"{self.prefix}ns.{segment(self.namespace)}:" if self.namespace else self.prefix
        grouped = f"{{{root}{segment(self.group)}}}:" if self.group else ""
        object.__setattr__(self, "_before_key", grouped or root)
        object.__setattr__(self, "_before_sidecar", f"{grouped}{{" if grouped else f"{{{root}")

    def key(self, name: str) -> str:
        """Return the key of the thing that the legacy key layout calls `name`."""
        return f"{self._before_key}{name}"

    def sidecar(self, name: str, suffix: str) -> str:
        """Return a key that belongs to `name`, on the same slot."""
        return f"{self._before_sidecar}{name}}}:{suffix}"

    def family(self, name: str, suffixes: Iterable[str]) -> list[str]:
        """Return the key of `name` and its sidecars with these suffixes, as most scripts take them."""
        sidecar = self.sidecar(name, "")
        return [f"{self._before_key}{name}", *[sidecar + suffix for suffix in suffixes]]


def absent(key: str) -> str:
    """Return a key on the slot of `key` that is never written; a script of several keys names it too.

    While a slot of a cluster moves to another node, a script of several keys starts on the node that has all
    of them, and is interrupted half-way when it touches one that it has deleted. Naming a key that is always
    absent keeps it from starting.
    """
    tag = key.partition("{")[2].partition("}")[0] or key
    return f"{{{tag}}}:absent"


def rate(key: str) -> str:
    """Return the name of a rate limit with a free-form key."""
    return f"rate:{free_form(key)}"


def rate_of_parts(parts: Iterable[str]) -> str:
    """Return the name of a rate limit from ids, each of which is encoded as a segment."""
    return f"rate:{':'.join(map(segment, parts))}"


def lock(resource: str) -> str:
    """Return the name of a lock: a legacy key, which exists while anyone holds the resource."""
    return f"lock:{free_form(resource)}"


_CACHED = {
    "name": ("cache:", "", free_form),
    "user": ("user:", "", segment),
    "workspace": ("workspace:", "", segment),
    "channel_members": ("channel:", ":members", segment),
}
"""What can be cached: by its kind, what stands before and after the id, and how the id is encoded."""


def cached(kind: str, id_: str) -> str:
    """Return the name of a cache entry: the legacy key of its kind, so that raw Redis clients find it."""
    before, behind, encoded = _CACHED[kind]
    return f"{before}{encoded(id_)}{behind}"


def cached_prefix(kind: str, id_prefix: str) -> str:
    """Return the prefix of the names of all entries of a kind whose ids have this prefix."""
    before, _, encoded = _CACHED[kind]
    return before + encoded(id_prefix)


def cached_from(name: str) -> tuple[str, str] | None:
    """Return the kind and the id of a cache entry's name; None for any other name."""
    for kind, (before, behind, _) in _CACHED.items():
        if name.startswith(before) and name.endswith(behind):
            id_ = plain(name[len(before) : len(name) - len(behind)])
            if id_ and cached(kind, id_) == name:
                return kind, id_
    return None


def cache_tag(tag: str) -> str:
    """Return the name of a tag. Only its sidecar is a key: a cache entry may have this name."""
    return f"cache:tag:{segment(tag)}"


def queue(name: str) -> str:
    """Return the name of a queue: a legacy key, a stream that exists while the queue has items."""
    return f"queue:{free_form(name)}"


QUEUE_INDEX = "quikstate:queues"
"""The name of the index of a namespace's queues. Only its sidecars are keys; no channel may begin so."""


# Presence


def workspace_online(workspace: str) -> str:
    """Return the name of the users online in a workspace: a legacy sorted set that raw clients use too."""
    return f"workspace:{segment(workspace)}:online"


def user_status(user: str) -> str:
    """Return the name of a user's status: a legacy key that holds one word."""
    return f"user:{segment(user)}:status"


def user_typing(user: str, channel: str) -> str:
    """Return the name of the sign that a user types in a channel: a legacy key, which expires by itself."""
    return f"user:{segment(user)}:typing:{segment(channel)}"


def channel_typing(channel: str) -> str:
    """Return the name of the users who type in a channel."""
    return f"channel:{segment(channel)}:typing"


PRESENCE_CHANNEL = "pubsub:presence:"
"""Stands before a workspace's id in the name of the legacy channel of its changes."""


def session(session_id: str) -> str:
    """Return the name of a session: a legacy hash."""
    return f"session:{segment(session_id)}"


def user_sessions(user_id: str) -> str:
    """Return the name of the list of a user's sessions."""
    return f"user:{segment(user_id)}:sessions"


def blacklisted_token(jti: str) -> str:
    """Return the name of the mark that a token is revoked: a legacy key."""
    return f"token:blacklist:{segment(jti)}"


# Pub/sub

RESERVED_CHANNELS = ("__", "ns.", "quikstate:")
"""Beginnings that a caller's channel must not have: those of Redis (`__sentinel__:hello`), of namespaces and
of quikstate."""
SERVER_CHANNELS = ("live", "events", "changed", "invalidated", "wakeups")
"""The suffixes of sidecars that are channels, in which scripts publish what they did for other servers."""
LOCK_NOTIFICATIONS = "quikstate:locks"
"""Stands before the id of a server in the channel that notifies its waiters and its streams."""

_SERVER_CHANNEL = re.compile(
    rf"\{{.*\}}:({'|'.join(SERVER_CHANNELS)})|\{{.*{LOCK_NOTIFICATIONS}\}}:.*", re.DOTALL
)


def is_reserved_channel(name: str) -> bool:
    """Return True if the name belongs to Redis, to another namespace or to quikstate itself.

    A caller's channel has its own name unencoded, with any character in it, so that raw Redis clients can use
    it too.
    """
    if name.startswith("{"):
        return _SERVER_CHANNEL.fullmatch(name) is not None
    return name.startswith(RESERVED_CHANNELS)


def channel(name: str) -> str:
    """Return the name of a channel as part of keys, and of the channels between servers."""
    return free_form(name)
