"""The reap schedule: one sorted set that says when each workspace must be reaped, shared by all servers.

A workspace in which connections live has a schedule entry, due no later than
the first of them expires. A server that reaps a workspace moves its entry on,
and removes it when nobody is left. In a failover of a cluster, the schedule may
be lost while the workspace is not: so each server writes the entry again now and
then, for the workspaces of which it gets heartbeats.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import Workspace
from quikstate_server.primitives.presence.scripts import MAX_BATCH, load_presence_script, milliseconds
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.reply_types import read_fields, read_texts

SCHEDULE_REAP = load_presence_script("presence_schedule_reap.lua", allow_oom=True)  # Leave needs it
RESERVE_REAPS = load_presence_script("presence_reserve_reaps.lua", allow_oom=True)
RESCHEDULE_REAP = load_presence_script("presence_reschedule_reap.lua", allow_oom=True)

_RESERVATION_SECONDS = 1.0
"""How long a workspace is reserved for one server, before another one may reap it too."""
_REMEMBERED_SECONDS = 10.0
_MAX_REMEMBERED = 10_000


class ReservedReaps(NamedTuple):
    """Workspaces to reap now. Their entries have `score` meanwhile; in `next_ms` the next entry is due."""

    workspaces: tuple[Workspace, ...]
    score: str
    next_ms: int | None


class ReapSchedule:
    """The schedule, and what this server wrote to it lately."""

    def __init__(self, redis_client: RedisClient, key_prefix: str = "") -> None:
        self._redis_client = redis_client
        self._prefix = key_prefix
        self._key = Keyspace(key_prefix).key("quikstate:presence:reap-schedule")
        self._written: dict[Workspace, tuple[float, float]] = {}
        """By workspace: until when its entry need not be written again, and when that entry is due."""

    async def schedule(self, due_in: Mapping[Workspace, float], *, force: bool = False) -> None:
        """Have each workspace reaped within the given seconds; `force` if its entry may be later now."""
        now = time.monotonic()
        to_write = {
            workspace: seconds
            for workspace, seconds in due_in.items()
            if force or not self._is_written(workspace, now, now + seconds)
        }
        entries = iter(to_write.items())
        while batch := list(islice(entries, MAX_BATCH)):
            args = [arg for workspace, due in batch for arg in (_member(workspace), milliseconds(due))]
            await self._redis_client.run(SCHEDULE_REAP, (self._key,), *args, safe_to_repeat=True)
        if to_write and len(self._written) > _MAX_REMEMBERED:
            self._written.clear()
        for workspace, seconds in to_write.items():
            self._written[workspace] = now + _REMEMBERED_SECONDS, now + seconds

    async def reserve(self) -> ReservedReaps:
        """Reserve the workspaces that are due; they are due again in _RESERVATION_SECONDS."""
        args = MAX_BATCH, milliseconds(_RESERVATION_SECONDS)
        reply = await self._redis_client.run(RESERVE_REAPS, (self._key,), *args, safe_to_repeat=True)
        next_ms, score, members = read_fields(reply, int, bytes, list)
        workspaces = tuple(map(self._workspace, read_texts(members)))
        return ReservedReaps(workspaces, score.decode(), None if next_ms < 0 else next_ms)

    async def reschedule(self, workspace: Workspace, score: str, next_ms: int | None) -> None:
        """Have a reserved workspace reaped again in `next_ms`; remove its entry if that is None."""
        args = _member(workspace), score, -1 if next_ms is None else next_ms
        await self._redis_client.run(RESCHEDULE_REAP, (self._key,), *args, safe_to_repeat=True)

    def _is_written(self, workspace: Workspace, now: float, due: float) -> bool:
        valid_until, written_due = self._written.get(workspace, (0.0, 0.0))
        return now < valid_until and written_due <= due

    def _workspace(self, member: str) -> Workspace:
        namespace, _, workspace_id = member.partition("\n")
        return Workspace(Keyspace(self._prefix, namespace), workspace_id)


def _member(workspace: Workspace) -> str:
    """Name a workspace in the schedule. No id has a control character, so that a line feed separates."""
    return f"{workspace.keyspace.namespace}\n{workspace.id}"
