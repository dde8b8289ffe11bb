"""The least rights that a Redis user needs, as rules of Redis's ACL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quikstate_server.redis_client.glob import escape_glob
from quikstate_server.settings import Mode

_CLIENT_COMMANDS = frozenset(
    {
        "client|setname",
        "eval",
        "evalsha",
        "info",
        "publish",
        "psubscribe",
        "punsubscribe",
        "subscribe",
        "time",
    }
    | {"type", "unsubscribe", "wait"}
)
"""The commands of every topology: to connect, to run scripts, to listen, and to watch over the server."""
_TOPOLOGY_COMMANDS = {
    Mode.STANDALONE: frozenset[str](),
    Mode.SENTINEL: frozenset({"role"}),
    Mode.CLUSTER: frozenset({"asking", "cluster|info", "cluster|slots"}),
}
_SENTINEL_COMMANDS = frozenset(
    {"client|setname", "sentinel|get-master-addr-by-name", "sentinel|master", "subscribe"}
)
_SENTINEL_CHANNELS = ("+switch-master", "+try-failover")
_NOT_OF_REDIS_ITSELF = ("[^_]*", "_[^_]*", "_")
"""Every channel but those that begin `__`, such as `__sentinel__:hello`."""
_NEEDS_QUOTES = re.compile(r"[\"'\\\s]")


@dataclass(frozen=True, slots=True)
class AclUser:
    """A user of Redis: it may run these commands on these keys and channels, all given as patterns."""

    name: str
    commands: Sequence[str]
    keys: Sequence[str] = ()
    channels: Sequence[str] = ()

    @property
    def rules(self) -> Sequence[str]:
        """Return the arguments of ACL SETUSER behind the name. They leave the user's passwords as they are.

        Redis allows PSUBSCRIBE only on patterns that are in the list letter for letter, and callers choose
        theirs: so it stands in a selector of its own, with all channels.
        """
        return (
            "on",
            "clearselectors",
            "resetkeys",
            *(f"~{pattern}" for pattern in self.keys),
            "resetchannels",
            *(f"&{pattern}" for pattern in self.channels),
            "-@all",
            *(f"+{command}" for command in self.commands if command != "psubscribe"),
            *(["(-@all +psubscribe &*)"] if "psubscribe" in self.commands else []),
        )

    @property
    def line(self) -> str:
        """Return the command for redis-cli."""
        return " ".join(["ACL", "SETUSER", *map(_quoted, (self.name, *self.rules))])


def redis_user(
    name: str,
    mode: Mode,
    commands: Iterable[str],
    *,
    key_prefix: str = "",
    channel_prefix: str = "",
    database: int = 0,
) -> AclUser:
    """Return the user that runs `commands`, and the client's own, on the keys and channels of a server."""
    wanted = {*commands, *_CLIENT_COMMANDS, *_TOPOLOGY_COMMANDS[mode], *(["select"] if database else [])}
    channels = [*_channel_patterns(channel_prefix), *([_braced(key_prefix)] if channel_prefix else [])]
    keys = [f"{_pattern(key_prefix)}*", _braced(key_prefix)] if key_prefix else ["*"]
    return AclUser(name, sorted(wanted), keys, channels)


def sentinel_user(name: str) -> AclUser:
    """Return the user that asks the sentinels for the master, and hears from them of a new one."""
    return AclUser(name, sorted(_SENTINEL_COMMANDS), (), _SENTINEL_CHANNELS)


def _channel_patterns(prefix: str) -> Iterator[str]:
    if prefix:
        yield f"{_pattern(prefix)}*"
    else:
        yield from _NOT_OF_REDIS_ITSELF


def _braced(prefix: str) -> str:
    """Return the pattern of the names whose Cluster slot the braces say; the prefix stands within."""
    return f"{{{_pattern(prefix)}*"


def _pattern(prefix: str) -> str:
    """Return a pattern of the prefix. A rule may hold no white space: any character stands for it."""
    return re.sub(r"\s", "?", escape_glob(prefix))


def _quoted(argument: str) -> str:
    if argument.startswith("("):
        return argument  # redis-cli takes it for several arguments, and Redis puts them together
    if not _NEEDS_QUOTES.search(argument):
        return argument
    return '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"'
