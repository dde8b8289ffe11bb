"""An RPC method as interceptors see it, and its handler, free of any transport."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.descriptor_pb2 import MethodOptions
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from quikstate.v1 import access_pb2
from quikstate_server.caller import Access

Send = Callable[[Any], Awaitable[None]]
"""Sends one response of a stream."""

Handler = Callable[[Any, Send], Awaitable[Any]]
"""Serves one call to its end. It takes the request (an async iterator of requests if the client streams, and
always outside of FirstMessage) and returns the response; if the server streams, it calls Send instead.

With one form for unary and streaming methods an interceptor is written once, and the items of a stream pass
through none of them."""

_ACCESS = {
    access_pb2.ACCESS_READ: Access.READ,
    access_pb2.ACCESS_WRITE: Access.WRITE,
    access_pb2.ACCESS_ADMIN: Access.ADMIN,
}


@dataclass(frozen=True, slots=True)
class Method:
    """One RPC of a service."""

    service: str
    """The service's full name, such as `quikstate.v1.LockService`."""

    name: str
    """Its own, such as `AcquireLock`."""

    request_type: type[Message]
    response_type: type[Message]
    client_streaming: bool = False
    server_streaming: bool = False
    no_side_effects: bool = False
    """True if the proto says so, as `idempotency_level`: then the method is safe to call by GET."""
    access: Access | None = None
    """What its caller needs, as the proto says; None: nobody may call it where callers are authenticated."""

    @property
    def full_name(self) -> str:
        return f"{self.service}/{self.name}"

    @property
    def python_name(self) -> str:
        """Return the name of its servicer's method and of its validator: `acquire_lock`."""
        return snake_case(self.name)

    @property
    def service_name(self) -> str:
        """Return the service's name in policies: `rate_limit` for `quikstate.v1.RateLimitService`."""
        return snake_case(self.service.rpartition(".")[2].removesuffix("Service"))

    @property
    def streaming(self) -> bool:
        return self.client_streaming or self.server_streaming

    @property
    def may_wait(self) -> bool:
        """Return True if the request has a field `wait`, so that a call can take long."""
        return not self.streaming and "wait" in self.request_type.DESCRIPTOR.fields_by_name


class Interceptor(Protocol):
    """One link of the chain. It wraps each method once, when the server is built, and binds there all that a
    call needs."""

    def around(self, method: Method, handler: Handler) -> Handler:
        """Return the handler that serves `method` in place of `handler`, and calls it."""


def methods_of(service: ServiceDescriptor) -> Iterator[Method]:
    """Return the methods of a service, with their generated message classes."""
    for method in service.methods:
        yield Method(
            service.full_name,
            method.name,
            GetMessageClass(method.input_type),
            GetMessageClass(method.output_type),
            method.client_streaming,
            method.server_streaming,
            method.GetOptions().idempotency_level == MethodOptions.NO_SIDE_EFFECTS,
            _ACCESS.get(method.GetOptions().Extensions[access_pb2.access]),
        )


def snake_case(name: str) -> str:
    """Return a name such as AcquireLock as `acquire_lock`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
