"""The streams of one HTTP/2 connection, over the state machine of httpunk.

The state machine takes a frame, or queues one, in one call, and returns what is to be done. httpunk's own
driver has a task to read, another to write, and three events and a queue for each stream; here callbacks do.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from httpunk import H2Error, H2ProtocolError, H2Reason, H2StreamError
from httpunk._httpunk import (
    H2_FLAG_CAPACITY,
    H2_FLAG_CONN_DONE,
    H2_FLAG_STOP_ACCEPTING,
    H2_FLAG_WAKE,
    H2_HEADERS_OPENED,
    H2_HEADERS_TRAILERS,
    H2_PREFACE,
    H2FrameData,
    H2FrameGoAway,
    H2FrameHeaders,
    H2FramePing,
    H2FrameRstStream,
    H2FrameSettings,
    H2FrameStreamError,
    H2FrameWindowUpdate,
)

from quikstate_server.transport.http.cancellation import CancellationCause
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.http.header_limit import HeaderLimit
from quikstate_server.transport.http.http2_state import create_state
from quikstate_server.transport.http.send_room import SendRoom
from quikstate_server.transport.http.settings_flood import SettingsFlood
from quikstate_server.transport.http.stream import Http2Stream

if TYPE_CHECKING:
    from httpunk import HeaderMap
    from httpunk._httpunk import H2ResetVerdict, H2SendVerdict

    from quikstate_server.settings.limits import Limits

_SETTINGS_ACK: Final = b"\x00\x00\x00\x04\x01\x00\x00\x00\x00"


class SessionOwner(Protocol):
    """What the session asks of its connection."""

    loop: asyncio.AbstractEventLoop
    peer: str
    certificate: bytes | None

    def schedule_flush(self) -> None:
        """Write what is queued, once, at the end of this turn of the loop."""

    def close_soon(self) -> None:
        """Close once all that is queued is written."""

    def on_settings(self) -> None:
        """Note that the client has sent its settings: it does speak HTTP/2."""


class Http2Session:
    """Feeds streams with what arrives, and queues what they send."""

    def __init__(self, owner: SessionOwner, limits: Limits, serve: Callable[[Exchange], object]) -> None:
        self.owner = owner
        self._serve = serve
        self._header_limit = HeaderLimit(limits.max_header_bytes)
        self._state = create_state(
            limits.max_calls + limits.max_streams, self._header_limit.max_decoded_bytes
        )
        self._opened: dict[int, Http2Stream] = {}
        """The streams that the current read has opened, and not reset."""
        self._block_bytes = 0
        """Most bytes that a header block can have which ends in the current read."""
        self._settings_flood = SettingsFlood()
        self.room = SendRoom()
        self._goaway_received = False
        self._in_line: deque[Http2Stream] = deque()
        """Streams that send what waits for room: the first does so now."""
        self._on_frame: dict[type, Callable[[Any], None]] = {
            H2FrameHeaders: self._on_headers,
            H2FrameData: self._on_data,
            H2FrameWindowUpdate: self._on_window_update,
            H2FrameRstStream: self._on_reset,
            H2FrameSettings: self._on_settings,
            H2FramePing: self._on_ping,
            H2FrameGoAway: self._on_goaway,
            H2FrameStreamError: self._on_stream_error,
        }

    # The connection calls these.

    def begin(self) -> None:
        """Queue our settings, and apply them: the client need not acknowledge them, or in its own time."""
        self._state.begin()
        for frame in self._state.receive(H2_PREFACE + _SETTINGS_ACK):
            self._state.recv_settings(cast("H2FrameSettings", frame))

    def receive(self, data: bytes) -> None:
        """Take what the client has sent after its preface; end the connection if it breaks the protocol."""
        try:
            self._receive(data)
        except H2Error as error:
            self._obey(self._state.send_goaway(_reason(error)))
            self.abandon_streams(error)
            self.owner.close_soon()

    def begin_shutdown(self) -> None:
        """Send GOAWAY; the connection closes once what the client sent before it knew is served."""
        self._obey(self._state.begin_graceful_shutdown())

    def abandon_streams(self, error: Exception) -> None:
        """Cancel all calls: the connection has failed."""
        self._opened.clear()
        for stream, _ in self._state.fail(error):
            cast("Http2Stream", stream).cancel(CancellationCause.CLIENT_LEFT)

    def take_queued(self) -> bytes:
        """Return all that is queued, in whole frames, to be written."""
        pending, _ = self._state.take_pending()
        queued = bytes(pending)
        pending.release()  # its buffer is used again
        for stream in self._state.credit_written():
            self._send_rest_of(cast("Http2Stream", stream))
        if self.room.written():
            self.owner.schedule_flush()  # those that were woken may have nothing to send any more
        return queued

    def has_queued(self) -> bool:
        return self._state.has_pending()

    # Streams call these.

    def release(self, stream_id: int, length: int) -> None:
        """Let the client send more: the call has read `length` bytes."""
        self._obey(self._state.release_capacity(stream_id, length))

    def send_head(self, stream_id: int, status: int, headers: HeaderMap, *, end: bool) -> None:
        """Queue the head of a response; raise CancelledError if its client has gone."""
        self._sent(self._state.send_response_head(stream_id, status, headers, end))

    def send_data(self, stream_id: int, data: bytes, offset: int, *, end: bool) -> int | None:
        """Queue what there is room for; return the offset of the rest, None if there is no rest."""
        while True:
            verdict = self._state.send_data(stream_id, data, offset, end)
            self._sent(verdict)
            self.room.take(verdict.sent)
            if verdict.done:
                return None
            if not verdict.sent:
                return offset
            offset += verdict.sent

    def send_trailers(self, stream_id: int, trailers: HeaderMap) -> None:
        """Queue the trailers that end a response."""
        self._sent(self._state.send_trailers(stream_id, trailers))

    def reset(self, stream_id: int, reason: H2Reason) -> None:
        """Break a response off, and cancel its call."""
        self._reset(self._state.reset_stream(stream_id, int(reason), "user"))

    def _sent(self, verdict: H2SendVerdict) -> None:
        if verdict.stopped is not None:
            raise asyncio.CancelledError  # as for a client that leaves at any other time
        if verdict.flags:
            self._obey(verdict.flags)
        if verdict.handle is not None:
            cast("Http2Stream", verdict.handle).feed_end()

    # Frames that arrive.

    def _receive(self, data: bytes) -> None:
        self._block_bytes += len(data)
        frames = self._state.receive(data)
        for frame in frames:
            on_frame = self._on_frame.get(type(frame))
            if on_frame is None:
                continue  # PRIORITY, which has no meaning any more
            try:
                on_frame(frame)
            except H2StreamError as error:
                self._on_stream_violation(*error.args)
        if frames:
            self._block_bytes = len(data)
        if self._opened:  # after all of the read, so that who opens and resets costs the least
            opened, self._opened = self._opened, {}
            for stream in opened.values():
                self._serve(stream)
        if self._goaway_received:
            self._obey(self._state.maybe_goaway_reply())

    def _on_headers(self, frame: H2FrameHeaders) -> None:
        stream = Http2Stream(self, frame)
        verdict = self._state.recv_headers(frame, stream)
        if verdict.kind == H2_HEADERS_OPENED:
            self._state.accepted(stream.id)
            if verdict.eof:
                stream.feed_end()
            if self._header_limit.is_exceeded(frame, self._block_bytes):
                self.send_head(stream.id, *self._header_limit.refusal(frame), end=True)
            else:
                self._opened[stream.id] = stream
        elif verdict.kind == H2_HEADERS_TRAILERS and verdict.handle:
            cast("Http2Stream", verdict.handle).feed_end()
        self._obey(verdict.flags)

    def _on_data(self, frame: H2FrameData) -> None:
        verdict = self._state.recv_data(frame)
        stream = cast("Http2Stream | None", verdict.handle)
        if stream is not None:
            if verdict.payload is not None:
                if verdict.budgeted:  # small frames cost us no more than their bytes
                    self._state.release_data_frame(frame.stream_id, len(verdict.payload))
                stream.feed(verdict.payload)
            if verdict.eof:
                stream.feed_end()
        self._obey(verdict.flags)

    def _on_window_update(self, frame: H2FrameWindowUpdate) -> None:
        for stream in self._state.recv_window_update(frame):
            self._send_rest_of(cast("Http2Stream", stream))

    def _on_reset(self, frame: H2FrameRstStream) -> None:
        received = self._state.recv_reset(frame)
        if received is not None:
            stream, _, _, flags = received
            self._abandon(cast("Http2Stream", stream))
            self._obey(flags)

    def _on_settings(self, frame: H2FrameSettings) -> None:
        if frame.ack:
            return  # they apply already
        if self._settings_flood.begins(self.owner.loop.time()):
            raise H2ProtocolError(int(H2Reason.ENHANCE_YOUR_CALM), "too many settings")
        self.owner.on_settings()
        _, streams, flags = self._state.recv_settings(frame)
        for stream in streams:
            self._send_rest_of(cast("Http2Stream", stream))
        self._obey(flags)

    def _on_ping(self, frame: H2FramePing) -> None:
        self._obey(self._state.recv_ping(frame))

    def _on_goaway(self, frame: H2FrameGoAway) -> None:
        self._goaway_received = True
        _, flags = self._state.recv_go_away(frame)  # it ends no calls: a server opens no streams
        self._obey(flags)

    def _on_stream_error(self, frame: H2FrameStreamError) -> None:
        self._on_stream_violation(frame.stream_id, frame.error_code, "library")

    def _on_stream_violation(self, stream_id: int, reason: int, initiator: str) -> None:
        if initiator != "remote":  # a reset of the client's is not answered by one
            self._reset(self._state.reset_on_error(stream_id, reason))

    def _reset(self, verdict: H2ResetVerdict) -> None:
        if verdict.handle is not None:
            self._abandon(cast("Http2Stream", verdict.handle))
        self._obey(verdict.flags)

    def _abandon(self, stream: Http2Stream) -> None:
        self._opened.pop(stream.id, None)
        stream.cancel(CancellationCause.CLIENT_LEFT)

    def _send_rest_of(self, stream: Http2Stream) -> None:
        """Send what waits for room, and what waits behind it, all now: whoever sends next would go first."""
        self._in_line.append(stream)
        if len(self._in_line) > 1:
            return  # one that sends has made room for it
        while self._in_line:
            self._in_line[0].send_rest()
            self._in_line.popleft()

    def _obey(self, flags: int) -> None:
        """Do what the state machine asks for."""
        if flags & H2_FLAG_WAKE:
            self.owner.schedule_flush()
        if flags & H2_FLAG_CAPACITY:
            stream = self._state.next_capacity_wake()
            if stream is not None:
                self._send_rest_of(cast("Http2Stream", stream))
        if flags & (H2_FLAG_CONN_DONE | H2_FLAG_STOP_ACCEPTING):
            self.owner.close_soon()


def _reason(error: H2Error) -> int:
    """Return the code with which the client learns of its fault."""
    reason = error.args[0] if error.args else None
    return reason if isinstance(reason, int) else int(H2Reason.PROTOCOL_ERROR)
