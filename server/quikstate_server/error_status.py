"""The status code of each error, and the google.rpc.Status or ItemStatus that callers see."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Final

import structlog
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import code_pb2
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status

from quikstate.v1.error_reason_pb2 import ErrorReason
from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate_server import errors, telemetry

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
    errors.RedisOutOfMemory: code_pb2.RESOURCE_EXHAUSTED,
    # cache
    errors.ResponseTooLarge: code_pb2.RESOURCE_EXHAUSTED,
    errors.ValueTooLarge: code_pb2.RESOURCE_EXHAUSTED,
    # queue
    errors.QueueFull: code_pb2.RESOURCE_EXHAUSTED,
    # PubSubService.
    errors.ChannelDurable: code_pb2.FAILED_PRECONDITION,
}
"""The status code of each error class, and of the classes derived from it."""

# A status travels in headers, three times over (grpc-message, and the details in base64), and
# most clients refuse more than 8 KiB of those: so its texts are cut, and its lists too.
_LONGEST_MESSAGE = 512
_LONGEST_FACT = 256
_MOST_VIOLATION_BYTES = 2_048

_INTERNAL = "a fault in the server; its log has the cause under the trace id"
_log = structlog.get_logger()


def code_of(error: Exception) -> code_pb2.Code:
    """The status code of an error; INTERNAL for one that is not of the domain."""
    return next((CODES[cls] for cls in type(error).__mro__ if cls in CODES), code_pb2.INTERNAL)


def status_of(error: Exception, method: str = "") -> Status:
    """What the caller is told; an unknown error's cause goes into the log alone."""
    if not isinstance(error, errors.QuikstateError):
        return _internal(error, method)
    status = Status(code=int(code_of(error)), message=_cut(error.message, _LONGEST_MESSAGE))
    for detail in _details_of(error):
        status.details.add().Pack(detail)
    return status


def item_status(error: errors.QuikstateError) -> ItemStatus:
    """The same for one item of a batch or of a stream, whose other items go on."""
    return ItemStatus(
        code=int(code_of(error)),
        reason=ErrorReason.Value(reason_of(error)),
        message=error.message,
        metadata=error.metadata,
    )


def reason_of(error: errors.QuikstateError) -> str:
    """The full name of the error's ErrorReason."""
    return f"ERROR_REASON_{error.reason}"


def _details_of(error: errors.QuikstateError) -> Iterator[Message]:
    if isinstance(error, errors.InvalidRequest):
        yield ErrorInfo(reason=reason_of(error), domain=DOMAIN)
        yield _bad_request(error.violations)
        return
    facts = {name: _cut(fact, _LONGEST_FACT) for name, fact in error.metadata.items()}
    yield ErrorInfo(reason=reason_of(error), domain=DOMAIN, metadata=facts)
    if error.retry_after is not None:
        delay = Duration()
        delay.FromNanoseconds(round(error.retry_after * 1e9))
        yield RetryInfo(retry_delay=delay)


def _bad_request(violations: Mapping[str, str]) -> BadRequest:
    answer = BadRequest()
    for count, (field, what) in enumerate(violations.items()):
        if answer.ByteSize() > _MOST_VIOLATION_BYTES:
            answer.field_violations.add(description=f"and {len(violations) - count} more")
            break
        answer.field_violations.add(field=_cut(field, _LONGEST_FACT), description=_cut(what, _LONGEST_FACT))
    return answer


def _internal(error: Exception, method: str) -> Status:
    trace_id = telemetry.trace_id() or secrets.token_hex(16)
    _log.error("call.failed", method=method, trace_id=trace_id, exc_info=error)
    status = Status(code=int(code_pb2.INTERNAL), message=_INTERNAL)
    info = ErrorInfo(reason="ERROR_REASON_INTERNAL", domain=DOMAIN, metadata={"trace_id": trace_id})
    status.details.add().Pack(info)
    return status


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
