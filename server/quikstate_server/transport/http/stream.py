"""One stream of an HTTP/2 connection: a request and its response."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from httpunk import HeaderMap

from quikstate_server.transport.http.exchange import Headers

if TYPE_CHECKING:
    from quikstate_server.transport.http.http2 import Http2Connection


class Http2Stream:
    """An Exchange over HTTP/2. The connection feeds it, and cancels its task when it ends early."""

    __slots__ = (
        "_chunks",
        "_connection",
        "_ended",
        "_fields",
        "_reader",
        "_sender",
        "id",
        "method",
        "peer",
        "target",
        "task",
    )

    def __init__(self, connection: Http2Connection, stream_id: int, method: str, target: str, fields: HeaderMap) -> None:
        self.id = stream_id
        self.method = method
        self.target = target
        self.peer = connection.peer
        self.task: asyncio.Task[None] | None = None
        self._connection = connection
        self._fields = fields
        self._chunks: deque[tuple[bytes, bool]] | None = None
        self._ended = False
        self._reader: asyncio.Future[None] | None = None
        self._sender: asyncio.Future[None] | None = None
