"""SessionService and the parts it is built of."""

from __future__ import annotations

from quikstate.v1 import session_pb2
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.session import names, validation
from quikstate_server.services.session.servicer import SessionServicer


def _build(context: ServiceContext) -> BuiltService:
    sessions = Sessions(context.redis_client, context.limits)
    tokens = Tokens(context.redis_client, context.limits)
    return BuiltService(SessionServicer(sessions, tokens, context), [sessions])


SESSION = ServiceSpec(
    session_pb2.DESCRIPTOR.services_by_name["SessionService"],
    validation,
    names,
    _build,
    releases=["RevokeSessions", "RevokeTokens"],
    audited=["RevokeSessions", "RevokeTokens"],
)
