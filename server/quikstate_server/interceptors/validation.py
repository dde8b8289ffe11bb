"""Requests are checked first: their shape by the rules in the protos, what they ask for by Limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from protovalidate import FieldPathElementPb, Validator, Violation

from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.settings import Limits


@dataclass(frozen=True, slots=True)
class Rules:
    """What a type of request must keep to, beside the shape that its proto demands."""

    check: Callable[[Any, Limits], Iterable[tuple[str, str]]]
    """Yields (path of the field, what is wrong), such as `("hits[3].limit.window", "at most 30 days")`."""

    vouches_for_shape: bool = False
    """True if a message in which `check` finds nothing also has the shape its proto demands, so that
    protovalidate (5 µs a hit of CheckRateLimit) need only look where something was found."""


class Validation:
    """Checks requests; the items of a client's stream are left to its servicer, which decides on each."""

    def __init__(self, rules: Mapping[type[Message], Rules], limits: Limits) -> None:
        self._rules = rules
        self._limits = limits
        self._shape = Validator()

    def around(self, method: Method, handler: Handler) -> Handler:
        self._warm(method.request_type)
        if method.client_streaming or not method.request_type.DESCRIPTOR.fields:
            return handler

        def validated(request: Message, send: Send) -> Any:
            self.validate(request)
            return handler(request, send)

        return validated

    def _warm(self, request_type: type[Message]) -> None:
        """Compile the rules of a type now, not in its first call."""
        self._shape.collect_violations(request_type())

    def validate(self, request: Message) -> None:
        """Raise InvalidRequest with all that is wrong with `request`, by field."""
        rules = self._rules.get(type(request))
        found = list(rules.check(request, self._limits)) if rules else []
        if found or rules is None or not rules.vouches_for_shape:
            shape = self._shape.collect_violations(request)
            found += [(_path(violation), violation.proto.message) for violation in shape]
        if found:
            raise InvalidRequest(_by_field(found))


def _by_field(found: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """All that is wrong with each field, said once."""
    fields: dict[str, dict[str, None]] = {}
    for path, what in found:
        fields.setdefault(path, {})[what] = None
    return {path: " and ".join(faults) for path, faults in fields.items()}


def _path(violation: Violation) -> str:
    """As people write it: `hits[3].limit.window`."""
    field = violation.proto.field
    elements = field.elements if field else []
    return ".".join(element.field_name + _subscript(element) for element in elements)


def _subscript(element: FieldPathElementPb) -> str:
    subscript = element.subscript
    return "" if subscript is None else f"[{json.dumps(subscript.value)}]"
