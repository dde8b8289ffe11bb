"""Errors of the domain: a reason and its metadata, without gRPC.

Each class has one value of quikstate.v1.ErrorReason; `error_status` gives it a status code. Expected
outcomes (denied, busy, miss) are results, not errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class QuikstateError(Exception):
    """The base: `reason` names the ErrorReason, `metadata` has every dynamic word of the message."""

    reason: ClassVar[str]
    retry_after: float | None = None
    """Seconds after which a retry makes sense; None if it does not, or only with a changed request."""

    def __init__(self, message: str, /, **metadata: object) -> None:
        super().__init__(message)
        self.message = message
        self.metadata: Mapping[str, str] = {name: str(value) for name, value in metadata.items()}


class InvalidRequest(QuikstateError):
    """The request breaks rules: `violations` has them by the path of the field."""

    reason = "INVALID_REQUEST"

    def __init__(self, violations: Mapping[str, str]) -> None:
        facts = "; ".join(f"{field}: {what}" if field else what for field, what in violations.items())
        super().__init__(f"invalid request: {facts}", **violations)
        self.violations = dict(violations)


class PolicyNotFound(QuikstateError):
    """The request names a rate limit policy that is not loaded."""

    reason = "POLICY_NOT_FOUND"

    def __init__(self, policy: str) -> None:
        super().__init__(f"no rate limit policy is named {policy!r}", policy=policy)


class GroupRequired(QuikstateError):
    """One atomic operation names keys on several slots of a Redis Cluster."""

    reason = "GROUP_REQUIRED"

    def __init__(self) -> None:
        super().__init__(
            "the keys are on different Redis Cluster slots: set `group`, which keeps them on one"
        )


class KeyTypeConflict(QuikstateError):
    """A raw Redis client has written a value of another type under a key of this service."""

    reason = "KEY_TYPE_CONFLICT"

    def __init__(self, *keys: str) -> None:
        """Take several keys where it is not known which of them it is."""
        named = ", ".join(keys)
        which = f"the Redis key {named!r}" if len(keys) == 1 else f"one of the Redis keys {named}"
        super().__init__(f"{which} holds a value of another type", key=named)


class RedisUnavailable(QuikstateError):
    """Redis does not reply now, and the command is known not to have run."""

    reason = "REDIS_UNAVAILABLE"
    retry_after = 0.5


class OutcomeUnknown(QuikstateError):
    """A command was sent and its reply was lost: it may have run."""

    reason = "OUTCOME_UNKNOWN"

    def __init__(self) -> None:
        super().__init__("the reply of Redis was lost: the outcome is unknown")


class ReplicasNotReached(QuikstateError):
    """A write ran, and fewer replicas than `min_replicas` acknowledged it in time."""

    reason = "REPLICAS_NOT_REACHED"

    def __init__(self, acked: int, wanted: int) -> None:
        super().__init__(
            f"{acked} of {wanted} replicas acknowledged the write: its outcome is unknown",
            replicas_acked=acked,
            min_replicas=wanted,
        )


class DeadlineExceeded(QuikstateError):
    """The caller's deadline passed."""

    reason = "DEADLINE_EXCEEDED"

    def __init__(self) -> None:
        super().__init__("the deadline passed before Redis replied")


class Overloaded(QuikstateError):
    """A limit on concurrent work is reached; nothing was done."""

    reason = "OVERLOADED"
    retry_after = 0.1

    def __init__(self, limit: str) -> None:
        super().__init__(f"the server has reached its limit {limit}", limit=limit)


class Unauthenticated(QuikstateError):
    """The call has no valid credential."""

    reason = "UNAUTHENTICATED"


class PermissionDenied(QuikstateError):
    """The policy does not grant the caller what the call asks for."""

    reason = "PERMISSION_DENIED"


class QuotaExceeded(QuikstateError):
    """The caller has used up one of its quotas."""

    reason = "QUOTA_EXCEEDED"

    def __init__(self, caller: str, limit: str, retry_after: float = 0.1) -> None:
        super().__init__(f"the caller {caller!r} has reached its quota {limit}", caller=caller, limit=limit)
        self.retry_after = retry_after


class RedisOutOfMemory(QuikstateError):
    """Redis refuses writes since it has reached its maxmemory."""

    reason = "REDIS_OUT_OF_MEMORY"

    def __init__(self) -> None:
        super().__init__("Redis has reached its maxmemory")


class ShuttingDown(QuikstateError):
    """The server drains: another one may serve the call."""

    reason = "SHUTTING_DOWN"
    retry_after = 0.1

    def __init__(self) -> None:
        super().__init__("this server is shutting down")


class ResponseTooLarge(QuikstateError):
    """An item of a batch does not fit into the response beside the items before it."""

    reason = "RESPONSE_TOO_LARGE"

    def __init__(self) -> None:
        limit = "limits.max_message_bytes"
        super().__init__(f"the response has reached {limit}: request this item in another call", limit=limit)


class ValueTooLarge(QuikstateError):
    """A raw Redis client has written a larger value than a response may carry."""

    reason = "VALUE_TOO_LARGE"

    def __init__(self, key: str) -> None:
        limit = "limits.max_cache_value_bytes"
        super().__init__(f"the Redis key {key!r} holds more than {limit}", key=key, limit=limit)


class QueueFull(QuikstateError):
    """The queue has max_queue_length items."""

    reason = "QUEUE_FULL"
    retry_after = 1.0

    def __init__(self, queue: str, limit: int) -> None:
        super().__init__(f"the queue {queue!r} already has {limit} items", queue=queue, limit=limit)


class ChannelDurable(QuikstateError):
    """An ephemeral message would not reach the subscribers of a durable channel."""

    reason = "CHANNEL_DURABLE"

    def __init__(self, channel: str) -> None:
        super().__init__(
            f"the channel {channel!r} is durable: publish with DURABILITY_DURABLE", channel=channel
        )
