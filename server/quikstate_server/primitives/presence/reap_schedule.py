"""When each workspace is to be looked at: one sorted set, which any server may take from.

A workspace in which connections live has a row there that is due no later than
the first of them lapses. The row is moved on by who looks, and goes when nobody
is left. It may be lost apart from the workspace, in a failover of a cluster: so
each server writes it again now and then, for the workspaces it hears of.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple, cast

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import Scope
from quikstate_server.primitives.presence.scripts import MOST, ms
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.script import load_script

REGISTER = load_script(__package__, "presence_register.lua", flags="allow-oom")  # for Leave
DUE = load_script(__package__, "presence_due.lua", flags="allow-oom")
LOOKED = load_script(__package__, "presence_looked.lua", flags="allow-oom")

_CLAIM_SECONDS = 1.0
"""How long whoever took a row may look before others do too."""
_REMEMBERED_SECONDS = 10.0
_MOST_REMEMBERED = 10_000


class Taken(NamedTuple):
    """`score` is what the rows of `scopes` have meanwhile; `next` is when the next is due, in ms."""

    scopes: tuple[Scope, ...]
    score: str
    next: int | None


class Due:
    def __init__(self, redis_client: RedisClient, key_prefix: str = "") -> None:
        self._redis_client = redis_client
        self._prefix = key_prefix
        self._key = Keyspace(key_prefix).key("quikstate:presence:due")
        self._registered: dict[Scope, tuple[float, float]] = {}
        """Until when it need not be written again, and when it is due at the latest."""

    async def register(self, within: Mapping[Scope, float], *, anew: bool = False) -> None:
        """The scopes are to be looked at within so many seconds; `anew`, if their rows may be gone."""
        now = time.monotonic()
        unknown = [scope for scope, ttl in within.items() if anew or not self._knows(scope, now, now + ttl)]
        if not unknown:
            return
        for first in range(0, len(unknown), MOST):
            chunk = unknown[first : first + MOST]
            words = [word for scope in chunk for word in (_text(scope), ms(within[scope]))]
            await self._redis_client.run(REGISTER, (self._key,), *words, safe_to_repeat=True)
        if len(self._registered) > _MOST_REMEMBERED:
            self._registered.clear()
        for scope in unknown:
            self._registered[scope] = now + _REMEMBERED_SECONDS, now + within[scope]

    async def take(self) -> Taken:
        """What is due now; it is due again in a second."""
        reply = await self._redis_client.run(DUE, (self._key,), MOST, ms(_CLAIM_SECONDS), safe_to_repeat=True)
        next_, score, scopes = cast("tuple[int, bytes, list[bytes]]", reply)
        found = tuple(self._scope(scope.decode()) for scope in scopes)
        return Taken(found, score.decode(), None if next_ < 0 else next_)

    async def looked(self, scope: Scope, score: str, next_: int | None) -> None:
        """The scope that was taken is due again in so many ms, or never."""
        words = _text(scope), score, -1 if next_ is None else next_
        await self._redis_client.run(LOOKED, (self._key,), *words, safe_to_repeat=True)

    def _knows(self, scope: Scope, now: float, due: float) -> bool:
        until, known = self._registered.get(scope, (0.0, 0.0))
        return now < until and known <= due

    def _scope(self, text: str) -> Scope:
        namespace, _, workspace = text.partition("\n")
        return Scope(Keyspace(self._prefix, namespace), workspace)


def _text(scope: Scope) -> str:
    """No id has a control character."""
    return f"{scope.keyspace.namespace}\n{scope.workspace}"
