"""Messages with a prefix, as Connect's streams and gRPC-Web have them, from a client's point of view."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any


def frame(message: bytes, flags: int = 0) -> bytes:
    return bytes([flags]) + len(message).to_bytes(4, "big") + message


def frames(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The flags and the message of each; they must be whole."""
    while body:
        length = int.from_bytes(body[1:5], "big")
        assert len(body) >= 5 + length
        yield body[0], body[5 : 5 + length]
        body = body[5 + length :]


async def frames_as_they_come(parts: AsyncIterator[bytes]) -> AsyncIterator[tuple[int, bytes]]:
    rest = b""
    async for part in parts:
        rest += part
        while len(rest) >= 5 and len(rest) >= (end := 5 + int.from_bytes(rest[1:5], "big")):
            yield rest[0], rest[5:end]
            rest = rest[end:]
    assert not rest


def json_frames(body: bytes) -> list[tuple[int, Any]]:
    return [(flags, json.loads(message)) for flags, message in frames(body)]
