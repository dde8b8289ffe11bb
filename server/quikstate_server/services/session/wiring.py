"""SessionService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import session_pb2
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.session import validation
from quikstate_server.services.session.servicer import SessionServicer


def _make(common: ServiceContext) -> BuiltService:
    settings, limits = common.settings, common.settings.limits
    sessions = Sessions(common.redis_client, limits)
    servicer = SessionServicer(
        sessions,
        Tokens(common.redis_client, limits),
        limits,
        common.streams,
        item_status,
        key_prefix=settings.key_prefix,
    )
    return BuiltService(servicer, [sessions])


SESSION = ServiceSpec(
    session_pb2.DESCRIPTOR.services_by_name["SessionService"],
    {
        session_pb2.CreateSessionRequest: Rules(validation.create_session),
        session_pb2.GetSessionRequest: Rules(validation.get_session, vouches_for_shape=True),
        session_pb2.UpdateSessionRequest: Rules(validation.update_session),
        session_pb2.RotateSessionRequest: Rules(validation.rotate_session),
        session_pb2.RevokeSessionsRequest: Rules(validation.revoke_sessions),
        session_pb2.ListSessionsRequest: Rules(validation.list_sessions),
        session_pb2.WatchSessionsRequest: Rules(validation.watch_sessions),
        session_pb2.RevokeTokensRequest: Rules(validation.revoke_tokens),
        session_pb2.CheckTokensRequest: Rules(validation.check_tokens),
    },
    _make,
)
