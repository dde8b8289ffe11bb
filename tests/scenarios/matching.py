"""Does an answer say what a scenario expects?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Mismatch(Exception):
    """What was expected, what came, and where."""


def match(expected: Any, actual: Any, path: str = "answer") -> None:
    """A map expects the fields it names, a list every item, null a field that is unset."""
    if isinstance(expected, dict) and any(key.startswith("$") for key in expected):
        for name, operand in expected.items():
            OPERATORS[name](operand, actual, path)
    elif isinstance(expected, dict):
        _expect(isinstance(actual, dict), path, expected, actual)
        for key, value in expected.items():
            match(value, actual.get(key), f"{path}.{key}")
    elif isinstance(expected, list):
        _expect(isinstance(actual, list) and len(actual) == len(expected), path, expected, actual)
        for index, item in enumerate(expected):
            match(item, actual[index], f"{path}.{index}")
    else:
        # JSON has 64-bit integers as strings.
        exact = expected is None or isinstance(expected, bool)
        _expect(actual is expected if exact else str(actual) == str(expected), path, expected, actual)


def field(answer: Any, path: str) -> Any:
    """`fencing_tokens.0.token` of an answer."""
    for part in path.split("."):
        answer = answer[int(part) if isinstance(answer, list) else part]
    return answer


def _expect(holds: bool, path: str, expected: Any, actual: Any) -> None:
    if not holds:
        raise Mismatch(f"{path}: expected {expected!r}, not {actual!r}")


def _contains(expected: Any, actual: Any, path: str) -> None:
    for item in actual or ():
        try:
            match(expected, item, path)
        except Mismatch:
            continue
        return
    raise Mismatch(f"{path}: expected an item {expected!r} in {actual!r}")


def _number(value: Any) -> float:
    """Of a number, a 64-bit integer or a duration in JSON; an unset one is 0."""
    return float(str(value or 0).removesuffix("s"))


def _is(wanted: Any, actual: Any, path: str) -> None:
    _expect(bool(actual) is wanted, path, f"set: {wanted}", actual)


def _above(low: Any, actual: Any, path: str) -> None:
    _expect(_number(actual) > _number(low), path, f"above {low}", actual)


def _at_most(high: Any, actual: Any, path: str) -> None:
    _expect(_number(actual) <= _number(high), path, f"at most {high}", actual)


def _not(other: Any, actual: Any, path: str) -> None:
    _expect(str(actual) != str(other), path, f"not {other}", actual)


def _length(length: int, actual: Any, path: str) -> None:
    _expect(len(actual or ()) == length, path, f"{length} items", actual)


OPERATORS: dict[str, Callable[[Any, Any, str], None]] = {
    "$set": _is,
    "$above": _above,
    "$at_most": _at_most,
    "$not": _not,
    "$length": _length,
    "$contains": _contains,
}
