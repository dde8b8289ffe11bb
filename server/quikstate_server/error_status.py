"""The status code of each error, and the google.rpc.Status or ItemStatus that callers see."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Final

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import code_pb2
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status

from quikstate.v1.error_reason_pb2 import ErrorReason
from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate_server import call_context, errors
from quikstate_server.logs import get_logger

DOMAIN: Final = "quikstate"

CODES: Final[Mapping[type[errors.QuikstateError], code_pb2.Code]] = {
    errors.InvalidRequest: code_pb2.INVALID_ARGUMENT,
    errors.PolicyNotFound: code_pb2.NOT_FOUND,
    errors.GroupRequired: code_pb2.FAILED_PRECONDITION,
    errors.KeyTypeConflict: code_pb2.FAILED_PRECONDITION,
    errors.RedisUnavailable: code_pb2.UNAVAILABLE,
    errors.OutcomeUnknown: code_pb2.UNAVAILABLE,
    errors.ReplicasNotReached: code_pb2.UNAVAILABLE,
    errors.ShuttingDown: code_pb2.UNAVAILABLE,
    errors.DeadlineExceeded: code_pb2.DEADLINE_EXCEEDED,
    errors.Overloaded: code_pb2.RESOURCE_EXHAUSTED,
    errors.QuotaExceeded: code_pb2.RESOURCE_EXHAUSTED,
    errors.Unauthenticated: code_pb2.UNAUTHENTICATED,
    errors.PermissionDenied: code_pb2.PERMISSION_DENIED,
    errors.RedisOutOfMemory: code_pb2.RESOURCE_EXHAUSTED,
    errors.ResponseTooLarge: code_pb2.RESOURCE_EXHAUSTED,
    errors.ValueTooLarge: code_pb2.RESOURCE_EXHAUSTED,
    errors.QueueFull: code_pb2.RESOURCE_EXHAUSTED,
    errors.ChannelDurable: code_pb2.FAILED_PRECONDITION,
}
"""The status code of each error class, and of the classes derived from it."""

# A status travels in headers, three times over (grpc-message, and the details in base64), and most clients
# refuse more than 8 KiB of headers: so its texts are cut, and its lists too.
_MAX_MESSAGE_LENGTH = 512
_MAX_FACT_LENGTH = 256
_MAX_VIOLATION_BYTES = 2_048

_INTERNAL = "internal error: the server's log has the cause under this trace_id"
_log = get_logger()


def code_of(error: Exception) -> code_pb2.Code:
    """Return the status code of an error; INTERNAL for one outside of the domain."""
    return next((CODES[cls] for cls in type(error).__mro__ if cls in CODES), code_pb2.INTERNAL)


def status_of(error: Exception, method: str = "") -> Status:
    """Return what the caller sees; the cause of an unknown error goes into the log alone."""
    if not isinstance(error, errors.QuikstateError):
        return _internal(error, method)
    status = Status(code=int(code_of(error)), message=_cut(error.message, _MAX_MESSAGE_LENGTH))
    for detail in _details_of(error):
        status.details.add().Pack(detail)
    return status


def item_status(error: errors.QuikstateError) -> ItemStatus:
    """Return the same for one item of a batch or of a stream, whose other items go on."""
    return ItemStatus(
        code=int(code_of(error)),
        reason=ErrorReason.Value(reason_of(error)),
        message=error.message,
        metadata=error.metadata,
    )


def reason_of(error: errors.QuikstateError) -> str:
    """Return the full name of the error's ErrorReason."""
    return f"ERROR_REASON_{error.reason}"


def _details_of(error: errors.QuikstateError) -> Iterator[Message]:
    if isinstance(error, errors.InvalidRequest):
        yield ErrorInfo(reason=reason_of(error), domain=DOMAIN)
        yield _bad_request(error.violations)
        return
    facts = {name: _cut(fact, _MAX_FACT_LENGTH) for name, fact in error.metadata.items()}
    yield ErrorInfo(reason=reason_of(error), domain=DOMAIN, metadata=facts)
    if error.retry_after is not None:
        delay = Duration()
        delay.FromNanoseconds(round(error.retry_after * 1e9))
        yield RetryInfo(retry_delay=delay)


def _bad_request(violations: Mapping[str, str]) -> BadRequest:
    bad_request = BadRequest()
    for count, (field, rule) in enumerate(violations.items()):
        if bad_request.ByteSize() > _MAX_VIOLATION_BYTES:
            bad_request.field_violations.add(description=f"and {len(violations) - count} more")
            break
        bad_request.field_violations.add(
            field=_cut(field, _MAX_FACT_LENGTH), description=_cut(rule, _MAX_FACT_LENGTH)
        )
    return bad_request


def _internal(error: Exception, method: str) -> Status:
    trace_id = call_context.current().trace_id or secrets.token_hex(16)
    _log.error("call.failed", method=method, trace_id=trace_id, exc_info=error)
    status = Status(code=int(code_pb2.INTERNAL), message=_INTERNAL)
    info = ErrorInfo(reason="ERROR_REASON_INTERNAL", domain=DOMAIN, metadata={"trace_id": trace_id})
    status.details.add().Pack(info)
    return status


def _cut(text: str, max_length: int) -> str:
    return text if len(text) <= max_length else text[: max_length - 1] + "…"
