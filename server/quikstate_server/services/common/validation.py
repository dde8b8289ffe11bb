"""What the rules of all services have in common. A rule yields (path of a field, what is wrong with it)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import nan
from typing import TypeAlias

from google.protobuf.duration_pb2 import Duration

Violation: TypeAlias = tuple[str, str]

_MAX_NANOS = 999_999_999
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def seconds_of(duration: Duration) -> float:
    """In whole microseconds, as Redis counts: less than one is none. NaN, in no range, if it is invalid."""
    if abs(duration.nanos) > _MAX_NANOS or duration.seconds * duration.nanos < 0:
        return nan
    return (duration.seconds * 1_000_000 + duration.nanos // 1_000) / 1e6


def is_plain(text: str, most_bytes: int) -> bool:
    """A quick yes for most ids: not empty, short enough, printable ASCII. A no means to look closer."""
    return 0 < len(text) <= most_bytes and text.isascii() and text.isprintable()


def optional_text_violations(path: str, text: str, most_bytes: int) -> Iterable[Violation]:
    """An id, name or group that may be left out."""
    return text_violations(path, text, most_bytes) if text else ()


def text_violations(path: str, text: str, most_bytes: int) -> Iterable[Violation]:
    """One that must be there."""
    return () if is_plain(text, most_bytes) else _closely(path, text, most_bytes)


def _closely(path: str, text: str, most_bytes: int) -> Iterator[Violation]:
    if not text:
        yield path, "must not be empty"
    if len(text.encode()) > most_bytes:
        yield path, f"must be at most {most_bytes} bytes"
    if _CONTROL.search(text):
        yield path, "must have no control characters"
