"""The member rows of workspaces in Redis: one typed method for each Lua script.

In a cluster, a user row and the member rows of workspaces have slots of their
own. So an update takes several scripts: each is safe to repeat, and each leaves
a valid state if the next one is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import OnlinePage, PresencePosition, Workspace
from quikstate_server.primitives.presence.replies import (
    WorkspaceView,
    page_from_reply,
    view_from_reply,
)
from quikstate_server.primitives.presence.scripts import MAX_BATCH, TOMBSTONE_MS, load_presence_script
from quikstate_server.primitives.presence.user_rows import WorkspaceState
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.reply_types import read_fields, read_ints, read_texts
from quikstate_server.redis_client.script import FAILOVER_EPOCH, Script
from quikstate_server.redis_client.slot_batches import run_slot_batches
from quikstate_server.settings import Limits

RAW_MEMBER_SECONDS = 300
"""How long a raw member counts: readers of the legacy key ask for the last five minutes."""
MAX_EXPIRED = 1_000
"""The largest number of expired members that a list looks at, to leave them out of its count."""
_KEPT_MS = 24 * 3_600_000
"""How long the sidecars of a workspace outlive its last update."""
_SIDECARS = ("members", "names", "expirations", "log", "changes")
_ROW, _WORKSPACE, _CHANGES = "presence_row.lua", "presence_workspace.lua", "presence_changes.lua"
APPLY = load_presence_script("presence_apply.lua", _ROW, _WORKSPACE, _CHANGES)
APPLY_LEAVE = load_presence_script("presence_apply.lua", _ROW, _WORKSPACE, _CHANGES, allow_oom=True)
REAP = load_presence_script("presence_reap.lua", _ROW, _WORKSPACE, _CHANGES, allow_oom=True)
LIST_ONLINE = load_presence_script("presence_list_online.lua", _ROW, _WORKSPACE, read_only=True)
WATCH = load_presence_script("presence_watch.lua", _ROW, _WORKSPACE, read_only=True)


class ReapResult(NamedTuple):
    """The users whose connections expired, and in how many ms the next ones do; None if none is left."""

    next_ms: int | None
    user_ids: Sequence[str]


ApplyResults = dict[str, int | QuikstateError]
"""By workspace: in how many ms its first connection expires, 0 if no sooner than before, or the error."""
_Update = tuple[str, WorkspaceState]
"""A user id and the user's state in a workspace."""
_NOT_A_SORTED_SET = -1


@dataclass(frozen=True, slots=True)
class WorkspaceRows:
    """Reads and writes the member rows of workspaces."""

    redis_client: RedisClient
    limits: Limits
    channel_prefix: str = ""

    async def apply(
        self, keyspace: Keyspace, updates: Iterable[_Update], *, is_leave: bool = False
    ) -> ApplyResults:
        """Apply the states of users to their member rows.

        A leave frees memory, and is done even when Redis has none left.
        """
        # Sorted by workspace, so that few scripts touch each of them.
        ordered = sorted(updates, key=lambda update: update[1].workspace_id)
        results = await self._apply_in_batches(APPLY_LEAVE if is_leave else APPLY, keyspace, ordered)
        seen_in = {state.workspace_id for _, state in ordered if state.is_seen}
        for workspace_id in [name for name, result in results.items() if result == _NOT_A_SORTED_SET]:
            conflict = KeyTypeConflict(keyspace.key(keys.workspace_online(workspace_id)))
            # A user who leaves has no row in a key of another type: that is no error.
            results[workspace_id] = conflict if workspace_id in seen_in else 0
        return results

    async def reap(self, workspace: Workspace) -> ReapResult:
        """End the expired connections of MAX_BATCH users in a workspace."""
        reply = await self._run(REAP, workspace.keyspace, [workspace.id], MAX_BATCH)
        next_ms, user_ids = read_fields(reply, int, list)
        return ReapResult(None if next_ms < 0 else next_ms, read_texts(user_ids))

    async def list_online(
        self, workspace: Workspace, size: int, cursor: str, seen_within: int
    ) -> tuple[OnlinePage, bool]:
        """Return a page of those seen within `seen_within` seconds, or of all with 0.

        The bool is True if more than MAX_EXPIRED have expired: then the count may be too high.
        """
        args = (
            size,
            cursor,
            seen_within,
            RAW_MEMBER_SECONDS,
            MAX_EXPIRED,
            self.limits.max_presence_script_bytes,
        )
        reply = await self._run(LIST_ONLINE, workspace.keyspace, [workspace.id], *args)
        return page_from_reply(reply)

    async def watch(
        self, workspace: Workspace, since: PresencePosition | None, max_members: int
    ) -> WorkspaceView:
        """Return what changed since a position, or all members if they are `max_members` at most."""
        position: tuple[Argument, ...] = ("", "") if since is None else since
        args = *position, max_members, RAW_MEMBER_SECONDS
        reply = await self._run(WATCH, workspace.keyspace, [workspace.id], *args)
        return view_from_reply(reply)

    async def _apply_in_batches(
        self, script: Script, keyspace: Keyspace, updates: Sequence[_Update]
    ) -> ApplyResults:
        """Apply the updates in several scripts; an error is the result of the workspaces of its script."""
        names = [keyspace.key(keys.workspace_online(state.workspace_id)) for _, state in updates]

        async def apply_batch(indexes: Sequence[int]) -> Sequence[int]:
            args: dict[str, list[Argument]] = {}
            for index in indexes:
                user_id, state = updates[index]
                args.setdefault(state.workspace_id, []).extend((user_id, state.is_seen, state.packed))
            flat = (arg for each in args.values() for arg in (len(each), *each))
            reply = read_ints(await self._run(script, keyspace, list(args), TOMBSTONE_MS, *flat))
            by_workspace = dict(zip(args, reply, strict=True))
            return [by_workspace[updates[index][1].workspace_id] for index in indexes]

        results = await run_slot_batches(
            self.redis_client.split_by_slot(names),
            apply_batch,
            weights=[len(state.packed) for _, state in updates],
            max_weight=self.limits.max_presence_script_bytes,
        )
        by_workspace: dict[str, list[int | QuikstateError]] = defaultdict(list)
        for (_, state), result in zip(updates, results, strict=True):
            by_workspace[state.workspace_id].append(result)
        return {workspace_id: _merge(each) for workspace_id, each in by_workspace.items()}

    async def _run(
        self, script: Script, keyspace: Keyspace, workspace_ids: Sequence[str], *args: Argument
    ) -> object:
        common = (
            FAILOVER_EPOCH,
            self.limits.max_presence_changes,
            _KEPT_MS,
            len(keyspace.key("workspace:").encode()),
            changes_channel(self.channel_prefix, Workspace(keyspace, "")),
        )
        names = [
            name
            for workspace_id in workspace_ids
            for name in keyspace.family(keys.workspace_online(workspace_id), _SIDECARS)
        ]
        return await self.redis_client.run(script, names, *common, *args, safe_to_repeat=True)


def _merge(results: Sequence[int | QuikstateError]) -> int | QuikstateError:
    """Return the one result of a workspace for which several scripts ran."""
    error = next((result for result in results if isinstance(result, QuikstateError)), None)
    sooner = [result for result in results if isinstance(result, int) and result]
    return error or min(sooner, default=0)


def changes_channel(prefix: str, workspace: Workspace) -> str:
    """Return the channel in which scripts publish the changes of a workspace."""
    name = keys.PRESENCE_CHANNEL + keys.segment(workspace.id)
    return Keyspace(prefix, workspace.keyspace.namespace).key(name)
