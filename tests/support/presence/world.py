"""A model of presence: several servers on one Redis, the true state, and watchers that come and go."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from typing import Any

import uvloop

from quikstate_server.errors import OutcomeUnknown
from quikstate_server.primitives.presence.model import PresenceConnection, PresencePosition, PresenceStatus
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.streams.mailbox import Gap, GapReason
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.lock.servers import Wire
from support.presence.requests import SPACE, Watcher, online, send_heartbeats
from support.redis.clients import closed, cut_connections, patient, started
from support.redis.deployments import Deployment

USERS, CONNECTIONS, WORKSPACES, SERVERS = ("ann", "bob", "cy"), ("desk", "phone"), ("w1", "w2"), 3
SHORT, LONG = 0.4, 60.0
_names = itertools.count()
_GAPS = [Gap(GapReason.POSITION_LOST)]


@dataclass(frozen=True)
class HeartbeatStep:
    """A heartbeat of one connection. If the client crashes, its TTL is short and no other follows."""

    user: str
    connection: str
    workspaces: tuple[str, ...]
    status: PresenceStatus
    crashes: bool


class _Server:
    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.presences = Presences(wire, Limits(max_presence_changes=4, presence_coalesce_seconds=0.02))


class _Follower:
    """A watcher that can move to another server and resume there with what it knows."""

    def __init__(self, server: _Server, workspace: str) -> None:
        self.workspace = workspace
        self.stack = AsyncExitStack()
        self.watcher = Watcher(server.presences, workspace)

    async def move(self, server: _Server) -> None:
        """Resume on another server."""
        self.watcher.read()
        before = self.watcher
        await self.stack.aclose()
        self.watcher = Watcher(server.presences, self.workspace)
        self.watcher.users = before.users
        since = before.position if before.position != PresencePosition(0, 0) else None
        await _surely(self.watcher.begin, self.stack, since)


async def _surely(act: Callable[..., Awaitable[object]], *arguments: object) -> None:
    """Repeat a call that is safe to repeat until cut connections are back."""

    async def done() -> None:
        try:
            await act(*arguments)
        except OutcomeUnknown as error:
            raise AssertionError(repr(error)) from error

    await eventually(done)


class World:
    def __init__(self, deployment: Deployment) -> None:
        self._stack = ExitStack()
        self._runner = self._stack.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))
        self._raw = self._stack.enter_context(deployment.client())
        self._raw.flushall()
        self._redis_clients = [self.run(started(deployment.redis_client(patient()))) for _ in range(SERVERS)]
        self._servers: list[_Server] = []
        self._followers: list[_Follower] = []

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(work)

    def close(self) -> None:
        for redis_client in self._redis_clients:
            self.run(closed(redis_client))
        self._stack.close()

    def begin(self) -> None:
        number = next(_names)
        self._workspaces = {name: f"{name}-{number}" for name in WORKSPACES}
        self._users = {name: f"{name}-{number}" for name in USERS}
        self._living: dict[tuple[str, str], HeartbeatStep] = {}
        self._overrides: dict[str, PresenceStatus] = {}
        self.run(self._begin())

    async def _begin(self) -> None:
        self._servers = [_Server(Wire(redis_client)) for redis_client in self._redis_clients]
        for server in self._servers:
            await server.presences.start()
        for number, workspace in enumerate(WORKSPACES * 2):
            follower = _Follower(self._servers[number % SERVERS], self._workspaces[workspace])
            await follower.watcher.begin(follower.stack)
            self._followers.append(follower)

    async def heartbeat(self, at: int, steps: Sequence[HeartbeatStep]) -> None:
        """Send heartbeats in one call; of duplicates the last counts."""
        connections = [
            PresenceConnection(
                self._users[step.user],
                step.connection,
                tuple(self._workspaces[name] for name in step.workspaces),
                step.status,
                ttl=SHORT if step.crashes else LONG,
            )
            for step in steps
        ]
        await _surely(send_heartbeats, self._servers[at].presences, *connections)
        for step in steps:
            self._living[step.user, step.connection] = step

    async def leave(self, at: int, user: str, connection: str, grace: float) -> None:
        presences = self._servers[at].presences
        await _surely(presences.leave, SPACE, self._users[user], connection, grace)
        for key in list(self._living):
            if key[0] == user and connection in {"", key[1]}:
                del self._living[key]

    async def flap(self, at: int, step: HeartbeatStep) -> None:
        """Leave and come back several times on all servers, and end with a heartbeat."""
        presences = [server.presences for server in self._servers]
        for number in range(6):
            server = presences[(at + number) % SERVERS]
            grace = 0.05 * (number % 2)
            await _surely(server.leave, SPACE, self._users[step.user], step.connection, grace)
            await self.heartbeat((at + number + 1) % SERVERS, [step])

    async def set_status(self, at: int, user: str, status: PresenceStatus | None) -> None:
        presences = self._servers[at].presences
        await _surely(presences.set_status, SPACE, self._users[user], status)
        self._overrides.pop(user, None)
        if status:
            self._overrides[user] = status

    async def move(self, which: int, at: int) -> None:
        await self._followers[which % len(self._followers)].move(self._servers[at])

    async def kill(self, at: int) -> None:
        """Kill a server in the middle of its calls, and start another."""
        dead = self._servers[at]
        dead.wire.killed = True
        fresh = self._servers[at] = _Server(Wire(self._redis_clients[at]))
        await fresh.presences.start()
        for follower in self._followers:
            if follower.watcher._presences is dead.presences:
                await follower.move(fresh)
        await dead.presences.close()

    def flush(self) -> None:
        """Lose all data."""
        self._raw.flushall()
        self._living.clear()
        self._overrides.clear()

    def cut(self) -> None:
        cut_connections(self._raw)

    def truth(self, workspace: str) -> dict[str, PresenceStatus]:
        """Return who is present once every crashed connection has expired."""
        found: dict[str, PresenceStatus] = {}
        for step in self._living.values():
            if workspace in step.workspaces and not step.crashes:
                found[step.user] = max(found.get(step.user, PresenceStatus.OFFLINE), step.status)
        shown = {user: self._overrides.get(user, status) for user, status in found.items()}
        return {
            self._users[user]: status
            for user, status in shown.items()
            if status is not PresenceStatus.OFFLINE
        }

    def end(self) -> None:
        """Check that all servers and watchers end with the truth."""
        self.run(self._end())

    async def _end(self) -> None:
        # No message reports lost data: watchers find out at their next poll, within five seconds.
        await eventually(self._all_agree, within=SHORT + 1 + 5 + 2)
        for follower in self._followers:
            assert set(follower.watcher.gaps) <= set(_GAPS)
            await follower.stack.aclose()
        self._followers.clear()
        for server in self._servers:
            await server.presences.close()

    async def _all_agree(self) -> None:
        for name, workspace in self._workspaces.items():
            truth = self.truth(name)
            for server in self._servers:
                assert await online(server.presences, workspace) == truth
                page = await server.presences.list_online(SPACE, workspace, 0)
                assert page.online == len(truth)
            for follower in self._followers:
                if follower.workspace == workspace:
                    follower.watcher.read()
                    assert follower.watcher.users == truth
            assert set(self._raw.zrange(f"workspace:{workspace}:online", 0, -1)) == set(truth)
