"""The user rows in Redis: one typed method for each Lua script.

The user row is the truth about the user's connections. Its updates return
the user's state in workspaces (`WorkspaceState`), to be applied to the member rows there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict, Overloaded, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import PresenceConnection, PresenceStatus, UserPresence
from quikstate_server.primitives.presence.replies import user_from_reply
from quikstate_server.primitives.presence.scripts import TOMBSTONE_MS, load_presence_script, milliseconds
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.reply_types import read_fields, read_int, read_list, read_texts
from quikstate_server.redis_client.script import Script
from quikstate_server.redis_client.slot_batches import (
    NOT_REACHED,
    NotReached,
    RunChunk,
    raise_first_error,
    run_slot_batches,
)
from quikstate_server.settings import Limits

_ROW, _USER, _STATES = "presence_row.lua", "presence_user.lua", "presence_workspace_states.lua"
HEARTBEAT = load_presence_script("presence_heartbeat.lua", _ROW, _USER, _STATES)
LEAVE = load_presence_script("presence_leave.lua", _ROW, _USER, _STATES, allow_oom=True)
SET_STATUS = load_presence_script("presence_set_status.lua", _ROW, _USER, _STATES)
REAP_USERS = load_presence_script("presence_reap_users.lua", _ROW, _USER, allow_oom=True)
FORGET_USER = load_presence_script("presence_forget_user.lua", _ROW, _USER, allow_oom=True)
GET_STATUS = load_presence_script("presence_get_status.lua", _ROW, _USER, read_only=True)


class StreamLoss(Enum):
    """A reason for which a stream lost its connection."""

    LEFT = "left"
    """Leave ended the connection."""
    TAKEN_OVER = "taken_over"
    """Another stream took it over."""


class WorkspaceState(NamedTuple):
    """A user's state in a workspace, to be applied there. `is_seen` is 1 if the user was seen there now."""

    workspace_id: str
    is_seen: int
    packed: bytes


class LeaveResult(NamedTuple):
    """`connections` ended. `typing_channel_ids` are those in which the user typed, if none is left."""

    connections: int
    states: tuple[WorkspaceState, ...]
    typing_channel_ids: Sequence[str]


