"""Headers of the Connect protocol that unary calls and streams share."""

from __future__ import annotations

import time
from typing import Final

from google.rpc import code_pb2

from quikstate_server.transport.http.call import failure
from quikstate_server.transport.http.exchange import Exchange

_VERSION: Final = "1"
_MAX_TIMEOUT_DIGITS: Final = 10


def check_version(exchange: Exchange) -> None:
    """Raise CallFailed for another version of the protocol; people may leave the header out."""
    version = exchange.header("connect-protocol-version")
    if version not in (None, _VERSION):
        raise failure(code_pb2.INVALID_ARGUMENT, f"connect-protocol-version must be 1, not {version!r}")


def connect_deadline(exchange: Exchange) -> float | None:
    """Return the deadline in time.monotonic() seconds; raise CallFailed for a header that is not valid."""
    timeout = exchange.header("connect-timeout-ms")
    if timeout is None:
        return None
    if not (timeout.isascii() and timeout.isdigit() and len(timeout) <= _MAX_TIMEOUT_DIGITS):
        raise failure(
            code_pb2.INVALID_ARGUMENT, f"connect-timeout-ms must have 1 to 10 digits, and is {timeout!r}"
        )
    return time.monotonic() + int(timeout) / 1_000
