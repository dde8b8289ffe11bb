"""Typed readers of replies: what a script or a command is known to answer.

Redis answers `object`: int, bytes, None, or a list of these. Each reader checks the type, so that a script
that answers something else is found where it is read. UnexpectedReply names types and never contents, which
may be secret; callers see it as INTERNAL.

    moved, cursor = read_fields(await redis_client.run(REDRIVE, keys), int, bytes)
"""

from __future__ import annotations

from typing import Any, TypeVar, overload

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")


class UnexpectedReply(Exception):
    """A reply has another type than its script or command answers: a fault of ours."""

    def __init__(self, expected: str, reply: object) -> None:
        super().__init__(f"expected {expected} from Redis, not {_shape(reply)}")


def read_int(reply: object) -> int:
    """Return an integer."""
    if isinstance(reply, int):
        return reply
    raise UnexpectedReply("an integer", reply)


def read_bytes(reply: object) -> bytes:
    """Return a string as it is."""
    if isinstance(reply, bytes):
        return reply
    raise UnexpectedReply("a string", reply)


def read_text(reply: object) -> str:
    """Return a string as text; what is no UTF-8, as raw Redis clients may write it, is replaced."""
    return read_bytes(reply).decode(errors="replace")


def read_list(reply: object) -> list[Any]:
    """Return a list of any elements."""
    if isinstance(reply, list):
        return reply
    raise UnexpectedReply("a list", reply)


def read_ints(reply: object) -> list[int]:
    """Return a list of integers."""
    return _read_elements(reply, int, "a list of integers")


def read_bytes_list(reply: object) -> list[bytes]:
    """Return a list of strings as they are."""
    return _read_elements(reply, bytes, "a list of strings")


def read_texts(reply: object) -> list[str]:
    """Return a list of strings as text, read as `read_text` does."""
    return [item.decode(errors="replace") for item in read_bytes_list(reply)]


def read_optional_bytes(reply: object) -> list[bytes | None]:
    """Return a list of strings of which any may be missing, as MGET and HMGET answer."""
    items = read_list(reply)
    if all(item is None or isinstance(item, bytes) for item in items):
        return items
    raise UnexpectedReply("a list of strings and nulls", reply)


@overload
def read_fields(reply: object, first: type[A], second: type[B], /) -> tuple[A, B]: ...
@overload
def read_fields(reply: object, first: type[A], second: type[B], third: type[C], /) -> tuple[A, B, C]: ...
@overload
def read_fields(
    reply: object, first: type[A], second: type[B], third: type[C], fourth: type[D], /
) -> tuple[A, B, C, D]: ...
def read_fields(reply: object, *types: type[Any]) -> tuple[Any, ...]:
    """Return the fields of a list that has one of each of these types: int, bytes or list."""
    fields = read_list(reply)
    if len(fields) == len(types) and all(map(isinstance, fields, types)):
        return tuple(fields)
    raise UnexpectedReply(f"a list of {', '.join(kind.__name__ for kind in types)}", reply)


def _read_elements(reply: object, kind: type[A], expected: str) -> list[A]:
    items = read_list(reply)
    if all(isinstance(item, kind) for item in items):
        return items
    raise UnexpectedReply(expected, reply)


def _shape(reply: object) -> str:
    """Return the type of a reply, and of the elements of a list."""
    if not isinstance(reply, list):
        return type(reply).__name__
    return f"a list of {', '.join(sorted({type(item).__name__ for item in reply})) or 'nothing'}"
