"""Requests of the tests of sessions."""

from __future__ import annotations

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import NewSession, Session, SessionCreated, SessionFound
from quikstate_server.primitives.session.sessions import Sessions

SPACE = Keyspace()
USER = "user-uuid"
LIST = f"user:{USER}:sessions"


def new(**fields: object) -> NewSession:
    return NewSession(SPACE, **({"user_id": USER, "device_id": "phone"} | fields))  # type: ignore[arg-type]


async def login(sessions: Sessions, **fields: object) -> Session:
    outcome = await sessions.create(new(**fields))
    assert isinstance(outcome, SessionCreated), outcome
    return outcome.session


async def alive(sessions: Sessions, session_id: str, *, touch: bool = False) -> bool:
    return isinstance(await sessions.get(SPACE, session_id, touch=touch), SessionFound)


async def rotate(sessions: Sessions, session_id: str, grace: float = 30.0) -> Session:
    found = await sessions.rotate(SPACE, session_id, grace)
    assert isinstance(found, SessionFound), found
    return found.session


async def handles(sessions: Sessions, user_id: str = USER) -> set[str]:
    page, after = await sessions.list(SPACE, user_id, "", 0, 100)
    assert not after
    return {session.handle for session in page}
