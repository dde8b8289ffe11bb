"""While Redis's memory is full, sessions can be revoked and not created."""

from __future__ import annotations

import pytest

from quikstate_server.errors import RedisOutOfMemory
from quikstate_server.primitives.session.model import TokenClaims, TokenId
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.settings import Limits
from support.redis.clients import Connect
from support.redis.redis_process import StartRedis
from support.session.requests import SPACE, USER, alive, login


async def test_session_revoke_works_when_memory_is_full(start_redis: StartRedis, connect: Connect) -> None:
    process = start_redis()
    redis_client = await connect(process.address)
    sessions, tokens = Sessions(redis_client, Limits()), Tokens(redis_client, Limits())
    one, two, three = [await login(sessions) for _ in range(3)]
    with process.client() as client:
        client.config_set("maxmemory", 1)
    with pytest.raises(RedisOutOfMemory):
        await login(sessions)
    await sessions.revoke_ids(SPACE, [one.session_id])
    await sessions.revoke_handles(SPACE, USER, [two.handle])
    await sessions.revoke_user(SPACE, USER)
    await tokens.revoke(SPACE, [TokenId("jti")])
    await tokens.revoke_user(SPACE, USER)
    assert not any([await alive(sessions, session.session_id) for session in (one, two, three)])
    assert not (await tokens.check(SPACE, [TokenClaims("jti")]))[0].valid
    await sessions.close()
