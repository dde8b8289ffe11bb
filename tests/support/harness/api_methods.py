"""All methods of the API, and how tests call each of them."""

from __future__ import annotations

from typing import Any

import grpc.aio

from quikstate_server.interceptors.method import Method, methods_of
from quikstate_server.services.catalog import SERVICES

METHODS = {
    method.full_name.rpartition(".")[2]: method for one in SERVICES for method in methods_of(one.service)
}
"""All of the API, such as `LockService/AcquireLock`."""


def call_of(channel: grpc.aio.Channel, method: Method) -> Any:
    """What a stub has for it."""
    kinds = {
        (False, False): channel.unary_unary,
        (False, True): channel.unary_stream,
        (True, True): channel.stream_stream,
    }
    built: Any = kinds[method.client_streaming, method.server_streaming]
    return built(
        f"/{method.full_name}",
        request_serializer=method.request_type.SerializeToString,
        response_deserializer=method.response_type.FromString,
    )