class HeartbeatResult(NamedTuple):
    """The user's states in workspaces after a heartbeat, or why its stream lost the connection."""

    states: tuple[WorkspaceState, ...] = ()
    loss: StreamLoss | None = None


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UserRows:
    """Reads and writes user rows."""

    redis_client: RedisClient
    limits: Limits
    channel_prefix: str = ""

    @property
    def stream_losses_channel(self) -> str:
        """Return the channel in which scripts publish the ids of streams that lost their connection."""
        return f"{self.channel_prefix}quikstate:presence:streams"

    async def heartbeat(
        self, keyspace: Keyspace, connections: Sequence[PresenceConnection]
    ) -> list[HeartbeatResult | QuikstateError]:
        """Write the heartbeats; return a result for each. The last one of a user has the user's states."""
        user_ids = [connection.user_id for connection in connections]

        async def write(indexes: Sequence[int]) -> Sequence[HeartbeatResult | QuikstateError | NotReached]:
            users = [user_ids[index] for index in indexes]
            args = [arg for index in indexes for arg in _connection_args(connections[index])]
            reply = await self._run(HEARTBEAT, keyspace, users, *self._update_args, self._max_bytes, *args)
            answers = zip(read_list(reply), users, strict=True)
            return [_heartbeat_result(answer, _status_key(keyspace, user_id)) for answer, user_id in answers]

        return await self._run_batches(keyspace, user_ids, write)

    async def leave(
        self, keyspace: Keyspace, user_id: str, connection_id: str, grace: float, stream_id: str
    ) -> LeaveResult:
        """End all connections of a user, or one of them, or those whose last heartbeat a stream sent."""
        args = *self._update_args, connection_id, milliseconds(grace), stream_id
        reply = await self._run(LEAVE, keyspace, [user_id], *args, sidecars=("presence", "typing"))
        count, states, channel_ids = read_fields(reply, int, list, list)
        return LeaveResult(count, _states_from_reply(states), read_texts(channel_ids))

    async def set_status(
        self, keyspace: Keyspace, user_id: str, status: PresenceStatus | None, ttl: float
    ) -> tuple[PresenceStatus, tuple[WorkspaceState, ...]]:
        """Set the override; return the user's status with it, and the states in workspaces."""
        args = *self._update_args, int(status or 0), milliseconds(ttl)
        reply = await self._run(SET_STATUS, keyspace, [user_id], *args)
        if not reply:
            raise KeyTypeConflict(_status_key(keyspace, user_id))
        shown, states = read_fields(reply, int, list)
        return PresenceStatus(shown), _states_from_reply(states)

    async def get_status(self, keyspace: Keyspace, user_ids: Sequence[str]) -> list[UserPresence]:
        """Return the users, in the order of their ids."""

        async def read(indexes: Sequence[int]) -> Sequence[UserPresence | NotReached]:
            users = [user_ids[index] for index in indexes]
            reply = read_list(await self._run(GET_STATUS, keyspace, users, self._max_bytes))
            presences = [user_from_reply(*pair) for pair in zip(users, reply, strict=False)]
            return [*presences, *[NOT_REACHED] * (len(users) - len(presences))]

        return raise_first_error(await self._run_batches(keyspace, user_ids, read))

    async def reap(self, keyspace: Keyspace, user_ids: Sequence[str]) -> None:
        """Remove the expired connections of users from their rows."""

        async def write(indexes: Sequence[int]) -> Sequence[NotReached | None]:
            users = [user_ids[index] for index in indexes]
            count = read_int(await self._run(REAP_USERS, keyspace, users, self._max_bytes))
            return [*[None] * count, *[NOT_REACHED] * (len(users) - count)]

        raise_first_error(await self._run_batches(keyspace, user_ids, write))

    async def forget(self, keyspace: Keyspace, user_id: str) -> None:
        """Delete the row and the status of a user, unless a connection lives."""
        await self._run(FORGET_USER, keyspace, [user_id])

    @property
    def _max_bytes(self) -> int:
        return self.limits.max_presence_script_bytes

    @property
    def _update_args(self) -> tuple[Argument, ...]:
        """Return what each script takes that changes connections."""
        return (
            self.limits.max_user_connections,
            self.stream_losses_channel,
            milliseconds(self.limits.max_presence_ttl_seconds),
            TOMBSTONE_MS,
        )

    async def _run_batches(
        self, keyspace: Keyspace, user_ids: Sequence[str], run: RunChunk[T]
    ) -> list[T | QuikstateError]:
        names = [_status_key(keyspace, user_id) for user_id in user_ids]
        return await run_slot_batches(self.redis_client.split_by_slot(names), run)

    async def _run(
        self,
        script: Script,
        keyspace: Keyspace,
        user_ids: Sequence[str],
        *args: Argument,
        sidecars: Sequence[str] = ("presence",),
    ) -> object:
        names = [
            name for user_id in user_ids for name in keyspace.family(keys.user_status(user_id), sidecars)
        ]
        kept_ms = self.limits.last_seen_seconds * 1_000
        return await self.redis_client.run(script, names, kept_ms, *args, safe_to_repeat=True)


def _status_key(keyspace: Keyspace, user_id: str) -> str:
    return keyspace.key(keys.user_status(user_id))


def _connection_args(connection: PresenceConnection) -> tuple[Argument, ...]:
    return (
        connection.connection_id,
        int(connection.status),
        milliseconds(connection.ttl),
        connection.device_id,
        json.dumps(dict(connection.metadata)) if connection.metadata else "",
        connection.stream_id,
        int(connection.is_renewal),
        len(connection.workspace_ids),
        *connection.workspace_ids,
    )


def _heartbeat_result(
    answer: list[Any] | bytes, status_key: str
) -> HeartbeatResult | QuikstateError | NotReached:
    match answer:
        case b"later":
            return NOT_REACHED
        case b"full":
            return Overloaded("limits.max_user_connections")
        case b"key_type_conflict":
            return KeyTypeConflict(status_key)
        case bytes():
            return HeartbeatResult(loss=StreamLoss(answer.decode()))
    return HeartbeatResult(_states_from_reply(answer))


def _states_from_reply(values: Sequence[Any]) -> tuple[WorkspaceState, ...]:
    states = zip(values[0::3], values[1::3], values[2::3], strict=True)
    return tuple(WorkspaceState(workspace.decode(), is_seen, packed) for workspace, is_seen, packed in states)
