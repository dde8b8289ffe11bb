"""Compression of messages by gzip, the one encoding that all gRPC and Connect libraries have."""

from __future__ import annotations

import gzip as library
import zlib
from typing import Final

from google.rpc import code_pb2

from quikstate_server.transport.http.call import failure

_GZIP_FORMAT: Final = 16 + zlib.MAX_WBITS
_LEVEL: Final = 1
"""The fastest: messages are small."""


def gzip(data: bytes) -> bytes:
    return library.compress(data, _LEVEL, mtime=0)


def gunzip(data: bytes, max_bytes: int) -> bytes:
    """Return what was compressed; raise CallFailed if it is no gzip, or larger than max_bytes.

    It stops at max_bytes, so that a small message cannot take much memory.
    """
    decompressor = zlib.decompressobj(_GZIP_FORMAT)
    try:
        message = decompressor.decompress(data, max_bytes + 1)
    except zlib.error as error:
        raise failure(code_pb2.INVALID_ARGUMENT, f"the message is not valid gzip: {error}") from None
    if len(message) > max_bytes:
        raise too_large(max_bytes)
    if not decompressor.eof or decompressor.unused_data:
        raise failure(code_pb2.INVALID_ARGUMENT, "the message is not one whole gzip stream")
    return message


def too_large(max_bytes: int) -> Exception:
    """Return the failure of a call whose request is too large."""
    return failure(
        code_pb2.RESOURCE_EXHAUSTED,
        f"the message has more than limits.max_message_bytes ({max_bytes}) bytes",
    )
