"""Lua scripts: files beside the primitive that calls them, loaded once, run by digest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import cast

from quikstate_server.keys import absent
from quikstate_server.redis_client.packing import Argument, pack

FAILOVER_EPOCH = cast("int", object())
"""As the first argument: the epoch of the node that the script is sent to, which a retry may change."""

RUN_ID = cast("str", object())
"""As the first argument: the run id of the server that it is sent to: another after each of its starts."""


def bound(arguments: Sequence[Argument], epoch: int, run_id: str) -> Sequence[Argument]:
    """`arguments` for a node of this epoch, and a connection to this run of it.

    Only the first may stand for either: elsewhere they are nothing that a command can be packed of.
    """
    first = arguments[0] if arguments else None
    if first is FAILOVER_EPOCH:
        return (epoch, *arguments[1:])
    if first is RUN_ID:
        return (run_id, *arguments[1:])
    return arguments


@dataclass(frozen=True, slots=True)
class Script:
    """One atomic act. `name` is the act's, such as `lock.acquire`."""

    name: str
    source: str
    read_only: bool = False
    """It writes nothing, so a lost answer can be asked for again."""
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha1(self.source.encode(), usedforsecurity=False).hexdigest()
        object.__setattr__(self, "digest", digest)

    def command(
        self, keys: Sequence[str], arguments: Sequence[Argument], not_after: int, *, whole: bool = False
    ) -> bytes:
        """Run it by its digest, or `whole`, which also loads it."""
        how, which = ("EVAL", self.source) if whole else ("EVALSHA", self.digest)
        names = self.names(keys)
        return pack((how, which, len(names), *names, *arguments, not_after))

    @staticmethod
    def names(keys: Sequence[str]) -> Sequence[str]:
        """KEYS, as prelude.lua takes them."""
        return (*keys, absent(keys[0])) if len(keys) > 1 else keys


def load_script(package: str, file: str, *parts: str, flags: str = "", read_only: bool = False) -> Script:
    """The script in `file` of `package`, behind the prelude and any `parts` it is built on.

    `flags` are Redis's script flags: allow-oom for what frees memory or revokes.
    """
    names = [flag for flag in (flags, "no-writes" if read_only else "") if flag]
    shebang = f"#!lua flags={','.join(names)}\n" if names else "#!lua\n"
    body = "\n".join(_read(package, part) for part in (*parts, file))
    primitive = package.rpartition(".")[2]
    act = file.removeprefix(f"{primitive}_").removesuffix(".lua")
    return Script(f"{primitive}.{act}", f"{shebang}{_read(__package__, 'prelude.lua')}\n{body}", read_only)


@cache
def _read(package: str | None, file: str) -> str:
    return files(package).joinpath(file).read_text(encoding="utf-8") if package else ""
