"""Errors as the Connect protocol has them (https://connectrpc.com/docs/protocol#error-end-stream)."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from google.protobuf import descriptor_pool, json_format
from google.protobuf.any_pb2 import Any as PackedMessage
from google.protobuf.message import DecodeError
from google.protobuf.message_factory import GetMessageClass
from google.rpc import (
    code_pb2,
    error_details_pb2,  # noqa: F401 - the pool has what is imported: its messages are what errors carry
)
from google.rpc.status_pb2 import Status

_CODES: Final[Mapping[int, tuple[str, int]]] = {
    code_pb2.CANCELLED: ("canceled", 499),
    code_pb2.UNKNOWN: ("unknown", 500),
    code_pb2.INVALID_ARGUMENT: ("invalid_argument", 400),
    code_pb2.DEADLINE_EXCEEDED: ("deadline_exceeded", 504),
    code_pb2.NOT_FOUND: ("not_found", 404),
    code_pb2.ALREADY_EXISTS: ("already_exists", 409),
    code_pb2.PERMISSION_DENIED: ("permission_denied", 403),
    code_pb2.RESOURCE_EXHAUSTED: ("resource_exhausted", 429),
    code_pb2.FAILED_PRECONDITION: ("failed_precondition", 400),
    code_pb2.ABORTED: ("aborted", 409),
    code_pb2.OUT_OF_RANGE: ("out_of_range", 400),
    code_pb2.UNIMPLEMENTED: ("unimplemented", 501),
    code_pb2.INTERNAL: ("internal", 500),
    code_pb2.UNAVAILABLE: ("unavailable", 503),
    code_pb2.DATA_LOSS: ("data_loss", 500),
    code_pb2.UNAUTHENTICATED: ("unauthenticated", 401),
}
"""Connect's name and the HTTP status of each code, as the protocol's table has them."""


def http_status_of(status: Status) -> int:
    """Return the HTTP status of a unary response that failed."""
    _, http_status = _CODES[status.code]
    return http_status


def error_body(status: Status) -> bytes:
    """Return the body of a unary response that failed."""
    return _json(_error(status))


def end_of_stream(status: Status | None) -> bytes:
    """Return the last message of a stream; None if it did not fail."""
    return _json({"error": _error(status)} if status else {})


def _error(status: Status) -> Mapping[str, Any]:
    name, _ = _CODES[status.code]
    error: dict[str, Any] = {"code": name}
    if status.message:
        error["message"] = status.message
    if status.details:
        error["details"] = [_detail(detail) for detail in status.details]
    return error


def _detail(detail: PackedMessage) -> Mapping[str, Any]:
    """Return a detail; `debug`, for people, only if its type is known here."""
    name = detail.type_url.rpartition("/")[2]
    shown: dict[str, Any] = {"type": name, "value": base64.b64encode(detail.value).rstrip(b"=").decode()}
    try:
        message_type = GetMessageClass(descriptor_pool.Default().FindMessageTypeByName(name))
        shown["debug"] = json_format.MessageToDict(message_type.FromString(detail.value))
    except (KeyError, DecodeError):
        pass
    return shown


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
