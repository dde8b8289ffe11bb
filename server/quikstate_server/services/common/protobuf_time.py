"""Conversions between protobuf's Duration and Timestamp and the numbers that primitives use."""

from __future__ import annotations

from datetime import datetime
from math import nan

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

_LONGEST_SECONDS = 315_576_000_000
"""Longest Duration that protobuf allows: a raw Redis client may have given its key a longer TTL."""
_MAX_NANOS = 999_999_999


def microseconds_from_duration(duration: Duration) -> int:
    """Return whole microseconds, rounded down."""
    return duration.seconds * 1_000_000 + duration.nanos // 1_000


def microseconds_to_duration(microseconds: int) -> Duration:
    """Return a new Duration; where a message has one already, `fill_duration` costs half as much."""
    duration = Duration()
    fill_duration(duration, microseconds)
    return duration


def fill_duration(duration: Duration, microseconds: int) -> None:
    """Set the Duration of a message in place, at half the cost of making one to be copied."""
    seconds, rest = divmod(microseconds, 1_000_000)
    duration.seconds = seconds
    duration.nanos = rest * 1_000


def seconds_from_duration(duration: Duration) -> float:
    """Return seconds in whole microseconds, as Redis counts; 0 for an unset Duration."""
    return microseconds_from_duration(duration) / 1e6


def seconds_to_duration(seconds: float) -> Duration:
    """Return the nearest whole microseconds, or the longest Duration for more than that."""
    return microseconds_to_duration(round(min(seconds, _LONGEST_SECONDS) * 1e6))


def optional_seconds_to_duration(seconds: float | None) -> Duration | None:
    """Return None, which leaves a field unset, for None."""
    return None if seconds is None else seconds_to_duration(seconds)


def seconds_or_nan(duration: Duration) -> float:
    """Return seconds like `seconds_from_duration`, or NaN, which is in no range, for an invalid Duration."""
    if abs(duration.nanos) > _MAX_NANOS or duration.seconds * duration.nanos < 0:
        return nan
    return seconds_from_duration(duration)


def microseconds_from_timestamp(timestamp: Timestamp) -> int:
    """Return Unix microseconds, rounded down."""
    return timestamp.seconds * 1_000_000 + timestamp.nanos // 1_000


def microseconds_to_timestamp(microseconds: int | None) -> Timestamp | None:
    """Return the Timestamp of Unix microseconds; None, which leaves a field unset, for None."""
    if microseconds is None:
        return None
    timestamp = Timestamp()
    fill_timestamp(timestamp, microseconds)
    return timestamp


def fill_timestamp(timestamp: Timestamp, microseconds: int) -> None:
    """Set the Timestamp of a message in place, to Unix microseconds."""
    timestamp.seconds, rest = divmod(microseconds, 1_000_000)
    timestamp.nanos = rest * 1_000


def seconds_to_timestamp(seconds: int) -> Timestamp | None:
    """Return the Timestamp of Unix seconds; None, which leaves a field unset, for 0."""
    return Timestamp(seconds=seconds) if seconds else None


def datetime_to_timestamp(instant: datetime | None) -> Timestamp | None:
    """Return None, which leaves a field unset, for None."""
    if instant is None:
        return None
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp
