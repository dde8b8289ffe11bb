"""Turns any exception of a call into the status that its caller sees, once and here."""

from __future__ import annotations

from typing import Any

from google.rpc.status_pb2 import Status

from quikstate_server.error_status import status_of
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.interceptors.refusals import Refusals


class CallFailed(Exception):
    """The one exception that leaves the chain: the call fails with `status`."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.message)
        self.status = status


class Errors:
    """Turns exceptions into CallFailed. Cancellation is not an Exception and passes through."""

    def __init__(self, refusals: Refusals | None = None) -> None:
        """Take what notes the calls that are refused."""
        self._refusals = refusals

    def around(self, method: Method, handler: Handler) -> Handler:
        refusals = self._refusals

        async def translated(request: Any, send: Send) -> Any:
            try:
                return await handler(request, send)
            except CallFailed:
                raise
            except Exception as error:  # noqa: BLE001 - the one place for it: no text of an unknown error may leave
                if refusals:
                    refusals.note(method.full_name, error)
                raise CallFailed(status_of(error, method.full_name)) from None

        return translated
