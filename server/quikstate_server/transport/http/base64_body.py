"""Decodes a request's body of base64 as it arrives."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Final

from google.rpc import code_pb2

from quikstate_server.transport.http.call import failure

_GROUP: Final = 4


class Base64Body:
    """Reads base64 in parts that end anywhere. Each run of it may be padded, as senders encode pieces."""

    __slots__ = ("_read", "_rest")

    def __init__(self, read: Callable[[], Awaitable[bytes]]) -> None:
        """Take what returns the next part of the body, b"" at its end."""
        self._read = read
        self._rest = b""

    async def read(self) -> bytes:
        """Return the next part, decoded; b"" at the end. Raise CallFailed for what is not base64."""
        while part := await self._read():
            text = self._rest + part
            whole = len(text) // _GROUP * _GROUP
            self._rest = text[whole:]
            if whole:
                return _decoded(text[:whole])
        if self._rest:
            raise failure(code_pb2.INVALID_ARGUMENT, "the request ends within a group of base64")
        return b""


def _decoded(text: bytes) -> bytes:
    """Decode whole groups: what is padded ends a run of them."""
    decoded = bytearray()
    start = 0
    while start < len(text):
        padding = text.find(b"=", start)
        end = len(text) if padding < 0 else padding // _GROUP * _GROUP + _GROUP
        try:
            decoded += base64.b64decode(text[start:end], validate=True)
        except binascii.Error:
            raise failure(code_pb2.INVALID_ARGUMENT, "the body is not base64") from None
        start = end
    return bytes(decoded)
