"""Lua scripts: files beside the primitive that calls them, loaded once, run by their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import cast

from quikstate_server.keys import absent
from quikstate_server.redis_client.packing import Argument, pack

FAILOVER_EPOCH = cast("int", object())
"""As the first argument of a script: a placeholder for the failover epoch of the node it is sent to, which
may be another one when it is sent again."""

RUN_ID = cast("str", object())
"""As the first argument of a script: a placeholder for the run id of the server it is sent to, which is
another one after each restart of that server."""


def bind_placeholders(arguments: Sequence[Argument], failover_epoch: int, run_id: str) -> Sequence[Argument]:
    """Return `arguments` with a placeholder replaced.

    Only the first argument may be a placeholder; packing the command fails on any other.
    """
    first = arguments[0] if arguments else None
    if first is FAILOVER_EPOCH:
        return (failover_epoch, *arguments[1:])
    if first is RUN_ID:
        return (run_id, *arguments[1:])
    return arguments


@dataclass(frozen=True, slots=True)
class Script:
    """One atomic action in Lua. `name` is its name in spans, such as `lock.acquire`."""

    name: str
    source: str
    read_only: bool = False
    """It writes nothing, so it is sent again when its reply is lost."""
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha1(self.source.encode(), usedforsecurity=False).hexdigest()
        object.__setattr__(self, "digest", digest)

    def command(
        self, keys: Sequence[str], arguments: Sequence[Argument], not_after: int, *, with_source: bool = False
    ) -> bytes:
        """Return the command that runs it by its digest, or `with_source`, which also loads it."""
        verb, script = ("EVAL", self.source) if with_source else ("EVALSHA", self.digest)
        all_keys = self.with_absent(keys)
        return pack((verb, script, len(all_keys), *all_keys, *arguments, not_after))

    @staticmethod
    def with_absent(keys: Sequence[str]) -> Sequence[str]:
        """Return KEYS as prelude.lua takes them: several are followed by a key that is always absent."""
        return (*keys, absent(keys[0])) if len(keys) > 1 else keys


def load_script(package: str, file: str, *shared: str, flags: str = "", read_only: bool = False) -> Script:
    """Return the script in `file` of `package`, behind the prelude and the `shared` files it builds on.

    `flags` are Redis's script flags: allow-oom for a script that frees memory or revokes.
    """
    names = [flag for flag in (flags, "no-writes" if read_only else "") if flag]
    shebang = f"#!lua flags={','.join(names)}\n" if names else "#!lua\n"
    body = "\n".join(_read(package, part) for part in (*shared, file))
    primitive = package.rpartition(".")[2]
    action = file.removeprefix(f"{primitive}_").removesuffix(".lua")
    source = f"{shebang}{_read(__package__, 'prelude.lua')}\n{body}"
    return Script(f"{primitive}.{action}", source, read_only)


@cache
def _read(package: str | None, file: str) -> str:
    return _folder(package).joinpath(file).read_text(encoding="utf-8") if package else ""


@cache
def _folder(package: str) -> Traversable:
    return files(package)
