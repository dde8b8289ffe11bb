"""The request of a call as its handler reads it: an asynchronous iterator of messages.

They are classes and no generators: the loop would need a task to close each generator that is not read to
its end.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from google.rpc import code_pb2

from quikstate_server.transport.http.call import failure
from quikstate_server.transport.http.compression import too_large
from quikstate_server.transport.http.exchange import Exchange


class BodyMessage:
    """The one message of a request without framing; `read` is called when the handler asks for it."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], Awaitable[bytes]]) -> None:
        self._read: Callable[[], Awaitable[bytes]] | None = read

    def __aiter__(self) -> BodyMessage:
        return self

    async def __anext__(self) -> bytes:
        read, self._read = self._read, None
        if read is None:
            raise StopAsyncIteration
        return await read()


class SingleMessage:
    """The message of a call whose client does not stream, once it is known that there is no other."""

    __slots__ = ("_messages",)

    def __init__(self, messages: AsyncIterator[bytes]) -> None:
        self._messages = messages

    def __aiter__(self) -> SingleMessage:
        return self

    async def __anext__(self) -> bytes:
        message = await anext(self._messages)
        if await anext(self._messages, None) is not None:
            raise failure(code_pb2.UNIMPLEMENTED, "the method takes one message, and the request has several")
        return message


class DecodedMessages:
    """Messages in another encoding, each as protobuf."""

    __slots__ = ("_decode", "_messages")

    def __init__(self, messages: AsyncIterator[bytes], decode: Callable[[bytes], bytes]) -> None:
        self._messages = messages
        self._decode = decode

    def __aiter__(self) -> DecodedMessages:
        return self

    async def __anext__(self) -> bytes:
        return self._decode(await anext(self._messages))


async def read_body(exchange: Exchange, max_bytes: int) -> bytes:
    """Return the whole body; raise CallFailed if it is larger than max_bytes."""
    parts, size = [], 0
    while part := await exchange.read():
        size += len(part)
        if size > max_bytes:
            raise too_large(max_bytes)
        parts.append(part)
    return b"".join(parts)
