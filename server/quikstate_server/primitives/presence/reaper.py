"""Ends connections that have lapsed: any server does it for all, and another for one that dies over it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.presence.due import Due
from quikstate_server.primitives.presence.model import Scope
from quikstate_server.primitives.presence.store import MOST, PresenceStore

_LOOK_SECONDS = 0.25
"""How often it is asked what is due: another server may have registered what is due sooner."""


class Reaper:
    def __init__(self, store: PresenceStore, due: Due) -> None:
        self._store = store
        self._due = due
        self._tasks = BackgroundTasks(store.topology.monitor)
        self._reaping: set[Scope] = set()

    def start(self) -> None:
        self._tasks.keep("presence.reaper", self._run)

    async def close(self) -> None:
        await self._tasks.close()

    async def _run(self) -> None:
        while True:
            pause = _LOOK_SECONDS
            with suppress(QuikstateError):  # Redis does not answer: ask again
                pause = await self._round()
            await asyncio.sleep(pause)

    async def _round(self) -> float:
        """Begin with what is due; seconds until the next round."""
        taken = await self._due.take()
        for scope in taken.scopes:
            if scope not in self._reaping:
                self._reaping.add(scope)
                self._tasks.keep("presence.reap_workspace", partial(self._reap, scope, taken.score))
        if len(taken.scopes) == MOST:
            return 0.0
        return _LOOK_SECONDS if taken.next is None else min(_LOOK_SECONDS, taken.next / 1_000)

    async def _reap(self, scope: Scope, score: str) -> None:
        """End all that has lapsed in a workspace, and say when to look again."""
        with suppress(QuikstateError):  # its row is due again soon
            reaped = await self._store.reap(scope)
            while len(reaped.users) == MOST:
                users = self._store.reap_users(scope.space, reaped.users)
                _, reaped = await asyncio.gather(users, self._store.reap(scope))
            await self._store.reap_users(scope.space, reaped.users)
            await self._due.looked(scope, score, reaped.next)
        self._reaping.discard(scope)
