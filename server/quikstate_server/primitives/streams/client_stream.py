"""Streams on which the client sends messages too; its half-close ends what they hold for it."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Generic, TypeVar

from quikstate_server.drain import Drain
from quikstate_server.signals import Signal

Message = TypeVar("Message")


class ClientStream(ABC, Generic[Message]):
    """A stream with a driver and a reader, which is a task of its own while the stream is entered.

    The driver waits for `wakeup`, which is set when reading ends, when the server begins to drain, and by
    each call of `wake`.

    Reading ends with the client's half-close, or with what `receive` or the messages raise. A stream that
    breaks does not end it: the transport cancels the call.
    """

    def __init__(self, messages: AsyncIterator[Message], drain: Drain) -> None:
        self.wakeup = Signal()
        self._messages = messages
        self._drain = drain
        self._listening: AbstractContextManager[None] | None = None
        self._reader: asyncio.Task[None] | None = None

    @abstractmethod
    async def receive(self, message: Message) -> None:
        """Take in one message of the client. The next one is read once this has returned."""

    def wake(self) -> None:
        """Wake the driver."""
        self.wakeup.set()

    @property
    def half_closed(self) -> bool:
        """Return True once the client has half-closed the stream: it will send no more messages."""
        return bool(self._reader and self._reader.done() and not self.reading_error)

    @property
    def reading_error(self) -> BaseException | None:
        """Return the exception that ended reading while entered; None for a half-close."""
        if not (self._reader and self._reader.done()):
            return None
        return asyncio.CancelledError() if self._reader.cancelled() else self._reader.exception()

    @property
    def draining(self) -> bool:
        return self._drain.has_begun

    async def __aenter__(self) -> None:
        self._reader = asyncio.create_task(self._read())
        self._reader.add_done_callback(self._on_read)
        self._listening = self._drain.on_begin(self.wake)
        self._listening.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening:
            self._listening.__exit__(kind, error, trace)
            self._listening = None
        if self._reader:
            self._reader.cancel()
            await asyncio.wait((self._reader,))

    async def _read(self) -> None:
        async for message in self._messages:
            await self.receive(message)

    def _on_read(self, reader: asyncio.Task[None]) -> None:
        if not reader.cancelled():
            reader.exception()  # counts as retrieved, though the driver may have ended before it looks
        self.wake()
