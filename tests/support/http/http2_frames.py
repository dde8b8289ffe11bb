"""Frames of HTTP/2, by hand: also those that no client would send."""

from __future__ import annotations

import struct
from typing import Final

PREFACE: Final = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = (
    range(10)
)
END_STREAM, ACK, END_HEADERS = 0x1, 0x1, 0x4
CANCEL: Final = 8
ENHANCE_YOUR_CALM: Final = 11
HEADER_TABLE_SIZE, INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE = 1, 4, 5


def frame(kind: int, flags: int, stream_id: int, payload: bytes = b"") -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream_id.to_bytes(4, "big") + payload


def open_call(stream_id: int, path: str, *fields: tuple[str, str], end: bool = False) -> bytes:
    """The HEADERS of a gRPC call."""
    return frame(HEADERS, END_HEADERS | (END_STREAM if end else 0), stream_id, grpc_head(path, *fields))


def grpc_head(path: str, *fields: tuple[str, str]) -> bytes:
    return block(
        (":method", "POST"),
        (":scheme", "http"),
        (":path", path),
        (":authority", "a"),
        ("content-type", "application/grpc"),
        ("te", "trailers"),
        *fields,
    )


def block(*fields: tuple[str, str]) -> bytes:
    """Fields as HPACK has them that neither side remembers."""
    return b"".join(b"\0" + _text(name) + _text(value) for name, value in fields)


def remembered(name: str, value: str) -> bytes:
    """A field that the server is to remember, as the index 62."""
    return b"\x40" + _text(name) + _text(value)


def _text(value: str) -> bytes:
    return _integer(len(value)) + value.encode()


def _integer(value: int) -> bytes:
    if value < 127:
        return bytes([value])
    encoded, value = bytearray([127]), value - 127
    while value >= 128:
        encoded.append(value % 128 + 128)
        value //= 128
    return bytes([*encoded, value])


def data(stream_id: int, payload: bytes, *, end: bool = False) -> bytes:
    return frame(DATA, END_STREAM if end else 0, stream_id, payload)


def reset(stream_id: int, code: int = CANCEL) -> bytes:
    return frame(RST_STREAM, 0, stream_id, code.to_bytes(4, "big"))


def window_update(stream_id: int, increment: int) -> bytes:
    return frame(WINDOW_UPDATE, 0, stream_id, increment.to_bytes(4, "big"))


def settings(**values: int) -> bytes:
    """SETTINGS, such as `initial_window_size=0`."""
    numbers = {"header_table_size": 1, "initial_window_size": 4, "max_frame_size": 5}
    return frame(SETTINGS, 0, 0, b"".join(struct.pack(">HI", numbers[name], v) for name, v in values.items()))


def ping(payload: bytes = b"12345678", *, ack: bool = False) -> bytes:
    return frame(PING, ACK if ack else 0, 0, payload)
