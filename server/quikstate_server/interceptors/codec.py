"""Bytes become messages as late as may be, and messages bytes: a call refused before costs no parsing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

from google.protobuf.message import DecodeError, Message

from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.method import Handler, Method, Send


class Answer(Protocol):
    """A message, or what was encoded before, once for many."""

    def SerializeToString(self) -> bytes: ...  # noqa: N802 - as a message has it


class Codec:
    """Parses requests and serializes answers. Done in the chain, what goes wrong with either is an error like
    others; gRPC itself would show its text to the caller."""

    def around(self, method: Method, handler: Handler) -> Handler:
        parse = _parser(method.request_type)
        request_of: Callable[[Any], Any] = parse
        if method.client_streaming:

            def request_of(raw: AsyncIterator[bytes]) -> AsyncIterator[Message]:
                return _parsed(raw, parse)

        if method.server_streaming:
            return _with_stream_of_answers(request_of, handler)
        return _with_one_answer(request_of, handler)


def _parser(request_type: type[Message]) -> Callable[[bytes], Message]:
    from_bytes = request_type.FromString

    def parse(raw: bytes) -> Message:
        try:
            return from_bytes(raw)
        except DecodeError:
            name = request_type.DESCRIPTOR.full_name
            raise InvalidRequest({"": f"these bytes are not a {name}"}) from None

    return parse


async def _parsed(raw: AsyncIterator[bytes], parse: Callable[[bytes], Message]) -> AsyncIterator[Message]:
    async for item in raw:
        yield parse(item)


def _with_one_answer(request_of: Callable[[Any], Any], handler: Handler) -> Handler:
    async def served(raw: Any, send: Send) -> bytes:
        answer: Message = await handler(request_of(raw), send)
        return answer.SerializeToString()

    return served


def _with_stream_of_answers(request_of: Callable[[Any], Any], handler: Handler) -> Handler:
    async def served(raw: Any, send: Send) -> None:
        async def send_message(answer: Answer) -> None:
            await send(answer.SerializeToString())

        await handler(request_of(raw), send_message)

    return served
