"""Every Redis key and channel name, and how ids become part of them.

A key K is the seed's name for the thing, readable with redis-cli. Redis Cluster
hashes what stands between the first braces of a key, or all of it. So what
belongs to K (a sidecar) is called `{K}:suffix` and lives on K's slot, while K
keeps its plain name; and a `group` G, which callers give to act on several keys
at once, stands before K in braces: `{G}:K`, its sidecars `{G}:{K}:suffix`.

With a key prefix P and a namespace N the name begins `P` `ns.N:`, inside the
braces wherever there are braces. An id cannot hold a brace, and an id that is
one segment cannot hold a colon: both are percent-encoded. So no two names, no
group and no namespace can meet (tests/unit/test_keys.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

_SEGMENT = re.compile(r"[:%{}*?\[\]\\]")
_FREE_FORM = re.compile(r"[%{}*?\[\]\\]")


def segment(text: str) -> str:
    """One id between colons."""
    return _SEGMENT.sub(_percent, text)


def free_form(text: str) -> str:
    """A name that may itself have several segments: `:` stays."""
    if not _FREE_FORM.search(text):  # as most do not, in half the time
        return text
    return _FREE_FORM.sub(_percent, text)


def plain(encoded: str) -> str:
    """The id or name that was encoded so."""
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
        """Spell out once what stands before every name: a request may have a thousand of them."""
        root = f"{self.prefix}ns.{segment(self.namespace)}:" if self.namespace else self.prefix
        grouped = f"{{{root}{segment(self.group)}}}:" if self.group else ""
        object.__setattr__(self, "_before_key", grouped or root)
        object.__setattr__(self, "_before_sidecar", f"{grouped}{{" if grouped else f"{{{root}")

    def key(self, name: str) -> str:
        """The key of a thing whose seed name is `name`."""
        return f"{self._before_key}{name}"

    def sidecar(self, name: str, suffix: str) -> str:
        """A key of ours that belongs to `name`, on the same slot."""
        return f"{self._before_sidecar}{name}}}:{suffix}"

    def family(self, name: str, suffixes: Iterable[str]) -> list[str]:
        """The key of `name`, and its sidecars with these suffixes, as most scripts take them."""
        sidecar = self.sidecar(name, "")
        return [f"{self._before_key}{name}", *[sidecar + suffix for suffix in suffixes]]


def absent(key: str) -> str:
    """A name on the slot of `key` that nobody ever writes, for a script of several keys to ask for too.

    While a slot of a cluster is on its way to another node, such a script begins where it finds all its keys,
    and is broken off in its midst when it touches one that it has deleted. With this one it does not begin.
    """
    tag = key.partition("{")[2].partition("}")[0] or key
    return f"{{{tag}}}:absent"


def rate(key: str) -> str:
    """A rate limit's name, from a free-form key."""
    return f"rate:{free_form(key)}"


def rate_of_parts(parts: Iterable[str]) -> str:
    """A rate limit's name, from ids none of which can reach into the next."""
    return f"rate:{':'.join(map(segment, parts))}"


def lock(resource: str) -> str:
    """A lock's name: the seed's key, held as long as anyone holds the resource."""
    return f"lock:{free_form(resource)}"


_CACHED = {
    "name": ("cache:", "", free_form),
    "user": ("user:", "", segment),
    "workspace": ("workspace:", "", segment),
    "channel_members": ("channel:", ":members", segment),
}
"""What may be cached: by its kind, what stands before and behind its id, and how that is encoded."""


def cached(kind: str, id_: str) -> str:
    """A cache entry's name: the seed's key of its kind, so that raw clients find it."""
    before, behind, encoded = _CACHED[kind]
    return f"{before}{encoded(id_)}{behind}"


def cached_prefix(kind: str, id_prefix: str) -> str:
    """Return the prefix of the names of all entries of a kind whose ids have this prefix."""
    before, _, encoded = _CACHED[kind]
    return before + encoded(id_prefix)


def cached_from(name: str) -> tuple[str, str] | None:
    """The kind and the id of a cache entry's name; None for a name of anything else."""
    for kind, (before, behind, _) in _CACHED.items():
        if name.startswith(before) and name.endswith(behind):
            id_ = plain(name[len(before) : len(name) - len(behind)])
            if id_ and cached(kind, id_) == name:
                return kind, id_
    return None


def cache_tag(tag: str) -> str:
    """A tag's name: never a key itself, since a cache entry may be called so; its version is a sidecar."""
    return f"cache:tag:{segment(tag)}"


def queue(name: str) -> str:
    """A queue's name: the seed's key, a stream that is there while the queue has items."""
    return f"queue:{free_form(name)}"


# Presence


def workspace_online(workspace: str) -> str:
    """Who is present in a workspace: the seed's sorted set, which raw clients write and read too."""
    return f"workspace:{segment(workspace)}:online"


def user_status(user: str) -> str:
    """A user's status, in a word: the seed's key."""
    return f"user:{segment(user)}:status"


def user_typing(user: str, channel: str) -> str:
    """That a user types in a channel: the seed's key, which lapses by itself."""
    return f"user:{segment(user)}:typing:{segment(channel)}"


def channel_typing(channel: str) -> str:
    """Who types in a channel."""
    return f"channel:{segment(channel)}:typing"


PRESENCE_CHANNEL = "pubsub:presence:"
"""Before a workspace's id: the seed's channel of its changes."""


def session(session_id: str) -> str:
    """A session's name: the seed's hash of who is logged in."""
    return f"session:{segment(session_id)}"


def user_sessions(user_id: str) -> str:
    """The name of the list of a user's sessions."""
    return f"user:{segment(user_id)}:sessions"


def blacklisted_token(jti: str) -> str:
    """The name of the word that a token is revoked: the seed's key."""
    return f"token:blacklist:{segment(jti)}"


# PubSubService.

RESERVED_CHANNELS = ("__", "ns.", "quikstate:")
"""No caller's channel begins so: Redis's own (`__sentinel__:hello`) do, and those of namespaces and ours."""
SERVER_CHANNELS = ("live", "events", "changed", "invalidated", "wakeups")
"""The suffixes of sidecars that are channels: where servers tell each other what their scripts did."""
LOCK_HINTS = "quikstate:locks"
"""Before the name of the server that hears of what its waiters were handed."""

_SERVER_CHANNEL = re.compile(rf"\{{.*\}}:({'|'.join(SERVER_CHANNELS)})|\{{.*{LOCK_HINTS}\}}:.*", re.DOTALL)


def is_reserved_channel(name: str) -> bool:
    """Whether a channel of this name would be somebody else's: Redis's, another namespace's or a server's.

    A caller's channel is called by its name as it is, with any character in it, so that raw clients meet it.
    """
    if name.startswith("{"):
        return _SERVER_CHANNEL.fullmatch(name) is not None
    return name.startswith(RESERVED_CHANNELS)


def channel(name: str) -> str:
    """A channel's name in keys, which are encoded, and in those of servers' channels."""
    return free_form(name)
