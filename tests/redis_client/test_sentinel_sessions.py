"""While the sentinels do not confirm the master, no session and no token counts as valid."""

from __future__ import annotations

import pytest

from quikstate_server.errors import RedisUnavailable
from quikstate_server.primitives.session.model import SessionFound, TokenClaims
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.redis.clients import OpenSentinel
from support.redis.fake_sentinel import FakeSentinel, where
from support.session.requests import SPACE, login


async def test_sentinel_fence_refuses_sessions_and_tokens(
    three: list[FakeSentinel], open_sentinel: OpenSentinel
) -> None:
    settings = {"sentinel_poll_seconds": 0.05, "sentinel_fence_seconds": 0.3, "connect_seconds": 0.2}
    redis_client = await open_sentinel(where(three), **settings)
    sessions, tokens = Sessions(redis_client, Limits()), Tokens(redis_client, Limits())
    session = await login(sessions)
    assert isinstance(await sessions.get(SPACE, session.session_id), SessionFound)
    assert (await tokens.check(SPACE, [TokenClaims("jti")]))[0].valid
    three[0].epoch, three[1].epoch = 7, 8  # no two agree
    await eventually(lambda: not redis_client.is_available and not redis_client.router.may_wait)
    with pytest.raises(RedisUnavailable):
        await sessions.get(SPACE, session.session_id)
    with pytest.raises(RedisUnavailable):
        await tokens.check(SPACE, [TokenClaims("jti")])
