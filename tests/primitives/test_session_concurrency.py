"""Concurrent logins, rotations, updates and revocations of one user on several servers.

Each actor makes random calls and records when each began and ended. The record is then checked: no call may
report a session as gone that nobody had ended, or return one that was revoked before the call. The sessions
that remain at the end must be exactly those expected.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any, cast

import hypothesis
import pytest

from quikstate_server.primitives.session.model import SessionCreated, SessionFound, SessionNotFound
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import turns
from support.session.requests import SPACE, handles, new

_EXAMPLES = 6
_ACTORS = 8
_STEPS = 20
_SERVERS = 3
_NEVER = float("inf")


@dataclass
class Login:
    """One login. `ends` and `ended`: when an actor first called to end it, and when that was acknowledged."""

    handle: str
    ids: list[str]
    began: float
    ends: float = _NEVER
    ended: float = _NEVER
    values: dict[str, str] = field(default_factory=dict)
    """By name, the last acknowledged value: each name is written by one actor."""


@dataclass
class Observation:
    """A result about a login: when the call began and ended, and whether it found the session."""

    login: Login
    what: str
    began: float
    ended: float
    found: bool


class ConcurrentCalls:
    def __init__(self, servers: list[Sessions], seed: int, max_sessions: int, *, revokes: bool) -> None:
        self.random = Random(seed)  # noqa: S311 - the steps of an example, to be repeated
        self.servers = servers
        self.user = f"user-{seed}-{max_sessions}-{revokes}"
        self.max_sessions = max_sessions
        self.logins: dict[str, Login] = {}
        self.observations: list[Observation] = []
        self.evictions: list[tuple[str, float, float]] = []
        """The handle, and when the login that evicted it began and ended."""
        self.revocations: list[tuple[float, float]] = []
        """Of all of the user's sessions: when the call began and ended."""
        self.revokes = revokes
        self.clock = itertools.count()
        self.steps = [self.login, *[self.get, self.update, self.update, self.rotate, self.rotate] * 3]
        if revokes:
            self.steps += [self.revoke_id, self.revoke_handle, self.revoke_all]

    @property
    def server(self) -> Sessions:
        return self.random.choice(self.servers)

    def now(self) -> float:
        return next(self.clock)

    async def run(self) -> None:
        """Let all actors log in at once, and then make random calls."""
        await asyncio.gather(*(self.act(number) for number in range(_ACTORS)))
        self.judge()
        await self.check()

    async def act(self, number: int) -> None:
        await self.login(number)
        for _ in range(_STEPS):
            await self.random.choice(self.steps)(number)

    def any_login(self) -> Login | None:
        """Return a login, mostly one that may still be alive."""
        logins = [*self.logins.values()]
        last = logins[-self.max_sessions :] if self.random.random() < 0.9 else logins
        return self.random.choice(last) if last else None

    async def login(self, number: int) -> None:
        began = self.now()
        outcome = await self.server.create(new(user_id=self.user, max_sessions=self.max_sessions))
        assert isinstance(outcome, SessionCreated), f"actor {number}: {outcome}"
        session = outcome.session
        self.logins[session.handle] = Login(session.handle, [session.session_id], began)
        self.evictions += [(handle, began, self.now()) for handle in outcome.evicted]

    async def get(self, number: int) -> None:
        if login := self.any_login():
            began, session_id = self.now(), self.random.choice(login.ids)
            found = await self.server.get(SPACE, session_id, touch=self.random.random() < 0.5)
            self.note(login, f"get by {number}", began, found)

    async def update(self, number: int) -> None:
        if login := self.any_login():
            began, session_id = self.now(), self.random.choice(login.ids)
            name, value = f"of {number}", str(began)
            found = await self.server.update(SPACE, session_id, {name: value})
            if isinstance(found, SessionFound):
                login.values[name] = value
            self.note(login, f"update by {number}", began, found)

    async def rotate(self, number: int) -> None:
        if login := self.any_login():
            began, session_id = self.now(), self.random.choice(login.ids)
            found = await self.server.rotate(SPACE, session_id, 60.0)
            if isinstance(found, SessionFound) and found.session.session_id not in login.ids:
                login.ids.append(found.session.session_id)
            self.note(login, f"rotate by {number}", began, found)

    async def revoke_id(self, number: int) -> None:
        del number
        if login := self.any_login():
            login.ends = min(login.ends, self.now())
            await self.server.revoke_ids(SPACE, [self.random.choice(login.ids)])
            login.ended = min(login.ended, self.now())

    async def revoke_handle(self, number: int) -> None:
        del number
        if login := self.any_login():
            login.ends = min(login.ends, self.now())
            await self.server.revoke_handles(SPACE, self.user, [login.handle])
            login.ended = min(login.ended, self.now())

    async def revoke_all(self, number: int) -> None:
        """End the sessions that exist at the start of the call, and maybe some created during it."""
        del number
        began, before = self.now(), [*self.logins.values()]
        await self.server.revoke_user(SPACE, self.user)
        self.revocations.append((began, self.now()))
        for login in before:
            login.ended = min(login.ended, self.now())

    def note(self, login: Login, what: str, began: float, found: object) -> None:
        assert isinstance(found, SessionFound | SessionNotFound), f"{what}: {found}, during its grace"
        if isinstance(found, SessionFound):
            assert found.session.handle == login.handle
        self.observations.append(Observation(login, what, began, self.now(), isinstance(found, SessionFound)))

    def judge(self) -> None:
        for handle, began, ended in self.evictions:
            login = self.logins[handle]
            login.ends, login.ended = min(login.ends, began), min(login.ended, ended)
        for login in self.logins.values():
            login.ends = min(
                [login.ends, *(began for began, ended in self.revocations if login.began < ended)]
            )
        for seen in self.observations:
            if seen.found:
                assert seen.began < seen.login.ended, f"{seen} after its end was acknowledged"
            else:
                assert seen.login.ends < seen.ended, f"{seen} is reported as gone, but nobody had ended it"

    async def check(self) -> None:
        """Check that all servers agree about each id, and that the limit holds."""
        left: set[str] = set()
        for login in self.logins.values():
            results = [await server.get(SPACE, some_id) for some_id in login.ids for server in self.servers]
            assert len({isinstance(result, SessionFound) for result in results}) == 1, f"{login}: {results}"
            if isinstance(results[0], SessionFound):
                left.add(login.handle)
                assert login.ended == _NEVER
                assert results[0].session.attributes == login.values
            else:
                assert login.ends < _NEVER
        assert [await handles(server, self.user) for server in self.servers] == [left] * len(self.servers)
        assert len(left) <= self.max_sessions
        if not self.revokes:
            assert len(left) == min(self.max_sessions, len(self.logins))


