"""One call in an HTTP request, for the protocols of Connect and gRPC-Web."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from google.rpc import code_pb2

from quikstate_server.call_context import CallContext
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Send
from quikstate_server.transport.http.call import Route, failure, run_call
from quikstate_server.transport.http.cancellation import CancellationCause
from quikstate_server.transport.http.encodings import MessageEncoding
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.http.response import Response

NEEDS_HTTP2: Final = "a stream in both directions needs HTTP/2"


@dataclass(frozen=True, slots=True)
class HttpCall:
    """What is called, in which encoding, and where it is answered."""

    route: Route
    encoding: MessageEncoding
    exchange: Exchange
    response: Response
    max_bytes: int
    """The most of a message, limits.max_message_bytes."""

    async def run(self, deadline: float | None, messages: AsyncIterator[bytes], send: Send) -> Any:
        """Run the handler; return its response, if it has one. Raise CallFailed for all that ends a call."""
        exchange = self.exchange
        context = CallContext(
            self.route.full_name, deadline, "", exchange.peer, exchange.header_values, exchange.certificate
        )
        try:
            return await run_call(self.route, context, messages, send, self.exchange)
        except CallFailed:
            raise
        except asyncio.CancelledError:
            if self.exchange.cause is not CancellationCause.SERVER_STOPPED:
                raise
            raise failure(code_pb2.UNAVAILABLE, "the server shut down before the call ended") from None
        except Exception as error:  # noqa: BLE001 - a fault of ours, whose text must not leave
            fault = {"message": "a call failed outside of its handler", "exception": error}
            asyncio.get_running_loop().call_exception_handler(fault)
            raise failure(code_pb2.INTERNAL, "internal error") from None

    def needs_http2(self) -> bool:
        """Return True if both sides stream over HTTP/1.1, where clients read once they have sent all."""
        method = self.route.method
        return method.client_streaming and method.server_streaming and not self.exchange.duplex

    def decode(self, message: bytes) -> bytes:
        """Return a request as protobuf; raise InvalidRequest for what is none in the call's encoding."""
        return self.encoding.decode_request(self.route.method, message)

    def encode(self, message: bytes) -> bytes:
        """Return a response, which is protobuf, in the call's encoding; raise CallFailed if too large."""
        if len(message) > self.max_bytes:
            facts = f"{len(message)} bytes, more than limits.max_message_bytes ({self.max_bytes})"
            raise failure(code_pb2.RESOURCE_EXHAUSTED, f"the response has {facts}")
        return self.encoding.encode_response(self.route.method, message)
