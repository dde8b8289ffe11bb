"""Rules that validators of several services use.

A validator is a function of a service's `validation` module that yields violations: (path of a field, rule
that it breaks). It has the name of its RPC in snake case, by which it is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

Violation: TypeAlias = tuple[str, str]
V = TypeVar("V", bound=Callable[..., Any])

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def covers_proto_rules(validator: V) -> V:
    """Mark a validator: a request in which it finds no violation keeps the rules of its proto too."""
    setattr(validator, "covers_proto_rules", True)  # noqa: B010 - mypy knows no attribute of a function
    return validator


def is_plain(text: str, max_bytes: int) -> bool:
    """Accept most ids quickly: not empty, short enough, printable ASCII. False means to look closer."""
    return 0 < len(text) <= max_bytes and text.isascii() and text.isprintable()


def optional_text_violations(path: str, text: str, max_bytes: int) -> Iterable[Violation]:
    """Check an id, name or group that may be empty."""
    return text_violations(path, text, max_bytes) if text else ()


def text_violations(path: str, text: str, max_bytes: int) -> Iterable[Violation]:
    """Check an id, name or group that must not be empty."""
    return () if is_plain(text, max_bytes) else _detailed_violations(path, text, max_bytes)


def _detailed_violations(path: str, text: str, max_bytes: int) -> Iterator[Violation]:
    if not text:
        yield path, "must not be empty"
    if len(text.encode()) > max_bytes:
        yield path, f"must be at most {max_bytes} bytes"
    if _CONTROL.search(text):
        yield path, "must not contain control characters"
