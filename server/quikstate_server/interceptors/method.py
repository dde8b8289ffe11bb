"""What a method is to the interceptors, and what they make of it: one handler, free of any transport."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

Send = Callable[[Any], Awaitable[None]]
"""Sends one answer of a stream."""

Handler = Callable[[Any, Send], Awaitable[Any]]
"""Serves one call to its end. It takes the request (an async iterator of them where the client
streams, and for all that stands outside FirstMessage) and returns the answer; where the server streams
it gives the answers to Send instead.

One form for unary and streamed methods means that an interceptor is written once, and that
a stream's items pass through none of them."""


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

    @property
    def full_name(self) -> str:
        return f"{self.service}/{self.name}"

    @property
    def python_name(self) -> str:
        """Return what its servicer's method and its validator are called: `acquire_lock`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.name).lower()

    @property
    def streaming(self) -> bool:
        return self.client_streaming or self.server_streaming

    @property
    def may_wait(self) -> bool:
        """The caller may say how long it is to `wait` for what it asks for, so that a call can stay long."""
        return not self.streaming and "wait" in self.request_type.DESCRIPTOR.fields_by_name


class Interceptor(Protocol):
    """One link of the chain. It sees a method once, when the server is put together, and binds there
    what it needs for it, so that a call finds everything ready."""

    def around(self, method: Method, handler: Handler) -> Handler:
        """What serves `method` in place of `handler`, by calling it."""


def methods_of(service: ServiceDescriptor) -> Iterator[Method]:
    """The methods of a service, with their generated message classes."""
    for method in service.methods:
        yield Method(
            service.full_name,
            method.name,
            GetMessageClass(method.input_type),
            GetMessageClass(method.output_type),
            method.client_streaming,
            method.server_streaming,
        )
