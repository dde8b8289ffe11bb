"""Parses requests as late as possible, so that a refused call costs no parsing, and serializes responses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

from google.protobuf.message import DecodeError, Message

from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.method import Handler, Method, Send


class Serializable(Protocol):
    """A message, or one that was serialized before, once for many subscribers."""

    def SerializeToString(self) -> bytes: ...  # noqa: N802 - as a message has it


class Codec:
    """Parses requests and serializes responses. In the chain an error of either is one like others; gRPC
    itself would show its text to the caller."""

    def around(self, method: Method, handler: Handler) -> Handler:
        parse = _parser(method.request_type)
        request_of: Callable[[Any], Any] = parse
        if method.client_streaming:

            def request_of(raw: AsyncIterator[bytes]) -> AsyncIterator[Message]:
                return _parsed(raw, parse)

        if method.server_streaming:
            return _streaming_codec(request_of, handler)
        return _unary_codec(request_of, handler)


def _parser(request_type: type[Message]) -> Callable[[bytes], Message]:
    from_bytes = request_type.FromString

    def parse(raw: bytes) -> Message:
        try:
            return from_bytes(raw)
        except DecodeError:
            name = request_type.DESCRIPTOR.full_name
            raise InvalidRequest({"": f"the message is not a {name}"}) from None

    return parse


async def _parsed(raw: AsyncIterator[bytes], parse: Callable[[bytes], Message]) -> AsyncIterator[Message]:
    async for item in raw:
        yield parse(item)


def _unary_codec(request_of: Callable[[Any], Any], handler: Handler) -> Handler:
    async def served(raw: Any, send: Send) -> bytes:
        response: Message = await handler(request_of(raw), send)
        return response.SerializeToString()

    return served


def _streaming_codec(request_of: Callable[[Any], Any], handler: Handler) -> Handler:
    async def served(raw: Any, send: Send) -> None:
        async def send_message(response: Serializable) -> None:
            await send(response.SerializeToString())

        await handler(request_of(raw), send_message)

    return served
