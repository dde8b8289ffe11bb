"""Checks requests first: by the rules in the protos, and by the validators of the services."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import protovalidate
from google.protobuf.message import Message

from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.settings import Limits

Validator: TypeAlias = Callable[[Any, Limits], Iterable[tuple[str, str]]]
"""Yields (path of the field, rule it breaks), such as `("hits[3].limit.window", "must be at most 30 days")`.

If it has the attribute `covers_proto_rules`, a request in which it finds no violation keeps the
proto rules too, so that protovalidate (5 µs a hit of CheckRateLimit) checks only requests with violations."""


class Validation:
    """Checks requests; the items of a client's stream are left to its servicer, which decides on each."""

    def __init__(self, validators: Mapping[type[Message], Validator], limits: Limits) -> None:
        self._validators = validators
        self._limits = limits
        self._proto_rules = protovalidate.Validator()

    def around(self, method: Method, handler: Handler) -> Handler:
        """Check the request, unless the client streams or the request has no fields."""
        self._compile(method.request_type)
        if method.client_streaming or not method.request_type.DESCRIPTOR.fields:
            return handler

        def validated(request: Message, send: Send) -> Any:
            self.validate(request)
            return handler(request, send)

        return validated

    def _compile(self, request_type: type[Message]) -> None:
        """Compile the rules of a type now, not in its first call."""
        self._proto_rules.collect_violations(request_type())

    def validate(self, request: Message) -> None:
        """Raise InvalidRequest with all violations of `request`, by field."""
        validator = self._validators.get(type(request))
        violations = list(validator(request, self._limits)) if validator else []
        if violations or not getattr(validator, "covers_proto_rules", False):
            proto_violations = self._proto_rules.collect_violations(request)
            violations += [(_path(violation), violation.proto.message) for violation in proto_violations]
        if violations:
            raise InvalidRequest(_by_field(violations))


def _by_field(violations: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Join the rules that each field breaks, each once."""
    fields: dict[str, dict[str, None]] = {}
    for path, rule in violations:
        fields.setdefault(path, {})[rule] = None
    return {path: " and ".join(rules) for path, rules in fields.items()}


def _path(violation: protovalidate.Violation) -> str:
    """Write a path as people do: `hits[3].limit.window`."""
    field = violation.proto.field
    elements = field.elements if field else []
    return ".".join(element.field_name + _subscript(element) for element in elements)


def _subscript(element: protovalidate.FieldPathElementPb) -> str:
    subscript = element.subscript
    return "" if subscript is None else f"[{json.dumps(subscript.value)}]"
