"""Checks requests first: by the rules in the protos, and by the validators of the services."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from google.protobuf.message import Message

from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.settings import Limits

if TYPE_CHECKING:
    from quikstate_server.interceptors.proto_rules import ProtoRules

Validator: TypeAlias = Callable[[Any, Limits], Iterable[tuple[str, str]]]
"""Yields (path of the field, rule it breaks), such as `("hits[3].limit.window", "must be at most 30 days")`.

If it has the attribute `covers_proto_rules`, a request in which it finds no violation keeps the
proto rules too, so that protovalidate (5 µs a hit of CheckRateLimit) checks only requests with violations."""


class Validation:
    """Checks requests; the items of a client's stream are left to its servicer, which decides on each."""

    def __init__(self, validators: Mapping[type[Message], Validator], limits: Limits) -> None:
        self._validators = validators
        self._limits = limits
        self._request_types: set[type[Message]] = set()

    def around(self, method: Method, handler: Handler) -> Handler:
        """Check the request, unless the client streams or the request has no fields."""
        self._request_types.add(method.request_type)
        if method.client_streaming or not method.request_type.DESCRIPTOR.fields:
            return handler

        def validated(request: Message, send: Send) -> Any:
            self.validate(request)
            return handler(request, send)

        return validated

    async def prepare(self) -> None:
        """Import protovalidate and compile the rules: they should cost neither a start nor a first call."""
        await asyncio.to_thread(lambda: self._proto_rules)
        for request_type in self._request_types:
            self._proto_rules.check(request_type())
            await asyncio.sleep(0)  # others are served meanwhile

    @cached_property
    def _proto_rules(self) -> ProtoRules:
        from quikstate_server.interceptors.proto_rules import ProtoRules

        return ProtoRules()

    def validate(self, request: Message) -> None:
        """Raise InvalidRequest with all violations of `request`, by field."""
        validator = self._validators.get(type(request))
        violations = list(validator(request, self._limits)) if validator else []
        if violations or not getattr(validator, "covers_proto_rules", False):
            violations += self._proto_rules.check(request)
        if violations:
            raise InvalidRequest(_by_field(violations))


def _by_field(violations: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Join the rules that each field breaks, each once."""
    fields: dict[str, dict[str, None]] = {}
    for path, rule in violations:
        fields.setdefault(path, {})[rule] = None
    return {path: " and ".join(rules) for path, rules in fields.items()}