class DelayingClient:
    """A Redis client with random delays, so that the calls of two servers interleave in any order."""

    def __init__(self, redis_client: RedisClient, seed: int) -> None:
        self._redis_client = redis_client
        self._random = Random(seed)  # noqa: S311 - no secret

    def __getattr__(self, name: str) -> Any:
        return getattr(self._redis_client, name)

    async def run(self, *args: Any, **options: Any) -> object:
        return await self._delayed(partial(self._redis_client.run, *args, **options))

    async def run_acknowledged(self, *args: Any, **options: Any) -> object:
        return await self._delayed(partial(self._redis_client.run_acknowledged, *args, **options))

    async def _delayed(self, call: Callable[[], Awaitable[object]]) -> object:
        await turns(self._random.choice((0, 0, 1, 5, 50)))
        reply = await call()
        await turns(self._random.choice((0, 0, 1, 5, 50)))
        return reply


@pytest.fixture
async def servers(redis_client: RedisClient) -> AsyncIterator[list[Sessions]]:
    clients = [cast("RedisClient", DelayingClient(redis_client, number)) for number in range(_SERVERS)]
    built = [Sessions(client, Limits(session_touch_seconds=0.0001)) for client in clients]
    yield built
    for sessions in built:
        await sessions.close()


@pytest.mark.parametrize("revokes", [False, True], ids=["logins", "logins and revocations"])
async def test_session_guarantees_hold_for_concurrent_calls(servers: list[Sessions], revokes: bool) -> None:
    profile = hypothesis.settings.get_current_profile_name()
    many = hypothesis.settings.get_profile(profile).max_examples if profile == "endurance" else _EXAMPLES
    for seed in range(many):
        for max_sessions in (1, 3):
            calls = ConcurrentCalls(servers, seed, max_sessions, revokes=revokes)
            try:
                await calls.run()
            except AssertionError as failure:
                raise AssertionError(f"seed {seed}, at most {max_sessions}: {failure}") from failure
