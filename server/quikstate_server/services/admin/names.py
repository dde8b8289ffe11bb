"""The names in AdminService's requests that a policy can restrict: users."""

from __future__ import annotations

from collections.abc import Sequence

from quikstate.v1.admin_pb2 import DeleteUserRequest
from quikstate_server.interceptors.name_authorization import no_names

get_topology = get_redis_info = get_server_info = no_names


def delete_user(request: DeleteUserRequest) -> Sequence[str]:
    return [request.user_id]
