"""The response to one request, in the forms that the protocols over plain HTTP have."""

from __future__ import annotations

from collections.abc import Sequence

from quikstate_server.transport.http.exchange import Exchange

Fields = Sequence[tuple[str, str]]


class Response:
    """Sends a response; each has the headers that say which web pages may read it."""

    __slots__ = ("_common", "_exchange", "begun")

    def __init__(self, exchange: Exchange, common: Fields = ()) -> None:
        self.begun = False
        """True once the head is sent."""
        self._exchange = exchange
        self._common = common

    async def send(self, status: int, headers: Fields, body: bytes = b"") -> None:
        """Send a whole response; only its head if that is all that was asked for."""
        length = [] if status == 204 else [("content-length", str(len(body)))]
        if self._exchange.method == "HEAD":
            body = b""
        self.begun = True
        await self._exchange.start(status, [*headers, *length, *self._common], end=not body)
        if body:
            await self._exchange.write(body, end=True)

    async def send_text(self, status: int, text: str, *headers: tuple[str, str]) -> None:
        """Send a whole response for people."""
        await self.send(
            status, [("content-type", "text/plain; charset=utf-8"), *headers], f"{text}\n".encode()
        )

    async def begin(self, headers: Fields) -> None:
        """Send the head of a stream, unless it is sent."""
        if not self.begun:
            self.begun = True
            await self._exchange.start(200, [*headers, *self._common])

    async def write(self, data: bytes, *, end: bool = False) -> None:
        """Send a part of a stream; wait while the client does not read."""
        await self._exchange.write(data, end=end)
