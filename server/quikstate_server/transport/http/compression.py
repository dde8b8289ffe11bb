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
_MIN_GZIP_BYTES: Final = 1_024
"""Less is one packet anyway."""
_GZIP: Final = "gzip"
_IDENTITY: Final = "identity"


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


def decompressed(data: bytes, encoding: str | None, max_bytes: int) -> bytes:
    """Return what was compressed as a header says; raise CallFailed for an encoding that is not known."""
    if not is_gzip(encoding) or not data:
        return data
    return gunzip(data, max_bytes)


def is_gzip(encoding: str | None) -> bool:
    """Return False for no compression; raise CallFailed for an encoding that is not known."""
    if encoding in (None, "", _IDENTITY):
        return False
    if encoding == _GZIP:
        return True
    raise failure(code_pb2.UNIMPLEMENTED, f"the encoding {encoding!r} is not supported: use gzip or identity")


def accepts_gzip(accepted: str | None, sent: str | None) -> bool:
    """Return True if the client reads gzip; without a header that names what it reads, if it has sent it."""
    if accepted is None:
        return sent == _GZIP
    for item in accepted.split(","):
        name, _, quality = item.partition(";")
        if name.strip() == _GZIP:
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def gzip_if_worthwhile(data: bytes) -> bytes | None:
    """Return the message compressed, or None if it is too small to be worth it."""
    return gzip(data) if len(data) >= _MIN_GZIP_BYTES else None
