"""Each RPC says which access it needs, and each name in a request can be restricted by a policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from quikstate_server.primitives.queue.model import Receipt
from quikstate_server.services.catalog import NAMES
from support.harness.api_methods import METHODS

NAME = "marker"
_REASONS: Mapping[str, Sequence[str]] = {
    "is a secret that names nothing: whoever has it may use it": (
        "LockLease.lease_id",
        "CacheItem.lease",
        "GetSessionRequest.session_id",
        "UpdateSessionRequest.session_id",
        "RotateSessionRequest.session_id",
        "SessionIds.session_ids",
        "TokenId.jti",
        "TokenClaims.jti",
    ),
    "tells things apart within a name that is checked": (
        *(f"{message}.group" for message in ("AcquireLockRequest", "LockLease", "LockRequestId")),
        *(f"{verb}LockRequest.group" for verb in ("Get", "ForceRelease")),
        *(f"{rest}Request.group" for rest in ("ListLocks", "WatchLocks", "CheckFencingToken")),
        *(f"{verb}RateLimitRequest.group" for verb in ("Check", "Reset")),
        "CacheItem.if_etag",
        "PresenceConnection.connection_id",
        "LeaveRequest.connection_id",
        "EnqueueItem.ordering_key",
        "RedriveQueueRequest.item_ids",
        "PurgeQueueRequest.item_ids",
        "SessionHandles.handles",
        "SessionsButOne.keep_session_id",
        "SessionsButOne.keep_handle",
        "SessionDevice.device_id",
        "TokenClaims.device_id",
    ),
    "tells repeats of a request apart, whose names are checked": (
        "AcquireLockRequest.request_id",
        "LockRequestId.request_id",
        "CheckRateLimitRequest.request_id",
        "Publication.idempotency_key",
        "EnqueueItem.dedup_key",
        "EnqueueRequest.request_id",
        "CreateSessionRequest.request_id",
    ),
    "says where a page begins, of a list whose name is checked": (
        *(
            f"List{rest}Request.page_token"
            for rest in ("Locks", "Online", "History", "Channels", "Queues", "Sessions")
        ),
        "InspectQueueRequest.page_token",
        "ListRateLimitPoliciesRequest.page_token",
    ),
    "is kept with what has a name that is checked": (
        "AcquireLockRequest.owner",
        "AcquireLockRequest.metadata",
        "PresenceConnection.device_id",
        "PresenceConnection.metadata",
        "EnqueueItem.attributes",
        *(f"CreateSessionRequest.{field}" for field in ("device_id", "email", "ip_address", "user_agent")),
        "CreateSessionRequest.attributes",
        "UpdateSessionRequest.set",
        "UpdateSessionRequest.unset",
    ),
    "is a rule of the whole server, for names that are checked": (
        "RateLimitHit.policy",
        "ResetRateLimitRequest.policy",
    ),
    "is only taken away from the stream's own": (
        "SubscriptionRemoval.channels",
        "SubscriptionRemoval.prefixes",
    ),
}
UNRESTRICTED = {field for fields in _REASONS.values() for field in fields}
"""Fields with texts that no policy restricts, and above them why."""


def ways_of(descriptor: Any, before: tuple[FieldDescriptor, ...] = ()) -> Iterator[Sequence[FieldDescriptor]]:
    """Yield the way to each field with text: a string, or a map of them."""
    fields: Any = descriptor.fields
    for field in fields:
        way = (*before, field)
        if field.type == FieldDescriptor.TYPE_STRING or _is_map(field):
            yield way
        elif field.message_type:
            yield from ways_of(field.message_type, way)


def _is_map(field: FieldDescriptor) -> bool:
    return bool(field.message_type and field.message_type.GetOptions().map_entry)


def filled(request_type: type[Message], way: Sequence[FieldDescriptor]) -> Message:
    """A request in which only this field is set: to NAME, or to what holds it."""
    request = request_type()
    part: Any = request
    for field in way[:-1]:
        part = getattr(part, field.name).add() if field.is_repeated else getattr(part, field.name)
        part.SetInParent()
    last = way[-1]
    text = str(Receipt(NAME, "1-0", "secret")) if last.name == "receipt" else NAME
    if _is_map(last):
        getattr(part, last.name)[NAME] = NAME
    elif last.is_repeated:
        getattr(part, last.name).append(text)
    else:
        setattr(part, last.name, text)
    return request


@pytest.mark.parametrize("rpc", METHODS)
def test_rpc_says_which_access_it_needs(rpc: str) -> None:
    assert METHODS[rpc].access is not None


def test_each_text_of_a_request_is_a_name_that_is_checked_or_says_why_not() -> None:
    checked: set[str] = set()
    unchecked: set[str] = set()
    for method in METHODS.values():
        for way in ways_of(method.request_type.DESCRIPTOR):
            names = [*NAMES[method.request_type](filled(method.request_type, way))]
            found = checked if any(NAME in name for name in names) else unchecked
            found.add(way[-1].full_name.removeprefix("quikstate.v1."))
    assert unchecked == UNRESTRICTED
    assert not checked & unchecked
