"""The Redis commands that each primitive runs, in its scripts and beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from importlib.resources import files
from typing import Final

_CALL = re.compile(r"\b(?:redis\.)?p?call\(\s*'([A-Z]+)'(?:\s*,\s*'([A-Z]+)')?")
_WITH_SUBCOMMANDS = frozenset({"XINFO"})
_OWN_COMMANDS: Final = {
    "cache": frozenset({"mget"}),
    "lock": frozenset({"scan"}),
    "presence": frozenset[str](),
    "pub_sub": frozenset({"pubsub|channels", "pubsub|numsub"}),
    "queue": frozenset({"exists"}),
    "rate_limit": frozenset[str](),
    "session": frozenset({"hget"}),
}
"""The commands that a primitive runs outside of its scripts."""
PRIMITIVES: Final = frozenset(_OWN_COMMANDS)


def redis_commands(primitives: Collection[str] = PRIMITIVES) -> frozenset[str]:
    """Return the commands of these primitives, in Redis's ACL notation: `get`, `xinfo|stream`.

    Those of scripts are read in the scripts, so the list has each of them and no other.
    """
    return frozenset().union(
        _read_commands("quikstate_server.redis_client", "prelude"),
        *(_OWN_COMMANDS[name] | frozenset(_read_commands(f"{__package__}.{name}")) for name in primitives),
    )


def _read_commands(package: str, begins: str = "") -> Iterator[str]:
    for file in files(package).iterdir():
        if file.name.startswith(begins) and file.name.endswith(".lua"):
            yield from called_in(file.read_text(encoding="utf-8"))


def called_in(script: str) -> Iterator[str]:
    """Yield the commands that the text of a script calls."""
    for command, subcommand in _CALL.findall(script):
        yield (f"{command}|{subcommand}" if command in _WITH_SUBCOMMANDS else command).lower()
