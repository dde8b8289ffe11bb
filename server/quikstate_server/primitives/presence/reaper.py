"""Ends expired connections, those of a crashed server too.

Every server reaps every workspace. If a server dies while reaping, another one takes over within a second.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.presence.model import Workspace
from quikstate_server.primitives.presence.reap_schedule import ReapSchedule
from quikstate_server.primitives.presence.scripts import MAX_BATCH
from quikstate_server.primitives.presence.user_rows import UserRows
from quikstate_server.primitives.presence.workspace_rows import WorkspaceRows

_POLL_SECONDS = 0.25
"""The longest pause between two looks at the schedule: another server may have added an earlier entry."""


class Reaper:
    """The background task that reaps workspaces when the schedule says so."""

    def __init__(self, workspaces: WorkspaceRows, users: UserRows, schedule: ReapSchedule) -> None:
        self._workspaces = workspaces
        self._users = users
        self._schedule = schedule
        self._tasks = BackgroundTasks(workspaces.redis_client.monitor)
        self._reaping: set[Workspace] = set()

    def start(self) -> None:
        """Start to reap."""
        self._tasks.keep_running("presence.reaper", self._run)

    async def close(self) -> None:
        """Stop, and return once nothing is being reaped."""
        await self._tasks.close()

    async def reap(self, workspace: Workspace) -> int | None:
        """End all expired connections of a workspace; return in how many ms the next ones expire."""
        reaped = await self._workspaces.reap(workspace)
        while len(reaped.user_ids) == MAX_BATCH:
            users = self._users.reap(workspace.keyspace, reaped.user_ids)
            _, reaped = await asyncio.gather(users, self._workspaces.reap(workspace))
        await self._users.reap(workspace.keyspace, reaped.user_ids)
        return reaped.next_ms

    async def _run(self) -> None:
        while True:
            pause = _POLL_SECONDS
            with suppress(QuikstateError):  # Redis does not answer: ask again
                pause = await self._start_due_reaps()
            await asyncio.sleep(pause)

    async def _start_due_reaps(self) -> float:
        """Start to reap what is due; return the seconds until the next look."""
        reserved = await self._schedule.reserve()
        for workspace in reserved.workspaces:
            if workspace not in self._reaping:
                self._reaping.add(workspace)
                reap = partial(self._reap_reserved, workspace, reserved.score)
                self._tasks.keep_running("presence.reap_workspace", reap)
        if len(reserved.workspaces) == MAX_BATCH:
            return 0.0
        return _POLL_SECONDS if reserved.next_ms is None else min(_POLL_SECONDS, reserved.next_ms / 1_000)

    async def _reap_reserved(self, workspace: Workspace, score: str) -> None:
        """End all expired connections of a reserved workspace, and schedule its next reap."""
        with suppress(QuikstateError):  # its entry is due again soon
            await self._schedule.reschedule(workspace, score, await self.reap(workspace))
        self._reaping.discard(workspace)
