"""Ends connections that have lapsed: any server does it for all, and another for one that dies over it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.presence.model import Scope
from quikstate_server.primitives.presence.reap_schedule import Due
from quikstate_server.primitives.presence.scripts import MOST
from quikstate_server.primitives.presence.store import PresenceStore
from quikstate_server.primitives.presence.users import UserStore

_LOOK_SECONDS = 0.25
"""How often it is asked what is due: another server may have registered what is due sooner."""


class Reaper:
    def __init__(self, store: PresenceStore, users: UserStore, due: Due) -> None:
        self._store = store
        self._users = users
        self._due = due
        self._tasks = BackgroundTasks(store.redis_client.monitor)
        self._reaping: set[Scope] = set()

    def start(self) -> None:
        self._tasks.keep_running("presence.reaper", self._run)

    async def close(self) -> None:
        await self._tasks.close()

    async def reap(self, scope: Scope) -> None:
        """End all that has lapsed in a workspace, beside what goes on by itself."""
        reaped = await self._store.reap(scope)
        while reaped.users:
            users = self._users.reap(scope.keyspace, reaped.users)
            _, reaped = await asyncio.gather(users, self._store.reap(scope))

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
                self._tasks.keep_running("presence.reap_workspace", partial(self._reap, scope, taken.score))
        if len(taken.scopes) == MOST:
            return 0.0
        return _LOOK_SECONDS if taken.next is None else min(_LOOK_SECONDS, taken.next / 1_000)

    async def _reap(self, scope: Scope, score: str) -> None:
        """End all that has lapsed in a workspace, and say when to look again."""
        with suppress(QuikstateError):  # its row is due again soon
            reaped = await self._store.reap(scope)
            while len(reaped.users) == MOST:
                users = self._users.reap(scope.keyspace, reaped.users)
                _, reaped = await asyncio.gather(users, self._store.reap(scope))
            await self._users.reap(scope.keyspace, reaped.users)
            await self._due.looked(scope, score, reaped.next)
        self._reaping.discard(scope)
