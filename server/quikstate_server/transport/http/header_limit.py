"""Limits what the headers of one request may take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from httpunk import HeaderMap

if TYPE_CHECKING:
    from httpunk._httpunk import H2FrameHeaders

_FIELD_BYTES: Final = 32
"""What HTTP/2 counts for a field beside its name and value."""
_FEW_BYTES: Final = 16 * 1024
_FEW_FIELDS: Final = 9
"""So few are within the least limit, 64 kB: compressed bytes become 8/5 as many, and a field that is sent
before 4 KiB."""
_STATUS: Final = 431
_TOO_LARGE: Final = HeaderMap([("content-length", "0")])


class HeaderLimit:
    """Tells requests whose headers are too large, and what to respond to them."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        message = f"the headers have more than limits.max_header_bytes ({max_bytes}) bytes"
        self._grpc_too_large = HeaderMap(
            [("content-type", "application/grpc"), ("grpc-status", "8"), ("grpc-message", message)]
        )

    @property
    def max_decoded_bytes(self) -> int:
        """Return the most bytes that HTTP/2's state machine is to decode.

        Above them it drops headers in silence, so our own limit is lower; above four times as many it ends
        the connection.
        """
        return 4 * self._max_bytes

    def is_exceeded(self, frame: H2FrameHeaders, received_bytes: int) -> bool:
        """Return True if a request's headers are too large, of which at most so many bytes were received."""
        fields = frame.headers
        if received_bytes <= _FEW_BYTES and len(fields) <= _FEW_FIELDS:
            return False
        size = sum(len(name) + len(value) + _FIELD_BYTES for name, value in fields.raw_items())
        return size + len(frame.path or "") > self._max_bytes

    def refusal(self, frame: H2FrameHeaders) -> tuple[int, HeaderMap]:
        """Return the status and headers of the response to such a request."""
        if frame.headers.get("content-type", b"").startswith(b"application/grpc"):
            return 200, self._grpc_too_large
        return _STATUS, _TOO_LARGE
