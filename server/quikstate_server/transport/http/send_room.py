"""Bounds what is queued for one HTTP/2 connection, of however many streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from quikstate_server.transport.http.stream import Http2Stream

_MAX_BYTES: Final = 1024 * 1024
"""More than a socket takes at once. Without it 5,000 streams of a client that does not read took 0.5 GB."""


class SendRoom:
    """Lets streams send while there is room, in the order in which they asked for it."""

    __slots__ = ("_queued", "_waiting")

    def __init__(self) -> None:
        self._queued = 0
        self._waiting: dict[Http2Stream, int] = {}
        """The streams that wait, with what they have to send."""

    @property
    def is_full(self) -> bool:
        return self._queued >= _MAX_BYTES

    def take(self, size: int) -> None:
        """Count bytes that are queued."""
        self._queued += size

    def wait(self, stream: Http2Stream, size: int) -> None:
        """Have a stream send its rest, of so many bytes, when there is room for it."""
        self._waiting[stream] = size

    def written(self) -> bool:
        """Note that all is written: let those send that there is room for, return True if more wait."""
        self._queued = 0
        left = _MAX_BYTES
        while self._waiting and left > 0:
            stream = next(iter(self._waiting))
            left -= self._waiting.pop(stream)
            stream.send_rest()
        return bool(self._waiting)
