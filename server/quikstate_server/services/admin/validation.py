"""The validator of AdminService's requests."""

from __future__ import annotations

from collections.abc import Iterable

from quikstate.v1.admin_pb2 import DeleteUserRequest
from quikstate_server.services.common.validation import Violation, covers_proto_rules, text_violations
from quikstate_server.settings import Limits


@covers_proto_rules
def delete_user(request: DeleteUserRequest, limits: Limits) -> Iterable[Violation]:
    """Check the user."""
    return text_violations("user_id", request.user_id, limits.max_id_bytes)
