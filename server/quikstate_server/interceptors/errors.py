"""Turns any exception of a call into the status that its caller sees, once and here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.rpc.status_pb2 import Status

from quikstate_server.error_status import status_of
from quikstate_server.errors import Overloaded, QuotaExceeded
from quikstate_server.interceptors.method import Handler, Method, Send

CountRefusal = Callable[[str, str], None]
"""Counts a refusal by its limit, and by its caller if the limit is a quota."""


class CallFailed(Exception):
    """The one exception that leaves the chain: the call fails with `status`."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.message)
        self.status = status


class Errors:
    """Turns exceptions into CallFailed. Cancellation is not an Exception and passes through."""

    def __init__(self, count_refusal: CountRefusal | None = None) -> None:
        """Take what counts calls that a limit or a quota refused."""
        self._count_refusal = count_refusal

    def around(self, method: Method, handler: Handler) -> Handler:
        async def translated(request: Any, send: Send) -> Any:
            try:
                return await handler(request, send)
            except CallFailed:
                raise
            except Exception as error:  # noqa: BLE001 - the one place for it: no text of an unknown error may leave
                if self._count_refusal and isinstance(error, Overloaded | QuotaExceeded):
                    self._count_refusal(error.metadata["limit"], error.metadata.get("caller", ""))
                raise CallFailed(status_of(error, method.full_name)) from None

        return translated
