"""Random steps on sessions, on two servers, checked against a model of the logins.

The steps of one session run one after another or, in `at_once`, concurrently; the model says what results are
possible. Time plays no role: lifetimes and graces are long or zero.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from random import Random

import hypothesis
import pytest

from quikstate_server.primitives.session.model import (
    NewSession,
    Session,
    SessionFound,
    SessionNotFound,
    SessionReplayed,
)
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.session.requests import SPACE

_EXAMPLES = 15
_STEPS = 25
DEVICES = ("phone", "laptop")


@dataclass
class Login:
    """One login. `ids` are all ids it had, the newest last."""

    session: Session
    ids: list[str]
    attributes: dict[str, str] = field(default_factory=dict)
    alive: bool = True


class World:
    def __init__(self, servers: list[Sessions], seed: int, user_id: str) -> None:
        self.random = Random(seed)  # noqa: S311 - the steps of an example, to be repeated
        self.servers = servers
        self.user_id = user_id
        self.logins: list[Login] = []
        self.steps = [
            self.create,
            self.create,
            self.touch,
            self.update,
            self.rotate,
            self.rotate,
            self.revoke_id,
            self.revoke_handle,
            self.revoke_device,
            self.revoke_all_but_one,
            self.at_once,
        ]

    @property
    def server(self) -> Sessions:
        return self.random.choice(self.servers)

    def any_login(self) -> Login | None:
        return self.random.choice(self.logins) if self.logins else None

    async def create(self) -> None:
        device = self.random.choice(DEVICES)
        outcome = await self.server.create(NewSession(SPACE, self.user_id, device))
        session: Session = outcome.session  # type: ignore[union-attr] # there is no limit
        assert session.session_id not in {one for login in self.logins for one in login.ids}
        self.logins.append(Login(session, [session.session_id]))

    async def touch(self) -> None:
        if login := self.any_login():
            found = await self.server.get(SPACE, self.random.choice(login.ids), touch=True)
            self.judge(login, found)

    async def update(self) -> None:
        if login := self.any_login():
            change = {self.random.choice("abc"): str(self.random.random())}
            found = await self.server.update(SPACE, self.random.choice(login.ids), change)
            assert isinstance(found, SessionFound | SessionNotFound)
            if login.alive:
                login.attributes |= change
            self.judge(login, found)

    async def rotate(self) -> None:
        if login := self.any_login():
            newest = login.ids[-1]
            found = await self.server.rotate(SPACE, newest, 60.0)
            self.judge(login, found)
            if isinstance(found, SessionFound):
                again = await self.server.rotate(SPACE, newest, 60.0)
                assert isinstance(again, SessionFound)
                assert again.session.session_id == found.session.session_id
                login.ids.append(found.session.session_id)

    async def revoke_id(self) -> None:
        if login := self.any_login():
            await self.server.revoke_ids(SPACE, [self.random.choice(login.ids)])
            login.alive = False

    async def revoke_handle(self) -> None:
        if login := self.any_login():
            await self.server.revoke_handles(SPACE, self.user_id, [login.session.handle])
            login.alive = False

    async def revoke_device(self) -> None:
        device = self.random.choice(DEVICES)
        await self.server.revoke_device(SPACE, self.user_id, device)
        for login in self.logins:
            login.alive = login.alive and login.session.device_id != device

    async def revoke_all_but_one(self) -> None:
        if login := self.any_login():
            await self.server.revoke_user(SPACE, self.user_id, keep_handle=login.session.handle)
            for other in self.logins:
                other.alive = other.alive and other is login

    async def at_once(self) -> None:
        """Run rotations, late writes and a logout of one session concurrently: the logout wins."""
        if login := self.any_login():
            newest = login.ids[-1]
            acts = [
                *(self.server.rotate(SPACE, newest, 60.0) for _ in range(3)),
                self.server.update(SPACE, newest, {"late": "write"}),
                self.server.get(SPACE, newest, touch=True),
                self.server.revoke_ids(SPACE, [newest]),
            ]
            self.random.shuffle(acts)
            outcomes = await asyncio.gather(*acts)
            found = {one.session.session_id for one in outcomes if isinstance(one, SessionFound)}
            login.ids += sorted(found - set(login.ids))
            assert len(found - {newest}) <= 1, "two successors"
            login.alive = False

    def judge(self, login: Login, found: object) -> None:
        assert not isinstance(found, SessionReplayed)
        assert isinstance(found, SessionFound) == login.alive
        if isinstance(found, SessionFound):
            assert found.session.handle == login.session.handle
            assert found.session.expires_at == login.session.expires_at
            assert found.session.attributes == login.attributes

    async def check(self) -> None:
        """Check that both servers know each login by all its ids, and list exactly the live ones."""
        for login in self.logins:
            for session_id in login.ids:
                self.judge(login, await self.server.get(SPACE, session_id))
        living = {login.session.handle for login in self.logins if login.alive}
        for server in self.servers:
            page, _ = await server.list(SPACE, self.user_id, "", 0, 1_000)
            assert {session.handle for session in page} == living


@pytest.fixture
async def servers(redis_client: RedisClient) -> AsyncIterator[list[Sessions]]:
    built = [Sessions(redis_client, Limits(session_touch_seconds=0.0001)) for _ in range(2)]
    yield built
    for one in built:
        await one.close()


async def test_session_guarantees_hold_for_random_steps(servers: list[Sessions]) -> None:
    profile = hypothesis.settings.get_current_profile_name()
    many = hypothesis.settings.get_profile(profile).max_examples if profile == "endurance" else _EXAMPLES
    for seed in range(many):
        world = World(servers, seed, f"user-{seed}")
        trail: list[str] = []
        try:
            for _ in range(_STEPS):
                step = world.random.choice(world.steps)
                trail.append(step.__name__)
                await step()
            await world.check()
        except AssertionError as failure:
            raise AssertionError(f"seed {seed}, steps {trail}: {failure}") from failure
