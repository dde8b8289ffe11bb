"""Refuses requests with names that the policy does not grant the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from google.protobuf.message import Message

from quikstate_server import call_context
from quikstate_server.errors import PermissionDenied
from quikstate_server.interceptors.method import Handler, Method, Send

NamesOf: TypeAlias = Callable[[Any], Iterable[str]]
"""Returns the names in a request that a policy can restrict: of keys, resources, channels and so on."""


def no_names(request: Message) -> Iterable[str]:  # noqa: ARG001 - as the others
    """Return nothing: for an RPC whose request has no name that a policy can restrict."""
    return ()


class NameAuthorization:
    """Checks the names of requests; a client's stream is left to its servicer, as its validation is."""

    def __init__(self, names: Mapping[type[Message], NamesOf]) -> None:
        self._names = names

    def around(self, method: Method, handler: Handler) -> Handler:
        """Check each request, unless the client streams."""
        if method.client_streaming or method.request_type not in self._names:
            return handler

        def authorized(request: Message, send: Send) -> Any:
            self.check(request)
            return handler(request, send)

        return authorized

    def check(self, request: Message) -> None:
        """Raise PermissionDenied for a name that the caller's grant does not allow."""
        call = call_context.current()
        grant = call.grant
        if grant is None or not grant.names:
            return
        for name in self._names[type(request)](request):
            if not grant.allows(name):
                caller = call.caller.name if call.caller else ""
                raise PermissionDenied(
                    f"the caller {caller!r} may not use {name!r}: its names must begin with "
                    f"{' or '.join(map(repr, grant.names))}",
                    caller=caller,
                    service=call.method.partition("/")[0],
                    name=name,
                )
