"""Several servers of presence on one Redis, who is in truth present, and watchers that come and go."""

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
from support.presence.requests import SPACE, Watcher, beat, online
from support.redis.clients import closed, cut_connections, patient, started
from support.redis.deployments import Deployment

USERS, CONNECTIONS, WORKSPACES, SERVERS = ("ann", "bob", "cy"), ("desk", "phone"), ("w1", "w2"), 3
SHORT, LONG = 0.4, 60.0
_names = itertools.count()
_GAPS = [Gap(GapReason.POSITION_LOST)]


@dataclass(frozen=True)
class Beat:
    """A heartbeat of one connection; with a short TTL it is the last before a crash."""

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
    """A watcher that may go away and resume elsewhere; it keeps what it knows."""

    def __init__(self, server: _Server, workspace: str) -> None:
        self.workspace = workspace
        self.stack = AsyncExitStack()
        self.watcher = Watcher(server.presences, workspace)

    async def move(self, server: _Server) -> None:
        """Resume on another server, with what was read by now."""
        await self.watcher.read()
        before = self.watcher
        await self.stack.aclose()
        self.watcher = Watcher(server.presences, self.workspace)
        self.watcher.users = before.users
        since = before.position if before.position != PresencePosition(0, 0) else None
        await _surely(self.watcher.begin, self.stack, since)


async def _surely(act: Callable[..., Awaitable[object]], *arguments: object) -> None:
    """Do what may be done twice, again while connections that were cut are on their way back."""

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
        self._living: dict[tuple[str, str], Beat] = {}
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

    async def beat(self, at: int, beats: Sequence[Beat]) -> None:
        """In one call; the last of a connection counts."""
        connections = [
            PresenceConnection(
                self._users[one.user],
                one.connection,
                tuple(self._workspaces[name] for name in one.workspaces),
                one.status,
                ttl=SHORT if one.crashes else LONG,
            )
            for one in beats
        ]
        await _surely(beat, self._servers[at].presences, *connections)
        for one in beats:
            self._living[one.user, one.connection] = one

    async def leave(self, at: int, user: str, connection: str, grace: float) -> None:
        presences = self._servers[at].presences
        await _surely(presences.leave, SPACE, self._users[user], connection, grace)
        for key in list(self._living):
            if key[0] == user and connection in {"", key[1]}:
                del self._living[key]

    async def flap(self, at: int, beat: Beat) -> None:
        """Coming and going at once on several servers ends with a heartbeat."""
        presences = [server.presences for server in self._servers]
        for number in range(6):
            server = presences[(at + number) % SERVERS]
            grace = 0.05 * (number % 2)
            await _surely(server.leave, SPACE, self._users[beat.user], beat.connection, grace)
            await self.beat((at + number + 1) % SERVERS, [beat])

    async def set_status(self, at: int, user: str, status: PresenceStatus | None) -> None:
        presences = self._servers[at].presences
        await _surely(presences.set_status, SPACE, self._users[user], status)
        self._overrides.pop(user, None)
        if status:
            self._overrides[user] = status

    async def move(self, which: int, at: int) -> None:
        await self._followers[which % len(self._followers)].move(self._servers[at])

    async def kill(self, at: int) -> None:
        """A server dies in the midst of what it does, and another comes in its place."""
        dead = self._servers[at]
        dead.wire.killed = True
        fresh = self._servers[at] = _Server(Wire(self._redis_clients[at]))
        await fresh.presences.start()
        for follower in self._followers:
            if follower.watcher._presences is dead.presences:
                await follower.move(fresh)
        await dead.presences.close()

    def flush(self) -> None:
        """All data is lost."""
        self._raw.flushall()
        self._living.clear()
        self._overrides.clear()

    def cut(self) -> None:
        cut_connections(self._raw)

    def truth(self, workspace: str) -> dict[str, PresenceStatus]:
        """Who is present once every crashed connection has lapsed."""
        found: dict[str, PresenceStatus] = {}
        for one in self._living.values():
            if workspace in one.workspaces and not one.crashes:
                found[one.user] = max(found.get(one.user, PresenceStatus.OFFLINE), one.status)
        shown = {user: self._overrides.get(user, status) for user, status in found.items()}
        return {
            self._users[user]: status
            for user, status in shown.items()
            if status is not PresenceStatus.OFFLINE
        }

    def end(self) -> None:
        """Everyone ends with the truth."""
        self.run(self._end())

    async def _end(self) -> None:
        # Data that was lost without a word is missed at the next look, five seconds later.
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
                    await follower.watcher.read()
                    assert follower.watcher.users == truth
            assert set(self._raw.zrange(f"workspace:{workspace}:online", 0, -1)) == set(truth)
