"""A request, and every number in it at its ends: one at a time, the rest as it was."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from quikstate.v1.position_pb2 import Position

_MOST = 2**64 - 1
_INT32 = (-(2**31), -1, 0, 1, 2**31 - 1)
_INT64 = (-(2**63), -(2**53) - 1, -1, 0, 1, 2**53, 2**53 + 1, 2**63 - 1)
_UINT64 = (0, 1, 2**53 + 1, 2**63, _MOST)
_NUMBERS: dict[int, Sequence[int]] = {
    FieldDescriptor.TYPE_INT32: _INT32,
    FieldDescriptor.TYPE_UINT32: (0, 1, 2**32 - 1),
    FieldDescriptor.TYPE_INT64: _INT64,
    FieldDescriptor.TYPE_UINT64: _UINT64,
    FieldDescriptor.TYPE_ENUM: _INT32,
}
_MOST_SECONDS = 315_576_000_000
_DURATIONS = (
    *((seconds, 0) for seconds in (0, 1, -1, 2**31, 2**53, _MOST_SECONDS, -_MOST_SECONDS)),
    *((0, nanos) for nanos in (1, 999, -1, 999_999_999, 10**9, 2**31 - 1, -(2**31))),
    (_MOST_SECONDS, 999_999_999),
    (1, -1),
    (2**63 - 1, 2**31 - 1),
    (-(2**63), -(2**31)),
)
_FIRST_SECOND, _LAST_SECOND = -62_135_596_800, 253_402_300_799
_TIMESTAMPS = (
    *((seconds, 0) for seconds in (0, 1, -1, 2**53, _FIRST_SECOND, _FIRST_SECOND - 1, _LAST_SECOND)),
    *((0, nanos) for nanos in (1, -1, 10**9, 2**31 - 1, -(2**31))),
    (_LAST_SECOND, 999_999_999),
    (_LAST_SECOND + 1, 0),
    (2**63 - 1, 2**31 - 1),
    (-(2**63), -(2**31)),
)
_POSITIONS = tuple((epoch, offset) for epoch in _UINT64 for offset in _UINT64)
_PAIRS: dict[str, tuple[tuple[str, str], Sequence[tuple[int, int]]]] = {
    Duration.DESCRIPTOR.full_name: (("seconds", "nanos"), _DURATIONS),
    Timestamp.DESCRIPTOR.full_name: (("seconds", "nanos"), _TIMESTAMPS),
    Position.DESCRIPTOR.full_name: (("epoch", "offset"), _POSITIONS),
}
"""Messages of two numbers, which are set together."""
_ROWS = (
    *(f"{epoch}-{offset}" for epoch in (0, _MOST) for offset in (0, _MOST)),
    f"{10**20 - 1}-0",
    *(f"{cursor:08x}:{place}" for cursor in (0, 2**32 - 1) for place in (0, _MOST, 10**20 - 1)),
    *(str(number) for number in (-1, 0, _MOST, 10**30)),
    "nan",
    "\0",
)
_TOKENS = ("?", *(base64.urlsafe_b64encode(row.encode()).decode() for row in _ROWS))
"""Of pages: opaque to callers, and numbers within."""
_NOT_NUMBERS = (FieldDescriptor.TYPE_BOOL, FieldDescriptor.TYPE_BYTES, FieldDescriptor.TYPE_STRING)


@dataclass(frozen=True)
class Extreme:
    """One number at an end: `apply` puts it into a message like the one that was walked."""

    path: str
    field: str
    """The field's full name: whose ends these are, wherever its message stands."""
    value: object
    apply: Callable[[Any], None]


def extremes_of(message: Message, path: str = "") -> Iterator[Extreme]:
    """Of all numbers in the parts that `message` has; of one that is not set as well."""
    fields: Any = message.DESCRIPTOR.fields
    for field in fields:
        here = f"{path}.{field.name}" if path else field.name
        yield from _of_number(field, here)
        if field.message_type and field.message_type.full_name not in _PAIRS and not _is_map(field):
            yield from _within(message, field, here)


def numbers_of(descriptor: Any, seen: frozenset[str] = frozenset()) -> set[str]:
    """The full names of all fields that are numbers, in a message and in those within it."""
    found = set()
    for field in descriptor.fields:
        if any(True for _ in _of_number(field, "")):
            found.add(field.full_name)
        elif field.message_type and field.message_type.full_name not in seen:
            found |= numbers_of(field.message_type, seen | {descriptor.full_name})
    return found


def _of_number(field: Any, path: str) -> Iterator[Extreme]:
    name = field.name
    if field.message_type and (pairs := _PAIRS.get(field.message_type.full_name)):
        fields, values = pairs
        for pair in values:
            yield Extreme(path, field.full_name, pair, partial(_fill, name, fields, pair))
    elif field.name == "page_token":
        for token in _TOKENS:
            yield Extreme(path, field.full_name, token, partial(_set, name, token))
    elif numbers := _NUMBERS.get(field.type):
        assert not field.is_repeated, f"{field.full_name}: say how a list of numbers is walked"
        for number in numbers:
            yield Extreme(path, field.full_name, number, partial(_set, name, number))
    else:
        assert field.message_type or field.type in _NOT_NUMBERS, f"{field.full_name}: say what its ends are"


def _within(message: Message, field: Any, path: str) -> Iterator[Extreme]:
    name = field.name
    if not field.is_repeated and message.HasField(name):
        for one in extremes_of(getattr(message, name), path):
            yield _deeper(one, attrgetter(name))
    elif field.is_repeated and len(getattr(message, name)):
        for one in extremes_of(getattr(message, name)[0], f"{path}[0]"):
            yield _deeper(one, partial(_first, name))


def _first(name: str, outer: Any) -> Any:
    return getattr(outer, name)[0]


def _deeper(one: Extreme, inner: Callable[[Any], Any]) -> Extreme:
    def apply(outer: Any) -> None:
        one.apply(inner(outer))

    return Extreme(one.path, one.field, one.value, apply)


def _set(name: str, value: object, message: Any) -> None:
    setattr(message, name, value)


def _fill(name: str, fields: tuple[str, str], pair: tuple[int, int], message: Any) -> None:
    part = getattr(message, name)
    part.SetInParent()
    for field, number in zip(fields, pair, strict=True):
        setattr(part, field, number)


def _is_map(field: Any) -> bool:
    return bool(field.message_type and field.message_type.GetOptions().map_entry)
