"""One user's logins, rotations, updates and revocations beside each other, on several servers.

Each actor does at random what callers do, and notes when it asked and when it was answered. What was noted
is judged then: who was told that a session is gone, though nobody had ended it? Who got one that was
revoked before? And what is left at the end is exact.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
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
    """One login. `ends` and `ended`: when someone first asked to end it, and when that was acknowledged."""

    handle: str
    ids: list[str]
    asked: float
    ends: float = _NEVER
    ended: float = _NEVER
    values: dict[str, str] = field(default_factory=dict)
    """By name, the last that was acknowledged: each is written by one actor."""


@dataclass
class Seen:
    """An answer about a login: when it was asked for and given, and whether it was there."""

    login: Login
    what: str
    asked: float
    answered: float
    there: bool


class Crowd:
    def __init__(self, servers: list[Sessions], seed: int, most: int, *, revokes: bool) -> None:
        self.random = Random(seed)  # noqa: S311 - the steps of an example, to be repeated
        self.servers = servers
        self.user = f"user-{seed}-{most}-{revokes}"
        self.most = most
        self.logins: dict[str, Login] = {}
        self.seen: list[Seen] = []
        self.evictions: list[tuple[str, float, float]] = []
        """The handle, and when the login that evicted it was asked for and answered."""
        self.revocations: list[tuple[float, float]] = []
        """Of all of the user's sessions: when they were asked for and answered."""
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
        """All log in at once, and then go on as it comes."""
        await asyncio.gather(*(self.act(number) for number in range(_ACTORS)))
        self.judge()
        await self.check()

    async def act(self, number: int) -> None:
        await self.login(number)
        for _ in range(_STEPS):
            await self.random.choice(self.steps)(number)

    def any_login(self) -> Login | None:
        """Mostly one that may live yet."""
        logins = [*self.logins.values()]
        last = logins[-self.most :] if self.random.random() < 0.9 else logins
        return self.random.choice(last) if last else None

    async def login(self, number: int) -> None:
        asked = self.now()
        outcome = await self.server.create(new(user_id=self.user, max_sessions=self.most))
        assert isinstance(outcome, SessionCreated), f"actor {number}: {outcome}"
        session = outcome.session
        self.logins[session.handle] = Login(session.handle, [session.session_id], asked)
        self.evictions += [(handle, asked, self.now()) for handle in outcome.evicted]

    async def get(self, number: int) -> None:
        if login := self.any_login():
            asked, session_id = self.now(), self.random.choice(login.ids)
            found = await self.server.get(SPACE, session_id, touch=self.random.random() < 0.5)
            self.note(login, f"get by {number}", asked, found)

    async def update(self, number: int) -> None:
        if login := self.any_login():
            asked, session_id = self.now(), self.random.choice(login.ids)
            name, value = f"of {number}", str(asked)
            found = await self.server.update(SPACE, session_id, {name: value})
            if isinstance(found, SessionFound):
                login.values[name] = value
            self.note(login, f"update by {number}", asked, found)

    async def rotate(self, number: int) -> None:
        if login := self.any_login():
            asked, session_id = self.now(), self.random.choice(login.ids)
            found = await self.server.rotate(SPACE, session_id, 60.0)
            if isinstance(found, SessionFound) and found.session.session_id not in login.ids:
                login.ids.append(found.session.session_id)
            self.note(login, f"rotate by {number}", asked, found)

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
        """It ends what was there when it was asked for, and may end what came meanwhile."""
        del number
        asked, before = self.now(), [*self.logins.values()]
        await self.server.revoke_user(SPACE, self.user)
        self.revocations.append((asked, self.now()))
        for login in before:
            login.ended = min(login.ended, self.now())

    def note(self, login: Login, what: str, asked: float, found: object) -> None:
        assert isinstance(found, SessionFound | SessionNotFound), f"{what}: {found}, in its grace"
        if isinstance(found, SessionFound):
            assert found.session.handle == login.handle
        self.seen.append(Seen(login, what, asked, self.now(), isinstance(found, SessionFound)))

    def judge(self) -> None:
        for handle, asked, answered in self.evictions:
            login = self.logins[handle]
            login.ends, login.ended = min(login.ends, asked), min(login.ended, answered)
        for login in self.logins.values():
            login.ends = min([login.ends, *(a for a, answered in self.revocations if login.asked < answered)])
        for one in self.seen:
            if one.there:
                assert one.asked < one.login.ended, f"{one} after its end was acknowledged"
            else:
                assert one.login.ends < one.answered, f"{one} is told as gone, and nobody had ended it"

    async def check(self) -> None:
        """All servers say the same, of each id, and no more are left than may be."""
        left: set[str] = set()
        for login in self.logins.values():
            told = [await server.get(SPACE, one) for one in login.ids for server in self.servers]
            assert len({isinstance(found, SessionFound) for found in told}) == 1, f"{login}: {told}"
            if isinstance(told[0], SessionFound):
                left.add(login.handle)
                assert login.ended == _NEVER
                assert told[0].session.attributes == login.values
            else:
                assert login.ends < _NEVER
        assert [await handles(server, self.user) for server in self.servers] == [left] * len(self.servers)
        assert len(left) <= self.most
        if not self.revokes:
            assert len(left) == min(self.most, len(self.logins))


class Uneven:
    """A way to Redis that is now short, now long, so that what two servers do can meet in any order."""

    def __init__(self, redis_client: RedisClient, seed: int) -> None:
        self._redis_client = redis_client
        self._random = Random(seed)  # noqa: S311 - no secret

    def __getattr__(self, name: str) -> Any:
        return getattr(self._redis_client, name)

    async def run(self, *args: Any, **options: Any) -> object:
        return await self._delayed(self._redis_client.run(*args, **options))

    async def run_acknowledged(self, *args: Any, **options: Any) -> object:
        return await self._delayed(self._redis_client.run_acknowledged(*args, **options))

    async def _delayed(self, call: Awaitable[object]) -> object:
        await turns(self._random.choice((0, 0, 1, 5, 50)))
        reply = await call
        await turns(self._random.choice((0, 0, 1, 5, 50)))
        return reply


@pytest.fixture
async def servers(redis_client: RedisClient) -> AsyncIterator[list[Sessions]]:
    ways = [cast("RedisClient", Uneven(redis_client, number)) for number in range(_SERVERS)]
    built = [Sessions(way, Limits(session_touch_seconds=0.0001)) for way in ways]
    yield built
    for one in built:
        await one.close()


@pytest.mark.parametrize("revokes", [False, True], ids=["logins", "logins and revocations"])
async def test_session_promises_hold_in_a_crowd(servers: list[Sessions], revokes: bool) -> None:
    profile = hypothesis.settings.get_current_profile_name()
    many = hypothesis.settings.get_profile(profile).max_examples if profile == "endurance" else _EXAMPLES
    for seed in range(many):
        for most in (1, 3):
            crowd = Crowd(servers, seed, most, revokes=revokes)
            try:
                await crowd.run()
            except AssertionError as failure:
                raise AssertionError(f"seed {seed}, at most {most}: {failure}") from failure
