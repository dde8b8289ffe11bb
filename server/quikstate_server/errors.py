"""What can go wrong, as the domain says it: a reason and its facts, no gRPC.

Each class below stands for one value of quikstate.v1.ErrorReason;
`error_status` gives it a status code. Expected outcomes (denied, busy,
miss) are results, not errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class QuikstateError(Exception):
    """The root: `reason` names the ErrorReason, `metadata` every dynamic word of the message."""

    reason: ClassVar[str]
    retry_after: ClassVar[float | None] = None
    """Seconds after which a repeat makes sense; None where it does not, or not unchanged."""

    def __init__(self, message: str, /, **metadata: object) -> None:
        super().__init__(message)
        self.message = message
        self.metadata: Mapping[str, str] = {name: str(value) for name, value in metadata.items()}


class InvalidRequest(QuikstateError):
    """The request breaks rules; `violations` says what is wrong, by the path of the field."""

    reason = "INVALID_REQUEST"

    def __init__(self, violations: Mapping[str, str]) -> None:
        facts = "; ".join(f"{field}: {what}" if field else what for field, what in violations.items())
        super().__init__(f"invalid request: {facts}", **violations)
        self.violations = dict(violations)


class PolicyNotFound(QuikstateError):
    reason = "POLICY_NOT_FOUND"

    def __init__(self, policy: str) -> None:
        super().__init__(f"no rate limit policy is named {policy!r}", policy=policy)


class GroupRequired(QuikstateError):
    reason = "GROUP_REQUIRED"

    def __init__(self) -> None:
        super().__init__("these keys are on several Redis Cluster slots: give the request a group")


class KeyTypeConflict(QuikstateError):
    reason = "KEY_TYPE_CONFLICT"

    def __init__(self, *keys: str) -> None:
        """Several where it cannot be told which of them it is."""
        named = ", ".join(keys)
        which = f"the Redis key {named!r}" if len(keys) == 1 else f"one of the Redis keys {named}"
        super().__init__(f"{which} holds something else", key=named)


class RedisUnavailable(QuikstateError):
    """Redis cannot answer now, and what was asked is known not to have run."""

    reason = "REDIS_UNAVAILABLE"
    retry_after = 0.5


class OutcomeUnknown(QuikstateError):
    """What was asked was sent, and its answer was lost."""

    reason = "OUTCOME_UNKNOWN"

    def __init__(self) -> None:
        super().__init__("the answer of Redis was lost: the outcome is unknown")


class ReplicasNotReached(QuikstateError):
    reason = "REPLICAS_NOT_REACHED"

    def __init__(self, acked: int, wanted: int) -> None:
        super().__init__(
            f"{acked} of {wanted} replicas acknowledged the write: its outcome is unknown",
            replicas_acked=acked,
            min_replicas=wanted,
        )


class DeadlineExceeded(QuikstateError):
    reason = "DEADLINE_EXCEEDED"

    def __init__(self) -> None:
        super().__init__("the deadline ended before Redis answered")


class Overloaded(QuikstateError):
    """A setting's limit on work in flight is reached; nothing was done."""

    reason = "OVERLOADED"
    retry_after = 0.1

    def __init__(self, limit: str) -> None:
        super().__init__(f"the server is at its limit {limit}", limit=limit)


class RedisOutOfMemory(QuikstateError):
    reason = "REDIS_OUT_OF_MEMORY"

    def __init__(self) -> None:
        super().__init__("Redis has reached its maxmemory")


class ShuttingDown(QuikstateError):
    reason = "SHUTTING_DOWN"
    retry_after = 0.1

    def __init__(self) -> None:
        super().__init__("this server is shutting down")


class ResponseTooLarge(QuikstateError):
    """An item of a batch did not fit the answer beside those before it."""

    reason = "RESPONSE_TOO_LARGE"

    def __init__(self) -> None:
        limit = "limits.max_message_bytes"
        super().__init__(f"the answer is full ({limit}): ask for this item in another call", limit=limit)


class ValueTooLarge(QuikstateError):
    """A raw client wrote more than may be passed on."""

    reason = "VALUE_TOO_LARGE"

    def __init__(self, key: str) -> None:
        limit = "limits.max_cache_value_bytes"
        super().__init__(f"the Redis key {key!r} holds more than {limit}", key=key, limit=limit)


class QueueFull(QuikstateError):
    reason = "QUEUE_FULL"
    retry_after = 1.0

    def __init__(self, queue: str, limit: int) -> None:
        super().__init__(f"the queue {queue!r} has {limit} items already", queue=queue, limit=limit)


# PubSubService.


class ChannelDurable(QuikstateError):
    """An ephemeral message would not be heard by those who subscribed to a durable channel."""

    reason = "CHANNEL_DURABLE"

    def __init__(self, channel: str) -> None:
        super().__init__(f"the channel {channel!r} is durable: publish DURABLE there", channel=channel)
