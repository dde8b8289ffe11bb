"""The state machine of one HTTP/2 connection: httpunk's, with our windows and limits."""

from __future__ import annotations

from typing import Final

from httpunk._httpunk import H2Streams

_STREAM_WINDOW: Final = 64 * 1024
_CONNECTION_WINDOW: Final = 2**31 - 1
"""The most there is: with less, a few streams whose handlers do not read would hold up all others. What is
unread is bounded by the windows of the streams, and those by the limits of calls and streams."""
_MAX_FRAME_SIZE: Final = 16 * 1024
_MAX_QUEUED_BYTES: Final = 64 * 1024
"""Most bytes queued for a stream that its client has room for; then its handler waits."""


def create_state(max_streams: int, max_decoded_header_bytes: int) -> H2Streams:
    """Return the state of a new connection, on which a client may have up to `max_streams` streams."""
    return H2Streams(
        "server",
        initial_window_size=_STREAM_WINDOW,
        connection_window=_CONNECTION_WINDOW,
        max_frame_size=_MAX_FRAME_SIZE,
        max_header_list_size=max_decoded_header_bytes,
        max_send_buf_size=_MAX_QUEUED_BYTES,
        max_concurrent_streams=max_streams,
        # It would count what a gateway still sends on calls that have ended, for the connection's life.
        # Who breaks the rules gains nothing by it: a reset stream's handler is cancelled.
        max_local_error_reset_streams=None,
        auto_date_header=False,
    )
