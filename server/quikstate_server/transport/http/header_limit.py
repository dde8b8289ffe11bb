"""Limits what the headers of one request may take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from httpunk import HeaderMap

if TYPE_CHECKING:
    from httpunk._httpunk import H2FrameHeaders

MAX_HEADER_BYTES: Final = 64 * 1024
"""Most bytes of a request's headers, with its path, which has the message of a Connect GET."""
MAX_DECODED_HEADER_BYTES: Final = 4 * MAX_HEADER_BYTES
"""Most bytes that HTTP/2's state machine decodes. Above them it drops headers in silence, so our own limit is
lower; above four times as many it ends the connection."""
_FIELD_BYTES: Final = 32
"""What HTTP/2 counts for a field beside its name and value."""
_FEW_BYTES: Final = 16 * 1024
_FEW_FIELDS: Final = 9
"""So few are within the limit: compressed bytes become 8/5 as many, and a field that is sent before 4 KiB."""
_MESSAGE: Final = f"the headers have more than {MAX_HEADER_BYTES} bytes"
_STATUS: Final = 431
_TOO_LARGE: Final = HeaderMap([("content-length", "0")])
_GRPC_TOO_LARGE: Final = HeaderMap(
    [("content-type", "application/grpc"), ("grpc-status", "8"), ("grpc-message", _MESSAGE)]
)


def are_too_large(frame: H2FrameHeaders, received_bytes: int) -> bool:
    """Return True if a request's headers are, of which no more than so many bytes were received."""
    fields = frame.headers
    if received_bytes <= _FEW_BYTES and len(fields) <= _FEW_FIELDS:
        return False
    size = sum(len(name) + len(value) + _FIELD_BYTES for name, value in fields.raw_items())
    return size + len(frame.path or "") > MAX_HEADER_BYTES


def refusal(frame: H2FrameHeaders) -> tuple[int, HeaderMap]:
    """Return the status and headers of the response to such a request."""
    if frame.headers.get("content-type", b"").startswith(b"application/grpc"):
        return 200, _GRPC_TOO_LARGE
    return _STATUS, _TOO_LARGE
