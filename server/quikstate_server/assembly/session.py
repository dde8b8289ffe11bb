"""SessionService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import session_pb2
from quikstate_server.assembly.assembly import Assembly, Common, Made
from quikstate_server.interceptors import rules_session
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.services.session import SessionServicer


def _make(common: Common) -> Made:
    settings, limits = common.settings, common.settings.limits
    sessions = Sessions(common.topology, limits)
    servicer = SessionServicer(
        sessions,
        Tokens(common.topology, limits),
        limits,
        common.streams,
        item_status,
        key_prefix=settings.key_prefix,
    )
    return Made(servicer, [sessions])


SESSION = Assembly(
    session_pb2.DESCRIPTOR.services_by_name["SessionService"],
    {
        session_pb2.CreateSessionRequest: Rules(rules_session.create_session),
        session_pb2.GetSessionRequest: Rules(rules_session.get_session, vouches_for_shape=True),
        session_pb2.UpdateSessionRequest: Rules(rules_session.update_session),
        session_pb2.RotateSessionRequest: Rules(rules_session.rotate_session),
        session_pb2.RevokeSessionsRequest: Rules(rules_session.revoke_sessions),
        session_pb2.ListSessionsRequest: Rules(rules_session.list_sessions),
        session_pb2.WatchSessionsRequest: Rules(rules_session.watch_sessions),
        session_pb2.RevokeTokensRequest: Rules(rules_session.revoke_tokens),
        session_pb2.CheckTokensRequest: Rules(rules_session.check_tokens),
    },
    _make,
)
